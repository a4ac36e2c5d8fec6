// What an entrant took and where it turned: to the target accuracy, per epoch, until it overfitted. Pure.

import { best, diverged, lowest } from "./run.js";

/**
 * @typedef {import("./run.js").Run} Run
 * @typedef {import("./run.js").Evaluation} Evaluation
 *
 * @typedef {object} Measures
 * @property {number} entrant
 * @property {number | null} seconds  own training seconds until the target was reached
 * @property {number | null} gradients  until then
 * @property {number | null} perEpoch  mean seconds of an epoch
 * @property {number | null} deviation  their standard deviation
 * @property {number | null} overfits  the epoch after which it overfitted
 * @property {number | null} test  accuracy on the test images, of the weights best in validation
 */

const LEAST_TARGET = 0.2; // passing 10 % of ten classes is chance
const RISEN = 1.1; // a validation loss this many times its lowest has risen
const AFTER = 2; // evaluations behind the lowest, before a rise is believed

/**
 * The target when nobody has set one: the leader's accuracy, down to a whole ten per cent.
 * @param {Run[]} runs
 * @returns {number | null}  a share; null while nobody is above chance
 */
export function usualTarget(runs) {
  const top = Math.max(0, ...runs.filter((run) => !diverged(run)).map((run) => best(run)?.accuracy ?? 0));
  const target = Math.floor(top * 10 + 1e-9) / 10;
  return target < LEAST_TARGET ? null : target;
}

/**
 * The first validation at or above an accuracy; that before the first step is nobody's. What a fork's parents had reached by
 * its beginning, it has reached with them.
 * @param {Run} run
 * @param {number} accuracy  a share
 * @param {Run[]} [runs]  of the race, by entrant
 * @returns {Evaluation | null}
 */
export function reached(run, accuracy, runs = []) {
  const parent = run.origin && runs[run.origin.parent];
  const before = parent ? reached(parent, accuracy, runs) : null;
  if (before && run.origin && before.step <= run.origin.step) return before;
  return run.evaluations.find((each) => each.step > 0 && each.accuracy >= accuracy) ?? null;
}

/**
 * Own training seconds of the finished epochs.
 * @param {Run} run
 * @returns {{mean: number | null, deviation: number | null}}  the deviation is that of a sample: null below two epochs
 */
export function epochSeconds({ epochs }) {
  if (epochs.length === 0) return { mean: null, deviation: null };
  const mean = epochs.reduce((sum, each) => sum + each.seconds, 0) / epochs.length;
  if (epochs.length === 1) return { mean, deviation: null };
  const squares = epochs.reduce((sum, each) => sum + (each.seconds - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (epochs.length - 1)) };
}

/**
 * The evaluation after which an entrant overfitted: that of its lowest validation loss, once this has risen by a tenth since
 * while the smoothed training loss went on falling.
 * @param {Run} run
 * @returns {Evaluation | null}
 */
export function overfitting(run) {
  const least = lowest(run);
  const last = run.evaluations.at(-1);
  if (diverged(run) || !least || !last || run.evaluations.indexOf(least) >= run.evaluations.length - AFTER) return null;
  if (!(last.loss > RISEN * least.loss)) return null;
  // Where no training loss has arrived between the two, nothing says that it rose.
  return trainingLoss(run, last.step) > trainingLoss(run, least.step) ? null : least;
}

/**
 * The smoothed training loss at a step; NaN before the first.
 * @param {Run} run
 * @param {number} step
 */
function trainingLoss(run, step) {
  let low = 0;
  let high = run.step.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (run.step[middle] <= step) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? NaN : run.smoothed[low - 1];
}

/**
 * @param {Run} run
 * @param {number | null} target
 * @param {Run[]} [runs]  of the race, by entrant
 * @returns {Measures}
 */
export function measure(run, target, runs = []) {
  const at = target === null ? null : reached(run, target, runs);
  const { mean, deviation } = epochSeconds(run);
  return {
    entrant: run.entrant, seconds: at?.seconds ?? null, gradients: at?.gradients ?? null, perEpoch: mean, deviation,
    overfits: overfitting(run)?.epoch ?? null, test: run.tested?.best.test_accuracy ?? null,
  };
}

/**
 * @param {Measures[]} rows
 * @param {keyof Measures} key
 * @param {boolean} falling  the greatest first
 * @returns {Measures[]}  equals keep their order; those without a value come last, either way
 */
export function ordered(rows, key, falling) {
  const sign = falling ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [a[key], b[key]];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (x - y);
  });
}
