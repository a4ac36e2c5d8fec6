import assert from "node:assert/strict";
import { test } from "node:test";

import { lastPoint } from "../../frontend/plots/lines.js";
import { closeUp } from "../../frontend/training/close-up.js";
import { readView, writeView } from "../../frontend/training/link.js";
import { fitted, part, readingsAt, zoomed } from "../../frontend/training/readings.js";

const line = (key, x, y, more = {}) => ({ key, label: key, colour: "#000", dash: [], x, y, ...more });
const axis = (range) => ({ scale: /** @type {const} */ ("linear"), range });

test("a reading is the told point that lies nearest, never a number between two", () => {
  const series = [line("0", [0, 1, 2, 3], [5, 6, 7, 8]), line("1", [0, 2], [9, 1])];
  const read = (x) => readingsAt(series, axis([0, 3]), x).map(({ entrant, x: at, y }) => [entrant, at, y]);
  assert.deepEqual(read(1.9), [[0, 2, 7], [1, 2, 1]]);
  assert.deepEqual(read(0.4), [[1, 0, 9], [0, 0, 5]]);
  assert.deepEqual(read(2.9), [[0, 3, 8]], "an entrant that has ended is not carried on");
});

test("a hole is passed over; raw steps and side needles are not read; the two parts of a stopped curve are one", () => {
  assert.deepEqual(readingsAt([line("0", [0, 1, 2], [1, NaN, 3])], axis([0, 2]), 1.1).map(({ y }) => y), [3]);
  assert.deepEqual(readingsAt([line("0", [0], [NaN])], axis([0, 2]), 0), []);
  assert.deepEqual(readingsAt([line("0 raw", [0, 1], [1, 2]), line("3 diagonal_tenth", [0, 1], [1, 2])], axis([0, 1]), 0), []);
  const stopped = [line("0 before", [0, 1, 2], [5, 4, 3]), line("0", [2, 3], [3, 6])];
  assert.deepEqual([0.9, 2.8].map((x) => readingsAt(stopped, axis([0, 3]), x).map(({ y }) => y)), [[4], [6]]);
});

test("the part that an axis shows reaches one point beyond on either side", () => {
  const xs = [0, 1, 2, 3, 4, 5];
  assert.deepEqual(part(xs, [1.5, 3.5]), [1, 5]);
  assert.deepEqual(part(xs, [2, 3]), [1, 5]);
  assert.deepEqual(part(xs, [-1, 9]), [0, 6]);
});

test("a y axis that fits: only what is shown, raw steps left aside", () => {
  const series = [line("0", [0, 1, 2], [100, 1, 3]), line("0 raw", [1, 2], [-50, 50], { opacity: 0.28 })];
  const [low, high] = fitted(series, [1, 2], "linear") ?? [];
  assert.ok(low > 0.5 && low < 1 && high > 3 && high < 3.5);
  assert.equal(fitted(series, [5, 6], "linear"), null);
  assert.ok((fitted([line("0", [0, 1], [0, 1e-3])], [0, 1], "log") ?? [0])[0] > 0);
});

test("a zoom lies within the whole; too small a one, or all of it, is none", () => {
  assert.deepEqual(zoomed([12.3456, 4.1], [0, 40]), [4.1, 12.346]);
  assert.deepEqual(zoomed([-5, 10], [0, 40]), [0, 10]);
  assert.equal(zoomed([0, 40], [0, 40]), null);
  assert.equal(zoomed([1, 1.00001], [0, 40]), null);
});

test("a close-up has its points in full, ends no line that goes on, and says what leaves its axis", () => {
  const curves = {
    series: [line("0", [0, 1, 2, 3, 4], [9, 5, 4, 3, 2], { end: "dot" }), line("1", [0, 0.2], [1, 2], { end: "none" }), line("2", [0, 1.5, 3], [4, 4.5, 90], { end: "none" })],
    marks: [{ x: 2, y: 4, sign: "star", colour: "#000" }, { x: 4, y: 2, sign: "ring", colour: "#000" }, { x: 0, y: 9, sign: "above", colour: "#000" }],
  };
  const { series, marks, y } = closeUp(curves, axis([1, 2]), axis([0, 1]));
  assert.deepEqual(series.map(({ key }) => key), ["0", "2"], "one that ended before is not there");
  assert.deepEqual(series[0].x, [0, 1, 2, 3]);
  assert.equal(series[0].end, "none");
  assert.ok(y.range[0] > 3 && y.range[1] < 6, "who diverged does not flatten the others");
  assert.deepEqual(marks.map(({ sign, x }) => [sign, x]), [["star", 2], ["above", 2]]);
});

test("a line that goes on beyond the axis has its name where it leaves", () => {
  assert.deepEqual(lastPoint(line("0", [0, 2], [0, 4]), 1), [1, 2]);
  assert.deepEqual(lastPoint(line("0", [0, 1, 2], [0, 4, NaN]), 5), [1, 4]);
});

test("the zoom stands in the link; a false one is the whole", () => {
  const read = (text) => readView(new URLSearchParams(text));
  assert.deepEqual(read("zoom=4,16").zoom, [4, 16]);
  for (const bad of ["", "4", "16,4", "a,b", "-1,4", "1,2,3"]) assert.equal(read(`zoom=${bad}`).zoom, null);
  assert.equal(writeView("r", read("zoom=4,16")).get("zoom"), "4,16");
});
