// What a step in one variable does, in one plain sentence. Pure. Unstable here is not yet divergence: no sentence says it is.

import { number } from "../format.js";
import { ENDS } from "./local-words.js";
import { nearly } from "./profile-model.js";

/**
 * @typedef {object} Facts
 * @property {import("./profile-model.js").Bend} bend
 * @property {{limit: number, label: string} | null} limit  largest stable learning rate here
 * @property {string} family  of the optimizer
 * @property {number} rate  its learning rate; NaN where it has none
 * @property {import("../wire.js").Ending | null} ending  where the run ends at this very step
 */

/** @param {Facts} facts @returns {string} */
export function explainOnCurve({ bend, limit, family, rate, ending }) {
  const { slope, curvature, step, newton } = bend;
  if (!Number.isFinite(slope) || !Number.isFinite(curvature)) return "The function or its curvature is not a finite number here.";
  if (ending || step === null) return ENDS[ending?.reason ?? "step_budget"];
  if (step === 0) return "It takes no step here.";
  if (slope === 0) return "The slope is zero here; the step comes from what was before.";
  const top = curvature < 0 ? "highest" : "lowest";
  if (newton !== null && nearly(step, newton)) return `The step is the Newton step: it leads to the ${top} point of the parabola that fits the curve here.`;
  if (step * slope > 0) return "The step leads uphill.";
  if (curvature <= 0 || newton === null) return `The step leads downhill, where the curve ${curvature < 0 ? "bends down" : "is straight"}.`;
  const part = step / newton;
  const against = family === "gradient" && limit && rate > limit.limit
    ? `: lr ${number(rate)} is beyond the local limit ${limit.label} = ${number(limit.limit, 2)}` : "";
  if (part > 2) return `Overshoots: past the parabola’s lowest point, to come out higher on its other side${against}.`;
  if (part > 1) return "The step crosses the lowest point of the parabola that fits here, and comes out nearer to it.";
  return `The step leads downhill and is ${number(part, 2)} times as long as the Newton step.`;
}

/**
 * The curvature in a few words.
 * @param {import("./profile-model.js").Bend} bend
 */
export function bendWords({ curvature }) {
  if (!Number.isFinite(curvature)) return "";
  return curvature > 0 ? "bends up" : curvature < 0 ? "bends down: Newton’s step leads to a top" : "straight";
}
