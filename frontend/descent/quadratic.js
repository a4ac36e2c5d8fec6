// Contours of a quadratic g·d + ½ dᵀHd around its origin, as lines a canvas can trace. Pure.

import { eigen } from "./local.js";

/**
 * @typedef {import("./local.js").Vector} Vector
 * @typedef {{gradient: Vector, hessian: import("./local.js").Symmetric}} Model
 * @typedef {Vector[]} Line
 */

const POINTS = 48; // along one branch
const LEVELS = 9;

/**
 * The model in pixels to the right and down, when a step of the plane is `perX` and `perY` pixels long.
 * @param {Model} model
 * @param {number} perX
 * @param {number} perY
 * @returns {Model}
 */
export function inPixels({ gradient: [gx, gy], hessian: [hxx, hxy, hyy] }, perX, perY) {
  return { gradient: [gx / perX, -gy / perY], hessian: [hxx / perX ** 2, -hxy / (perX * perY), hyy / perY ** 2] };
}

/** @param {Model} model @param {Vector} d */
export function valueOf({ gradient: [gx, gy], hessian: [hxx, hxy, hyy] }, [x, y]) {
  return gx * x + gy * y + 0.5 * hxx * x * x + hxy * x * y + 0.5 * hyy * y * y;
}

/**
 * Contours within about `reach` of the origin, one of them through it; quadratically spaced, so that a valley's lines
 * lie evenly.
 * @param {Model} model
 * @param {number} reach
 * @returns {Line[]}
 */
export function contours(model, reach) {
  const found = eigen(model.hessian);
  // t runs along the axis of the stronger bend, s along the other: then t follows from s by a square root.
  const steep = Math.abs(found.high) >= Math.abs(found.low);
  const [p, q] = steep ? [found.along, found.across] : [found.across, found.along];
  const [weak, strong] = steep ? [found.low, found.high] : [found.high, found.low];
  const gs = dot(model.gradient, p);
  const gt = dot(model.gradient, q);
  if (![gs, gt, weak, strong].every(Number.isFinite) || (gs === 0 && gt === 0 && strong === 0)) return [];
  const back = (/** @type {number} */ s, /** @type {number} */ t) => /** @type {Vector} */ ([s * p[0] + t * q[0], s * p[1] + t * q[1]]);
  /** @type {Line[]} */
  const lines = [];
  for (const level of levels(model, reach)) {
    if (Math.abs(strong) * reach < 1e-6 * Math.hypot(gs, gt)) lines.push(straight(gs, gt, level, reach, back));
    else lines.push(...conic(gs, gt, weak, strong, level, reach, back));
  }
  return lines;
}

/** @param {Model} model @param {number} reach */
function levels(model, reach) {
  let low = 0;
  let high = 0;
  for (let i = 0; i < 24; i += 1) {
    for (const share of [0.35, 0.7, 1]) {
      const turn = (i * Math.PI) / 12;
      const value = valueOf(model, [reach * share * Math.cos(turn), reach * share * Math.sin(turn)]);
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const spread = high - low;
  const between = Array.from({ length: LEVELS }, (_, k) => low + spread * ((k + 0.5) / LEVELS) ** 2);
  // The one nearest to the origin's own level gives way to that.
  const nearest = between.reduce((best, level, k) => (Math.abs(level) < Math.abs(between[best]) ? k : best), 0);
  between[nearest] = 0;
  return spread > 0 ? between : [];
}

/**
 * @param {number} gs
 * @param {number} gt
 * @param {number} level
 * @param {number} reach
 * @param {(s: number, t: number) => Vector} back
 * @returns {Line}
 */
function straight(gs, gt, level, reach, back) {
  const norm = Math.hypot(gs, gt);
  const [s, t] = [(gs * level) / norm ** 2, (gt * level) / norm ** 2];
  const far = 2 * reach;
  return [back(s - (far * gt) / norm, t + (far * gs) / norm), back(s + (far * gt) / norm, t - (far * gs) / norm)];
}

/**
 * ½·strong·t² + gt·t + gs·s + ½·weak·s² = level, solved for t.
 * @param {number} gs
 * @param {number} gt
 * @param {number} weak
 * @param {number} strong
 * @param {number} level
 * @param {number} reach
 * @param {(s: number, t: number) => Vector} back
 * @returns {Line[]}
 */
function conic(gs, gt, weak, strong, level, reach, back) {
  // D(s) = c0 + c1 s + c2 s² must not be negative.
  const [c0, c1, c2] = [gt * gt + 2 * strong * level, -2 * strong * gs, -strong * weak];
  const inside = (/** @type {number} */ s) => c0 + c1 * s + c2 * s * s;
  const turns = roots(c2, c1, c0).filter((s) => s > -reach && s < reach);
  const ends = [-reach, ...turns, reach];
  /** @type {Line[]} */
  const lines = [];
  for (let i = 0; i + 1 < ends.length; i += 1) {
    const [a, b] = [ends[i], ends[i + 1]];
    if (!(b > a) || inside((a + b) / 2) < 0) continue;
    /** @param {1 | -1} sign @returns {Line} */
    const branch = (sign) => Array.from({ length: POINTS + 1 }, (_, k) => {
      const s = (a + b) / 2 - ((b - a) / 2) * Math.cos((Math.PI * k) / POINTS); // dense where the branches meet
      return back(s, (-gt + sign * Math.sqrt(Math.max(0, inside(s)))) / strong);
    });
    const [upper, lower] = [branch(1), branch(-1)];
    const [closesLeft, closesRight] = [i > 0, i + 2 < ends.length];
    if (closesRight) lines.push([...upper, ...lower.reverse(), ...(closesLeft ? [upper[0]] : [])]);
    else if (closesLeft) lines.push([...upper.reverse(), ...lower]);
    else lines.push(upper, lower);
  }
  return lines;
}

/** @param {number} a @param {number} b @param {number} c @returns {number[]}  ascending */
function roots(a, b, c) {
  if (a === 0) return b === 0 ? [] : [-c / b];
  const inside = b * b - 4 * a * c;
  if (!(inside > 0)) return [];
  const half = -0.5 * (b + (b < 0 ? -1 : 1) * Math.sqrt(inside));
  return [half / a, half === 0 ? 0 : c / half].sort((one, other) => one - other);
}

/** @param {Vector} a @param {Vector} b */
function dot([ax, ay], [bx, by]) {
  return ax * bx + ay * by;
}
