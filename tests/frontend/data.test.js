import assert from "node:assert/strict";
import { test } from "node:test";
import { dataLandmark, dataPoints } from "../../frontend/descent/data-points.js";
import { modelLines, scatter } from "../../frontend/descent/data-view.js";
import { hull } from "../../frontend/hull.js";
import { evaluate } from "../../frontend/program.js";
import { generator } from "./generate.js";

const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
/** x*s + y */
const LINE = [["name", "x"], ["name", "s"], ["mul", 0, 1], ["name", "y"], ["add", 2, 3]];
/** 1/(1 + exp(-(x*u + y*v))) */
const LOGISTIC = [["number", 1], ["name", "x"], ["name", "u"], ["mul", 1, 2], ["name", "y"], ["name", "v"], ["mul", 4, 5], ["add", 3, 6], ["neg", 7], ["exp", 8], ["add", 0, 9], ["div", 0, 10]];

test("steps are walked in their order, and an unknown one is told", () => {
  assert.equal(evaluate(LINE, { x: 2, s: 3, y: -1 }), 5);
  assert.equal(evaluate(LOGISTIC, { x: 1, y: 1, u: 0, v: 0 }), 0.5);
  assert.equal(evaluate([["number", 2], ["number", 3], ["pow", 0, 1]], {}), 8);
  assert.throws(() => evaluate([["number", 2], ["gamma", 0]], {}), /gamma/);
});

test("a hull holds every point, its corners are points, and it turns left everywhere", () => {
  const random = generator(7);
  for (let n = 0; n < 300; n += 1) {
    const points = Array.from({ length: random.whole(1, 12) }, () => [random.whole(0, 6), random.whole(0, 6)]);
    const corners = hull(points);
    for (const corner of corners) assert.ok(points.some((point) => point[0] === corner[0] && point[1] === corner[1]));
    if (corners.length < 3) continue;
    corners.forEach((a, i) => {
      const b = corners[(i + 1) % corners.length];
      assert.ok(turn(a, b, corners[(i + 2) % corners.length]) > 0);
      for (const point of points) assert.ok(turn(a, b, point) >= 0);
    });
  }
});

test("points in a line have a hull of two, equal ones a hull of one", () => {
  assert.deepEqual(hull([[0, 0], [2, 2], [1, 1]]), [[0, 0], [2, 2]]);
  assert.deepEqual(hull([[1, 1], [1, 1]]), [[1, 1]]);
  assert.deepEqual(hull([]), []);
});

test("rows that are points stand where their formulas say, and the highest is named", () => {
  const points = { x: [["name", "u"], ["name", "spread"], ["mul", 0, 1]], y: [["name", "v"]], weight: "a" };
  const surface = { data: { columns: ["a", "u", "v"], rows: [[2, 1, 5], [1, 3, 4], [1, 0, 0]], points } };
  const found = dataPoints(surface, { spread: 0.5 });
  assert.deepEqual(found, [{ at: [0.5, 5], weight: 2 }, { at: [1.5, 4], weight: 1 }, { at: [0, 0], weight: 1 }]);
  assert.deepEqual(dataLandmark(found).map(({ at, text }) => [at, text]), [[[0.5, 5], "data, convex hull"]]);
  assert.equal(dataLandmark(found.slice(0, 2))[0].text, "data");
  assert.deepEqual([dataPoints({ data: null }, {}), dataPoints(undefined, {}), dataLandmark([])], [[], [], []]);
});

test("one input gives the model's curve over the data's width", () => {
  const data = { columns: ["s", "t"], rows: [[0, 1], [4, 3]] };
  const model = { inputs: ["s"], target: "t", output: LINE, labels: false };
  const { box, axes, points } = scatter(data, model);
  assert.deepEqual(axes, ["s", "t"]);
  assert.deepEqual(points, [{ x: 0, y: 1, full: true }, { x: 4, y: 3, full: true }]);
  assert.ok(box[0][0] < 0 && box[0][1] > 4 && box[1][0] < 1 && box[1][1] > 3);
  const [line] = modelLines(model, box, { x: 0.5, y: 1 });
  for (const [s, t] of line) assert.ok(Math.abs(t - (0.5 * s + 1)) < 1e-12);
  assert.deepEqual([line[0][0], line[line.length - 1][0]], box[0]);
  assert.deepEqual(modelLines(model, box, { x: NaN, y: 1 }), []);
});

test("two inputs give the line on which the label is undecided", () => {
  const data = { columns: ["u", "v", "t"], rows: [[-3, -1, 0], [3, 1, 1], [1, -1, 1]] };
  const model = { inputs: ["u", "v"], target: "t", output: LOGISTIC, labels: true };
  const { box, points } = scatter(data, model);
  assert.deepEqual(points.map(({ full }) => full), [false, true, true]);
  const random = generator(3);
  for (let n = 0; n < 50; n += 1) {
    const at = { x: random.between(-4, 4), y: random.between(-4, 4) };
    const pieces = modelLines(model, box, at);
    assert.ok(pieces.length > 0);
    const size = Math.hypot(at.x, at.y);
    for (const [u, v] of pieces.flat()) assert.ok(Math.abs(at.x * u + at.y * v) / size < 0.02);
  }
});
