// A scene's small picture on a canvas: ground (or graph, in one variable), paths, heads, start and minima, as on the map but smaller.

import { toPixel } from "../frame.js";
import { project, trace } from "../path.js";
import { heightAt } from "../plots/profile.js";
import { relief } from "../plots/relief.js";
import { COLUMNS, X, Y, rowAt } from "../wire.js";

/**
 * @typedef {import("../frame.js").Frame} Frame
 * @typedef {{page: string, ink: string, profile: string, graph: string, tones: import("../plots/relief.js").Tones}} Inks
 * @typedef {{colour: string, dash: number[]}} Line  one for each trajectory
 *
 * @typedef {object} Picture
 * @property {Frame} frame
 * @property {import("../wire.js").Reply} reply
 * @property {import("../plots/levels.js").Levels | null} levels
 * @property {Line[]} lines
 * @property {[number, number]} start
 * @property {number} step  the playhead
 */

const WIDEST = 3.4;
const FINEST = 1.5;
const AHEAD = { width: 1.2, alpha: 0.32 };
const HEAD = 4;
const RING = 6;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Picture} picture
 * @param {Inks} inks
 * @param {number} ratio  device pixels per CSS pixel
 */
export function drawThumbnail(canvas, { frame, reply, levels, lines, start, step }, inks, ratio) {
  const width = Math.round(frame.width * ratio);
  const height = Math.round(frame.height * ratio);
  canvas.width = width;
  canvas.height = height;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  if (reply.grid && !frame.line) pen.putImageData(new ImageData(relief(reply.grid, levels, inks.tones, { width, height, ratio }), width, height), 0, 0);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.lineJoin = "round";
  if (reply.grid && frame.line) drawGraph(pen, frame, reply.grid, inks);
  const count = lines.length;
  const paths = reply.trajectories.map((trajectory, i) => {
    const line = new Path2D();
    const row = rowAt(trajectory, step);
    const whole = project(trajectory, frame);
    const way = new Path2D();
    trace(line, whole, row);
    trace(way, whole);
    const head = toPixel(frame, trajectory.data[row * COLUMNS + X], trajectory.data[row * COLUMNS + Y]);
    const drawable = head.every((value) => Math.abs(value) < 1e5);
    if (row > 0 && drawable) line.lineTo(...head);
    return { line, way, head: drawable ? head : null, ...lines[i], width: count === 1 ? 2 : WIDEST - ((WIDEST - FINEST) * i) / (count - 1) };
  });
  // What lies ahead of the playhead, as on the map: a scene that stands at its start shows where it leads.
  pen.globalAlpha = AHEAD.alpha;
  pen.lineWidth = AHEAD.width;
  for (const { way, colour } of paths) {
    pen.strokeStyle = colour;
    pen.stroke(way);
  }
  pen.globalAlpha = 1;
  pen.strokeStyle = inks.page;
  for (const { line, width: wide } of paths) {
    pen.lineWidth = wide + 1.6;
    pen.stroke(line);
  }
  for (const { line, colour, dash, width: wide } of paths) {
    pen.strokeStyle = colour;
    pen.lineWidth = wide;
    pen.setLineDash(dash);
    pen.stroke(line);
  }
  pen.setLineDash([]);
  for (const { head, colour } of paths) {
    if (!head) continue;
    disc(pen, head, HEAD + 1.4, inks.page);
    disc(pen, head, HEAD, colour);
  }
  // Crosses above the heads: where a path has arrived can be seen, and that it has.
  for (const [colour, wide] of /** @type {const} */ ([[inks.page, 4], [inks.ink, 1.5]])) {
    pen.strokeStyle = colour;
    pen.lineWidth = wide;
    pen.beginPath();
    for (const point of reply.surface.minima) cross(pen, toPixel(frame, ...point));
    pen.stroke();
    pen.beginPath();
    pen.arc(...toPixel(frame, ...start), RING, 0, 2 * Math.PI);
    pen.stroke();
  }
}

/** @param {CanvasRenderingContext2D} pen @param {Frame} frame @param {import("../wire.js").Grid} grid @param {Inks} inks */
function drawGraph(pen, frame, grid, inks) {
  const { box: [[low, high]], width, height } = frame;
  const graph = new Path2D();
  for (let left = 0; left <= width; left += 1) {
    const x = low + ((high - low) * left) / width;
    graph.lineTo(...toPixel(frame, x, heightAt(grid, x)));
  }
  pen.fillStyle = inks.page;
  pen.fillRect(0, 0, width, height);
  const ground = new Path2D(graph);
  ground.lineTo(width, height);
  ground.lineTo(0, height);
  pen.fillStyle = inks.profile;
  pen.fill(ground);
  pen.strokeStyle = inks.graph;
  pen.lineWidth = 1.4;
  pen.stroke(graph);
}

/** @param {CanvasRenderingContext2D} pen @param {[number, number]} at @param {number} radius @param {string} colour */
function disc(pen, at, radius, colour) {
  pen.beginPath();
  pen.arc(...at, radius, 0, 2 * Math.PI);
  pen.fillStyle = colour;
  pen.fill();
}

/** @param {CanvasRenderingContext2D} pen @param {[number, number]} at */
function cross(pen, [x, y]) {
  pen.moveTo(x - 4, y);
  pen.lineTo(x + 4, y);
  pen.moveTo(x, y - 4);
  pen.lineTo(x, y + 4);
}
