// How a descent ended, in words. Pure.

import { integer } from "../format.js";
import { tallied } from "./tally.js";

/** @typedef {import("../wire.js").Ending} Ending */

/**
 * @param {import("../wire.js").Trajectory} trajectory
 * @returns {{sign: "tick" | "cross" | "arrow" | "dash" | "", text: string, bad: boolean, message: string}}
 */
export function outcomeOf({ ending, ensemble }) {
  return ensemble ? tallied(ensemble) : { ...outcome(ending), message: ending.message };
}

/**
 * @param {Ending} ending
 * @returns {{sign: "tick" | "cross" | "arrow" | "dash" | "", text: string, bad: boolean}}
 */
export function outcome({ reason, step }) {
  switch (reason) {
    case "converged":
      return { sign: "tick", text: `converged · ${integer(step)} ${step === 1 ? "step" : "steps"}`, bad: false };
    case "diverged":
      return { sign: "cross", text: `diverged · step ${integer(step)}`, bad: true };
    case "left_view":
      return { sign: "arrow", text: `left the view · step ${integer(step)}`, bad: false };
    case "stalled":
      return { sign: "dash", text: `stalled · step ${integer(step)}`, bad: false };
    default:
      return { sign: "", text: `still moving · ${integer(step)} ${step === 1 ? "step" : "steps"}`, bad: false };
  }
}
