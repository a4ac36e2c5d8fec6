import assert from "node:assert/strict";
import { test } from "node:test";
import { angle, eigen, localAt, newtonStep, shape } from "../../frontend/descent/local.js";
import { contours, inPixels, valueOf } from "../../frontend/descent/quadratic.js";
import { generator } from "./generate.js";

const near = (a, b, tolerance = 1e-9, scale = 1) => assert.ok(Math.abs(a - b) <= tolerance * Math.max(scale, Math.abs(a), Math.abs(b)), `${a} and ${b}`);
const random = generator(41);
const wide = () => random.pick([-1, 1]) * 10 ** random.between(-4, 4);
const matrix = () => random.pick([() => [wide(), wide(), wide()], () => [wide(), 0, wide()], () => { const d = wide(); return [d, 0, d]; }])();

test("two thousand generated matrices: trace, determinant, directions of length one that the matrix stretches", () => {
  for (let n = 0; n < 2000; n += 1) {
    const [hxx, hxy, hyy] = matrix();
    const { low, high, along, across } = eigen([hxx, hxy, hyy]);
    const size = Math.max(Math.abs(hxx), Math.abs(hxy), Math.abs(hyy));
    assert.ok(low <= high + 1e-12 * size);
    near(low + high, hxx + hyy, 1e-12, size);
    near(low * high, hxx * hyy - hxy * hxy, 1e-9, size * size * 1e-3);
    near(Math.hypot(...along), 1);
    near(along[0] * across[0] + along[1] * across[1], 0);
    for (const [value, [vx, vy]] of [[low, along], [high, across]]) {
      near(hxx * vx + hxy * vy, value * vx, 1e-12, size);
      near(hxy * vx + hyy * vy, value * vy, 1e-12, size);
    }
  }
});

test("a flat valley keeps the digits of its small eigenvalue", () => {
  // 1e8 across, 1e-3 along: mean minus radius alone would leave noise.
  const [c, s] = [Math.cos(0.5), Math.sin(0.5)];
  const { low } = eigen([1e4 * c * c + 1e-2 * s * s, (1e4 - 1e-2) * c * s, 1e4 * s * s + 1e-2 * c * c]);
  near(low, 1e-2, 1e-6);
});

test("angles: known ones, symmetric, blind to length, null without a direction", () => {
  near(angle([1, 0], [0, 3]), 90);
  near(angle([1, 0], [-2, 0]), 180);
  near(angle([1, 1], [2, 2]), 0);
  assert.equal(angle([0, 0], [1, 0]), null);
  assert.equal(angle([NaN, 1], [1, 0]), null);
  for (let n = 0; n < 500; n += 1) {
    const [a, turn] = [random.between(-Math.PI, Math.PI), random.between(-179, 179)];
    const b = a + (turn * Math.PI) / 180;
    const [p, q] = [[wide(), 0].map((_, i) => (i ? Math.sin(a) : Math.cos(a)) * 7), [Math.cos(b) * 1e-3, Math.sin(b) * 1e-3]];
    near(angle(p, q), Math.abs(turn), 1e-6);
    near(angle(q, p), Math.abs(turn), 1e-6);
  }
});

test("the Newton step makes the model's gradient vanish, and is null where the model has no flat point", () => {
  assert.equal(newtonStep([1, 1], [1, 1, 1]), null);
  for (let n = 0; n < 500; n += 1) {
    const [g, h] = [[wide(), wide()], [random.between(-5, 5), random.between(-5, 5), random.between(-5, 5)]];
    const [dx, dy] = newtonStep(g, h);
    const size = Math.max(...g.map(Math.abs), Math.abs(dx), Math.abs(dy)) * 10;
    near(g[0] + h[0] * dx + h[1] * dy, 0, 1e-10, size);
    near(g[1] + h[1] * dx + h[2] * dy, 0, 1e-10, size);
  }
});

test("shapes by their eigenvalues", () => {
  const names = [[1, 2, "bowl"], [-1, 2, "saddle"], [-2, -1, "dome"], [0, 3, "trough"], [-3, 0, "ridge"], [0, 0, "flat"], [NaN, 1, "unknown"]];
  for (const [low, high, name] of names) assert.equal(shape({ low, high }), name);
});

test("one row of an inspection, its limit scaled to the λmax found there", () => {
  const data = Float32Array.from([
    [9, 9, 9, 9, 9, 9, 9, 9, 9],
    [3, 4, 10, 0, 2, -0.3, -0.4, -0.25, 0.5],
    [1, 1, -1, 0, -2, NaN, NaN, NaN, NaN],
  ].flat());
  const middle = localAt({ data, stability: { limit: 2, label: "2/λmax" } }, 1);
  near(middle.stepLength, 0.5, 1e-6);
  near(middle.turn, 0, 1e-4, 1);
  near(middle.limit.limit, 0.2);
  assert.deepEqual([middle.eigen.low, middle.eigen.high], [2, 10]);
  near(middle.parts.fresh[0] + middle.parts.kept[0], -0.3, 1e-6);
  near(middle.parts.fresh[1] + middle.parts.kept[1], -0.4, 1e-6);
  near(middle.parts.kept[1], -0.9, 1e-6);
  const last = localAt({ data, stability: { limit: 2, label: "2/λmax" } }, 2);
  assert.deepEqual([last.parts, last.splits], [null, true]);
  assert.deepEqual([last.step, last.stepLength, last.turn, last.limit], [null, null, null, null]);
});

test("where a step is no sum of parts, none are told", () => {
  const data = Float32Array.from([1, 2, 10, 0, 2, -0.3, -0.4, NaN, NaN]);
  const { parts, splits, step } = localAt({ data, stability: null }, 0);
  assert.deepEqual([parts, splits], [null, false]);
  assert.ok(step);
});

test("every point of every contour lies on one level of the model, and one contour passes through the point itself", () => {
  for (let n = 0; n < 400; n += 1) {
    const model = { gradient: [random.between(-3, 3), random.between(-3, 3)], hessian: random.pick([() => [random.between(-2, 2), random.between(-2, 2), random.between(-2, 2)], () => [500, 3, 0.1], () => [0, 0, 0], () => [1, 0, 0]])() };
    const reach = random.between(0.5, 80);
    const lines = contours(model, reach);
    assert.ok(lines.length > 0);
    const scale = Math.max(...lines.flat().map((d) => Math.abs(valueOf(model, d))), 1e-9);
    let through = false;
    for (const line of lines) {
      const level = valueOf(model, line[0]);
      for (const d of line) near(valueOf(model, d), level, 1e-6, scale);
      through ||= Math.abs(level) < 1e-6 * scale;
    }
    assert.ok(through, JSON.stringify(model));
  }
});

test("the model in pixels has the same heights, y downwards", () => {
  const model = { gradient: [1, -2], hessian: [3, 0.5, 4] };
  const pixels = inPixels(model, 100, 50);
  near(valueOf(pixels, [100 * 0.3, -50 * 0.2]), valueOf(model, [0.3, 0.2]));
});
