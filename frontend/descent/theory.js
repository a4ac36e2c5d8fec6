// What theory says of a run, in words: limits of stability, and on a quadratic its rates. Pure.

import { number } from "../format.js";

/**
 * @typedef {object} Quadratic  of two curvatures, ascending
 * @property {[number | null, number | null]} curvatures
 * @property {[number | null, number | null]} contractions  factors of the error per step, one along each eigenvector
 * @property {Record<string, number> | null} optimum  hyperparameters that make the slower direction quickest
 * @property {number | null} best  its factor then
 * @typedef {{stability: {limit: number} | null, atMinimum: {limit: number} | null, quadratic: Quadratic | null}} Theory
 */

const SAME = 0.005; // share by which two limits may differ and still be called the same

/**
 * Where the limit at the minimum is worth a tick of its own.
 * @param {Theory} theory
 * @returns {number | null}
 */
export function limitAtMinimum({ stability, atMinimum }) {
  if (!atMinimum || (stability && Math.abs(atMinimum.limit / stability.limit - 1) < SAME)) return null;
  return atMinimum.limit;
}

/**
 * @param {Theory} theory
 * @returns {string}  empty where nothing is known
 */
export function limits(theory) {
  const { stability, atMinimum } = theory;
  if (!stability) return atMinimum ? `Steps are stable below ${number(atMinimum.limit)} at the minimum, where the track has its +; at the start the surface bends down.` : "";
  if (!atMinimum) return `Steps are stable below ${number(stability.limit)} at the start.`;
  if (limitAtMinimum(theory) === null) return `Steps are stable below ${number(stability.limit)}, at the start as at the minimum.`;
  return `Steps are stable below ${number(stability.limit)} at the start, and below ${number(atMinimum.limit)} at the minimum, where the track has its +.`;
}

/**
 * @param {Quadratic} quadratic
 * @returns {string}
 */
export function rates({ curvatures: [low, high], contractions: [slow, fast] }) {
  if (slow !== null && fast !== null && Math.abs(slow - fast) < 1e-9) return `On this quadratic every step, in the long run, ${times(slow)} every way (${curvature(low)}${low === high ? "" : ` and ${number(high)}`}).`;
  return `On this quadratic every step, in the long run, ${times(slow)} along ${curvature(low)}, and ${times(fast)} along ${curvature(high)}.`;
}

/** @param {number | null} value  on one line, whatever breaks */
function curvature(value) {
  return `λ\u00a0=\u00a0${number(value)}`;
}

/** @param {number | null} factor */
function times(factor) {
  if (factor === null) return "takes the error beyond all numbers";
  if (factor < 1e-12) return "takes the error away";
  if (Math.abs(factor - 1) < 1e-9) return "leaves the error as it is";
  return factor > 1 ? `makes the error ${number(factor)} times larger` : `leaves ${number(factor)} of the error`;
}

/** @param {Quadratic} quadratic */
export function best({ best: factor }) {
  return factor === null ? "" : `At best ${factor < 1e-12 ? "no error is left at all" : `${number(factor)} is left in the slower direction`}, with `;
}

/**
 * Can the optimum be taken, and is it taken already?
 * @param {Quadratic} quadratic
 * @param {Record<string, number>} values  as they stand
 * @param {import("../controls/scale.js").Parameter[]} parameters
 * @returns {"taken" | "beyond" | "free" | "none"}  beyond: outside a slider
 */
export function reachable({ optimum }, values, parameters) {
  if (!optimum) return "none";
  const named = parameters.filter(({ name }) => name in optimum);
  if (named.some(({ name, low, high }) => optimum[name] < low || optimum[name] > high)) return "beyond";
  return named.every(({ name }) => values[name] === optimum[name]) ? "taken" : "free";
}
