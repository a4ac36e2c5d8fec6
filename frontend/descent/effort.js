// What stands under the curves: the steps, or what a method has spent to come so far. Pure.

import { COLUMNS, FUNCTIONS, GRADIENTS, HESSIANS, stepOf } from "../wire.js";

/**
 * @typedef {import("../wire.js").Trajectory} Trajectory
 * @typedef {"steps" | "evaluations"} Over
 * @typedef {{over: Over, end: number}} Across  the x axis: from 0 to `end` of what it counts
 */

/** @type {Over[]} */
export const OVERS = ["steps", "evaluations"];

/**
 * A Hessian counts as its products with a vector, one for each of the two variables; each costs a second pass, as much
 * as a gradient, which is also how AdaHessian's probes are counted.
 */
export const HESSIAN = 2;

/** The count in words, for people. */
export const COUNTED = `Each value of f and each gradient counts one, a Hessian ${HESSIAN}: a product with a vector for each variable, as dear as a gradient each`;

/**
 * @param {Trajectory} trajectory
 * @param {Over} over
 * @param {number} row
 */
export function abscissa(trajectory, over, row) {
  if (over === "steps") return stepOf(trajectory, row);
  const { data } = trajectory;
  const at = row * COLUMNS;
  return data[at + FUNCTIONS] + data[at + GRADIENTS] + HESSIAN * data[at + HESSIANS];
}

/**
 * Everybody's last point fits.
 * @param {Trajectory[]} trajectories
 * @param {Over} over
 * @param {number} steps  asked for
 * @returns {Across}
 */
export function across(trajectories, over, steps) {
  if (over === "steps") return { over, end: steps };
  return { over, end: Math.max(1, ...trajectories.map((one) => abscissa(one, over, one.rows - 1))) };
}
