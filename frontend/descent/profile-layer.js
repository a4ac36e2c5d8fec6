// What moves on the graph of one variable beside the paths: a dot for every iterate, and, if asked for, the parabolas of the step.

import { toPixel } from "../frame.js";
import { dots } from "../plots/profile.js";
import { COLUMNS, VALUE, X, rowAt } from "../wire.js";
import { h } from "../dom.js";
import { glance } from "./inspected.js";
import { freshPen } from "./local-drawing.js";
import { bendOf, nearly, parabola } from "./profile-model.js";

/**
 * @typedef {import("../frame.js").Frame} Frame
 * @typedef {{trajectory: import("../wire.js").Trajectory, colour: string}} Run  lifted onto the graph
 */

const DOT = 2.6; // radius
const APART = 4; // px between two dots
const CROSS = 7; // px around a minimum: there its cross stands, and rings for those who have come
const TANGENT = 70; // px to either side
const POINTS = 120; // of a parabola

export function createProfileLayer() {
  const element = h("canvas", { class: "local-layer", "aria-hidden": "true" });

  /**
   * @param {Frame} frame
   * @param {Run[]} runs
   * @param {import("./session.js").State} state
   * @param {import("./local-drawing.js").Inks} inks
   * @param {string} colour  of the inspected optimizer
   * @param {[number, number][]} minima  on the graph
   */
  function draw(frame, runs, state, inks, colour, minima) {
    const pen = freshPen(element, frame.width, frame.height);
    const seen = state.overlay && state.inspector === "one" ? glance(state) : null;
    if (seen) drawModel(pen, frame, seen, inks, colour);
    const crosses = minima.map((at) => toPixel(frame, ...at));
    for (const { trajectory, colour: own } of runs) {
      for (const [x, y] of dots(trajectory, frame, rowAt(trajectory, state.step), APART)) {
        if (crosses.some(([left, top]) => Math.hypot(x - left, y - top) < CROSS)) continue;
        disc(pen, x, y, DOT + 1, inks.page);
        disc(pen, x, y, DOT, own);
      }
    }
  }

  return { element, draw };
}

/**
 * The tangent, the parabola that fits the curve here (dashed), and the one that the step believes in, to its flat point.
 * @param {CanvasRenderingContext2D} pen
 * @param {Frame} frame
 * @param {import("./inspected.js").Glance} seen
 * @param {import("./local-drawing.js").Inks} inks
 * @param {string} colour
 */
function drawModel(pen, frame, { run: { trajectory: { data, stride } }, row, local }, inks, colour) {
  const [x, f] = [data[row * COLUMNS + X], data[row * COLUMNS + VALUE]];
  const { slope, curvature, step, believed } = bendOf(local);
  if (![x, f, slope, curvature].every(Number.isFinite)) return;
  const [[low, high]] = frame.box;
  const reach = (TANGENT / frame.width) * (high - low);
  stroke(pen, frame, parabola(x, f, slope, 0), x - reach, x + reach, inks.gradient, 1.4, []);
  if (!nearly(believed, curvature)) stroke(pen, frame, parabola(x, f, slope, curvature), low, high, inks.gradient, 1.2, [3, 4]);
  if (believed === null || step === null) return;
  const own = parabola(x, f, slope, believed);
  stroke(pen, frame, own, low, high, colour, 1.4, [6, 4]);
  // From the parabola's flat point straight to the curve: there the next iterate stands.
  const [left, from] = toPixel(frame, x + step, own(x + step));
  const [, to] = toPixel(frame, x + step, stride === 1 ? data[(row + 1) * COLUMNS + VALUE] : NaN); // of thinned rows the next is a later one
  if (!(left > -1e4 && left < 1e4)) return;
  if (Math.abs(from) < 1e5 && Math.abs(to) < 1e5) {
    pen.beginPath();
    pen.setLineDash([1, 3]);
    pen.lineWidth = 1.6;
    pen.strokeStyle = colour;
    pen.moveTo(left, from);
    pen.lineTo(left, to);
    pen.stroke();
    pen.setLineDash([]);
  }
  disc(pen, left, from, 4.4, colour);
  disc(pen, left, from, 2.8, inks.page);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Frame} frame
 * @param {(at: number) => number} height
 * @param {number} from
 * @param {number} to
 * @param {string} colour
 * @param {number} width
 * @param {number[]} dash
 */
function stroke(pen, frame, height, from, to, colour, width, dash) {
  pen.beginPath();
  for (let i = 0; i <= POINTS; i += 1) {
    const at = from + ((to - from) * i) / POINTS;
    const [x, y] = toPixel(frame, at, height(at));
    pen.lineTo(x, Math.min(Math.max(y, -1e4), 1e4)); // canvases lose their way far outside
  }
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.setLineDash(dash);
  pen.stroke();
  pen.setLineDash([]);
}

/** @param {CanvasRenderingContext2D} pen @param {number} x @param {number} y @param {number} radius @param {string} colour */
function disc(pen, x, y, radius, colour) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fillStyle = colour;
  pen.fill();
}
