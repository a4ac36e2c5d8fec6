// The learning rate of each coordinate over the steps of a run: one sentence at the playhead, two lines.

import { h, setText } from "../dom.js";
import { rateRange, rateWords, ratesOf } from "./coordinate-rates.js";
import { createStrip } from "./strip.js";

/** @typedef {import("./coordinate-rates.js").CoordinateRates} CoordinateRates */

const AXES = /** @type {const} */ (["x", "y"]);

export function createCoordinateRates() {
  const says = h("p", { class: "average-words" });
  const strip = createStrip({ height: 150, caption: "learning rate" });
  const element = h("section", { "aria-label": "Learning rate per coordinate" }, h("h3", { class: "section-head average-rates" }, "Learning rate per coordinate"), says, strip.element);
  /** @type {CoordinateRates | null} */
  let shown = null;
  let title = "";
  return {
    element,
    /**
     * @param {CoordinateRates | null} found
     * @param {{colour: string, title: string}} look  of the optimizer
     * @param {number} last  the right end of the axis: the step where the curves above end
     */
    draw(found, look, last) {
      shown = found;
      title = look.title;
      const { rates = null, count = 0, steps = [] } = found ?? {};
      strip.element.hidden = rates === null || count === 0;
      if (!found || strip.element.hidden) return;
      const series = AXES.map((name, axis) => ({
        key: name, label: `in ${name}`, colour: look.colour, dash: axis === 0 ? [] : [6, 3], x: steps, y: ratesOf(found, /** @type {0 | 1} */ (axis)),
      }));
      strip.draw({ series, x: { scale: "linear", range: [0, Math.max(1, last)] }, y: { scale: "log", range: rateRange(found) } },
        `Learning rate of ${title} in x and in y over the steps.`, `learning rate of ${title}`);
    },
    /** @param {number} step  the playhead @param {string} complaint  why there is nothing to say */
    head(step, complaint) {
      setText(says, shown ? rateWords(shown, title, step) : complaint);
      strip.setCursor(shown?.rates ? step : null);
    },
  };
}
