// The surface around one point, as its gradient and Hessian tell it: eigenvalues, angles, the Newton step. Pure.

/**
 * @typedef {[number, number]} Vector
 * @typedef {[number, number, number]} Symmetric  hxx, hxy, hyy
 * @typedef {{low: number, high: number, along: Vector, across: Vector}} Eigen  along = direction of the lower eigenvalue
 */

/**
 * @param {Symmetric} hessian
 * @returns {Eigen}  eigenvalues ascending, their directions of length 1 and perpendicular
 */
export function eigen([hxx, hxy, hyy]) {
  const mean = (hxx + hyy) / 2;
  const half = (hxx - hyy) / 2;
  const radius = Math.hypot(half, hxy);
  // The direction of the higher one; of its two forms the one without cancellation.
  const turn = radius === 0 ? 0 : Math.atan2(hxy, half) / 2;
  const across = /** @type {Vector} */ ([Math.cos(turn), Math.sin(turn)]);
  const [low, high] = ends(mean, radius, hxx * hyy - hxy * hxy);
  return { low, high, along: [-across[1], across[0]], across };
}

/**
 * mean ± radius; the one that cancels is taken from the determinant, so that a flat valley keeps its digits.
 * @param {number} mean
 * @param {number} radius
 * @param {number} determinant
 * @returns {[number, number]}
 */
function ends(mean, radius, determinant) {
  if (mean > 0) return [determinant / (mean + radius), mean + radius];
  if (mean < 0) return [mean - radius, determinant / (mean - radius)];
  return [-radius, radius];
}

/**
 * The angle between two directions, in degrees from 0 to 180; null where one of them has no length.
 * @param {Vector} a
 * @param {Vector} b
 */
export function angle([ax, ay], [bx, by]) {
  const cross = ax * by - ay * bx;
  const dot = ax * bx + ay * by;
  if (!Number.isFinite(cross) || !Number.isFinite(dot) || (cross === 0 && dot === 0)) return null;
  return (Math.abs(Math.atan2(cross, dot)) * 180) / Math.PI;
}

/**
 * The step to where the local quadratic model is flat; null where there is none.
 * @param {Vector} gradient
 * @param {Symmetric} hessian
 * @returns {Vector | null}
 */
export function newtonStep([gx, gy], [hxx, hxy, hyy]) {
  const determinant = hxx * hyy - hxy * hxy;
  const step = /** @type {Vector} */ ([(hxy * gy - hyy * gx) / determinant, (hxy * gx - hxx * gy) / determinant]);
  return step.every(Number.isFinite) ? step : null;
}

/**
 * How the local model is bent.
 * @param {Eigen} eigen
 * @returns {"bowl" | "saddle" | "dome" | "trough" | "ridge" | "flat" | "unknown"}  trough: bent up one way, flat the other
 */
export function shape({ low, high }) {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return "unknown";
  if (low > 0) return "bowl";
  if (high < 0) return "dome";
  if (low < 0 && high > 0) return "saddle";
  if (high > 0) return "trough";
  return low < 0 ? "ridge" : "flat";
}

/** Numbers per row of an inspection: gradient, Hessian, the step taken from there, and the part of it that this gradient brings. */
export const WIDTH = 9;
const FRESH = 7; // where that part begins

/**
 * @typedef {object} Local  all that is known at one iterate
 * @property {Vector} gradient
 * @property {Symmetric} hessian
 * @property {Vector | null} step  null at the end of a run: nothing follows
 * @property {{fresh: Vector, kept: Vector} | null} parts  of the step: what this gradient brings, what the method remembers
 * @property {boolean} splits  whether this run's steps are sums of such parts
 * @property {Vector | null} newton
 * @property {Eigen} eigen
 * @property {number | null} stepLength
 * @property {number | null} turn  degrees from −∇f to the step
 * @property {number | null} offNewton  degrees from the Newton step to the step
 * @property {{limit: number, label: string} | null} limit  largest stable learning rate here
 */

/**
 * @param {{data: Float32Array, stability: {limit: number, label: string} | null}} inspection
 * @param {number} row
 * @returns {Local}
 */
export function localAt({ data, stability }, row) {
  const [gx, gy, hxx, hxy, hyy, dx, dy, fx, fy] = data.subarray(row * WIDTH, (row + 1) * WIDTH);
  const gradient = /** @type {Vector} */ ([gx, gy]);
  const hessian = /** @type {Symmetric} */ ([hxx, hxy, hyy]);
  const step = Number.isFinite(dx) && Number.isFinite(dy) ? /** @type {Vector} */ ([dx, dy]) : null;
  const known = step && Number.isFinite(fx) && Number.isFinite(fy);
  const newton = newtonStep(gradient, hessian);
  const found = eigen(hessian);
  return {
    gradient, hessian, step, newton, eigen: found,
    parts: known ? { fresh: [fx, fy], kept: [dx - fx, dy - fy] } : null,
    splits: Number.isFinite(data[FRESH]),
    stepLength: step && Math.hypot(...step),
    turn: step && angle(step, [-gx, -gy]),
    offNewton: step && newton && angle(step, newton),
    limit: stability && found.high > 0 ? { limit: stability.limit / found.high, label: stability.label } : null,
  };
}
