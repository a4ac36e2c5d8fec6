// A chart as a picture file: drawn anew on a canvas, in the colours of the page, with title, axes, signs and names.

import { stacked } from "./footnotes.js";
import { spread } from "./labels.js";
import { GUTTER, lastPoint, layout, share } from "./plots/lines.js";
import { strokes } from "./sketch.js";

/**
 * @typedef {import("./plots/lines.js").Series} Series
 * @typedef {import("./plots/lines.js").Mark} Mark
 * @typedef {import("./chart.js").Picture} Picture
 * @typedef {{ink: string, ink3: string, line: string, bg: string}} Colours
 * @typedef {{left: number, right: number, top: number, bottom: number}} Gutter
 */

const SIZE = { width: 1000, height: 520 };
const SCALE = 2; // pixels of the file per pixel of the drawing
const GAP = 18; // between two names
const LEADER = 28; // pixels from a line's end to its name
const STAR = [[0, -6], [1.5, -2], [6, -2], [2.4, 1], [3.7, 5.5], [0, 2.7], [-3.7, 5.5], [-2.4, 1], [-6, -2], [-1.5, -2]];

/**
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.aside  said smaller behind the title
 * @param {Picture} options.picture
 * @param {Colours} options.colours
 * @param {string} options.font
 * @returns {HTMLCanvasElement}
 */
