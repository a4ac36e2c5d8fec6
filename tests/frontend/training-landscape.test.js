import assert from "node:assert/strict";
import { test } from "node:test";

import { ends, grid, onPlane } from "../../frontend/training/landscape.js";

// loss = 1 + 2u + 3v, which is exact between the points
const side = 5;
const axis = Array.from({ length: side }, (_, i) => -1 + (2 * i) / (side - 1));
const plane = {
  u: [-1, 1], v: [-1, 1], side, shares: [0.6, 0.3], images: 10, losses: axis.map((v) => axis.map((u) => 1 + 2 * u + 3 * v)),
  paths: [{ entrant: 1, step: [0, 8], u: [0, 0.5], v: [0, 0.25], off: [0, 0.1], losses: [1, 2.9] }],
};

test("rows are v, columns are u", () => {
  const made = grid(plane);
  assert.deepEqual([made.rows, made.columns, made.x, made.y], [5, 5, [-1, 1], [-1, 1]]);
  assert.equal(made.values[0], 1 - 2 - 3);
  assert.equal(made.values[1], 1 - 1 - 3);
});

test("between the points the plane is bilinear, and beyond its ends it has no value", () => {
  assert.ok(Math.abs(onPlane(plane, 0.3, -0.7) - (1 + 0.6 - 2.1)) < 1e-12);
  assert.equal(onPlane(plane, 1, 1), 6);
  assert.ok(Number.isNaN(onPlane(plane, 1.01, 0)));
  const holed = { ...plane, losses: plane.losses.map((row) => row.map(() => null)) };
  assert.ok(Number.isNaN(onPlane(holed, 0, 0)));
});

test("a path's own loss is told apart from the plane's", () => {
  assert.deepEqual(ends(plane), [{ entrant: 1, step: 8, own: 2.9, plane: 2.75, off: 0.1 }]);
});
