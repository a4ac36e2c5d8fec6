// The lines of a chart on a canvas, within axes that stand already: cheap enough to follow a hand in every frame.

import { corridor } from "./corridor.js";
import { BAND, ring } from "./plots/lines.js";

/**
 * @typedef {import("./plots/lines.js").Series} Series
 * @typedef {import("./plots/lines.js").Axis} Axis
 */

const FAR = 1e4; // px: canvases lose their way far outside

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{series: Series[], x: Axis, y: Axis}} picture
 * @param {{width: number, height: number, gutter: {left: number, right: number, top: number, bottom: number}}} place  CSS pixels
 */
export function sketch(canvas, { series, x, y }, { width, height, gutter }) {
  const ratio = devicePixelRatio || 1;
  const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== tall) {
    canvas.width = wide;
    canvas.height = tall;
  }
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  strokes(pen, { series, x, y }, { width, height, gutter });
}

/**
 * The lines alone, into whatever is being drawn.
 * @param {CanvasRenderingContext2D} pen
 * @param {{series: Series[], x: Axis, y: Axis}} picture
 * @param {{width: number, height: number, gutter: {left: number, right: number, top: number, bottom: number}}} place
 */
export function strokes(pen, { series, x, y }, { width, height, gutter }) {
  const inner = { width: width - gutter.left - gutter.right, height: height - gutter.top - gutter.bottom };
  const across = along(x, gutter.left, inner.width);
  const up = along(y, gutter.top + inner.height, -inner.height);
  pen.save();
  pen.beginPath();
  pen.rect(gutter.left, gutter.top, inner.width, inner.height);
  pen.clip();
  pen.lineJoin = "round";
  pen.globalAlpha = BAND;
  for (const line of series) {
    if (!line.band) continue;
    const around = ring(line);
    pen.fillStyle = line.colour;
    pen.beginPath();
    around.x.forEach((value, i) => pen.lineTo(across(value), Math.min(Math.max(up(around.y[i]), -FAR), FAR)));
    pen.fill();
  }
  for (const line of series) {
    pen.strokeStyle = line.colour;
    pen.globalAlpha = line.opacity ?? 1;
    pen.lineWidth = line.width ?? 1.8;
    pen.setLineDash(line.dash);
    pen.beginPath();
    let broken = true;
    const path = corridor((left, top) => {
      if (broken) pen.moveTo(left, top);
      else pen.lineTo(left, top);
      broken = false;
    });
    for (let i = 0; i < line.x.length; i += 1) {
      const value = line.y[i];
      if (Number.isNaN(value)) {
        path.end();
        broken = true;
      } else path.add(across(line.x[i]), Math.min(Math.max(up(value), -FAR), FAR), i);
    }
    path.end();
    pen.stroke();
  }
  pen.restore();
}

/**
 * @param {Axis} axis
 * @param {number} from  pixel of the lower end
 * @param {number} length
 * @returns {(value: number) => number}
 */
function along({ scale, range: [low, high] }, from, length) {
  if (scale === "linear") {
    const unit = length / (high - low);
    return (value) => from + (value - low) * unit;
  }
  const first = Math.log10(low);
  const unit = length / (Math.log10(high) - first);
  return (value) => from + (Math.log10(value) - first) * unit;
}
