// How the local model is drawn, on the map and in the inspector's small picture: contours, −∇f, the step and what it is the sum of, the valley.

import { contours, inPixels } from "./quadratic.js";

/**
 * @typedef {import("./local.js").Local} Local
 * @typedef {import("./local.js").Vector} Vector
 * @typedef {{contour: string, gradient: string, step: string, valley: string, page: string}} Inks
 * @typedef {{x: number, y: number, perX: number, perY: number, reach: number, arrow: number}} Place
 *   the point in pixels, pixels per unit of the plane, how far lines go, how long arrows are
 */

const TIP = 6.5;
const NEAR = 10; // px
const THIN = 1.3;
const NOTHING = 1e-6; // part of the step below which a part of it is none
const LONGER = 9; // −∇f looks out beyond a step that goes the same way

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Local} local
 * @param {Place} place
 * @param {Inks} inks
 */
export function drawLocal(pen, local, { x, y, perX, perY, reach, arrow }, inks) {
  const { gradient, hessian, eigen, step, parts } = local;
  const pixels = (/** @type {Vector} */ [dx, dy]) => /** @type {Vector} */ ([dx * perX, -dy * perY]);
  pen.lineWidth = 1;
  pen.strokeStyle = inks.contour;
  pen.beginPath();
  for (const line of contours(inPixels({ gradient, hessian }, perX, perY), reach)) {
    line.forEach(([dx, dy], i) => (i === 0 ? pen.moveTo(x + dx, y + dy) : pen.lineTo(x + dx, y + dy)));
  }
  pen.stroke();
  const valley = towards(pixels(eigen.along), reach);
  if (valley && eigen.high > eigen.low) {
    pen.strokeStyle = inks.valley;
    pen.lineWidth = 1.4;
    pen.setLineDash([3, 3]);
    pen.beginPath();
    pen.moveTo(x - valley[0], y - valley[1]);
    pen.lineTo(x + valley[0], y + valley[1]);
    pen.stroke();
    pen.setLineDash([]);
  }
  drawArrow(pen, x, y, towards(pixels([-gradient[0], -gradient[1]]), arrow + LONGER), inks.gradient, inks.page);
  if (!step) return;
  const split = parts && Math.hypot(...parts.kept) > NOTHING * Math.hypot(...step) ? parts : null;
  const [whole, fresh, kept] = [step, split?.fresh ?? step, split?.kept ?? step].map(pixels);
  // To one scale, the longest as long as an arrow is.
  const scale = arrow / Math.max(...[whole, fresh, kept].map((way) => Math.hypot(...way)));
  const scaled = (/** @type {Vector} */ way) => towards(way, scale * Math.hypot(...way));
  const tip = split && scaled(kept);
  if (tip) {
    drawArrow(pen, x, y, tip, inks.step, inks.page, THIN);
    drawArrow(pen, x + tip[0], y + tip[1], scaled(fresh), inks.gradient, inks.page, THIN);
  }
  drawArrow(pen, x, y, scaled(whole), inks.step, inks.page);
}

/**
 * A ring where the step lands, unless that is hidden by the point itself.
 * @param {CanvasRenderingContext2D} pen
 * @param {Local} local
 * @param {Place} place
 * @param {Inks} inks
 */
export function drawLanding(pen, { step }, { x, y, perX, perY }, inks) {
  if (!step) return;
  const [dx, dy] = [step[0] * perX, -step[1] * perY];
  if (!(Math.hypot(dx, dy) > NEAR)) return;
  pen.beginPath();
  pen.arc(x + dx, y + dy, 3.2, 0, 2 * Math.PI);
  pen.fillStyle = inks.page;
  pen.fill();
  pen.strokeStyle = inks.step;
  pen.lineWidth = 1.6;
  pen.stroke();
}

/** @param {Vector} way @param {number} length @returns {Vector | null} */
function towards([dx, dy], length) {
  const size = Math.hypot(dx, dy);
  return size > 0 && Number.isFinite(size) ? [(dx / size) * length, (dy / size) * length] : null;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number} x
 * @param {number} y
 * @param {Vector | null} way
 * @param {string} colour
 * @param {string} page  of the casing, so that the arrow stands on any ground
 * @param {number} thick  px
 */
function drawArrow(pen, x, y, way, colour, page, thick = 2) {
  if (!way) return;
  const size = Math.hypot(...way);
  const [ux, uy] = [way[0] / size, way[1] / size];
  const [tipX, tipY] = [x + way[0], y + way[1]];
  const head = Math.min(TIP, size); // a short arrow is all head
  const [neckX, neckY] = [tipX - ux * head, tipY - uy * head];
  for (const [stroke, width] of /** @type {const} */ ([[page, thick + 2.4], [colour, thick]])) {
    pen.strokeStyle = stroke;
    pen.lineWidth = width;
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(neckX, neckY);
    pen.stroke();
  }
  pen.beginPath();
  pen.moveTo(tipX, tipY);
  pen.lineTo(neckX - uy * head * 0.5, neckY + ux * head * 0.5);
  pen.lineTo(neckX + uy * head * 0.5, neckY - ux * head * 0.5);
  pen.closePath();
  pen.fillStyle = colour;
  pen.fill();
}

/**
 * A canvas as fine as the screen, cleared.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width  CSS pixels
 * @param {number} height
 */
export function freshPen(canvas, width, height) {
  const ratio = devicePixelRatio || 1;
  const [columns, rows] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== columns || canvas.height !== rows) {
    canvas.width = columns;
    canvas.height = rows;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.lineJoin = "round";
  return pen;
}
