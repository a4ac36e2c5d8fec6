// The ground of the map as plain data: bands of f, hairlines between them, axes. No document, no store.

import { linearTicks } from "../ticks.js";
import { height } from "./levels.js";

/**
 * @typedef {import("./levels.js").Levels} Levels
 * @typedef {import("../wire.js").Grid} Grid
 * @typedef {import("../frame.js").Frame} Frame
 * @typedef {{low: string, high: string, line: string, strong: string, text: string, font: string}} Inks
 */

/** Room for tick labels around the picture; the curve below shares the left edge. */
export const MARGIN = { left: 39, right: 0, top: 0, bottom: 22 };

/**
 * @param {Grid} grid
 * @param {Levels} levels
 * @returns {Float32Array[]}  rows of z
 */
export function heights(grid, levels) {
  const rows = [];
  for (let row = 0; row < grid.rows; row += 1) {
    const z = new Float32Array(grid.columns);
    for (let column = 0; column < grid.columns; column += 1) z[column] = height(levels, grid.values[row * grid.columns + column]);
    rows.push(z);
  }
  return rows;
}

/**
 * @param {Grid} grid
 * @param {Levels | null} levels
 * @param {Inks} inks
 * @returns {object[]}
 */
export function traces(grid, levels, inks) {
  if (!levels) return [];
  const z = heights(grid, levels);
  const axes = {
    x0: grid.x[0], dx: (grid.x[1] - grid.x[0]) / (grid.columns - 1), y0: grid.y[0], dy: (grid.y[1] - grid.y[0]) / (grid.rows - 1),
  };
  const common = { type: "contour", z, ...axes, autocontour: false, showscale: false, hoverinfo: "skip", connectgaps: false };
  // The second trace draws the lines of whole decades again; levels of the first lie under it.
  const strongStart = Math.ceil(levels.start / levels.strong - 1e-9) * levels.strong;
  return [
    {
      ...common, colorscale: [[0, inks.low], [1, inks.high]],
      contours: { start: levels.start, end: levels.end, size: levels.size, coloring: "fill" },
      line: { width: 0.8, color: inks.line, smoothing: 1 },
    },
    {
      ...common,
      contours: { start: strongStart, end: levels.end + levels.size / 10, size: levels.strong, coloring: "none" },
      line: { width: 0.9, color: inks.strong, smoothing: 1 },
    },
  ];
}

/**
 * @param {Frame} frame  its size is that of the picture alone
 * @param {Inks} inks
 */
export function layout({ box: [x, y], width, height: tall }, inks) {
  const common = {
    zeroline: false, showgrid: false, fixedrange: true, ticks: "outside", tickcolor: "rgba(0,0,0,0)", tickmode: "array", showline: false,
    tickfont: { size: 12, color: inks.text, family: inks.font },
  };
  return {
    width: width + MARGIN.left + MARGIN.right, height: tall + MARGIN.top + MARGIN.bottom,
    margin: { l: MARGIN.left, r: MARGIN.right, t: MARGIN.top, b: MARGIN.bottom, pad: 0 },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", showlegend: false, hovermode: false, dragmode: false,
    xaxis: { ...common, range: x, ticklen: 3, ...ticks(x, width, 84, 24) },
    yaxis: { ...common, range: y, ticklen: 6, ...ticks(y, tall, 60, 14) },
  };
}

/**
 * Round numbers along one side; none so near to an end that the edge or the axis' letter would cut it.
 * @param {[number, number]} range
 * @param {number} pixels
 * @param {number} apart
 * @param {number} rim  pixels kept free at both ends
 */
function ticks([low, high], pixels, apart, rim) {
  const { values, texts } = linearTicks(low, high, Math.max(2, Math.floor(pixels / apart)));
  const free = ((high - low) * rim) / pixels;
  const kept = values.map((value) => value > low + free && value < high - free);
  return { tickvals: values.filter((_, i) => kept[i]), ticktext: texts.filter((_, i) => kept[i]) };
}
