// A trajectory as pixels: points that fall on one another are left out, lines that leave the picture far behind are cut. Pure.

import { COLUMNS, X, Y } from "./wire.js";
import { toPixel } from "./frame.js";

/**
 * @typedef {object} PixelPath
 * @property {Float32Array} xy  pairs; NaN pair = the line is broken here
 * @property {Int32Array} row  the trajectory's row of each pair
 * @property {number} length  pairs in use
 */

const NEAR = 0.3; // px: closer points cannot be told apart
const FAR = 4; // picture sizes: a point farther out is pulled in along its segment, float32 canvases cannot hold 1e30

/**
 * @param {{data: Float32Array, rows: number}} trajectory
 * @param {import("./frame.js").Frame} frame
 * @returns {PixelPath}
 */
export function project({ data, rows }, frame) {
  const xy = new Float32Array(2 * rows);
  const row = new Int32Array(rows);
  const { width, height } = frame;
  let length = 0;
  let lastX = NaN;
  let lastY = NaN;
  let away = false;
  for (let i = 0; i < rows; i += 1) {
    let [x, y] = toPixel(frame, data[i * COLUMNS + X], data[i * COLUMNS + Y]);
    if (!Number.isFinite(x) || !Number.isFinite(y)) break;
    const far = x < -FAR * width || x > (1 + FAR) * width || y < -FAR * height || y > (1 + FAR) * height;
    if (far && (away || length === 0)) {
      away = true;
      continue; // from far out to far out: nothing of it can be seen but by a rare chance that is not worth a wrong line
    }
    if (far) {
      const reach = (FAR * Math.max(width, height)) / Math.max(Math.abs(x - lastX), Math.abs(y - lastY));
      x = lastX + (x - lastX) * reach;
      y = lastY + (y - lastY) * reach;
    } else if (away) {
      xy[2 * length] = NaN;
      xy[2 * length + 1] = NaN;
      row[length] = i;
      length += 1;
    } else if (i < rows - 1 && Math.abs(x - lastX) < NEAR && Math.abs(y - lastY) < NEAR) continue;
    away = far;
    if (length === rows) break;
    xy[2 * length] = x;
    xy[2 * length + 1] = y;
    row[length] = i;
    length += 1;
    lastX = x;
    lastY = y;
  }
  return { xy, row, length };
}

/**
 * Trace the path onto a canvas up to a row.
 * @param {{moveTo: (x: number, y: number) => void, lineTo: (x: number, y: number) => void}} pen
 * @param {PixelPath} path
 * @param {number} lastRow
 */
export function trace(pen, { xy, row, length }, lastRow = Infinity) {
  let up = true;
  for (let i = 0; i < length && row[i] <= lastRow; i += 1) {
    const x = xy[2 * i];
    if (Number.isNaN(x)) up = true;
    else if (up) {
      pen.moveTo(x, xy[2 * i + 1]);
      up = false;
    } else pen.lineTo(x, xy[2 * i + 1]);
  }
}

/**
 * Widths of paths that lie on one another: the first drawn is the widest, so that every one stays visible.
 * @param {number} count
 * @param {number} [room]  width of the picture; in a small one the lines are thinner
 * @returns {number[]}  CSS pixels
 */
export function nested(count, room = Infinity) {
  const widest = room < 480 ? 3.6 : 4.6;
  const finest = room < 480 ? 1.6 : 1.9;
  return Array.from({ length: count }, (_, i) => (count === 1 ? 2.6 : widest - ((widest - finest) * i) / (count - 1)));
}
