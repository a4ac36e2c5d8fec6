// The axes of a race: they widen when data needs it and never narrow. Pure; each takes the present range and gives the next.

import { diverged } from "./run.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {"epoch" | "time" | "gradients"} Against
 * @typedef {[number, number]} Range
 */

/** The smallest of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten that is not below the value. @param {number} value */
export function roundUp(value) {
  if (!(value > 0)) return 1;
  const unit = 10 ** Math.floor(Math.log10(value) + 1e-12);
  return Number(((([1, 1.5, 2, 3, 4, 5, 6, 8].find((m) => m * unit >= value * (1 - 1e-9)) ?? 10) * unit)).toPrecision(12));
}

/**
 * @param {Range | null} before
 * @param {Range} next
 * @returns {Range}
 */
export function widen(before, next) {
  return before ? [Math.min(before[0], next[0]), Math.max(before[1], next[1])] : next;
}

/**
 * Epochs are known from the start; seconds and gradient evaluations grow by round steps.
 * @param {Race} race
 * @param {Against} against
 * @returns {Range}
 */
export function xRange(race, against) {
  if (against === "epoch") return [0, Math.max(1, race.epochs)];
  const reached = Math.max(0, ...race.runs.map((run) => (against === "time" ? run.at.seconds : run.at.gradients)));
  if (against === "time") return [0, Math.max(1, roundUp(reached))];
  return [0, Math.max(1, race.steps, reached > race.steps ? roundUp(reached) : 0)];
}

/**
 * @param {Race} race
 * @returns {Range}  shares, in steps of ten per cent
 */
export function accuracyRange(race) {
  const top = Math.max(0, ...race.runs.flatMap((run) => run.evaluations.map((each) => each.accuracy || 0)));
  // A little air, for the star above the best epoch.
  return [0, Math.min(1, Math.max(0.3, Math.ceil((top + 0.03) * 10 - 1e-9) / 10))];
}

/**
 * Robust: an entrant that blows up does not flatten the others. What lies beyond leaves by an arrow that carries its value.
 * @param {Race} race
 * @param {number} chance  the loss of guessing, ln(number of classes)
 * @returns {Range}  for a logarithmic axis
 */
export function trainingRange(race, chance) {
  let low = chance / 4;
  let high = chance * 1.25;
  for (const run of race.runs) {
    for (const value of run.smoothed) {
      if (value > 0 && value < low) low = value;
      if (!diverged(run) && value > high) high = value;
    }
  }
  return [low < chance / 4 ? floorOneTwoFive(low) : low, Math.min(high, 4 * chance)];
}

/**
 * @param {Race} race
 * @param {number} chance
 * @returns {Range}  for a linear axis
 */
export function validationRange(race, chance) {
  const step = chance / 4;
  let low = 2 * step;
  let high = chance * 1.1;
  for (const run of race.runs) {
    for (const { loss } of run.evaluations) {
      if (loss < low) low = loss;
      if (!diverged(run) && loss > high) high = loss;
    }
  }
  const up = Math.ceil(Math.min(high, 2 * chance) / step - 1e-9) * step;
  return [Math.max(0, Math.floor(low / step) * step), high > chance * 1.1 ? up : high];
}

/** @param {number} value  positive */
function floorOneTwoFive(value) {
  const unit = 10 ** Math.floor(Math.log10(value));
  return ([5, 2, 1].find((m) => m * unit <= value * (1 + 1e-9)) ?? 1) * unit;
}
