// What a step does, in one plain sentence. Pure. Unstable here is not yet divergence: no sentence says it is.

import { number } from "../format.js";
import { shape } from "./local.js";

/**
 * @typedef {import("./local.js").Local} Local
 * @typedef {object} Facts
 * @property {Local} local
 * @property {string} family  of the optimizer
 * @property {number | undefined} rate  its learning rate, where it has one
 * @property {import("../wire.js").Ending | null} ending  where the run ends at this very step
 */

/** @type {Record<import("../wire.js").Reason, string>} */
export const ENDS = {
  converged: "It has arrived: the gradient is as good as zero, and no further step is taken.",
  diverged: "The run ends here: it has diverged, and no further step is taken.",
  left_view: "The run ends here: it has left the view, and no further step is taken.",
  stalled: "The run ends here: it has stalled, and no further step is taken.",
  step_budget: "The steps asked for end here; it is still moving.",
};
const STRAIGHT = 1; // degrees below which two directions are called the same
const SAME = 0.03; // share by which two lengths may differ and still be called the same

/**
 * @param {Facts} facts
 * @returns {string}
 */
export function explain({ local, family, rate, ending }) {
  const { gradient, step, stepLength, turn, limit } = local;
  if (![...gradient, ...local.hessian].every(Number.isFinite)) return "The surface or its curvature is not a finite number here.";
  if (ending || !step || stepLength === null) return ENDS[ending?.reason ?? "step_budget"];
  if (stepLength === 0) return "It takes no step here.";
  if (turn === null) return "The gradient is zero here; the step comes from what was before.";
  const plain = family === "gradient" && rate !== undefined;
  if (plain && limit && rate > limit.limit) return beyond(local, rate, limit);
  if (turn > 90.5) return `The step leads uphill: it turns ${degrees(turn)} away from steepest descent.`;
  if (isNewton(local)) return `The step is the Newton step: it leads ${TARGETS[shape(local.eigen)]}.`;
  if (plain) return againstGradient(stepLength / (rate * Math.hypot(...gradient)), turn);
  return `${turn < STRAIGHT ? "The step follows steepest descent" : `The step turns ${degrees(turn)} away from steepest descent`}${besideNewton(local)}.`;
}

/** @type {Record<ReturnType<typeof shape>, string>} */
const TARGETS = {
  bowl: "to the lowest point of the local model",
  saddle: "to the saddle of the local model, which bends down one way here",
  dome: "to the highest point of the local model, which bends down here every way",
  trough: "to where the local model is flat", ridge: "to where the local model is flat", flat: "to where the local model is flat",
  unknown: "to where the local model is flat",
};

/** @param {Local} local @param {number} rate @param {{limit: number, label: string}} limit */
function beyond(local, rate, { limit, label }) {
  const against = `lr ${number(rate)} is ${times(rate / limit)} the local limit ${label} = ${number(limit, 2)}`;
  return overshoots(local) ? `Overshoots across the valley: ${against}.` : `The learning rate is beyond its limit here: ${against}.`;
}

/**
 * Does the step cross the valley's floor, to come out farther from it than it was?
 * @param {Local} local
 */
export function overshoots({ gradient, step, eigen: { high, across } }) {
  if (!step || !(high > 0)) return false;
  const floor = -(gradient[0] * across[0] + gradient[1] * across[1]) / high; // how far across the floor lies
  const taken = step[0] * across[0] + step[1] * across[1];
  return taken * floor > 0 && Math.abs(taken) > 2 * Math.abs(floor);
}

/** @param {Local} local */
function isNewton({ step, newton, offNewton }) {
  if (!step || !newton || offNewton === null || offNewton > STRAIGHT) return false;
  return Math.abs(Math.hypot(...step) / Math.hypot(...newton) - 1) < SAME;
}

/** @param {number} ratio @param {number} turn */
function againstGradient(ratio, turn) {
  const length = Math.abs(ratio - 1) < SAME ? "as long as the gradient alone would make it"
    : ratio > 1 ? `${times(ratio, "times longer than")} the gradient alone would make it`
    : `${number(ratio, 2)} times as long as the gradient alone would make it`;
  if (turn < STRAIGHT) return Math.abs(ratio - 1) < SAME ? "The step is the learning rate times the gradient, straight down steepest descent." : `The step follows steepest descent and is ${length}.`;
  return `The step is ${length}, and turns ${degrees(turn)} away from steepest descent.`;
}

/** @param {Local} local */
function besideNewton({ stepLength, newton, offNewton, eigen: found }) {
  if (!newton || offNewton === null || stepLength === null || shape(found) !== "bowl") return "";
  const ratio = stepLength / Math.hypot(...newton);
  return `, ${offNewton < STRAIGHT ? "along" : `${degrees(offNewton)} from`} the Newton step, and is ${number(ratio, 2)} times as long as that`;
}

/** @param {number} ratio @param {string} [than] */
function times(ratio, than = "times") {
  if (than === "times" && Math.abs(ratio - 2) < 0.05) return "twice";
  return `${number(ratio, ratio < 10 ? 2 : 3)} ${than}`;
}

/** @param {number} value */
export function degrees(value) {
  return `${value >= 0.05 && value < 0.95 ? value.toFixed(1) : Math.round(value)}°`;
}

/**
 * The curvature in a few words.
 * @param {import("./local.js").Eigen} eigen
 */
export function bend(eigen) {
  const { low, high } = eigen;
  switch (shape(eigen)) {
    case "bowl": return high > 4 * low ? `${number(low)} along the valley, ${number(high)} across it` : "bends up about equally every way";
    case "saddle": return "indefinite: bends down one way, up the other";
    case "dome": return "bends down every way";
    case "trough": return "flat one way, bends up the other";
    case "ridge": return "flat one way, bends down the other";
    case "flat": return "flat";
    default: return "";
  }
}

/**
 * The condition number, where it means something.
 * @param {import("./local.js").Eigen} eigen
 */
export function condition(eigen) {
  return shape(eigen) === "bowl" ? number(eigen.high / eigen.low) : shape(eigen) === "saddle" ? "indefinite" : "—";
}
