// The curvature under the step: the local model as a picture, the Hessian, its eigenvalues, the learning rate against its limit.

import { h, setText } from "../dom.js";
import { number } from "../format.js";
import { localInks } from "./inks.js";
import { createLimit } from "./limit-view.js";
import { drawLocal, freshPen } from "./local-drawing.js";
import { condition } from "./local-words.js";

/** @typedef {import("./local.js").Local} Local */

const SIDE = 84; // of the picture
const ARROW = 30;

/** @param {import("./room-context.js").Context} context */
export function createCurvature({ catalogue, store, change }) {
  const box = h("input", {
    type: "checkbox", onchange: () => change({ overlay: box.checked }, "overlay", true),
  });
  const show = h("label", { class: "on-map", title: "Contours of the local quadratic model around the head; arrows show directions, the ring is where the step lands; thin arrows: what the method remembers, and in grey what this gradient adds" }, box, "Show on the map");
  const picture = h("canvas", { class: "local-picture", role: "img", "aria-label": "The local quadratic model: −∇f grey, the step in colour, the valley dashed; thin, what the method remembers and what this gradient adds to it" });
  const cells = Array.from({ length: 4 }, () => h("span", { class: "matrix-cell" }));
  const matrix = h("span", { class: "matrix", role: "img" }, cells);
  const [high, low, kappa] = Array.from({ length: 3 }, () => h("dd", {}));
  const lambda = (/** @type {string} */ name) => [h("i", {}, "λ"), h("sub", {}, name)];
  const element = h(
    "section", { class: "curvature-view", "aria-label": "Curvature" },
    show,
    h("div", { class: "curvature-body" }, picture,
      h("div", { class: "hessian" }, h("span", { "aria-hidden": "true" }, h("i", {}, "H"), " ="), matrix)),
    h("dl", { class: "spectrum" }, h("dt", {}, lambda("max")), high, h("dt", {}, lambda("min")), low, h("dt", {}, h("i", {}, "κ")), kappa),
  );
  const limit = createLimit(catalogue);
  element.append(limit.element);
  /** @type {import("../theme.js").Theme | null} */
  let inked = null;
  let inks = localInks();

  /**
   * @param {Local} local
   * @param {import("./state.js").Entry} entry
   * @param {number} present  the learning rate of this step
   * @param {string} colour
   */
  function update(local, entry, present, colour) {
    const { eigen, hessian: [hxx, hxy, hyy] } = local;
    const { overlay, mode, picture: shown } = store.get();
    box.checked = overlay;
    box.disabled = mode === "3d"; // there is no map to show it on
    const entries = [hxx, hxy, hxy, hyy].map((value) => number(value));
    entries.forEach((text, k) => setText(cells[k], text));
    matrix.setAttribute("aria-label", `Hessian: ${entries[0]}, ${entries[1]}; ${entries[2]}, ${entries[3]}`);
    setText(high, number(eigen.high));
    setText(low, number(eigen.low));
    setText(kappa, condition(eigen));
    draw(local, colour);
    limit.update(shown?.reply.inspection?.stability ?? null, local.limit, entry, present, colour);
  }

  /** @param {Local} local @param {string} colour */
  function draw(local, colour) {
    const pen = freshPen(picture, SIDE, SIDE);
    const { theme } = store.get();
    if (theme !== inked) {
      inked = theme; // reading the tokens makes the browser lay out, so not at every step
      inks = localInks();
    }
    if (!local.hessian.every(Number.isFinite)) return;
    const [x, y] = [SIDE / 2, SIDE / 2];
    // The step is drawn to scale with the contours; −∇f as a direction of the same length.
    const per = ARROW / (local.stepLength || 1e-3);
    drawLocal(pen, local, { x, y, perX: per, perY: per, reach: 0.71 * SIDE, arrow: ARROW }, { ...inks, step: colour });
    pen.beginPath();
    pen.arc(x, y, 4, 0, 2 * Math.PI);
    pen.fillStyle = colour;
    pen.fill();
  }

  return { element, update };
}
