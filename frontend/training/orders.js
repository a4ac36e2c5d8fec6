// What may be asked of one entrant while its race is under way, and what was answered, in words. Pure.

import { integer, number, typed } from "../format.js";
import { changedWords, stoppedWords } from "./rules.js";
import { valueNow } from "./run.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./run.js").Run} Run
 * @typedef {import("../catalogue.js").OptimizerEntry} OptimizerEntry
 * @typedef {import("../controls/scale.js").Parameter} Parameter
 *
 * @typedef {{command: "stop", entrant: number}} Stop
 * @typedef {{command: "set", entrant: number, hyperparameter: string, value: number}} Change
 * @typedef {{command: "fork", entrant: number, at: number | "now", optimizer: {name: string} & Record<string, any>}} Fork
 * @typedef {Stop | Change | Fork} Order  to POST /api/races/{id}/commands
 */

/**
 * @param {Race} race
 * @param {Run} run
 * @returns {{stop: boolean, set: boolean, fork: boolean}}  one that has ended can still be forked from a checkpoint
 */
export function askable(race, run) {
  // An order goes to one entrant, and a row of repeats is several.
  if ((race.request?.repeats ?? 1) > 1) return { stop: false, set: false, fork: false };
  const under = race.state === "running" || race.state === "paused";
  const trains = under && run.ending === null;
  return { stop: trains, set: trains, fork: under && (trains || run.checkpoints.length > 0) };
}

/**
 * The hyperparameters that a race can change under way, with their values now.
 * @param {OptimizerEntry} optimizer
 * @param {Run} run
 * @returns {{parameter: Parameter, value: number}[]}
 */
export function settable({ training_parameters, changeable }, run) {
  return (training_parameters ?? []).filter(({ name }) => changeable.includes(name)).map((parameter) => ({ parameter, value: valueNow(run, parameter.name) }));
}

/**
 * Where a fork may begin: now, while the entrant trains, and at its checkpoints, the newest first.
 * @param {Race} race
 * @param {Run} run
 * @returns {{at: number | "now", text: string}[]}
 */
export function beginnings(race, run) {
  const kept = [...run.checkpoints].reverse().map((at) => ({ at, text: `from step ${integer(at)}, epoch ${number(at / (race.stepsPerEpoch || 1))}` }));
  return run.ending === null ? [{ at: /** @type {const} */ ("now"), text: "from now" }, ...kept] : kept;
}

/**
 * What a fork takes along.
 * @param {Run} parent
 * @param {OptimizerEntry} optimizer
 * @param {Record<string, number>} values  that are set
 */
export function forkWords(parent, optimizer, values) {
  if (optimizer.name !== parent.name) return "It takes the weights along; its optimizer begins anew.";
  const fixed = Object.keys(values).filter((name) => !optimizer.changeable.includes(name) && values[name] !== valueNow(parent, name));
  return fixed.length === 0
    ? "It takes along the weights and all that the optimizer has gathered."
    : `It takes the weights along; with another ${fixed.join(" and ")} its optimizer begins anew.`;
}

/**
 * What the worker has acknowledged.
 * @param {Record<string, any>} event  as the log has it
 * @param {string[]} titles  by entrant, as they were when it was asked
 * @param {OptimizerEntry[]} optimizers
 */
export function acknowledged(event, titles, optimizers) {
  if (event.type === "changed") return changedWords(titles[event.entrant], /** @type {any} */ (event));
  if (event.type === "withdrawn") return stoppedWords(titles[event.entrant], event.step);
  const known = optimizers.find(({ name }) => name === event.optimizer.name);
  const value = known ? ` with ${known.primary} ${typed(event.optimizer[known.primary])}` : "";
  return `${known?.title ?? event.optimizer.name}${value} goes on from step ${integer(event.step)} of ${titles[event.parent]}.`;
}
