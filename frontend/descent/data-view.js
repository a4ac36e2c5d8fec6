// Data and model as a small picture: the rows as points, and what a point (x, y) of the plane makes of them. Pure.

import { evaluate } from "../program.js";

/**
 * @typedef {import("../catalogue.js").DataModel} DataModel
 * @typedef {import("../catalogue.js").Box} Box
 * @typedef {{columns: string[], rows: number[][]}} Rows
 * @typedef {{box: Box, axes: [string, string], points: {x: number, y: number, full: boolean}[]}} Scatter  full: no label, or label 1
 */

const MARGIN = 0.08; // of the data's width on either side
const SAMPLES = 64; // of a curve, and of a boundary's grid along a side
const EVEN = 0.5; // probability at which a label changes

/**
 * One input: the target over it. Two: one over the other, the target being their label.
 * @param {Rows} data
 * @param {DataModel} model
 * @returns {Scatter}
 */
export function scatter({ columns, rows }, { inputs, target, labels }) {
  const column = (/** @type {string} */ name) => rows.map((row) => row[columns.indexOf(name)]);
  const [across, up] = inputs.length === 2 ? inputs.map(column) : [column(inputs[0]), column(target)];
  const goal = column(target);
  return {
    box: [around(across), around(up)], axes: [inputs[0], inputs[1] ?? target],
    points: rows.map((_, i) => ({ x: across[i], y: up[i], full: !labels || goal[i] === 1 })),
  };
}

/** @param {number[]} values @returns {[number, number]} */
function around(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = (high - low || 1) * MARGIN;
  return [low - pad, high + pad];
}

/**
 * One input: the model's curve. Two: the line on which it is undecided.
 * @param {DataModel} model
 * @param {Box} box  of the scatter
 * @param {{x: number, y: number}} at  the point of the plane
 * @returns {[number, number][][]}  lines in the scatter's coordinates
 */
export function modelLines({ inputs, output }, [[left, right], [bottom, top]], at) {
  if (!Number.isFinite(at.x) || !Number.isFinite(at.y)) return [];
  const across = (/** @type {number} */ i) => left + ((right - left) * i) / SAMPLES;
  const up = (/** @type {number} */ j) => bottom + ((top - bottom) * j) / SAMPLES;
  if (inputs.length === 1) {
    return [Array.from({ length: SAMPLES + 1 }, (_, i) => [across(i), evaluate(output, { ...at, [inputs[0]]: across(i) })])];
  }
  const heights = Array.from({ length: SAMPLES + 1 }, (_, j) =>
    Array.from({ length: SAMPLES + 1 }, (_unused, i) => evaluate(output, { ...at, [inputs[0]]: across(i), [inputs[1]]: up(j) }) - EVEN));
  /** @type {[number, number][][]} */
  const pieces = [];
  for (let j = 0; j < SAMPLES; j += 1) {
    for (let i = 0; i < SAMPLES; i += 1) {
      const corners = /** @type {const} */ ([[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]]);
      /** @type {[number, number][]} */
      const ends = [];
      corners.forEach(([a, b], side) => {
        const [c, d] = corners[(side + 1) % 4];
        const [here, there] = [heights[b][a], heights[d][c]];
        if (here > 0 === there > 0) return;
        const share = here / (here - there);
        ends.push([across(a + share * (c - a)), up(b + share * (d - b))]);
      });
      if (ends.length === 2) pieces.push(ends);
    }
  }
  return pieces;
}
