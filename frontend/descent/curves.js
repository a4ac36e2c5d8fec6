// Trajectories as the curves of the chart: series, and an axis that holds them. Pure.

import { COLUMNS, GRADIENT_NORM, VALUE, rowAt } from "../wire.js";
import { abscissa } from "./effort.js";

/**
 * @typedef {import("../wire.js").Trajectory} Trajectory
 * @typedef {import("../plots/lines.js").Series} Series
 * @typedef {import("../plots/lines.js").Mark} Mark
 * @typedef {"loss" | "gradient" | "step" | "distance" | "angle"} Curve
 * @typedef {{curve: Curve, minimum: number | null}} Kind
 * @typedef {{key: string, label: string, colour: string, dash: number[], trajectory: Trajectory, band?: {low: Trajectory, high: Trajectory} | null}} Line
 */

const MOST_DECADES = 14; // below the highest decade
const FEW_DECADES = 6; // below it: room that a single one may take
const EARLY = 0.95; // of the axis: a line that ends before has room for its name beside its end
/** @type {Partial<Record<import("../wire.js").Reason, "ring" | "cross" | "dot">>} */
const ENDS = { converged: "ring", diverged: "cross", stalled: "dot", left_view: "dot" };
// A run that diverges or leaves the view does not stretch the axis past so many times the start's value, up or down.
const RUNAWAY = { log: 100, linear: 4 };

/** What the server must measure for a curve: float32 rows cannot tell late iterates apart. @type {Partial<Record<Curve, string>>} */
const MEASURES = { step: "step_length", distance: "distance", angle: "angle" };

/** Every kind of curve, in the order of the control; the first is the usual one. @type {Curve[]} */
export const CURVES = ["loss", "gradient", "step", "distance", "angle"];

/** @param {Curve} curve */
export function measureOf(curve) {
  return MEASURES[curve] ?? null;
}

/**
 * What the chart draws of a value: f − f_min where the minimum is known (on a log axis), f else; the gradient norm as it is.
 * @param {Trajectory} trajectory
 * @param {Kind} kind
 * @param {number} row
 */
export function ordinate({ data, measure }, { curve, minimum }, row) {
  // While the answer to another question still stands, there is nothing to draw.
  if (measureOf(curve) !== null) return measure?.[row] ?? NaN;
  if (curve === "gradient") return data[row * COLUMNS + GRADIENT_NORM];
  const value = data[row * COLUMNS + VALUE];
  return minimum === null ? value : Math.max(value - minimum, 0);
}

/** @param {Kind} kind */
export function isLog({ curve, minimum }) {
  return curve === "loss" ? minimum !== null : curve !== "angle";
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
    const wild = trajectory.ending.reason === "diverged" || trajectory.ending.reason === "left_view";
    const ceiling = wild && first > 0 ? RUNAWAY[log ? "log" : "linear"] * first : Infinity;
    for (let row = 0; row < trajectory.rows; row += 1) {
      const value = ordinate(trajectory, kind, row);
      if (!Number.isFinite(value) || Math.abs(value) > ceiling || (log && value <= 0)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (kind.curve === "angle") return [0, 180];
  if (!(high >= low)) return log ? [0.1, 10] : [0, 1];
  if (!log) {
    const pad = (high - low || Math.abs(high) || 1) * 0.06;
    return [low - pad, high + pad];
  }
  const top = Math.ceil(Math.log10(high) - 1e-6);
  // The axis goes down to where the middle one ends, and six decades where somebody does: one that ends far lower is
  // named at an arrow, and squeezes nobody.
  const ends = trajectories.map((trajectory) => ordinate(trajectory, kind, trajectory.rows - 1)).filter((value) => value > 0).sort((a, b) => a - b);
  const middle = Math.max(low, ends[Math.floor((ends.length - 1) / 2)] ?? low);
  const lowest = Math.max(Math.floor(Math.log10(low) + 1e-6), top - FEW_DECADES);
  const bottom = Math.max(Math.min(Math.floor(Math.log10(middle) + 1e-6), lowest), top - MOST_DECADES);
  return [10 ** Math.min(bottom, top - 2), 10 ** top];
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
 * Lines that run to the right edge carry their names there; one that ends before has its name beside its end.
 * @param {Line[]} lines
 * @param {Kind} kind
 * @param {[number, number]} held  the axis' range: an end below it is named with its value
 * @param {import("./effort.js").Across} across
 * @param {(value: number) => string} text
 * @returns {{series: Series[], marks: Mark[]}}
 */
export function drawing(lines, kind, held, across, text) {
  const log = isLog(kind);
  const under = log ? held[0] * 1e-3 : -Infinity;
  /** @type {Mark[]} */
  const marks = [];
  /** @type {Series[]} */
  const series = lines.map(({ key, label, colour, dash, trajectory, band }) => {
    const { rows, ending } = trajectory;
    const x = new Float64Array(rows);
    const y = new Float64Array(rows);
    for (let row = 0; row < rows; row += 1) {
      x[row] = abscissa(trajectory, across.over, row);
      const value = ordinate(trajectory, kind, row);
      // A logarithmic axis has no place for an exact zero: it lies below the picture, where the arrow points.
      y[row] = log && value <= 0 ? under : value;
    }
    let last = rows - 1;
    while (last > 0 && !Number.isFinite(y[last])) last -= 1;
    if (!Number.isFinite(y[last])) return { key, label: "", colour, dash, x, y, end: "none" }; // one step turns by no angle
    // A hair's breadth of tolerance: the numbers came as float32, and an axis may end exactly at one of them.
    const slack = 1e-3 * (log ? held[0] : held[1] - held[0]);
    const low = y[last] < held[0] - slack;
    const high = y[last] > held[1] + slack;
    const named = label && low && log ? `${label} ends at ${text(ordinate(trajectory, kind, last))}` : label;
    // A name with a value is too long for the gutter: an end below the axis has it beside its arrow, wherever it is.
    const early = x[rows - 1] < EARLY * across.end || named !== label;
    /** @type {Mark["sign"] | null} */
    const sign = low ? "below" : high ? "above" : ENDS[ending.reason] ?? null;
    if (early && sign) marks.push({ x: x[last], y: low ? held[0] : high ? held[1] : y[last], sign, colour, text: named });
    const sides = band ? { low: side(band.low, kind, under), high: side(band.high, kind, under) } : undefined;
    return { key, label: early && sign ? "" : named, colour, dash, x, y, band: sides, end: early && sign ? "none" : ENDS[ending.reason] ?? "none" };
  });
  return { series, marks };
}

/** @param {Trajectory} trajectory @param {Kind} kind @param {number} under  where a logarithmic axis puts a zero */
function side(trajectory, kind, under) {
  return Float64Array.from({ length: trajectory.rows }, (_, row) => {
    const value = ordinate(trajectory, kind, row);
    return isLog(kind) && value <= 0 ? under : value;
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
