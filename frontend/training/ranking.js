// Who leads. By best validation accuracy so far, of repeats by its median; a diverged entrant comes last, whatever it had reached before.

import { begun, best, diverged } from "./run.js";
import { score } from "./spread.js";

/** @typedef {import("./run.js").Run} Run */

/**
 * @param {Run[]} runs
 * @returns {Run[]}  best first; equals keep the order of the request, so that rows do not swap for nothing
 */
export function rank(runs) {
  return [...runs].sort((a, b) => standing(b) - standing(a) || earlier(a, b) || a.entrant - b.entrant);
}

/** @param {Run} run */
function standing(run) {
  if (diverged(run)) return -2;
  return score(run)?.middle ?? -1;
}

/**
 * @param {Run} a
 * @param {Run} b
 */
function earlier(a, b) {
  if (diverged(a) || diverged(b)) return 0;
  return (best(a)?.step ?? 0) - (best(b)?.step ?? 0);
}

/**
 * Who reached an accuracy with the fewest steps.
 * @param {Run[]} runs
 * @param {number} accuracy
 * @returns {Run[]}  more than one where several passed it at the same step
 */
export function firstPast(runs, accuracy) {
  const passed = runs.flatMap((run) => {
    const at = run.evaluations.find((each) => each.step > begun(run) && each.accuracy >= accuracy);
    return at ? [{ run, step: at.step }] : [];
  });
  const least = Math.min(...passed.map((each) => each.step));
  return passed.filter((each) => each.step === least).map((each) => each.run);
}
