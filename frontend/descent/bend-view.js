// The curvature under the step in one variable: f′, f″, the curvature that the step believes in, the learning rate against its limit.

import { h, setText } from "../dom.js";
import { number } from "../format.js";
import { createLimit } from "./limit-view.js";
import { bendOf } from "./profile-model.js";

/** @param {import("./room-context.js").Context} context */
export function createBend({ catalogue, store, change }) {
  const box = h("input", { type: "checkbox", onchange: () => change({ overlay: box.checked }, "overlay", true) });
  const show = h("label", { class: "on-map", title: "The tangent, the parabola that fits the curve here (dashed grey), and the parabola whose flat point is where the step leads (in colour)" }, box, "Show on the graph");
  const [slope, curvature, newton, believed] = Array.from({ length: 4 }, () => h("dd", {}));
  const i = (/** @type {string} */ letter) => h("i", {}, letter);
  const limit = createLimit(catalogue);
  const element = h(
    "section", { class: "curvature-view", "aria-label": "Curvature in one variable" },
    show,
    h("dl", { class: "bend-numbers" },
      h("dt", { title: "first derivative" }, i("f"), "′"), slope, h("dt", { title: "second derivative" }, i("f"), "″"), curvature,
      h("dt", { title: "Newton’s step, −f′/f″" }, "Newton step"), newton,
      h("dt", { title: "−f′/step, the curvature of the parabola whose flat point is where the step leads: 1/η of gradient descent, f″ of Newton, the slope of the chord of the secant" }, "step’s curvature"), believed),
    limit.element,
  );

  /**
   * @param {import("./local.js").Local} local
   * @param {import("./state.js").Entry} entry
   * @param {number} present  the learning rate of this step
   * @param {string} colour
   */
  function update(local, entry, present, colour) {
    const bend = bendOf(local);
    const { overlay, picture } = store.get();
    box.checked = overlay;
    setText(slope, number(bend.slope));
    setText(curvature, number(bend.curvature));
    setText(newton, number(bend.newton));
    setText(believed, number(bend.believed));
    limit.update(picture?.reply.inspection?.stability ?? null, local.limit, entry, present, colour);
  }

  return { element, update };
}
