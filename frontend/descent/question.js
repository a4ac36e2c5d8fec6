// What the server is asked for the present settings. Pure.

import { asked } from "../controls/schedules.js";
import { measureOf } from "./curves.js";
import { inspected, isRandom } from "./state.js";
import { askedRules } from "./stopping.js";

/**
 * @typedef {import("./state.js").Settings} Settings
 * @typedef {import("../frame.js").Frame} Frame
 */

const CELL = 3; // CSS pixels of the map per grid cell: finer ones change no contour that can be seen
const MOST_CELLS = 320; // along a side
const MOST_POINTS = 512; // of a graph over x

/**
 * @param {Settings} settings
 * @returns {Record<string, unknown>}  without a grid
 */
export function question(settings) {
  const running = settings.entries.filter((entry) => entry.on);
  const looked = inspected(settings);
  return {
    surface:
      settings.surface === null
        ? { formula: settings.formula, parameters: settings.parameters }
        : { name: settings.surface, parameters: settings.parameters },
    start: settings.start,
    // Where nobody runs, one step is asked for the ground's sake; it is not shown.
    steps: running.length > 0 ? settings.steps : 1,
    noise: settings.noise,
    seed: settings.seed,
    // Without chance all seeds would run alike.
    seeds: isRandom(settings) ? settings.seeds : 1,
    batch_size: settings.batch || null,
    measure: measureOf(settings.curve),
    stopping: askedRules(settings),
    view: settings.view,
    optimizers: running.length > 0 ? running.map(({ name, values, schedule }) => ({ name, ...values, ...asked(schedule) })) : [{ name: "gradient_descent" }],
    // With every reply, so that the playhead never asks: it costs one evaluation per row.
    inspect: looked ? running.indexOf(looked) : null,
  };
}

/**
 * @param {Frame} frame
 * @returns {{columns: number, rows: number, view: [[number, number], [number, number]]}}
 */
export function gridQuestion({ box, width, height, line }) {
  if (line) return { columns: Math.min(MOST_POINTS, Math.max(2, Math.round(width) + 1)), rows: 2, view: box }; // both rows are f over x
  const cell = Math.max(CELL, Math.max(width, height) / MOST_CELLS);
  return { columns: Math.max(2, Math.round(width / cell) + 1), rows: Math.max(2, Math.round(height / cell) + 1), view: box };
}

/**
 * Equal keys mean an equal ground.
 * @param {Settings} settings
 * @param {Frame} frame
 */
export function groundKey(settings, frame) {
  return JSON.stringify([settings.surface ?? settings.formula, settings.parameters, gridQuestion(frame)]);
}
