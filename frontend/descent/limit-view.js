// A learning rate against its limit: both on the axis of the learning rate's slider, the unstable part dotted.

import { fill, h, mathml, setText } from "../dom.js";
import { number, power } from "../format.js";
import { toPosition } from "../controls/scale.js";
import { optimizerOf } from "./state.js";

/** @typedef {{limit: number, label: string}} Limit */

/** @param {import("../catalogue.js").Catalogue} catalogue */
export function createLimit(catalogue) {
  const rate = h("span", {});
  const limitName = h("span", {});
  const limitValue = h("span", {});
  const limitText = h("span", { class: "limit-text" }, limitName, limitValue);
  const ticks = h("div", { class: "limit-ticks", "aria-hidden": "true" });
  const track = h("div", { class: "limit-track", "aria-hidden": "true" }, h("span", { class: "limit-mark" }), h("span", { class: "limit-rate" }));
  const element = h("div", { class: "limit-axis" }, h("p", { class: "limit-says" }, rate, limitText), track, ticks);
  /** @type {import("../controls/scale.js").Parameter | null} */
  let scaled = null;
  let drawnFor = "";
  let named = "";
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
   * @param {Limit | null} known  at a curvature of 1; null where the method has none
   * @param {Limit | null} here  null where the surface bends down
   * @param {import("./state.js").Entry} entry
   * @param {number} present  the learning rate of this step
   * @param {string} colour
   */
  function update(known, here, entry, present, colour) {
    element.hidden = known === null;
    if (known === null) return;
    axisFor(entry, known.label);
    setText(/** @type {Element} */ (rate.lastChild), ` = ${number(present)}`);
    setText(limitValue, here ? ` = ${number(here.limit, 2)}` : ": none, it bends down");
    if (!scaled) return;
    const within = here && here.limit > scaled.low && here.limit < scaled.high;
    element.style.setProperty("--rate", String(toPosition(scaled, present)));
    element.style.setProperty("--limit", String(here ? toPosition(scaled, here.limit) : 1));
    element.style.setProperty("--colour", colour);
    track.classList.toggle("open", !within);
  }

  return { element, update };
}
