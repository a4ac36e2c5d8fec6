// Where curves leave the picture: arrows at the edge with the value, and the × of an entrant that diverged. Pure.

import { number } from "../format.js";
import { diverged } from "./run.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./run.js").Run} Run
 * @typedef {import("./axes.js").Against} Against
 * @typedef {import("./axes.js").Range} Range
 * @typedef {import("../plots/lines.js").Mark} Mark
 */

/**
 * Where a curve leaves the axis, and the × of one that diverged, which has the value for its words where it stands at the edge.
 * @param {Race} race
 * @param {Run} run
 * @param {Against} against
 * @param {{x: number[], y: number[]}} curve
 * @param {Range} range
 * @param {string} colour
 * @param {Pick<Mark, "text" | "brief">} [words]  of the ×
 * @returns {Mark[]}
 */
export function departures(race, run, against, { x, y }, range, colour, words) {
  const edges = excursions(x, y, range, colour);
  if (!diverged(run)) return edges;
  const cross = divergence(race, run, against, y, range);
  const over = edges.find((edge) => edge.y === cross.y);
  return [...edges.filter((edge) => edge !== over), { ...cross, colour, ...(words ?? (over && { text: over.text })) }];
}

/**
 * The × of a diverged entrant: at its exact step, at the height of its last finite value.
 * @param {Race} race
 * @param {Run} run
 * @param {Against} against
 * @param {number[]} values
 * @param {Range} range
 * @returns {{x: number, y: number, sign: "cross"}}
 */
export function divergence(race, run, against, values, range) {
  const step = run.ending?.step ?? 0;
  const x = against === "epoch" ? step / (race.stepsPerEpoch || 1) : against === "time" ? run.at.seconds : run.at.gradients;
  const y = values.filter(Number.isFinite).at(-1) ?? range[0];
  return { x, y: Math.min(range[1], Math.max(range[0], y)), sign: "cross" };
}

/**
 * Where a curve leaves the axis: an arrow at the edge with the value it went to (its last value where it is still outside).
 * @param {number[]} x
 * @param {number[]} y
 * @param {Range} range
 * @param {string} colour
 * @returns {Mark[]}
 */
export function excursions(x, y, [low, high], colour) {
  /** @type {Mark[]} */
  const marks = [];
  for (const [sign, beyond, edge] of /** @type {const} */ ([["above", 1, high], ["below", -1, low]])) {
    let furthest = -1;
    let outside = false;
    for (let i = 0; i < y.length; i += 1) {
      if (!Number.isFinite(y[i])) continue;
      outside = beyond * (y[i] - edge) > 1e-9 * Math.abs(edge);
      if (outside && (furthest < 0 || beyond * (y[i] - y[furthest]) > 0)) furthest = i;
    }
    if (outside) furthest = y.length - 1 - [...y].reverse().findIndex(Number.isFinite);
    if (furthest >= 0) marks.push({ x: x[furthest], y: edge, sign, colour, text: number(y[furthest]) });
  }
  return marks;
}
