// The learning rates of scheduled runs as lines of the strip, and an axis that holds them. Pure.

import { stepOf } from "../wire.js";

/**
 * @typedef {import("../wire.js").Trajectory} Trajectory
 * @typedef {import("../plots/lines.js").Series} Series
 * @typedef {{key: string, short: string, colour: string, dash: number[], trajectory: Trajectory}} Line
 */

const MOST_DECADES = 6; // below the highest rate: what falls further leaves the strip, and its end is named
const ROOM = 0.08; // of the axis, above and below the lines

/**
 * @param {Line[]} lines
 * @returns {Series[]}  one for each line with a schedule
 */
export function rateSeries(lines) {
  return lines.filter(({ trajectory }) => trajectory.rates !== null).map(({ key, short, colour, dash, trajectory }) => {
    const rates = /** @type {Float32Array} */ (trajectory.rates);
    const x = Float64Array.from(rates, (_, row) => stepOf(trajectory, row));
    return { key, label: short, colour, dash, x, y: Float64Array.from(rates) };
  });
}

/**
 * A little more than the rates that are shown; a single rate gets half a decade.
 * @param {Series[]} series
 * @returns {[number, number]}
 */
export function rateRange(series) {
  let low = Infinity;
  let high = 0;
  for (const { y } of series) {
    for (let i = 0; i < y.length; i += 1) {
      if (y[i] > high) high = y[i];
      if (y[i] > 0 && y[i] < low) low = y[i];
    }
  }
  if (!(high > 0)) return [0.1, 1];
  const top = Math.log10(high);
  const bottom = Math.max(Math.log10(low), top - MOST_DECADES);
  const middle = (top + bottom) / 2;
  const half = Math.max((top - bottom) / 2, 0.25) * (1 + 2 * ROOM);
  return [10 ** (middle - half), 10 ** (middle + half)];
}

/**
 * The first point that lies below the axis, where an arrow says that the line goes on; null where none does.
 * @param {Series} series
 * @param {number} low
 * @returns {number | null}  its x
 */
export function leaves({ x, y }, low) {
  for (let i = 0; i < y.length; i += 1) if (y[i] < low) return x[i];
  return null;
}

/**
 * Where a rate stands on the logarithmic axis, 0 at its lower end; what lies outside stands at the edge.
 * @param {[number, number]} range
 * @param {number} rate
 */
export function rateShare([low, high], rate) {
  const share = Math.log(Math.max(rate, Number.MIN_VALUE) / low) / Math.log(high / low);
  return Math.min(1, Math.max(0, share));
}
