// A line chart as plain data: series and axes in, Plotly traces and layout out. No document, no store.

import { plotlyDash } from "../palette.js";
import { bucketWidth, thin } from "../decimate.js";
import { linearTicks, logTicks, ticksToEnd } from "../ticks.js";

/**
 * @typedef {object} Series
 * @property {string} key
 * @property {string} label  name written at the line's end; "" writes none
 * @property {string} colour
 * @property {number[]} dash
 * @property {ArrayLike<number>} x
 * @property {ArrayLike<number>} y  NaN breaks the line
 * @property {"ring" | "cross" | "dot" | "none"} [end]  the sign at the line's end: converged, diverged, still running
 * @property {number} [opacity]
 * @property {number} [width]  CSS pixels
 * @property {{low: ArrayLike<number>, high: ArrayLike<number>}} [band]  around the line, at the same x
 *
 * @typedef {object} Axis
 * @property {"linear" | "log"} scale
 * @property {[number, number]} range  plain numbers; both positive on a log axis
 * @property {(value: number) => string} [text]  words of a tick; the axis' own when left out
 * @property {string} [unit]  said once, behind the highest tick
 * @property {boolean} [end]  begins at zero, and its upper end is marked whatever number it is
 * @property {boolean} [line]  the axis itself is drawn, as a hairline
 *
 * @typedef {object} Mark  a sign at a point, with or without words beside it
 * @property {number} x
 * @property {number} y
 * @property {"star" | "ring" | "cross" | "dot" | "above" | "below" | "square" | "diamond" | "wedge" | "bar" | "stop"} sign  above and below: an arrow at the edge that was crossed
 * @property {string} colour
 * @property {string} [text]
 * @property {string} [brief]  what stands there instead where the text would cover words, or on a narrow chart lines
 *
 * @typedef {object} Rule  a dotted vertical: something was done there
 * @property {number} x
 * @property {string} colour
 * @property {string} text  at its foot; "" writes none
 * @property {string} sentence  for a reader that points at it
 *
 * @typedef {{text: string, line: string, page: string, font: string}} Inks
 */

export const BAND = 0.16; // opacity
export const GUTTER = { left: 48, right: 112, top: 10, bottom: 26 };

/** @param {Axis} axis */
const span = ({ scale, range }) => (scale === "log" ? range.map(Math.log10) : range);

/**
 * @param {Series[]} series
 * @param {number} points  most points drawn per line
 */
export function traces(series, points) {
  const bands = series.filter(({ band }) => band).map((line) => {
    const { x, y } = ring(line, points);
    return { type: "scatter", mode: "none", x, y, fill: "toself", fillcolor: line.colour, opacity: BAND, hoverinfo: "skip", connectgaps: false };
  });
  return [...bands, ...series.map((line) => {
    const drawn = thin(line.x, line.y, points);
    return {
      type: "scatter", mode: "lines", x: drawn.x, y: drawn.y, hoverinfo: "skip", connectgaps: false,
      opacity: line.opacity ?? 1,
      line: { color: line.colour, width: line.width ?? 1.8, dash: plotlyDash(line.dash), simplify: false },
    };
  })];
}

/**
 * The outline of a line's band: along its upper side and back along the lower.
 * @param {Series} line
 * @param {number} [points]  most points along a side
 */
export function ring({ x, band }, points = Infinity) {
  if (!band) return { x: [], y: [] };
  const known = Array.from(x, (_, i) => i).filter((i) => Number.isFinite(band.low[i]) && Number.isFinite(band.high[i]));
  const at = known.map((i) => x[i]);
  const above = thin(at, known.map((i) => band.high[i]), points);
  const below = thin(at, known.map((i) => band.low[i]), points);
  return { x: [...above.x, ...below.x.reverse()], y: [...above.y, ...below.y.reverse()] };
}

/**
 * How much the drawing leaves out: one of so many points of the longest line is drawn.
 * @param {Series[]} series
 * @param {number} points
 */
export function thinning(series, points) {
  return Math.max(1, ...series.map(({ x, y }) => bucketWidth(Math.min(x.length, y.length), points) / 2));
}

/**
 * @param {{x: Axis, y: Axis, width: number, height: number, gutter: typeof GUTTER, inks: Inks}} options
 */
export function layout({ x, y, width, height, gutter, inks }) {
  const plotHeight = height - gutter.top - gutter.bottom;
  const plotWidth = width - gutter.left - gutter.right;
  const yTicks = ticksOf(y, Math.max(2, Math.floor(plotHeight / 30)));
  const xTicks = ticksOf(x, Math.max(2, Math.floor(plotWidth / 110)));
  const common = {
    zeroline: false, fixedrange: true, linecolor: inks.line, linewidth: 1, tickmode: "array",
    tickfont: { size: 12, color: inks.text, family: inks.font },
  };
  return {
    width, height, margin: { l: gutter.left, r: gutter.right, t: gutter.top, b: gutter.bottom, pad: 0 },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", showlegend: false, hovermode: false, dragmode: false,
    uirevision: "keep",
    xaxis: { ...common, type: x.scale, range: span(x), showgrid: false, showline: x.line ?? false, ticks: "", tickvals: xTicks.values, ticktext: xTicks.texts },
    yaxis: {
      ...common, type: y.scale, range: span(y), showgrid: true, gridcolor: inks.line, gridwidth: 1, showline: false,
      // Unseen ticks: they hold the words off the picture.
      ticks: "outside", ticklen: 6, tickcolor: "rgba(0,0,0,0)",
      tickvals: yTicks.values, ticktext: yTicks.texts,
    },
  };
}

/**
 * @param {Axis} axis
 * @param {number} count
 */
function ticksOf(axis, count) {
  const [low, high] = span(axis);
  const ticks = axis.scale === "log" ? logTicks(low, high, count) : axis.end ? ticksToEnd(high, count) : severalTicks(low, high, count);
  const texts = axis.text ? ticks.values.map(axis.text) : ticks.texts;
  return { values: ticks.values, texts: texts.map((text, index) => (axis.unit && index === texts.length - 1 ? `${text}\u2009${axis.unit}` : text)) };
}

/**
 * Round numbers on an axis that begins and ends anywhere: more than asked for rather than a single one, which gives no scale.
 * @param {number} low
 * @param {number} high
 * @param {number} count
 */
function severalTicks(low, high, count) {
  const ticks = linearTicks(low, high, count);
  return ticks.values.length > 1 ? ticks : linearTicks(low, high, 2 * count);
}

/**
 * The last point of a series that can be drawn; where the line goes on beyond a limit, its point there.
 * @param {Series} series
 * @param {number} [limit]  of x
 * @returns {[number, number] | null}
 */
export function lastPoint({ x, y }, limit = Infinity) {
  let beyond = -1;
  for (let i = Math.min(x.length, y.length) - 1; i >= 0; i -= 1) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i])) continue;
    if (x[i] > limit) {
      beyond = i;
      continue;
    }
    if (beyond < 0) return [x[i], y[i]];
    return [limit, y[i] + ((limit - x[i]) / (x[beyond] - x[i])) * (y[beyond] - y[i])];
  }
  return beyond < 0 ? null : [x[beyond], y[beyond]];
}

/**
 * Where a value falls on an axis.
 * @param {Axis} axis
 * @param {number} value
 * @returns {number}  0 at the lower end, 1 at the upper
 */
export function share(axis, value) {
  const [low, high] = span(axis);
  return ((axis.scale === "log" ? Math.log10(value) : value) - low) / (high - low);
}
