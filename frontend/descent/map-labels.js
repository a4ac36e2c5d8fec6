// Words beside points of the picture, on free ground; one that found a place keeps it while it is free.

import { fill, h } from "../dom.js";
import { toPixel } from "../frame.js";
import { placeLabel } from "../place.js";

/** @typedef {{key: string, text: string, at: [number, number], clear: number}} Wanted  clear: pixels that stay free round the point */

const LETTER = 6.1; // mean width in pixels
const LINE = 16;
const NEARER = 6; // pixels by which other words may come closer to a point than its own

export function createLabels() {
  const element = h("div", { class: "map-labels", "aria-hidden": "true" });
  /** @type {Map<string, {left: number, top: number}>} relative to the point */
  const places = new Map();

  /**
   * @param {import("../frame.js").Frame} frame
   * @param {ReturnType<typeof import("../place.js").createGround>} ground  with all that words must not cover
   * @param {Wanted[]} wanted  the first finds the best place
   */
  function write(frame, ground, wanted) {
    for (const { at, clear } of wanted) {
      const [x, y] = toPixel(frame, ...at);
      const reach = clear - NEARER;
      ground.takeRectangle({ left: x - reach, top: y - reach, width: 2 * reach, height: 2 * reach });
    }
    fill(element, wanted.map(({ key, text, at, clear }) => {
      const [x, y] = toPixel(frame, ...at);
      const box = { width: text.length * LETTER + 4, height: LINE };
      const place = placeLabel(ground, { x, y }, box, clear, places.get(key));
      if (!place) {
        places.delete(key);
        return null;
      }
      places.set(key, place);
      ground.takeRectangle({ left: x + place.left, top: y + place.top, ...box });
      // A label to the left of its point ends there: its text is set from the right, whatever the font's true width.
      const right = place.left + box.width / 2 < 0;
      return h("span", { class: right ? "map-label right" : "map-label", "--x": `${x + place.left + (right ? box.width : 0)}px`, "--y": `${y + place.top}px` }, text);
    }));
  }

  return { element, write, /** Forget where words stood. */ forget: () => places.clear() };
}
