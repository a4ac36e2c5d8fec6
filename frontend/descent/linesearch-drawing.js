// The picture of a line search: φ, Armijo's line, the line's minimum, the trials, and a stripe for each condition.

import { linearTicks } from "../ticks.js";
import { freshPen } from "./local-drawing.js";
import { frame, intervals, marks } from "./linesearch-view.js";

/** @typedef {{curve: string, line: string, stripe: string, axis: string, rule: string, step: string}} Inks */

const HEIGHT = 190;
const GUTTER = { left: 46, right: 10, top: 8, bottom: 20 };
const BAND = 7; // of each condition's stripe below the curve
const STRIPES = /** @type {const} */ (["armijo", "weak", "strong"]);
const DOT = 4;
const TICKS = { across: 4, up: 3 };

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./linesearch-view.js").LineSearch} search
 * @param {number} width  CSS pixels
 * @param {Inks} inks
 */
export function drawLineSearch(canvas, search, width, inks) {
  const pen = freshPen(canvas, width, HEIGHT);
  const { end, low, high } = frame(search);
  const [left, right, top] = [GUTTER.left, width - GUTTER.right, GUTTER.top];
  const stripes = HEIGHT - GUTTER.bottom - STRIPES.length * BAND;
  const floor = stripes - 4;
  const toX = (/** @type {number} */ s) => left + (s / end) * (right - left);
  const toY = (/** @type {number} */ value) => floor - ((value - low) / (high - low)) * (floor - top);
  STRIPES.forEach((name, i) => {
    pen.fillStyle = inks.stripe;
    for (const [from, to] of intervals(search[name], search.distances)) pen.fillRect(toX(from), stripes + i * BAND, Math.max(1, toX(to) - toX(from)), BAND - 2);
  });
  drawAxes(pen, { left, right, top, floor }, toX, toY, { end, low, high }, inks);
  pen.save();
  pen.beginPath();
  pen.rect(left, top, right - left, floor - top);
  pen.clip();
  const { phi, slopes, distances, c1, minimiser } = search;
  const [start, slope] = [phi[0] ?? NaN, slopes[0] ?? NaN];
  pen.strokeStyle = inks.line;
  pen.setLineDash([4, 3]);
  pen.beginPath();
  pen.moveTo(toX(0), toY(start));
  pen.lineTo(toX(end), toY(start + c1 * end * slope));
  if (minimiser !== null) {
    pen.moveTo(toX(minimiser), top);
    pen.lineTo(toX(minimiser), floor);
  }
  pen.stroke();
  pen.setLineDash([]);
  pen.strokeStyle = inks.curve;
  pen.lineWidth = 1.6;
  pen.beginPath();
  phi.forEach((value, i) => value !== null && pen[i > 0 && phi[i - 1] !== null ? "lineTo" : "moveTo"](toX(distances[i]), toY(value)));
  pen.stroke();
  pen.restore();
  pen.strokeStyle = pen.fillStyle = inks.step;
  pen.lineWidth = 1.6;
  for (const { x, y, accepted, out } of marks(search)) {
    pen.beginPath();
    if (out === "") pen.arc(toX(x), toY(y), DOT, 0, 2 * Math.PI);
    else pointer(pen, toX(x), toY(y), out);
    if (accepted) pen.fill();
    else pen.stroke();
  }
}

/**
 * A wedge at the edge that points to a trial outside.
 * @param {CanvasRenderingContext2D} pen
 * @param {number} x
 * @param {number} y
 * @param {"up" | "right"} out
 */
function pointer(pen, x, y, out) {
  const [ux, uy] = out === "up" ? [0, -1] : [1, 0];
  const [baseX, baseY] = [x - ux * 2 * DOT, y - uy * 2 * DOT + (out === "right" ? DOT : 0)];
  pen.moveTo(baseX + ux * 2 * DOT, baseY + uy * 2 * DOT);
  pen.lineTo(baseX - uy * DOT, baseY + ux * DOT);
  pen.lineTo(baseX + uy * DOT, baseY - ux * DOT);
  pen.closePath();
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {{left: number, right: number, top: number, floor: number}} box
 * @param {(s: number) => number} toX
 * @param {(value: number) => number} toY
 * @param {{end: number, low: number, high: number}} range
 * @param {Inks} inks
 */
function drawAxes(pen, { left, right, top, floor }, toX, toY, { end, low, high }, inks) {
  pen.strokeStyle = inks.rule;
  pen.fillStyle = inks.axis;
  pen.font = `11px ${getComputedStyle(pen.canvas).fontFamily}`;
  pen.lineWidth = 1;
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  const up = linearTicks(low, high, TICKS.up);
  pen.beginPath();
  up.values.forEach((value, i) => {
    if (value < low || value > high) return;
    pen.moveTo(left, toY(value));
    pen.lineTo(right, toY(value));
    pen.fillText(up.texts[i], left - 6, Math.max(toY(value), top + 5));
  });
  pen.stroke();
  pen.textAlign = "center";
  pen.textBaseline = "alphabetic";
  const across = linearTicks(0, end, TICKS.across);
  across.values.forEach((value, i) => {
    const half = pen.measureText(across.texts[i]).width / 2;
    pen.fillText(across.texts[i], Math.min(toX(value), right + GUTTER.right - half), HEIGHT - 6);
  });
  pen.beginPath();
  pen.moveTo(left, top);
  pen.lineTo(left, floor);
  pen.stroke();
}
