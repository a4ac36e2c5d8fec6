// Stopping rules on the curves and in words: where each would have ended a run. Pure.

import { integer, number } from "../format.js";
import { rowAt } from "../wire.js";
import { ordinate } from "./curves.js";
import { abscissa } from "./effort.js";

/**
 * @typedef {import("../plots/lines.js").Mark} Mark
 * @typedef {{step: number, value: number | null}} Stop
 * @typedef {Record<string, number>} Tolerances  of the chosen rules, by name; a rule that is not chosen has none
 * @typedef {{title: string, trajectory: import("../wire.js").Trajectory}} Told
 */

/** One sign for each rule, in the catalogue's order: shapes, since colours are the optimizers'. @type {Mark["sign"][]} */
export const SIGNS = ["square", "diamond", "wedge", "bar"];

/**
 * What the server is asked to tell: nothing while nobody looks.
 * @param {Pick<import("./state.js").Settings, "open" | "stopping">} settings
 * @returns {Tolerances | null}
 */
export function askedRules({ open, stopping }) {
  return open.includes("stopping") && Object.keys(stopping).length > 0 ? stopping : null;
}

/** @param {Tolerances} a @param {Tolerances} b */
export function sameTolerances(a, b) {
  const rules = Object.keys(a);
  return rules.length === Object.keys(b).length && rules.every((rule) => a[rule] === b[rule]);
}

/**
 * A sign on every line where a rule would have ended it. A stop past the run's own end, or off the axis, has its place in
 * the table alone.
 * @param {import("./curves.js").Line[]} lines
 * @param {import("./curves.js").Kind} kind
 * @param {[number, number]} range  of the y axis
 * @param {import("./effort.js").Over} over
 * @param {string[]} rules  in the catalogue's order
 * @returns {Mark[]}
 */
export function stopMarks(lines, kind, range, over, rules) {
  return lines.flatMap(({ trajectory, colour }) => rules.flatMap((rule, i) => {
    const stop = trajectory.stops?.[rule];
    if (!stop || stop.step > trajectory.lastStep) return [];
    const row = rowAt(trajectory, stop.step);
    const y = ordinate(trajectory, kind, row);
    if (!(y >= range[0] && y <= range[1])) return [];
    return [{ x: over === "steps" ? stop.step : abscissa(trajectory, over, row), y, sign: SIGNS[i], colour }];
  }));
}

/**
 * What one cell of the table says.
 * @param {Stop | null | undefined} stop
 * @param {import("../wire.js").Trajectory} trajectory
 * @param {number | null} minimum
 * @returns {{step: string, height: string, late: string, words: string}}  words for who does not see the table
 */
export function cell(stop, trajectory, minimum) {
  if (!stop) return { step: "—", height: "", late: "", words: "not within the steps" };
  const late = stop.step > trajectory.lastStep ? "past its end" : "";
  const { value } = stop;
  const known = minimum !== null && value !== null;
  const height = known ? `+${number(Math.max(0, value - minimum), 2)}` : number(value, 2);
  const spoken = [`step ${integer(stop.step)}`, known ? `${height.slice(1)} above the minimum` : `f ${height}`, late];
  return { step: integer(stop.step), height, late, words: spoken.filter(Boolean).join(", ") };
}

/**
 * Who would have been stopped with most still to gain, in one sentence: that is what a rule costs.
 * @param {Told[]} runs
 * @param {{name: string, title: string}[]} rules
 */
export function words(runs, rules) {
  /** @type {{title: string, rule: string, step: number, value: number, last: number} | null} */
  let worst = null;
  for (const { title, trajectory: { stops, lastStep, final } } of runs) {
    for (const rule of rules) {
      const stop = stops?.[rule.name];
      if (!stop || stop.value === null || final.value === null || stop.step >= lastStep) continue;
      if (worst && stop.value - final.value <= worst.value - worst.last) continue;
      worst = { title, rule: rule.title.toLowerCase(), step: stop.step, value: stop.value, last: final.value };
    }
  }
  if (!worst || !(worst.value > worst.last)) return "None of these would have stopped a run while it still had something to gain.";
  const { title, rule, step, value, last } = worst;
  return `${title} would lose most: ${rule} stops it at step ${integer(step)} with f = ${number(value)}, and left alone it comes down to ${number(last)}.`;
}
