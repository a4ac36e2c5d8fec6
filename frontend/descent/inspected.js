// What the inspector and its overlay look at: the inspected run at the playhead. Pure.

import { rowAt } from "../wire.js";
import { localAt } from "./local.js";

/**
 * @typedef {object} Glance
 * @property {import("./session.js").Run} run
 * @property {number} row  the trajectory's row that is shown
 * @property {import("../wire.js").Ending | null} ending  where this row is the run's last
 * @property {import("./local.js").Local} local
 * @property {number} rate  the learning rate of the step from here, as the schedule has it; NaN without one
 */

/**
 * @param {Pick<import("./session.js").State, "picture" | "step">} state
 * @returns {Glance | null}
 */
export function glance({ picture, step }) {
  const inspection = picture?.reply.inspection;
  const run = inspection && picture.runs[inspection.trajectory];
  if (!run) return null;
  const row = rowAt(run.trajectory, step);
  const { rates, rows, ending } = run.trajectory;
  const rate = rates?.[row] ?? run.entry.values.lr ?? NaN;
  return { run, row, ending: row === rows - 1 ? ending : null, local: localAt(inspection, row), rate };
}
