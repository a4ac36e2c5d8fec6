// A function of one variable as plain data: its graph over x, the frame it is drawn in, and paths lifted onto it. No document, no store.

import { COLUMNS, VALUE, X, Y } from "../wire.js";

/**
 * @typedef {import("../frame.js").Box} Box
 * @typedef {import("../frame.js").Frame} Frame
 * @typedef {import("../wire.js").Grid} Grid
 * @typedef {import("../wire.js").Trajectory} Trajectory
 * @typedef {{ground: string, graph: string}} Inks
 */

const ABOVE = 0.07; // of the graph's height
const BELOW = 0.15; // room for the heads that have come to a minimum
const FAR_BELOW = 0.35; // and for parabolas that lie below the curve

/**
 * What the server is asked for: x alone counts, the y of every way is 0.
 * @param {Box} view
 * @param {number} width  CSS pixels
 * @param {number} height
 * @returns {Frame}
 */
export function askedFrame([x], width, height) {
  return { box: [x, [-1, 1]], width, height, square: false, line: true };
}

/**
 * The frame in which the graph stands: as high as f is within its x.
 * @param {Grid} grid  its first row is f over x
 * @param {Frame} asked
 * @param {boolean} [model]  parabolas are drawn too
 * @returns {Frame}
 */
export function profileFrame(grid, asked, model = false) {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < grid.columns; i += 1) {
    const f = grid.values[i];
    if (f < low && f > -Infinity) low = f;
    if (f > high && f < Infinity) high = f;
  }
  if (!(high > low)) [low, high] = low < Infinity ? [low - 1, low + 1] : [-1, 1]; // a level graph, or none
  return { ...asked, box: [grid.x, [low - (model ? FAR_BELOW : BELOW) * (high - low), high + ABOVE * (high - low)]] };
}

/**
 * f at x, between the grid's points; NaN outside.
 * @param {Grid} grid
 * @param {number} x
 */
export function heightAt({ values, columns, x: [low, high] }, x) {
  const at = ((x - low) / (high - low)) * (columns - 1);
  if (!(at >= 0 && at <= columns - 1)) return NaN;
  const left = Math.min(Math.floor(at), columns - 2);
  return values[left] + (at - left) * (values[left + 1] - values[left]);
}

/**
 * A way along x as one along the graph: (x, f) in place of (x, 0).
 * @param {Trajectory} trajectory
 * @returns {Trajectory}
 */
export function lifted(trajectory) {
  const data = trajectory.data.slice();
  for (let at = 0; at < data.length; at += COLUMNS) data[at + Y] = data[at + VALUE];
  return { ...trajectory, data };
}

/**
 * Known points, lifted likewise; one whose height no float holds is left out.
 * @param {[number, number][]} points
 * @param {number[]} heights
 * @returns {[number, number][]}
 */
export function liftedPoints(points, heights) {
  return points.flatMap(([x], i) => (Number.isFinite(heights[i]) ? [/** @type {[number, number]} */ ([x, heights[i]])] : []));
}

/**
 * A reply lifted whole, for a small picture of its own.
 * @param {import("../wire.js").Reply} reply
 * @returns {import("../wire.js").Reply}
 */
export function liftedReply(reply) {
  const { minima, minima_values: heights = [] } = reply.surface;
  return { ...reply, trajectories: reply.trajectories.map(lifted), surface: { ...reply.surface, minima: liftedPoints(minima, heights) } };
}

/**
 * The graph over ground that fills the picture below it; gaps stay gaps.
 * @param {Grid} grid
 * @param {Frame} frame
 * @param {Inks} inks
 * @returns {object[]}
 */
export function traces({ values, columns, x: [low, high] }, { box: [, [floor]] }, inks) {
  const y = Array.from(values.subarray(0, columns));
  const common = { type: "scatter", mode: "lines", x0: low, dx: (high - low) / (columns - 1), hoverinfo: "skip", connectgaps: false };
  const whole = y.every(Number.isFinite);
  return [
    { ...common, y: y.map(() => floor), line: { width: 0 } },
    { ...common, y, line: { width: 1.8, color: inks.graph, simplify: false }, fill: whole ? "tonexty" : "none", fillcolor: inks.ground },
  ];
}

/**
 * Iterates whose dots can be told apart: none nearer than `apart` pixels to the one before.
 * @param {Trajectory} trajectory  lifted
 * @param {Frame} frame
 * @param {number} head  row of the playhead, which has a sign of its own
 * @param {number} apart
 * @returns {[number, number][]}  pixels; those in the picture
 */
export function dots({ data }, { box: [[xLow, xHigh], [yLow, yHigh]], width, height }, head, apart) {
  /** @type {[number, number][]} */
  const found = [];
  let [oldX, oldY] = [NaN, NaN];
  for (let row = 0; row < head; row += 1) {
    const x = ((data[row * COLUMNS + X] - xLow) / (xHigh - xLow)) * width;
    const y = ((yHigh - data[row * COLUMNS + Y]) / (yHigh - yLow)) * height;
    if (!(x >= 0 && x <= width && y >= 0 && y <= height)) continue;
    if (Math.hypot(x - oldX, y - oldY) < apart) continue;
    found.push([x, y]);
    [oldX, oldY] = [x, y];
  }
  return found;
}
