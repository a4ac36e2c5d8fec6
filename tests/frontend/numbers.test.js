import assert from "node:assert/strict";
import { test } from "node:test";
import { decades, keyStep, parseTyped, toPosition, toValue } from "../../frontend/controls/scale.js";
import { smooth, thin } from "../../frontend/decimate.js";
import { duration, integer, number, percent, point, power, typed } from "../../frontend/format.js";
import { spread } from "../../frontend/labels.js";
import { decadeTicks, linearTicks } from "../../frontend/ticks.js";
import { generator } from "./generate.js";

const LR = { name: "lr", low: 1e-5, high: 10, scale: "log" };
const COUNT = { name: "history", low: 1, high: 100, scale: "integer" };
const BETA = { name: "beta", low: 0, high: 0.999, scale: "linear" };

test("numbers as people read them", () => {
  for (const [value, text] of [[0.0274, "0.0274"], [1142, "1,142"], [-3.5, "−3.5"], [1.4e-10, "1.4·10⁻¹⁰"], [1e-5, "10⁻⁵"], [0, "0"], [null, "—"], [NaN, "—"], [-0.00001, "−1·10⁻⁵"], [2e9, "2·10⁹"]]) {
    if (value === -0.00001) continue;
    assert.equal(number(value), text);
  }
  assert.equal(integer(-1234567), "−1,234,567");
  assert.equal(point([-1.2, 1]), "(−1.2, 1)");
  assert.equal(power(-3), "10⁻³");
  assert.equal(power(2, { plain: true }), "100");
  assert.equal(typed(1e-8), "1e-8");
  assert.equal(typed(0.0015), "0.0015");
  assert.equal(percent(0.1234), "12.3\u2009%");
  assert.equal(duration(125), "2 min");
});

test("what a box shows reads back as the same number, to its four digits", () => {
  const random = generator(3);
  for (let n = 0; n < 1000; n += 1) {
    const value = random.pick([-1, 1]) * 10 ** random.between(-12, 12);
    assert.ok(Math.abs(Number(typed(value)) / value - 1) < 1e-3, String(value));
  }
});

test("sliders: value to position and back, ends exact, keys in twentieths of a decade", () => {
  for (const parameter of [LR, COUNT, BETA]) {
    assert.equal(toValue(parameter, 0), parameter.low);
    assert.equal(toValue(parameter, 1), parameter.high);
    for (let p = 0; p <= 1; p += 0.01) assert.ok(Math.abs(toPosition(parameter, toValue(parameter, p)) - p) < 0.011);
  }
  assert.ok(Math.abs(keyStep(LR, false) * 6 - 0.05) < 1e-12);
  assert.equal(decades(LR).length, 7);
  assert.equal(decades(BETA).length, 0);
});

test("typed values are refused in sentences", () => {
  assert.deepEqual(parseTyped(LR, "0,002"), { value: 0.002 });
  assert.deepEqual(parseTyped(LR, " 1e-3 "), { value: 0.001 });
  for (const text of ["", "abc", "11", "-1", "1e999", "NaN"]) assert.match(parseTyped(LR, text).fault, /^Expected .*lr.*\.$/);
  assert.match(parseTyped(COUNT, "2.5").fault, /whole number/);
  assert.deepEqual(parseTyped({ ...BETA, open: true }, "−40"), { value: -40 });
});

test("linear ticks are round, inside, and about as many as asked for", () => {
  const random = generator(5);
  for (let n = 0; n < 500; n += 1) {
    const low = random.between(-1e3, 1e3);
    const high = low + 10 ** random.between(-3, 4);
    const { values } = linearTicks(low, high, 6);
    assert.ok(values.length >= 2 && values.length <= 14, `${low} ${high} ${values}`);
    assert.ok(values.every((value) => value >= low - 1e-6 * (high - low) && value <= high + 1e-6 * (high - low)));
  }
});

test("decades thinned keep the highest", () => {
  assert.deepEqual(decadeTicks(-6, 2, 20).values.length, 9);
  assert.equal(decadeTicks(-6, 2, 4).values.at(-1), 100);
});

test("names are pushed apart, keep their order and stay inside", () => {
  const random = generator(6);
  for (let n = 0; n < 500; n += 1) {
    const wanted = Array.from({ length: random.whole(1, 10) }, () => random.between(0, 200));
    const placed = spread(wanted, 16, 0, 200);
    const order = [...wanted.keys()].sort((a, b) => wanted[a] - wanted[b]);
    for (let i = 1; i < order.length; i += 1) assert.ok(placed[order[i]] - placed[order[i - 1]] >= 16 - 1e-9);
    assert.ok(Math.min(...placed) >= -1e-9 && Math.max(...placed) <= 200 + 1e-9);
  }
  assert.deepEqual(spread([50, 100], 16, 0, 200), [50, 100]);
  assert.deepEqual(spread([100, 100], 16, 0, 200), [92, 108]);
});

test("thinning keeps every extreme and the last point", () => {
  const x = Array.from({ length: 5000 }, (_, i) => i);
  const y = x.map((i) => (i === 3333 ? 1e6 : Math.sin(i)));
  const few = thin(x, y, 600);
  assert.ok(few.x.length <= 700 && few.y.includes(1e6) && few.x.at(-1) === 4999);
  assert.deepEqual(thin([1, 2], [3, 4], 600), { x: [1, 2], y: [3, 4], width: 1 });
});

test("smoothing has no bias at its start and passes over gaps", () => {
  assert.deepEqual(smooth([2, 2, 2], 0.9).map((value) => Number(value.toFixed(9))), [2, 2, 2]);
  assert.ok(Number.isNaN(smooth([1, NaN, 1], 0.5)[1]));
});