export function chartImage({ title, aside, picture, colours, font }) {
  const canvas = document.createElement("canvas");
  canvas.width = SCALE * SIZE.width;
  canvas.height = SCALE * SIZE.height;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.setTransform(SCALE, 0, 0, SCALE, 0, 0);
  pen.fillStyle = colours.bg;
  pen.fillRect(0, 0, SIZE.width, SIZE.height);
  pen.textBaseline = "middle";
  pen.font = `12px ${font}`;
  const longest = Math.max(0, ...picture.series.map(({ label }) => pen.measureText(label).width));
  const gutter = { left: 64, right: Math.ceil(longest) + 52, top: 56, bottom: 36 };
  pen.font = `700 16px ${font}`;
  write(pen, title, 24, 26, colours.ink);
  const after = pen.measureText(title).width + 36;
  pen.font = `12px ${font}`;
  write(pen, aside, after, 27, colours.ink3);
  axes(pen, picture, gutter, colours, font);
  strokes(pen, picture, { ...SIZE, gutter });
  signs(pen, picture, gutter, colours);
  return canvas;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 */
function write(pen, text, x, y, colour) {
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

/**
 * Hairlines and ticks at the places that the chart on the page has them.
 * @param {CanvasRenderingContext2D} pen
 * @param {Picture} picture
 * @param {Gutter} gutter
 * @param {Colours} colours
 * @param {string} font
 */
function axes(pen, picture, gutter, colours, font) {
  const { xaxis, yaxis } = layout({ x: picture.x, y: picture.y, ...SIZE, gutter: { ...GUTTER, ...gutter }, inks: { text: colours.ink3, line: colours.line, page: colours.bg, font } });
  const { toX, toY } = pixels(picture, gutter);
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  yaxis.tickvals.forEach((value, index) => {
    pen.beginPath();
    pen.moveTo(gutter.left, toY(value));
    pen.lineTo(SIZE.width - gutter.right, toY(value));
    pen.stroke();
    pen.textAlign = "right";
    write(pen, yaxis.ticktext[index], gutter.left - 8, toY(value), colours.ink3);
  });
  pen.textAlign = "center";
  xaxis.tickvals.forEach((value, index) => write(pen, xaxis.ticktext[index], toX(value), SIZE.height - gutter.bottom + 16, colours.ink3));
  pen.textAlign = "left";
}

/**
 * Marks with their words, the dots at the line ends, and the names, led where they had to leave their lines.
 * @param {CanvasRenderingContext2D} pen
 * @param {Picture} picture
 * @param {Gutter} gutter
 * @param {Colours} colours
 */
function signs(pen, picture, gutter, colours) {
  const { toX, toY } = pixels(picture, gutter);
  footnotes(pen, picture, gutter);
  for (const { x, y, sign, colour, text } of picture.marks ?? []) {
    drawSign(pen, sign, toX(x), toY(y), colour, colours.bg);
    if (text) write(pen, text, toX(x) + 9, toY(y), colour);
  }
  const ends = picture.series.flatMap((line) => {
    const end = line.label ? lastPoint(line, picture.x.range[1]) : null;
    const y = end && Math.min(SIZE.height - gutter.bottom, Math.max(gutter.top, toY(end[1])));
    return end && y !== null ? [{ line, x: Math.min(toX(end[0]), SIZE.width - gutter.right), y }] : [];
  });
  const heights = spread(ends.map(({ y }) => y), GAP, gutter.top, SIZE.height - gutter.bottom);
  // Names begin together, beside the line that has come furthest.
  const column = Math.max(...ends.map(({ x }) => x)) + LEADER;
  ends.forEach(({ line, x, y }, at) => {
    if (line.end === "dot") drawSign(pen, "dot", x, y, line.colour, colours.bg);
    pen.strokeStyle = line.colour;
    pen.lineWidth = 0.7;
    pen.beginPath();
    pen.moveTo(x + 7, y);
    pen.lineTo(column - 4, heights[at]);
    pen.stroke();
    write(pen, line.label, column, heights[at], line.colour);
  });
}

/**
 * Dotted verticals with their words at the foot.
 * @param {CanvasRenderingContext2D} pen
 * @param {Picture} picture
 * @param {Gutter} gutter
 */
function footnotes(pen, picture, gutter) {
  const { toX } = pixels(picture, gutter);
  const rules = (picture.rules ?? []).map((rule) => ({ ...rule, x: toX(rule.x), width: pen.measureText(rule.text).width }));
  const box = { left: gutter.left, right: SIZE.width - gutter.right, top: gutter.top, bottom: SIZE.height - gutter.bottom };
  stacked(rules, box).forEach((spot, at) => {
    const { x, colour, text } = rules[at];
    pen.strokeStyle = colour;
    pen.lineWidth = 1;
    pen.setLineDash([1, 3]);
    pen.beginPath();
    pen.moveTo(x, box.top);
    pen.lineTo(x, box.bottom);
    pen.stroke();
    pen.setLineDash([]);
    if (spot) write(pen, text, spot.left, spot.y, colour);
  });
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Mark["sign"]} sign
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 * @param {string} page
 */
function drawSign(pen, sign, x, y, colour, page) {
  pen.beginPath();
  pen.fillStyle = pen.strokeStyle = colour;
  pen.lineWidth = 2;
  if (sign === "star") STAR.forEach(([dx, dy], at) => (at === 0 ? pen.moveTo(x + dx, y - 12 + dy) : pen.lineTo(x + dx, y - 12 + dy)));
  else if (sign === "stop") pen.rect(x - 4, y - 4, 8, 8);
  else if (sign === "above" || sign === "below") {
    const tip = sign === "above" ? -4 : 4;
    pen.moveTo(x, y + tip);
    pen.lineTo(x - 4, y - tip / 2);
    pen.lineTo(x + 4, y - tip / 2);
  } else if (sign === "cross") {
    pen.moveTo(x - 5, y - 5);
    pen.lineTo(x + 5, y + 5);
    pen.moveTo(x + 5, y - 5);
    pen.lineTo(x - 5, y + 5);
    return pen.stroke();
  } else pen.arc(x, y, 4, 0, 2 * Math.PI);
  if (sign === "ring") pen.fillStyle = page;
  pen.fill();
  if (sign === "ring") pen.stroke();
}

/**
 * @param {Picture} picture
 * @param {Gutter} gutter
 */
function pixels({ x, y }, gutter) {
  return {
    toX: (/** @type {number} */ value) => gutter.left + share(x, value) * (SIZE.width - gutter.left - gutter.right),
    toY: (/** @type {number} */ value) => gutter.top + (1 - share(y, value)) * (SIZE.height - gutter.top - gutter.bottom),
  };
}
