import assert from "node:assert/strict";
import { test } from "node:test";
import { bands, chooseLevels, height, valueAt } from "../../frontend/plots/levels.js";

/** f on a grid over a box, as the server sends it. */
function grid(f, [[xLow, xHigh], [yLow, yHigh]], columns = 120, rows = 80) {
  const values = new Float32Array(columns * rows);
  for (let r = 0; r < rows; r += 1) for (let c = 0; c < columns; c += 1) {
    values[r * columns + c] = f(xLow + ((xHigh - xLow) * c) / (columns - 1), yLow + ((yHigh - yLow) * r) / (rows - 1));
  }
  return { values, rows, columns };
}
const rosenbrock = grid((x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [[-2, 2], [-0.5, 1.5]]);

test("Rosenbrock: half decades of f, stronger at whole ones", () => {
  const levels = chooseLevels(rosenbrock, 0);
  assert.equal(levels.scale, "log");
  assert.equal(levels.size, 0.5);
  assert.equal(levels.strong, 1);
  assert.ok(Number.isInteger(levels.start * 2));
  assert.ok(valueAt(levels, levels.end) < Math.max(...rosenbrock.values));
  assert.ok(Math.abs(height(levels, 100) - 2) < 1e-3);
  assert.ok(bands(levels) <= 14);
});

test("a saddle without a known minimum has even levels, one of them at zero", () => {
  const levels = chooseLevels(grid((x, y) => x * x - y * y, [[-2, 2], [-1, 1]]), null);
  assert.equal(levels.scale, "linear");
  assert.ok(Math.abs(levels.start / levels.size - Math.round(levels.start / levels.size)) < 1e-9);
});

test("a bowl whose minimum nobody has named is measured from its lowest value", () => {
  const levels = chooseLevels(grid((x, y) => 5 + x * x + y * y, [[-5, 5], [-5, 5]]), null);
  assert.equal(levels.scale, "log");
  assert.ok(levels.base >= 5 && levels.base < 5.1);
});

test("a range of hundreds of decades still has few bands", () => {
  const values = Float32Array.from({ length: 4000 }, (_, i) => 10 ** (-30 + (60 * i) / 4000));
  assert.ok(bands(chooseLevels({ values, rows: 40, columns: 100 }, 0)) <= 16);
});

test("holes, constants and nothing at all", () => {
  const holed = { ...rosenbrock, values: rosenbrock.values.map((value, i) => (i % 3 ? value : NaN)) };
  assert.equal(chooseLevels(holed, 0).scale, "log");
  assert.equal(chooseLevels({ values: new Float32Array(100).fill(NaN), rows: 10, columns: 10 }, null), null);
  const flat = chooseLevels({ values: new Float32Array(100).fill(3), rows: 10, columns: 10 }, null);
  assert.deepEqual([flat.scale, flat.start, bands(flat)], ["linear", 3, 2]);
  assert.ok(Number.isNaN(height(chooseLevels(rosenbrock, 0), NaN)));
});

test("heights rise with f", () => {
  const levels = chooseLevels(rosenbrock, 0);
  const heights = [0, 1e-6, 1e-3, 0.1, 1, 50, 2000].map((value) => height(levels, value));
  assert.deepEqual([...heights].sort((a, b) => a - b), heights);
});
