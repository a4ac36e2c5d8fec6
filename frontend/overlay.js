// What moves on the map: two canvases above the ground. The lower holds the whole way in thin lines and is drawn when
// the paths change; the upper holds the way up to the playhead, the heads and the marks, and may be drawn every frame.

import { drawDots, drawSingles } from "./cloud.js";
import { h } from "./dom.js";
import { nested, project, trace } from "./path.js";
import { toPixel } from "./frame.js";
import { COLUMNS, X, Y, rowAt } from "./wire.js";

/**
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("./wire.js").Trajectory} Trajectory
 * @typedef {{trajectory: Trajectory, singles?: import("./ensemble.js").Single[], colour: string, dash: number[]}} Run  singles: around it, faintly
 * @typedef {{minima: [number, number][], saddles: [number, number][]}} Marks
 * @typedef {{page: string, ink: string}} Inks
 */

const HEAD = 5.5; // radius
const CASING = 2.2; // wider than its line
// One pixel and no round joins: a canvas draws such lines at half the price, and nobody can tell.
const AHEAD = { width: 1, alpha: 0.36 };
const TOUCH = 7; // px: a head this near to a minimum becomes a ring around its cross

export function createOverlay() {
  const lower = h("canvas", { class: "overlay", "aria-hidden": "true" });
  const upper = h("canvas", { class: "overlay", "aria-hidden": "true" });
  /** @type {{run: Run, path: import("./path.js").PixelPath, width: number}[]} */
  let drawn = [];
  /** @type {Frame | null} */
  let frame = null;

  /** @param {HTMLCanvasElement} canvas */
  function pen(canvas) {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    if (!frame) return context;
    const ratio = devicePixelRatio || 1;
    const width = Math.round(frame.width * ratio);
    const height = Math.round(frame.height * ratio);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = `${frame.width}px`;
      canvas.style.height = `${frame.height}px`;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, frame.width, frame.height);
    context.lineJoin = "round";
    context.lineCap = "round";
    return context;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   */
  function circle(context, x, y, radius) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }

  /** @param {CanvasRenderingContext2D} context @param {[number, number][]} points @param {Inks} inks @param {(x: number, y: number) => void} draw */
  function marks(context, points, inks, draw) {
    if (!frame) return;
    for (const [colour, width] of /** @type {const} */ ([[inks.page, 4], [inks.ink, 1.6]])) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.beginPath();
      for (const [x, y] of points) draw(...toPixel(frame, x, y));
      context.stroke();
    }
  }

  return {
    lower,
    upper,
    /**
     * New paths, a new frame or new colours.
     * @param {Frame} next
     * @param {Run[]} runs  in the order of the rail
     */
    setPaths(next, runs) {
      frame = next;
      const widths = nested(runs.length, next.width);
      drawn = runs.map((run, i) => ({ run, path: project(run.trajectory, next), width: widths[i] }));
      const context = pen(lower);
      for (const { singles = [], colour } of runs) drawSingles(context, next, singles, colour);
      context.globalAlpha = AHEAD.alpha;
      context.lineWidth = AHEAD.width;
      context.lineJoin = "bevel";
      context.lineCap = "butt";
      for (const { run, path } of drawn) {
        context.strokeStyle = run.colour;
        context.beginPath();
        trace(context, path);
        context.stroke();
      }
      context.globalAlpha = 1;
    },
    /**
     * @param {number} step  the playhead
     * @param {Marks} points
     * @param {Inks} inks
     */
    setStep(step, points, inks) {
      const context = pen(upper);
      if (!frame) return;
      const lines = drawn.map(({ run, path, width }) => {
        const line = new Path2D();
        const row = rowAt(run.trajectory, step);
        trace(line, path, row);
        const x = run.trajectory.data[row * COLUMNS + X];
        const y = run.trajectory.data[row * COLUMNS + Y];
        const head = toPixel(/** @type {Frame} */ (frame), x, y);
        // The row of the playhead may have been left out as too near to the one before; the line still ends at its head.
        if (row > 0 && Math.abs(head[0]) < 1e5 && Math.abs(head[1]) < 1e5) line.lineTo(...head);
        return { run, width, line, head };
      });
      for (const { run } of lines) drawDots(context, frame, run.singles ?? [], run.colour, inks.page, step);
      context.strokeStyle = inks.page;
      for (const { line, width } of lines) {
        context.lineWidth = width + CASING;
        context.stroke(line);
      }
      for (const { run, line, width } of lines) {
        context.strokeStyle = run.colour;
        context.lineWidth = width;
        context.lineCap = run.dash.length > 0 ? "butt" : "round";
        context.setLineDash(run.dash.map((part) => part * 1.4));
        context.stroke(line);
      }
      context.setLineDash([]);
      context.lineCap = "round";
      marks(context, points.saddles, inks, (x, y) => {
        context.moveTo(x, y - 5);
        context.lineTo(x + 5, y);
        context.lineTo(x, y + 5);
        context.lineTo(x - 5, y);
        context.closePath();
      });
      heads(context, lines, points.minima, inks);
      marks(context, points.minima, inks, (x, y) => {
        context.moveTo(x - 4.5, y);
        context.lineTo(x + 4.5, y);
        context.moveTo(x, y - 4.5);
        context.lineTo(x, y + 4.5);
      });
    },
    paths: () => drawn.map(({ path }) => path),
  };

  /**
   * Heads are dots; those that have come to a minimum are rings around its cross, one outside the other.
   * @param {CanvasRenderingContext2D} context
   * @param {{run: Run, head: [number, number]}[]} lines
   * @param {[number, number][]} minima
   * @param {Inks} inks
   */
  function heads(context, lines, minima, inks) {
    if (!frame) return;
    const crosses = minima.map(([x, y]) => toPixel(/** @type {Frame} */ (frame), x, y));
    const rings = crosses.map(() => /** @type {string[]} */ ([]));
    for (const { run, head: [x, y] } of lines) {
      const at = crosses.findIndex(([cx, cy]) => Math.hypot(cx - x, cy - y) < TOUCH);
      if (at >= 0) {
        rings[at].push(run.colour);
        continue;
      }
      circle(context, x, y, HEAD + 1.6);
      context.fillStyle = inks.page;
      context.fill();
      circle(context, x, y, HEAD);
      context.fillStyle = run.colour;
      context.fill();
    }
    rings.forEach((colours, i) => {
      const [x, y] = crosses[i];
      if (colours.length === 0) return;
      circle(context, x, y, 7.6 + 3.4 * colours.length);
      context.fillStyle = inks.page;
      context.fill();
      colours.forEach((colour, place) => {
        circle(context, x, y, 8.2 + 3.4 * place);
        context.strokeStyle = colour;
        context.lineWidth = 2.4;
        context.stroke();
      });
    });
  }
}
