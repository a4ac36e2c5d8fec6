// What was done to single entrants under way, in sentences: the marks of the charts, for whoever does not see them.

import { inked, swatch } from "../controls/swatch.js";
import { fill, h } from "../dom.js";

/** A list that is there once something was done. */
export function createDeeds() {
  const list = h("ul", { class: "deeds" });
  const element = h("section", { class: "rail-section", "aria-label": "Changes under way", hidden: true },
    h("h2", { class: "section-head" }, "Changes under way", h("span", { class: "aside" }, "dotted on the charts")), list);
  let built = "";

  return {
    element,
    /**
     * @param {import("./rules.js").Deed[]} done
     * @param {import("../palette.js").Ink[]} inks  by entrant
     */
    update(done, inks) {
      const key = done.map(({ sentence }) => sentence).join("\n");
      element.hidden = done.length === 0;
      if (key === built) return;
      built = key;
      fill(list, done.map(({ entrant, sentence }) => {
        const row = h("li", {}, swatch(inks[entrant]), h("span", {}, sentence));
        inked(row, inks[entrant]);
        return row;
      }));
    },
  };
}
