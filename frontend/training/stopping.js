// Early stopping, looked at: where a patience would have ended each entrant, though nothing is ended. Pure.

import { integer, number } from "../format.js";
import { begun, diverged } from "./run.js";

/**
 * @typedef {import("./run.js").Run} Run
 * @typedef {import("./run.js").Evaluation} Evaluation
 *
 * @typedef {object} Stopping
 * @property {Evaluation | null} best  the lowest validation loss before the stop: the weights that would be given back
 * @property {number} left  evaluations without a new lowest that are still allowed
 * @property {Evaluation | null} at  the evaluation that would have been the last; null: none so far
 */

/** Most evaluations that one may wait; beyond it a typing error is likelier than a wish. */
export const MOST_PATIENCE = 1000;

/**
 * The rule: stop at the evaluation that is the `patience`-th in a row without a new lowest validation loss.
 * A loss that is not finite is no new lowest; the evaluation before the first step belongs to no optimizer, that
 * at which a fork begins to its parent.
 * @param {Run} run
 * @param {number} patience  in evaluations, from 1
 * @returns {Stopping}
 */
export function stopping(run, patience) {
  /** @type {Evaluation | null} */
  let best = null;
  let waited = 0;
  for (const each of run.evaluations) {
    if (each.step <= begun(run)) continue;
    if (each.loss < (best?.loss ?? Infinity)) {
      best = each;
      waited = 0;
    } else waited += 1;
    if (waited >= patience) return { best, left: 0, at: each };
  }
  return { best, left: patience - waited, at: null };
}

/**
 * What an entrant's row says of it; "" for one that diverged before its patience was at an end.
 * @param {Run} run
 * @param {number} patience
 * @param {boolean} over  the race goes on no more
 */
export function stoppingWords(run, patience, over) {
  const { best, left, at } = stopping(run, patience);
  if (at) return `would stop at epoch ${number(at.epoch)}${best ? `, back to epoch ${number(best.epoch)}` : ""}`;
  if (diverged(run)) return "";
  if (over || run.ending) return "would not stop before the end";
  return `patience: ${integer(left)} of ${integer(patience)} left`;
}

/**
 * The whole field in a sentence or two.
 * @param {Run[]} runs
 * @param {string[]} labels  by entrant
 * @param {number} patience
 */
export function stoppingSentence(runs, labels, patience) {
  const racing = runs.filter((run) => run.evaluations.length > 1);
  const ended = racing.flatMap((run) => {
    const { at } = stopping(run, patience);
    return at ? [{ run, at }] : [];
  });
  const rule = `Shown, not done: each would stop after ${integer(patience)} ${patience === 1 ? "evaluation" : "evaluations in a row"} without a new lowest validation loss, and take the weights of its star.`;
  if (ended.length === 0) return `${rule} ${racing.length === 0 ? "" : "So far none would."}`.trim();
  const first = ended.reduce((a, b) => (b.at.epoch < a.at.epoch ? b : a));
  const all = runs.reduce((sum, run) => sum + run.at.gradients, 0);
  const spared = ended.reduce((sum, { run, at }) => sum + run.at.gradients - at.gradients, 0);
  return `${rule} ${integer(ended.length)} of ${integer(runs.length)} would have stopped, ${labels[first.run.entrant]} first, at epoch ${number(first.at.epoch)}; `
    + `that spares ${integer((100 * spared) / Math.max(1, all))}\u2009% of all gradients spent so far.`;
}
