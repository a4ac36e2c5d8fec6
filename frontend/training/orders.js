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
  const under = race.state === "running" || race.state === "paused";
  const trains = under && run.ending === null;
  return { stop: trains, set: trains, fork: under && (trains || run.checkpoints.length > 0) };
}

/**
 * The entrants of a row, by what each of them may be asked.
 * @param {Race} race  with every repeat as a run of its own
 * @param {number[]} lanes  entrants, by repeat
 * @returns {Record<"stop" | "set" | "fork", number[]>}
 */
export function askableRow(race, lanes) {
  const those = (/** @type {"stop" | "set" | "fork"} */ kind) => lanes.filter((entrant) => askable(race, race.runs[entrant])[kind]);
  return { stop: those("stop"), set: those("set"), fork: those("fork") };
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
 * What the workers have acknowledged.
 * @param {Record<string, any>[]} events  as the log has them: one for each repeat
 * @param {string} title  of the row that was asked
 * @param {OptimizerEntry[]} optimizers
 * @param {number} [repeats]  that the row stands for
 */
export function acknowledged(events, title, optimizers, repeats = 1) {
  const [event] = events;
  const steps = events.map(({ step }) => step);
  if (event.type === "changed") return changedWords(title, /** @type {any} */ (event), steps);
  if (event.type === "withdrawn") return stoppedWords(title, steps);
  const known = optimizers.find(({ name }) => name === event.optimizer.name);
  const value = known ? ` with ${known.primary} ${typed(event.optimizer[known.primary])}` : "";
  return `${known?.title ?? event.optimizer.name}${value} goes on from step ${integer(event.step)} of ${title}${repeats > 1 ? ", of one repeat alone" : ""}.`;
}
