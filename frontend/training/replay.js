// A race as it stood when every entrant had trained for so many seconds of its own: replay is a cut, nothing is run again. Pure.

import { firstFrom } from "./readings.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./run.js").Run} Run
 */

/**
 * When the last entrant had made its last step.
 * @param {Race} race
 * @returns {number}  own training seconds
 */
export function replayEnd(race) {
  return Math.max(0, ...race.runs.map((run) => run.at.seconds));
}

/**
 * @param {Race} race  one that is over
 * @param {number} seconds  of own training, the same for all: who needs longer for a step has made fewer of them
 * @returns {Race}  a new one; its numbers are those of the race, none is made up
 */
export function raceAt(race, seconds) {
  const runs = race.runs.map((run) => runAt(run, seconds));
  return { ...race, runs, state: runs.every((run, at) => run === race.runs[at]) ? race.state : "running" };
}

/**
 * @param {Run} run
 * @param {number} seconds
 * @returns {Run}  the run itself where it was over by then
 */
function runAt(run, seconds) {
  if (run.at.seconds <= seconds) return run;
  let count = firstFrom(run.seconds, seconds);
  while (count < run.seconds.length && run.seconds[count] <= seconds) count += 1;
  let clock = 0;
  const epochs = run.epochs.filter((each) => (clock += each.seconds) <= seconds + 1e-9);
  const start = run.origin && run.origin.seconds <= seconds ? run.origin : { step: 0, seconds: 0, gradients: 0 };
  const at = count === 0 ? { step: start.step, seconds: start.seconds, gradients: start.gradients } : { step: run.step[count - 1], seconds: run.seconds[count - 1], gradients: run.gradients[count - 1] };
  return {
    ...run, epochs, at, ending: null, tested: null,
    step: run.step.slice(0, count), loss: run.loss.slice(0, count), smoothed: run.smoothed.slice(0, count),
    seconds: run.seconds.slice(0, count), gradients: run.gradients.slice(0, count),
    evaluations: run.evaluations.filter((each) => each.seconds <= seconds), changes: run.changes.filter((each) => each.seconds <= seconds),
  };
}
