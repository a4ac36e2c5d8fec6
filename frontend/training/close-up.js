// Curves as a zoomed axis shows them: their part of it in full resolution, and a y axis that fits that part. Pure.

import { excursions } from "./departures.js";
import { fitted, part } from "./readings.js";

/**
 * @typedef {import("../plots/lines.js").Axis} Axis
 * @typedef {import("./curves.js").Curves} Curves
 */

/**
 * @param {Curves} curves  whole, nothing left out for an axis
 * @param {Axis} x  what is shown of it
 * @param {Axis} y  its kind and words; its range only where nothing is shown
 * @returns {Curves & {x: Axis, y: Axis}}
 */
export function closeUp(curves, x, y) {
  const within = curves.series.filter((line) => line.x.length > 0 && line.x[line.x.length - 1] >= x.range[0] && line.x[0] <= x.range[1]);
  const cut = within.map((line) => {
    const [from, to] = part(line.x, x.range);
    const slice = (/** @type {ArrayLike<number>} */ values) => Array.from(values).slice(from, to);
    const band = line.band && { low: slice(line.band.low), high: slice(line.band.high) };
    return { ...line, x: slice(line.x), y: slice(line.y), band, goesOn: to < line.x.length || line.x[to - 1] > x.range[1] };
  });
  const visible = cut.map((line) => edged(line, x.range));
  // Who diverged does not flatten the others, here neither.
  const lasting = visible.filter(({ end }) => end !== "none");
  const range = fitted(lasting.flatMap(sides), x.range, y.scale) ?? fitted(visible, x.range, y.scale) ?? y.range;
  const inside = (/** @type {number} */ value, /** @type {[number, number]} */ [low, high]) => value >= low && value <= high;
  const marks = curves.marks.filter((mark) => mark.sign !== "above" && mark.sign !== "below" && inside(mark.x, x.range) && inside(mark.y, range));
  const left = visible.filter(({ opacity = 1 }) => opacity >= 0.3).flatMap((line) => excursions(line.x, line.y, range, line.colour));
  return {
    series: cut.map(({ goesOn, ...line }) => (goesOn ? { ...line, end: /** @type {const} */ ("none") } : line)),
    marks: [...marks, ...left], x, y: { ...y, range },
  };
}

/**
 * A line with the sides of its band: an axis holds them too.
 * @template {import("../plots/lines.js").Series & {x: number[], y: number[]}} L
 * @param {L} line
 * @returns {L[]}
 */
function sides(line) {
  return line.band ? [line, { ...line, y: Array.from(line.band.low) }, { ...line, y: Array.from(line.band.high) }] : [line];
}

/**
 * The same line, cut where the axis cuts it: its points beyond are moved along it to the edges.
 * @template {{x: number[], y: number[]}} L
 * @param {L} line
 * @param {[number, number]} range  of x
 * @returns {L}
 */
function edged(line, [low, high]) {
  const x = [...line.x];
  const y = [...line.y];
  const move = (/** @type {number} */ at, /** @type {number} */ beside, /** @type {number} */ edge) => {
    if (line.x[beside] !== undefined) y[at] += ((edge - x[at]) / (line.x[beside] - x[at])) * (line.y[beside] - y[at]);
    x[at] = edge;
  };
  if (x[0] < low) move(0, 1, low);
  const last = x.length - 1;
  if (x[last] > high) move(last, last - 1, high);
  return { ...line, x, y };
}
