// φ along one step as drawable facts: what of it is in the picture, where each condition holds, what to say. Pure.

import { number } from "../format.js";

/**
 * @typedef {{distance: number, phi: number | null, slope: number | null, accepted: boolean}} Trial
 * @typedef {object} LineSearch  what the server says of one step
 * @property {number} c1
 * @property {number} c2
 * @property {number} step  length of the step taken
 * @property {number | null} minimiser
 * @property {boolean} longest  it is the longest step that the search may try
 * @property {number} batch_size  rows of the minibatch that φ is of; 0: all
 * @property {number[]} distances
 * @property {(number | null)[]} phi
 * @property {(number | null)[]} slopes
 * @property {boolean[]} armijo
 * @property {boolean[]} weak
 * @property {boolean[]} strong
 * @property {Trial[]} trials
 */

const ABOVE = 2; // times the descent in view: so far above the start φ is shown
const MARGIN = 0.06; // of the height

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

/**
 * φ at a distance within the grid, on the straight line between its neighbours.
 * @param {LineSearch} search
 * @param {number} distance
 */
function phiAt({ distances, phi }, distance) {
  const at = (distance / distances[distances.length - 1]) * (phi.length - 1);
  const low = Math.min(Math.floor(at), phi.length - 2);
  const [from, to] = [phi[low] ?? NaN, phi[low + 1] ?? NaN];
  return from + (at - low) * (to - from);
}

/**
 * The part of the plane that is drawn: all of the grid across; up to the start, the step and some way above them.
 * @param {LineSearch} search
 * @returns {{end: number, low: number, high: number}}
 */
export function frame(search) {
  const { distances, phi, step } = search;
  const known = /** @type {number[]} */ (phi.filter((value) => value !== null));
  const low = Math.min(...known);
  const start = phi[0] ?? low;
  const landing = phiAt(search, step);
  const wanted = Math.max(start + ABOVE * (start - low), Number.isFinite(landing) ? landing : start);
  const high = start > low ? Math.min(Math.max(...known), wanted) : Math.max(...known);
  const margin = MARGIN * (high - low || Math.abs(high) || 1);
  return { end: distances[distances.length - 1], low: low - margin, high: high + margin };
}

/**
 * What is drawn of the trials, or of the step where none were made: those outside stand at the edge.
 * @param {LineSearch} search
 * @returns {{x: number, y: number, accepted: boolean, out: "" | "up" | "right"}[]}
 */
export function marks(search) {
  const { end, high } = frame(search);
  const { trials, step } = search;
  const shown = trials.length > 0 ? trials : [{ distance: step, phi: phiAt(search, step), accepted: true }];
  return shown.map(({ distance, phi, accepted }) => {
    if (distance > end) return { x: end, y: high, accepted, out: "right" };
    const above = phi === null || !(phi <= high);
    return { x: distance, y: above ? high : phi, accepted, out: above ? "up" : "" };
  });
}

/** @param {LineSearch} search */
export function words(search) {
  const { trials, step, minimiser, longest, batch_size } = search;
  const low = minimiser === null ? "no minimum of the line lies within four times as far" : `the line's first minimum lies at ${number(minimiser)}`;
  const count = trials.length === 1 ? "One trial" : `${trials.length} trials`;
  const took = trials.length === 0 ? `This method does not search: it steps ${number(step)}` : `${count}, a step of ${number(step)}`;
  const parts = [`${took}; ${low}.`];
  if (longest) parts.push("It is the longest step that the search may try.");
  const out = marks(search).filter((mark) => mark.out !== "").length;
  const far = Math.max(...trials.map(({ distance }) => distance));
  if (out > 0) parts.push(`${out === 1 ? "One trial lies" : `${out} trials lie`} outside the picture${far > frame(search).end ? `, as far out as ${number(far)}` : ""}.`);
  if (batch_size > 0) parts.push(`f is that of this step's minibatch of ${batch_size}.`);
  return parts.join(" ");
}
