// φ along one step as drawable facts: where each condition holds as intervals, what to draw, what to say. Pure.

import { number } from "../format.js";

/**
 * @typedef {{distance: number, phi: number | null, slope: number | null, accepted: boolean}} Trial
 * @typedef {object} LineSearch  what the server says of one step
 * @property {number} c1
 * @property {number} c2
 * @property {number} step  length of the step taken
 * @property {number | null} minimiser
 * @property {number[]} distances
 * @property {(number | null)[]} phi
 * @property {(number | null)[]} slopes
 * @property {boolean[]} armijo
 * @property {boolean[]} weak
 * @property {boolean[]} strong
 * @property {Trial[]} trials
 */

/**
 * @param {boolean[]} holds
 * @param {number[]} distances
 * @returns {[number, number][]}  the stretches on which the condition holds
 */
export function intervals(holds, distances) {
  /** @type {[number, number][]} */
  const found = [];
  holds.forEach((held, i) => {
    if (!held) return;
    if (i > 0 && holds[i - 1]) found[found.length - 1][1] = distances[i];
    else found.push([distances[i], distances[i]]);
  });
  return found;
}

/** @param {LineSearch} search */
export function words({ trials, step, minimiser }) {
  const low = minimiser === null ? "no minimum of the line lies within this picture" : `the line's first minimum lies at ${number(minimiser)}`;
  if (trials.length === 0) return `This method does not search: it steps ${number(step)}; ${low}.`;
  return `${trials.length === 1 ? "One trial" : `${trials.length} trials`}, a step of ${number(step)}; ${low}.`;
}
