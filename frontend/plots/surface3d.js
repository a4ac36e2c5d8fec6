// The surface and the paths on it as a 3-D picture, on the same height scale as the contours. No document, no store.

import { height } from "./levels.js";
import { COLUMNS, VALUE, X, Y, rowAt } from "../wire.js";

/**
 * @typedef {import("./levels.js").Levels} Levels
 * @typedef {import("../wire.js").Grid} Grid
 * @typedef {import("../wire.js").Trajectory} Trajectory
 * @typedef {{low: string, high: string, rim: string, text: string, page: string, font: string, ink: string}} Inks
 * @typedef {{trajectory: Trajectory, colour: string}} Run
 */

const MOST_NODES = 80; // along a side; finer surfaces cost frames and show nothing more
const LIFT = 0.03; // of the height of the box: paths float this much above the ground, so that it does not swallow them
const MOST_POINTS = 600; // per path

/**
 * @param {Grid} grid
 * @returns {{x: number[], y: number[], pick: (row: number, column: number) => number}}  every n-th node, the last ones always
 */
function coarse(grid) {
  const columns = nodes(grid.columns);
  const rows = nodes(grid.rows);
  return {
    x: columns.map((c) => grid.x[0] + ((grid.x[1] - grid.x[0]) * c) / (grid.columns - 1)),
    y: rows.map((r) => grid.y[0] + ((grid.y[1] - grid.y[0]) * r) / (grid.rows - 1)),
    pick: (row, column) => grid.values[rows[row] * grid.columns + columns[column]],
  };
}

/** @param {number} count @returns {number[]} */
function nodes(count) {
  const kept = Math.min(count, MOST_NODES);
  return Array.from({ length: kept }, (_, i) => Math.round((i * (count - 1)) / (kept - 1)));
}

/**
 * @param {Grid} grid
 * @param {Levels} levels
 * @param {Inks} inks
 * @returns {{trace: object, range: [number, number]}}
 */
export function surface(grid, levels, inks) {
  const { x, y, pick } = coarse(grid);
  let low = Infinity;
  let high = -Infinity;
  // The lowest ground ends one level below the lowest contour: a logarithm would dig a bottomless pit at the minimum.
  const bottom = levels.scale === "log" ? levels.start - levels.size : -Infinity;
  const z = y.map((_, row) =>
    Float32Array.from(x, (__, column) => {
      const value = Math.max(height(levels, pick(row, column)), bottom);
      if (value < low) low = value;
      if (value > high) high = value;
      return value;
    }),
  );
  const trace = {
    type: "surface", x, y, z, colorscale: [[0, inks.low], [1, inks.high]], showscale: false, hoverinfo: "skip",
    contours: { z: { show: true, start: levels.start, end: levels.end, size: levels.size, color: inks.rim, width: 1, highlight: false }, x: { highlight: false }, y: { highlight: false } },
    lighting: { ambient: 0.62, diffuse: 0.6, specular: 0.05, roughness: 1, fresnel: 0 }, lightposition: { x: -2000, y: -800, z: 2500 },
  };
  return { trace, range: [low, high] };
}

/**
 * @param {Run[]} runs
 * @param {Levels} levels
 * @param {Grid} grid  paths outside its sides are cut there
 * @param {[number, number]} range  of the surface's height
 * @param {number} step  the playhead: the path up to it, and a head there
 * @returns {object[]}
 */
export function paths(runs, levels, grid, range, step) {
  const lift = LIFT * (range[1] - range[0]);
  return runs.flatMap(({ trajectory, colour }) => {
    const last = rowAt(trajectory, step);
    const stride = Math.max(1, Math.ceil((last + 1) / MOST_POINTS));
    const line = { x: /** @type {number[]} */ ([]), y: /** @type {number[]} */ ([]), z: /** @type {number[]} */ ([]) };
    for (let row = 0; row <= last; row = row === last ? last + 1 : Math.min(row + stride, last)) {
      const [x, y, z] = place(trajectory, row, levels, grid, range, lift);
      line.x.push(x);
      line.y.push(y);
      line.z.push(z);
    }
    const [x, y, z] = place(trajectory, last, levels, grid, range, lift);
    return [
      { type: "scatter3d", mode: "lines", ...line, line: { color: colour, width: 5 }, hoverinfo: "skip", connectgaps: false },
      { type: "scatter3d", mode: "markers", x: [x], y: [y], z: [z], marker: { color: colour, size: 5 }, hoverinfo: "skip" },
    ];
  });
}

/**
 * @param {Trajectory} trajectory @param {number} row @param {Levels} levels @param {Grid} grid @param {[number, number]} range @param {number} lift
 * @returns {[number, number, number]}  NaN outside the ground, which breaks the line
 */
function place({ data }, row, levels, grid, [low, high], lift) {
  const x = data[row * COLUMNS + X];
  const y = data[row * COLUMNS + Y];
  if (!(x >= grid.x[0] && x <= grid.x[1] && y >= grid.y[0] && y <= grid.y[1])) return [NaN, NaN, NaN];
  return [x, y, Math.min(Math.max(height(levels, data[row * COLUMNS + VALUE]), low), high) + lift];
}

/**
 * @param {Grid} grid
 * @param {Inks} inks
 * @param {{width: number, height: number}} size
 */
export function layout(grid, inks, size) {
  const wide = grid.x[1] - grid.x[0];
  const deep = grid.y[1] - grid.y[0];
  const most = Math.max(wide, deep);
  const axis = {
    showgrid: false, zeroline: false, showspikes: false, showbackground: false, color: inks.text, nticks: 5,
    tickfont: { size: 11, color: inks.text, family: inks.font }, linecolor: inks.rim, showline: true,
  };
  const title = (/** @type {string} */ text) => ({ text, font: { size: 12, color: inks.text, family: inks.font } });
  return {
    ...size, margin: { l: 0, r: 0, t: 0, b: 0 }, paper_bgcolor: "rgba(0,0,0,0)", showlegend: false, hovermode: false, uirevision: "keep",
    scene: {
      xaxis: { ...axis, title: title("x"), range: grid.x }, yaxis: { ...axis, title: title("y"), range: grid.y },
      zaxis: { ...axis, title: title("") },
      aspectmode: "manual", aspectratio: { x: (2 * wide) / most, y: (2 * deep) / most, z: 0.62 },
      camera: { eye: { x: -0.36, y: -1.22, z: 1.36 }, center: { x: 0.02, y: 0.02, z: -0.16 } }, dragmode: "turntable", uirevision: "keep",
    },
  };
}
