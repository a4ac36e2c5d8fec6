// The curvature under the step: the local model as a picture, the Hessian, its eigenvalues, the learning rate against its limit.

import { fill, h, mathml, setText } from "../dom.js";
import { number, power } from "../format.js";
import { toPosition } from "../controls/scale.js";
import { localInks } from "./inks.js";
import { drawLocal, freshPen } from "./local-drawing.js";
import { bend, condition } from "./local-words.js";
import { optimizerOf } from "./state.js";

/** @typedef {import("./local.js").Local} Local */

const SIDE = 84; // of the picture
const ARROW = 30;

/** @param {import("./room-context.js").Context} context */
export function createCurvature({ catalogue, store, change }) {
  const words = h("span", { class: "aside" });
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
    h("h3", { class: "section-head" }, h("span", {}, "Curvature"), show),
    h("p", { class: "curvature-words" }, words),
    h("div", { class: "curvature-body" }, picture,
      h("div", { class: "hessian" }, h("span", { "aria-hidden": "true" }, h("i", {}, "H"), " ="), matrix)),
    h("dl", { class: "spectrum" }, h("dt", {}, lambda("max")), high, h("dt", {}, lambda("min")), low, h("dt", {}, h("i", {}, "κ")), kappa),
  );
  const rate = h("span", {});
  const limitName = h("span", {});
  const limitValue = h("span", {});
  const limitText = h("span", { class: "limit-text" }, limitName, limitValue);
  const ticks = h("div", { class: "limit-ticks", "aria-hidden": "true" });
  const track = h("div", { class: "limit-track", "aria-hidden": "true" }, h("span", { class: "limit-mark" }), h("span", { class: "limit-rate" }));
  const axis = h("div", { class: "limit-axis" }, h("p", { class: "limit-says" }, rate, limitText), track, ticks);
  element.append(axis);
  /** @type {import("../controls/scale.js").Parameter | null} */
  let scaled = null;
  let drawnFor = "";
  let named = "";
  /** @type {import("../theme.js").Theme | null} */
  let inked = null;
  let inks = localInks();

  /** @param {import("./state.js").Entry} entry @param {string | null} label */
  function axisFor(entry, label) {
    const parameter = optimizerOf(catalogue, entry.name)?.parameters.find(({ name }) => name === "lr") ?? null;
    if (drawnFor !== entry.name) {
      drawnFor = entry.name;
      scaled = parameter;
      if (!parameter) return;
      const first = Math.ceil(Math.log10(parameter.low) - 1e-9);
      const last = Math.floor(Math.log10(parameter.high) + 1e-9);
      fill(ticks, Array.from({ length: last - first + 1 }, (_, i) => h("span", { "--at": toPosition(parameter, 10 ** (first + i)) }, power(first + i))));
      fill(rate, mathml(parameter.symbol), h("span", {}));
    }
    if (label === null || named === label) return;
    named = label;
    const [before, after] = label.split("max", 2);
    fill(limitName, "limit ", before, after === undefined ? null : [h("sub", {}, "max"), after]);
  }

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
    setText(words, bend(eigen));
    const entries = [hxx, hxy, hxy, hyy].map((value) => number(value));
    entries.forEach((text, k) => setText(cells[k], text));
    matrix.setAttribute("aria-label", `Hessian: ${entries[0]}, ${entries[1]}; ${entries[2]}, ${entries[3]}`);
    setText(high, number(eigen.high));
    setText(low, number(eigen.low));
    setText(kappa, condition(eigen));
    draw(local, colour);
    const stability = shown?.reply.inspection?.stability ?? null;
    axis.hidden = stability === null;
    if (stability === null) return;
    axisFor(entry, stability.label);
    setText(/** @type {Element} */ (rate.lastChild), ` = ${number(present)}`);
    setText(limitValue, local.limit ? ` = ${number(local.limit.limit, 2)}` : ": none, it bends down");
    if (!scaled) return;
    const within = local.limit && local.limit.limit > scaled.low && local.limit.limit < scaled.high;
    axis.style.setProperty("--rate", String(toPosition(scaled, present)));
    axis.style.setProperty("--limit", String(local.limit ? toPosition(scaled, local.limit.limit) : 1));
    axis.style.setProperty("--colour", colour);
    track.classList.toggle("open", !within);
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
