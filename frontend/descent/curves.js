// Trajectories as the curves of the chart: series, and an axis that holds them. Pure.

import { COLUMNS, GRADIENT_NORM, VALUE, rowAt, stepOf } from "../wire.js";

/**
 * @typedef {import("../wire.js").Trajectory} Trajectory
 * @typedef {import("../plots/lines.js").Series} Series
 * @typedef {import("../plots/lines.js").Axis} Axis
 * @typedef {"loss" | "gradient"} Curve
 * @typedef {{curve: Curve, minimum: number | null}} Kind
 * @typedef {{key: string, label: string, colour: string, dash: number[], trajectory: Trajectory}} Line
 */

const MOST_DECADES = 8; // below the highest decade; what ends lower is named at an arrow
const RUNAWAY = 100; // times the start's value: higher points of a diverging run do not stretch the axis

/**
 * What the chart draws of a value: f − f_min where the minimum is known (on a log axis), f else; the gradient norm as it is.
 * @param {Trajectory} trajectory
 * @param {Kind} kind
 * @param {number} row
 */
export function ordinate({ data }, { curve, minimum }, row) {
  if (curve === "gradient") return data[row * COLUMNS + GRADIENT_NORM];
  const value = data[row * COLUMNS + VALUE];
  return minimum === null ? value : Math.max(value - minimum, 0);
}

/** @param {Kind} kind */
export function isLog({ curve, minimum }) {
  return curve === "gradient" || minimum !== null;
}

/**
 * @param {Trajectory[]} trajectories
 * @param {Kind} kind
 * @returns {[number, number]}
 */
export function range(trajectories, kind) {
  const log = isLog(kind);
  let low = Infinity;
  let high = -Infinity;
  for (const trajectory of trajectories) {
    const first = Math.abs(ordinate(trajectory, kind, 0));
    const ceiling = trajectory.ending.reason === "diverged" && first > 0 ? RUNAWAY * first : Infinity;
    for (let row = 0; row < trajectory.rows; row += 1) {
      const value = ordinate(trajectory, kind, row);
      if (!Number.isFinite(value) || Math.abs(value) > ceiling || (log && value <= 0)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (!(high >= low)) return log ? [0.1, 10] : [0, 1];
  if (!log) {
    const pad = (high - low || Math.abs(high) || 1) * 0.06;
    return [low - pad, high + pad];
  }
  const top = Math.ceil(Math.log10(high) - 1e-6);
  const bottom = Math.max(Math.floor(Math.log10(low) + 1e-6), top - MOST_DECADES);
  return [10 ** Math.min(bottom, top - 1), 10 ** top];
}

/**
 * During a gesture axes may not move; afterwards they may widen, and narrow only when most of the picture is empty.
 * @param {[number, number]} old
 * @param {[number, number]} wanted
 * @param {boolean} log
 * @returns {[number, number]}
 */
export function settle(old, wanted, log) {
  const [low, high] = log ? old.map(Math.log10) : old;
  const [wantedLow, wantedHigh] = log ? wanted.map(Math.log10) : wanted;
  const contains = low <= wantedLow && high >= wantedHigh;
  return contains && high - low <= 2 * (wantedHigh - wantedLow) ? old : wanted;
}

/**
 * @param {Line[]} lines
 * @param {Kind} kind
 * @param {[number, number]} held  the axis' range: an end below it is named with its value
 * @param {(value: number) => string} text
 * @returns {Series[]}
 */
export function series(lines, kind, held, text) {
  const under = isLog(kind) ? held[0] * 1e-3 : -Infinity;
  return lines.map(({ key, label, colour, dash, trajectory }) => {
    const { rows, ending } = trajectory;
    const x = new Float64Array(rows);
    const y = new Float64Array(rows);
    for (let row = 0; row < rows; row += 1) {
      x[row] = stepOf(trajectory, row);
      const value = ordinate(trajectory, kind, row);
      // A logarithmic axis has no place for an exact zero: it lies below the picture, where the arrow points.
      y[row] = isLog(kind) && value <= 0 ? under : value;
    }
    const last = ordinate(trajectory, kind, rows - 1);
    const name = isLog(kind) && last < held[0] ? `${label} ends at ${text(last)}` : label;
    return {
      key, label: name, colour, dash, x, y,
      end: ending.reason === "converged" ? "ring" : ending.reason === "diverged" ? "cross" : "none",
    };
  });
}

/**
 * @param {Line} line
 * @param {Kind} kind
 * @param {number} step
 */
export function heightAt({ trajectory }, kind, step) {
  return ordinate(trajectory, kind, rowAt(trajectory, step));
}
