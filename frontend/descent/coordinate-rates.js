// The learning rate of each coordinate along a run, as drawable facts and words. Pure.

import { integer, number } from "../format.js";

/**
 * @typedef {object} CoordinateRates  what the server says of one run
 * @property {string} optimizer
 * @property {number} count  steps of the run
 * @property {(number | null)[][]} gradients  (gx, gy) of its first steps, as the method saw them
 * @property {number[]} steps  those that have rates here: all, or every so many-th
 * @property {(number | null)[][] | null} rates  (x, y); null where the method has none of its own for each
 */

/**
 * The rates of one coordinate; NaN where a number was not finite, or 0 (a logarithmic axis has no place for it).
 * @param {CoordinateRates} found
 * @param {0 | 1} axis
 */
export function ratesOf({ rates }, axis) {
  return (rates ?? []).map((pair) => pair[axis] || NaN);
}

/**
 * @param {CoordinateRates} found
 * @returns {[number, number]}  of a logarithmic axis
 */
export function rateRange(found) {
  const known = [...ratesOf(found, 0), ...ratesOf(found, 1)].filter(Number.isFinite);
  if (known.length === 0) return [0.1, 1];
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return [low / 1.3, high * 1.3];
}

/**
 * The sequence that a coordinate's gradients make; it ends before the first that is no number.
 * @param {CoordinateRates} found
 * @param {0 | 1} axis
 */
export function gradientsOf({ gradients }, axis) {
  const values = gradients.map((pair) => pair[axis]);
  const lost = values.indexOf(null);
  return /** @type {number[]} */ (lost < 0 ? values : values.slice(0, lost));
}

/**
 * @param {CoordinateRates} found
 * @param {string} title  of the optimizer
 * @param {number} step  the playhead
 */
export function rateWords(found, title, step) {
  if (found.count === 0) return `${title} takes no step: its run ends where it starts.`;
  if (found.rates === null) {
    return `${title} has no learning rate of its own for each coordinate. Adagrad, RMSprop, Adam and their kin have: choose one in the inspector.`;
  }
  const row = rowOf(found, step);
  const [x, y] = found.rates[row];
  const at = `In step ${integer(found.steps[row] + 1)} of ${title}`;
  if (!x || !y) return `${at} the rates are beyond all numbers.`;
  const [more, less] = x >= y ? ["x", "y"] : ["y", "x"];
  const ratio = Math.max(x / y, y / x);
  const compared = ratio < 1.005 ? "the same" : `${more} goes ${number(ratio)} times as far as ${less} for an equal slope`;
  return `${at} the rate is ${number(x)} in x, ${number(y)} in y: ${compared}.`;
}

/**
 * The last shown step that the playhead has reached.
 * @param {CoordinateRates} found
 * @param {number} step
 */
export function rowOf({ steps }, step) {
  let row = 0;
  while (row + 1 < steps.length && steps[row + 1] <= step) row += 1;
  return row;
}
