// The binary reply of /ws/descents: a length, a JSON header, float32 numbers. Decoding makes views, no copies.

/**
 * @typedef {"converged" | "diverged" | "left_view" | "stalled" | "step_budget"} Reason
 * @typedef {{reason: Reason, step: number, message: string}} Ending
 * @typedef {{limit: number, label: string}} Stability
 *
 * @typedef {object} Trajectory
 * @property {string} optimizer
 * @property {Float32Array} data  rows of COLUMNS numbers; NaN where a number was not finite
 * @property {Float32Array | null} rates  the learning rate with which each row's next step is taken; null without a schedule
 * @property {Float32Array | null} measure  one number more for each row, where the question asked for it
 * @property {number} rows
 * @property {number} stride  every stride-th step is a row; the last step always is
 * @property {number} lastStep
 * @property {Ending} ending
 * @property {Stability | null} stability
 * @property {{x: number | null, y: number | null, value: number | null, gradient_norm: number | null, evaluations: number[]}} final
 *
 * @typedef {object} Grid
 * @property {Float32Array} values  row-major, row 0 at the lower y
 * @property {number} rows
 * @property {number} columns
 * @property {[number, number]} x
 * @property {[number, number]} y
 *
 * @typedef {object} Inspection  one trajectory's gradient, Hessian and step, row by row like the trajectory itself
 * @property {number} trajectory  index of the trajectory
 * @property {Float32Array} data  rows of gx, gy, hxx, hxy, hyy, dx, dy and the step's part from this gradient (NaN: not told apart)
 * @property {Stability | null} stability  the limit where λmax = 1; limit / λmax elsewhere
 *
 * @typedef {object} Reply
 * @property {number} sequence
 * @property {{minimum: number | null, minima: [number, number][], minima_values?: number[], saddles: [number, number][], parameters: Record<string, number>}} surface
 * @property {{value: number | null, gradient: (number | null)[], eigenvalues: (number | null)[]}} start
 * @property {Trajectory[]} trajectories
 * @property {Grid | null} grid
 * @property {Inspection | null} inspection
 * @property {number} seconds
 */

/** Numbers per row: x, y, value, gradient norm, evaluations of f, gradient, Hessian. */
export const COLUMNS = 7;
export const [X, Y, VALUE, GRADIENT_NORM, FUNCTIONS, GRADIENTS, HESSIANS] = [0, 1, 2, 3, 4, 5, 6];

/**
 * @param {ArrayBuffer} buffer
 * @returns {Reply}
 */
export function decode(buffer) {
  if (buffer.byteLength < 4) throw new RangeError(`Expected a reply of at least 4 bytes, got ${buffer.byteLength}.`);
  const length = new DataView(buffer).getUint32(0, true);
  if (length % 4 !== 0 || 4 + length > buffer.byteLength) {
    throw new RangeError(`Expected a header that fits into ${buffer.byteLength} bytes, got one of ${length}.`);
  }
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const data = new Float32Array(buffer, 4 + length);
  /** @param {number} offset @param {number} count */
  const cut = (offset, count) => {
    if (offset < 0 || offset + count > data.length) {
      throw new RangeError(`Expected ${count} numbers from ${offset} on, got ${data.length} in all.`);
    }
    return data.subarray(offset, offset + count);
  };
  return {
    sequence: header.sequence,
    surface: header.surface,
    start: header.start,
    seconds: header.seconds,
    trajectories: header.trajectories.map((/** @type {any} */ one) => ({
      optimizer: one.optimizer,
      data: cut(one.offset, one.rows * COLUMNS),
      rates: Number.isInteger(one.rates) ? cut(one.rates, one.rows) : null,
      measure: Number.isInteger(one.measure) ? cut(one.measure, one.rows) : null,
      rows: one.rows,
      stride: one.stride,
      lastStep: one.last_step,
      ending: one.ending,
      stability: one.stability,
      final: one.final,
    })),
    grid: header.grid ? { ...header.grid, values: cut(header.grid.offset, header.grid.rows * header.grid.columns) } : null,
    inspection: header.inspection
      ? {
        trajectory: header.inspection.trajectory, stability: header.inspection.stability,
        data: cut(header.inspection.offset, header.inspection.rows * header.inspection.columns.length),
      }
      : null,
  };
}

/**
 * The step that a row shows.
 * @param {{rows: number, stride: number, lastStep: number}} trajectory
 * @param {number} row
 */
export function stepOf({ rows, stride, lastStep }, row) {
  return row >= rows - 1 ? lastStep : row * stride;
}

/**
 * The row that shows a step, or the last one before it; after the ending, the ending's row.
 * @param {{rows: number, stride: number, lastStep: number}} trajectory
 * @param {number} step
 */
export function rowAt({ rows, stride, lastStep }, step) {
  if (step >= lastStep) return rows - 1;
  return Math.max(0, Math.min(Math.floor(step / stride), rows - 1));
}
