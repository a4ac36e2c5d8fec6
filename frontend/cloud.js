// The runs of an ensemble on the map, behind their median: faint ways, and a dot for each at the playhead.

import { toPixel } from "./frame.js";
import { project, trace } from "./path.js";
import { rowAt } from "./wire.js";

/**
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("./ensemble.js").Single} Single
 */

const DOT = 2; // radius
const RIM = 0.8; // of the page's colour around it: dots must stand out from the ways
const LINE_ALPHA = 0.16;
/** Most ways of an ensemble that are drawn: more of them, under noise, are a stain. Every run has its dot. */
export const MOST_WAYS = 8;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {Single[]} singles
 * @param {string} colour
 */
export function drawSingles(context, frame, singles, colour) {
  context.globalAlpha = LINE_ALPHA;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  for (const single of singles.slice(0, MOST_WAYS)) {
    context.beginPath();
    trace(context, project(single, frame));
    context.stroke();
  }
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {Single[]} singles
 * @param {string} colour
 * @param {string} page
 * @param {number} step  the playhead
 */
export function drawDots(context, frame, singles, colour, page, step) {
  context.fillStyle = colour;
  context.strokeStyle = page;
  context.lineWidth = 2 * RIM;
  for (const single of singles) {
    const at = rowAt(single, step) * single.columns;
    const [x, y] = toPixel(frame, single.data[at], single.data[at + 1]);
    if (!(Math.abs(x) < 1e5 && Math.abs(y) < 1e5)) continue;
    context.beginPath();
    context.arc(x, y, DOT, 0, 2 * Math.PI);
    context.stroke();
    context.fill();
  }
}
