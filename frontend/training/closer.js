// What a race may look at beside its losses, and what that costs: folded away, off at first.

import { drawer } from "../controls/drawer.js";
import { h, setText } from "../dom.js";
import { sharpnessCost, landscapeCost } from "./costs.js";

/**
 * @typedef {import("./configuration.js").Configuration} Configuration
 */

/**
 * @param {object} options
 * @param {import("./configuration.js").Catalogue} options.catalogue
 * @param {HTMLElement} options.field  the number box of `sharpness_every`
 * @param {(patch: Partial<Configuration>) => void} options.onChange
 */
export function createCloser({ catalogue, field, onChange }) {
  const landscape = h("input", { type: "checkbox", class: "choice-input", onchange: () => onChange({ landscape: landscape.checked }) });
  const sharpnessWords = h("p", { class: "closer-words" });
  const landscapeWords = h("span", { class: "choice-sentence" });
  const element = drawer("Look closer", "sharpness, landscape",
    h("div", { class: "closer-line" }, field, sharpnessWords),
    h("label", { class: "choice setup-flip" }, landscape, h("span", { class: "choice-title" }, "Landscape"), landscapeWords));
  element.classList.add("setup-closer");
  let opened = "";

  return {
    element,
    /** @param {Configuration} now */
    update(now) {
      landscape.checked = now.landscape;
      setText(sharpnessWords, sharpnessCost(now, catalogue.costs));
      setText(landscapeWords, landscapeCost(now, catalogue.costs));
      const changed = `${now.sharpness_every} ${now.landscape}`;
      if (changed !== opened && changed !== "0 false") element.open = true;
      opened = changed;
    },
  };
}
