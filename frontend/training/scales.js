// The axes that all charts of a race share and keep: they widen and never narrow, until another race is looked at.

import { integer } from "../format.js";
import { widen, xRange } from "./axes.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./axes.js").Against} Against
 * @typedef {import("./axes.js").Range} Range
 * @typedef {import("../plots/lines.js").Axis} Axis
 * @typedef {ReturnType<typeof createScales>} Scales
 */

const UNITS = { epoch: "epochs", time: "s", gradients: "gradients" };

export function createScales() {
  /** @type {{race: string, against: string, ranges: Record<string, Range>}} */
  let kept = { race: "", against: "", ranges: {} };

  /**
   * @param {string} name
   * @param {Range} next
   * @returns {Range}
   */
  function range(name, next) {
    kept.ranges[name] = widen(kept.ranges[name] ?? null, next);
    return kept.ranges[name];
  }

  return {
    range,
    /**
     * The x axis of every chart. To be asked first: another race, or another quantity, begins anew.
     * @param {Race} race
     * @param {Against} against
     * @returns {Axis}
     */
    x(race, against) {
      if (kept.race !== race.id) kept = { race: race.id, against, ranges: {} };
      if (kept.against !== against) {
        kept.against = against;
        delete kept.ranges.x;
      }
      return { scale: "linear", range: range("x", xRange(race, against)), unit: UNITS[against], end: true, line: true, text: against === "gradients" ? integer : undefined };
    },
  };
}
