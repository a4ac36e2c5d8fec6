import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseLevels } from "../../frontend/plots/levels.js";
import { parseColour, relief } from "../../frontend/plots/relief.js";
import { ALL, filters, fromQuery, toQuery } from "../../frontend/scenes/filter.js";

const TONES = { low: [255, 255, 255, 1], high: [55, 55, 55, 1], line: [0, 0, 0, 1], strong: [0, 0, 0, 1], empty: [1, 2, 3, 1] };
const SIZE = { width: 40, height: 20, ratio: 1 };

/** A grid of f over x, y in [-1, 1]. */
function gridOf(f, columns = 21, rows = 11) {
  const values = new Float32Array(columns * rows);
  for (let j = 0; j < rows; j += 1) for (let i = 0; i < columns; i += 1) values[j * columns + i] = f(-1 + (2 * i) / (columns - 1), -1 + (2 * j) / (rows - 1));
  return { values, columns, rows, x: [-1, 1], y: [-1, 1] };
}
const at = (pixels, column, row) => [...pixels.slice(4 * (row * SIZE.width + column), 4 * (row * SIZE.width + column) + 4)];

test("low ground is bright, y points up, and every pixel is opaque", () => {
  const grid = gridOf((x, y) => y);
  const pixels = relief(grid, chooseLevels(grid, null), { ...TONES, line: [0, 0, 0, 0], strong: [0, 0, 0, 0] }, SIZE);
  assert.ok(at(pixels, 5, 19)[0] > at(pixels, 5, 10)[0]);
  assert.ok(at(pixels, 5, 10)[0] > at(pixels, 5, 0)[0]);
  for (let i = 3; i < pixels.length; i += 4) assert.equal(pixels[i], 255);
});

test("hairlines lie where a level is, and nowhere on flat ground", () => {
  const grid = gridOf((x) => x);
  const levels = { scale: "linear", base: 0, floor: 0, start: 0, end: 0, size: 1, strong: 5 };
  const pixels = relief(grid, levels, { ...TONES, high: TONES.low }, SIZE);
  const dark = Array.from({ length: SIZE.width }, (_, column) => at(pixels, column, 10)[0] < 200);
  assert.deepEqual(dark.flatMap((is, column) => (is ? [column] : [])), [19, 20]);
  const plain = gridOf(() => 0);
  const flat = relief(plain, levels, { ...TONES, high: TONES.low }, SIZE);
  assert.equal(at(flat, 10, 10)[0], 255);
});

test("what is not a number, or nothing at all, is left empty", () => {
  const grid = gridOf((x) => (x < 0 ? NaN : x));
  const levels = chooseLevels(grid, null);
  assert.deepEqual(at(relief(grid, levels, TONES, SIZE), 3, 10), [1, 2, 3, 255]);
  assert.deepEqual(at(relief(grid, null, TONES, SIZE), 39, 10), [1, 2, 3, 255]);
});

test("colours of the style sheet are read", () => {
  assert.deepEqual(parseColour("#fff"), [255, 255, 255, 1]);
  assert.deepEqual(parseColour(" #34455c "), [52, 69, 92, 1]);
  assert.deepEqual(parseColour("rgba(52, 74, 100, 0.2)"), [52, 74, 100, 0.2]);
  assert.throws(() => parseColour("salmon"), /“salmon”/);
});

test("the filter counts, and an unknown one shows all", () => {
  const scenes = ["Chapter", "Slides", "Chapter"].map((document) => ({ source: { document } }));
  const choices = filters(scenes);
  assert.deepEqual(choices.map(({ text }) => text), ["All 3", "Slides 1", "Chapter 2"]);
  assert.equal(fromQuery(new URLSearchParams("from=chapter"), choices), "chapter");
  assert.equal(fromQuery(new URLSearchParams("from=mars"), choices), ALL);
  assert.equal(fromQuery(toQuery("slides"), choices), "slides");
  assert.equal(toQuery(ALL).toString(), "");
});
