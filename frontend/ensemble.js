// Many seeds of one run, as the server sends them: quantiles that look like trajectories, and the single ways. Pure.

/**
 * @typedef {import("./wire.js").Trajectory} Trajectory
 * @typedef {{reason: import("./wire.js").Reason, count: number, step: number}} Tally  step: the median of their last steps
 * @typedef {{data: Float32Array, columns: number, rows: number, stride: number, lastStep: number}} Single  rows of x, y
 *
 * @typedef {object} Ensemble  quantiles are taken step by step over the runs; a run that has ended holds its last point
 * @property {number} seeds
 * @property {Tally[]} endings  the most frequent first
 * @property {Trajectory} low  10 %
 * @property {Trajectory} median
 * @property {Trajectory} high  90 %
 * @property {Single[]} singles  the runs themselves
 */

const COLUMNS = 7; // of a trajectory; wire.js, which reads this module, names them

/**
 * @param {any} one  the trajectory's entry in the header
 * @param {(offset: number, count: number) => Float32Array} cut
 * @returns {Ensemble}
 */
export function readEnsemble(one, cut) {
  const { seeds, endings, rows, stride, last_step: lastStep, measure, paths } = one.ensemble;
  const [most] = endings;
  const lost = endings.filter((/** @type {Tally} */ { reason }) => reason === "diverged" || reason === "left_view");
  // What the picture makes of an ending: a sign where all have the same, an axis that runaways do not stretch.
  const reasons = { low: lost[0]?.reason, median: endings.length === 1 ? most.reason : lost.find((/** @type {Tally} */ { count }) => 2 * count > seeds)?.reason, high: lost[0]?.reason };
  /** @param {"low" | "median" | "high"} name @returns {Trajectory} */
  const quantile = (name) => {
    const data = cut(one.ensemble[name], rows * COLUMNS);
    const [x, y, value, norm, ...evaluations] = data.subarray((rows - 1) * COLUMNS);
    return {
      optimizer: one.optimizer, data, rates: null, measure: measure ? cut(measure[name], rows) : null, rows, stride, lastStep,
      ending: { reason: reasons[name] ?? "step_budget", step: lastStep, message: "" }, stability: one.stability, atMinimum: null, quadratic: null, stops: null, final: { x, y, value, gradient_norm: norm, evaluations }, ensemble: null,
    };
  };
  let at = paths.offset;
  const singles = paths.rows.map((/** @type {number} */ count, /** @type {number} */ i) => {
    const data = cut(at, 2 * count);
    at += 2 * count;
    return { data, columns: 2, rows: count, stride: paths.stride, lastStep: paths.last_steps[i] };
  });
  return { seeds, endings, low: quantile("low"), median: quantile("median"), high: quantile("high"), singles };
}

/**
 * What stands for a trajectory in the picture: the median of its seeds, where there are several.
 * @param {Trajectory} trajectory
 */
export function typical(trajectory) {
  return trajectory.ensemble?.median ?? trajectory;
}

/**
 * What an axis must hold of a trajectory. A median may run away with a part of the runs, without being called diverged.
 * @param {Trajectory} trajectory
 * @returns {Trajectory[]}
 */
export function extent(trajectory) {
  const { ensemble } = trajectory;
  return ensemble ? [{ ...ensemble.median, ending: ensemble.high.ending }, ensemble.low, ensemble.high] : [trajectory];
}
