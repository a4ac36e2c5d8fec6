// A trajectory as pixels: points that fall on one another are left out, lines that leave the picture far behind are cut. Pure.

import { corridor } from "./corridor.js";
import { COLUMNS, X, Y } from "./wire.js";

/**
 * @typedef {object} PixelPath
 * @property {Float32Array} xy  pairs; NaN pair = the line is broken here
 * @property {Int32Array} row  the trajectory's row of each pair
 * @property {number} length  pairs in use
 */

const FAR = 4; // picture sizes: a point farther out is pulled in along its segment, float32 canvases cannot hold 1e30

/**
 * @param {{data: Float32Array, rows: number, columns?: number}} trajectory  rows begin with x, y
 * @param {import("./frame.js").Frame} frame
 * @returns {PixelPath}
 */
export function project({ data, rows, columns = COLUMNS }, frame) {
  const { box: [[xLow, xHigh], [yLow, yHigh]], width, height } = frame;
  const xy = new Float32Array(4 * rows);
  const row = new Int32Array(2 * rows);
  let length = 0;
  const line = corridor((x, y, tag) => {
    xy[2 * length] = x;
    xy[2 * length + 1] = y;
    row[length] = tag;
    length += 1;
  });
  let lastX = NaN;
  let lastY = NaN;
  let away = false;
  for (let i = 0; i < rows; i += 1) {
    let x = ((data[i * columns + X] - xLow) / (xHigh - xLow)) * width;
    let y = ((yHigh - data[i * columns + Y]) / (yHigh - yLow)) * height;
    if (!Number.isFinite(x) || !Number.isFinite(y)) break;
    const far = x < -FAR * width || x > (1 + FAR) * width || y < -FAR * height || y > (1 + FAR) * height;
    // From far out to far out: nothing of it can be seen but by a rare chance that is not worth a wrong line.
    if (far && (away || i === 0)) {
      away = true;
      continue;
    }
    if (far) {
      const reach = (FAR * Math.max(width, height)) / Math.max(Math.abs(x - lastX), Math.abs(y - lastY));
      x = lastX + (x - lastX) * reach;
      y = lastY + (y - lastY) * reach;
    } else if (away) {
      line.end();
      xy[2 * length] = NaN;
      xy[2 * length + 1] = NaN;
      row[length] = i;
      length += 1;
    }
    away = far;
    line.add(x, y, i);
    lastX = x;
    lastY = y;
  }
  line.end();
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
