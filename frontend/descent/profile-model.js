// What a step in one variable believes of the curve: a parabola that touches it here and is flat where the step ends. Pure.

/**
 * @typedef {object} Bend  f around one iterate
 * @property {number} slope  f′
 * @property {number} curvature  f″
 * @property {number | null} step  null at the end of a run
 * @property {number | null} newton  −f′/f″; null where there is none
 * @property {number | null} believed  the curvature of the step's parabola, −f′/step: 1/η of gradient descent, f″ of Newton,
 *   the slope of the chord of f′ of the secant; null where there is no such parabola
 */

/**
 * @param {import("./local.js").Local} local
 * @returns {Bend}
 */
export function bendOf({ gradient: [slope], hessian: [curvature], step }) {
  const dx = step ? step[0] : null;
  const finite = (/** @type {number} */ value) => (Number.isFinite(value) ? value : null);
  return {
    slope, curvature, step: dx,
    newton: finite(-slope / curvature),
    believed: dx && slope ? finite(-slope / dx) : null,
  };
}

/**
 * The parabola with the curve's slope at x, and a curvature of its own.
 * @param {number} x
 * @param {number} f
 * @param {number} slope
 * @param {number} curvature  0 for the tangent
 * @returns {(at: number) => number}
 */
export function parabola(x, f, slope, curvature) {
  return (at) => f + slope * (at - x) + (curvature / 2) * (at - x) ** 2;
}

/** @param {number | null} a @param {number} b */
export function nearly(a, b) {
  return a !== null && Math.abs(a - b) <= 0.02 * Math.abs(b);
}
