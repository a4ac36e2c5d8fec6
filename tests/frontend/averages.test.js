// The running mean against closed forms, the sequences, and what a person may type.

import assert from "node:assert/strict";
import test from "node:test";

import { averageText, readAverage } from "../../frontend/descent/average-link.js";
import { averagePicture } from "../../frontend/descent/average-drawing.js";
import { MOST_NUMBERS, SEQUENCES, given, means, parseNumbers, settled, tableSteps, usualAverage, words } from "../../frontend/descent/averages.js";
import { generator } from "./generate.js";

const near = (found, expected, tolerance = 1e-12) => {
  assert.equal(found.length, expected.length);
  found.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) <= tolerance * Math.max(1, Math.abs(expected[i])), `${i}: ${value} for ${expected[i]}`));
};
const upTo = (count, value) => Array.from({ length: count }, (_, i) => value(i + 1));

test("of a constant c, v is c (1 − βᵗ) and v̂ is c from the first number on", () => {
  for (const beta of [0, 0.5, 0.9, 0.999]) {
    const { plain, corrected } = means(new Array(60).fill(-2.5), beta);
    near(plain, upTo(60, (t) => -2.5 * (1 - beta ** t)));
    near(corrected, upTo(60, () => -2.5), 1e-10);
  }
});

test("of a ramp, v is t − (1 − βᵗ) β/(1 − β)", () => {
  for (const beta of [0.3, 0.9]) near(means(upTo(40, (t) => t), beta).plain, upTo(40, (t) => t - ((1 - beta ** t) * beta) / (1 - beta)));
});

test("v is the weighted sum of all numbers so far, v̂ their weighted mean", () => {
  const random = generator(7);
  const values = Array.from({ length: 30 }, () => random.between(-3, 3));
  const beta = 0.8;
  const { plain, corrected } = means(values, beta);
  const weights = (t) => upTo(t, (i) => beta ** (t - i));
  const sum = (t) => weights(t).reduce((total, weight, i) => total + weight * values[i], 0);
  near(plain, upTo(30, (t) => (1 - beta) * sum(t)));
  near(corrected, upTo(30, (t) => sum(t) / weights(t).reduce((a, b) => a + b)));
});

test("the example of the slides: v̂₂ = (0.09 x₁ + 0.1 x₂) / 0.19", () => {
  const { plain, corrected } = means([4, 6], 0.9);
  near(plain, [0.4, 0.96]);
  near(corrected, [4, (0.09 * 4 + 0.1 * 6) / 0.19]);
});

test("without memory the mean is the sequence", () => {
  const { plain, corrected } = means([1, -2, 5], 0);
  assert.deepEqual([plain, corrected], [[1, -2, 5], [1, -2, 5]]);
});

test("from settled(β) on, and not before, v lacks less than 1 % of v̂", () => {
  for (const beta of [0, 0.1, 0.5, 0.9, 0.99, 0.999]) {
    const lacks = (t) => beta ** t;
    assert.ok(lacks(settled(beta)) < 0.01);
    if (settled(beta) > 1) assert.ok(lacks(settled(beta) - 1) >= 0.01);
  }
  assert.equal(settled(0.9), 44);
  assert.match(words(0.9, 120), /memory of about 10 numbers.*from t = 44 on\.$/);
  assert.match(words(0.999, 120), /beyond this sequence\.$/);
  assert.match(words(0, 120), /nothing is remembered/);
});

test("the noisy sine is the same for everybody, and its noise is some", () => {
  const average = usualAverage();
  const values = given(average);
  assert.deepEqual(values, given(usualAverage()));
  assert.ok(values.every(Number.isFinite));
  const rest = values.map((value, t) => value - 1 - Math.sin((4 * Math.PI * (t + 1)) / values.length));
  const mean = rest.reduce((a, b) => a + b) / rest.length;
  const spread = Math.sqrt(rest.reduce((total, one) => total + (one - mean) ** 2, 0) / rest.length);
  assert.ok(Math.abs(mean) < 0.15 && spread > 0.25 && spread < 0.45, `${mean} ${spread}`);
});

test("what is along a path is not given, all else is", () => {
  for (const { value, along } of SEQUENCES) assert.equal(given({ ...usualAverage(), sequence: value }) === null, along === true, value);
});

test("the five steps of the slides move more in y than in x, and yet less far", () => {
  const [x, y] = ["five_x", "five_y"].map((sequence) => given({ ...usualAverage(), sequence }));
  const total = (values) => values.reduce((sum, value) => sum + Math.abs(value), 0);
  const net = (values) => values.reduce((sum, value) => sum + value, 0);
  assert.ok(total(y) > total(x));
  assert.ok(net(y) < net(x));
});

test("typed numbers are read, or refused with a sentence", () => {
  assert.deepEqual(parseNumbers(" 1, −2;3e-1\n4 "), { values: [1, -2, 0.3, 4] });
  assert.match(parseNumbers("1, two").fault, /got “two”/);
  assert.match(parseNumbers("1, Infinity").fault, /Infinity/);
  assert.match(parseNumbers(" , ").fault, /at least one/);
  assert.match(parseNumbers("1 ".repeat(MOST_NUMBERS + 1)).fault, /at most 200 numbers, got 201/);
});

test("a table shows a short sequence whole and ends with the last of a long one", () => {
  assert.deepEqual(tableSteps(5), [1, 2, 3, 4, 5]);
  assert.deepEqual(tableSteps(120), [1, 2, 3, 5, 10, 20, 50, 100, 120]);
  assert.deepEqual(tableSteps(100), [1, 2, 3, 5, 10, 20, 50, 100]);
});

test("the axes hold everything and stand still while β changes", () => {
  const values = [3, -1, 2, 8];
  const ranges = [0, 0.5, 0.99].map((beta) => {
    const both = means(values, beta);
    const { y } = averagePicture(values, both, "x", { sequence: "", mean: "" });
    for (const value of [...values, ...both.plain, ...both.corrected]) assert.ok(value > y.range[0] && value < y.range[1]);
    return JSON.stringify(y.range);
  });
  assert.equal(new Set(ranges).size, 1);
});

test("an average comes back from its link exactly", () => {
  const random = generator(3);
  for (let n = 0; n < 300; n += 1) {
    const average = { ...usualAverage(), sequence: random.pick(SEQUENCES).value, beta: random.pick([0, 0.9, random.between(0, 0.999)]), square: random.next() < 0.5 };
    if (average.sequence === "numbers") average.numbers = Array.from({ length: random.whole(1, 9) }, () => random.pick([1, -2, random.between(-1e9, 1e-9)]));
    const faults = [];
    assert.deepEqual(readAverage(averageText(average), faults), average);
    assert.deepEqual(faults, []);
  }
});

test("what a link says wrong about the average is said in a sentence", () => {
  for (const [text, said] of [["cosine:0.9", /“cosine”/], ["sine", /β from 0 to 0.999/], ["sine:1", /β/], ["sine:0.9:cube", /“cube”/], ["numbers:0.9:plain:1,x", /“x”/]]) {
    const faults = [];
    assert.equal(readAverage(text, faults), null);
    assert.equal(faults.length, 1);
    assert.match(faults[0], said);
  }
});
