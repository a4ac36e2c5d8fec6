import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTH, localAt } from "../../frontend/descent/local.js";
import { bend, condition, degrees, explain, overshoots } from "../../frontend/descent/local-words.js";
import { generator } from "./generate.js";

const PLAIN = { limit: 2, label: "2/λmax" };
const at = (numbers, stability = null) => localAt({ data: Float32Array.from(numbers), stability }, 0);
const say = (numbers, more = {}) => explain({ local: at(numbers, more.stability), family: "gradient", rate: undefined, ending: null, ...more });

test("plain descent, momentum, and what the learning rate alone would make", () => {
  assert.equal(say([2, 0, 1, 0, 1, -0.2, 0], { rate: 0.1 }), "The step is the learning rate times the gradient, straight down steepest descent.");
  const turned = (length, turn) => [1, 0, 1, 0, 5, -length * Math.cos((turn * Math.PI) / 180), length * Math.sin((turn * Math.PI) / 180)];
  assert.equal(say(turned(0.07, 42), { rate: 0.01 }), "The step is 7 times longer than the gradient alone would make it, and turns 42° away from steepest descent.");
  assert.equal(say(turned(0.004, 42), { rate: 0.01 }), "The step is 0.4 times as long as the gradient alone would make it, and turns 42° away from steepest descent.");
  assert.equal(say(turned(0.01, 120), { rate: 0.01 }), "The step leads uphill: it turns 120° away from steepest descent.");
});

test("beyond the limit: with the figures, and overshooting only where the step truly does", () => {
  const lr = 0.004;
  assert.equal(say([1, 0.1, 1000, 0, 1, -lr, -lr * 0.1], { rate: lr, stability: PLAIN }), "Overshoots across the valley: lr 0.004 is twice the local limit 2/λmax = 0.002.");
  assert.equal(say([1, 0.1, 1000, 0, 1, 0.001, -0.001], { rate: lr, stability: PLAIN }), "The learning rate is beyond its limit here: lr 0.004 is twice the local limit 2/λmax = 0.002.");
});

test("Newton's step, wherever it leads", () => {
  assert.equal(say([1, 1, 2, 0, 4, -0.5, -0.25], { family: "newton" }), "The step is the Newton step: it leads to the lowest point of the local model.");
  assert.match(say([1, 1, 2, 0, -4, -0.5, 0.25], { family: "newton" }), /to the saddle of the local model/);
  assert.match(say([1, 1, 2, 0, 4, -0.05, -0.025], { family: "newton" }), /along the Newton step, and is 0\.1 times as long/);
});

test("at an end, without a step, without finite numbers", () => {
  const row = [1e-4, 0, 1, 0, 1, NaN, NaN];
  for (const [reason, words] of [["converged", /arrived/], ["diverged", /has diverged/], ["left_view", /left the view/], ["stalled", /stalled/], ["step_budget", /still moving/]]) {
    assert.match(say(row, { ending: { reason, step: 9, message: "" } }), words);
  }
  assert.match(say([NaN, 0, 1, 0, 1, 1, 1]), /not a finite number/);
  assert.equal(say([1, 0, 1, 0, 1, 0, 0]), "It takes no step here.");
  assert.match(say([0, 0, 1, 0, 1, 1, 0]), /gradient is zero/);
});

test("three thousand generated steps: well formed, short enough for the space kept, and divergence is never foretold", () => {
  const random = generator(5);
  const wide = () => random.pick([-1, 1]) * 10 ** random.between(-6, 6);
  const families = ["gradient", "adam", "newton", "line_search"];
  for (let n = 0; n < 3000; n += 1) {
    const numbers = Array.from({ length: WIDTH }, () => random.pick([wide(), wide(), wide(), 0]));
    const family = random.pick(families);
    const stability = family === "gradient" ? random.pick([PLAIN, { limit: 38, label: "2(1+β)/((1−d)λmax)" }]) : null;
    const text = say(numbers, { family, stability, rate: random.pick([undefined, Math.abs(wide())]) });
    assert.match(text, /^[A-Z].*\.$/);
    assert.doesNotMatch(text, /undefined|NaN|null|Infinity| {2}|diverg/);
    assert.ok(text.length <= 124, `${text.length}: ${text}`);
  }
});

test("plain descent overshoots exactly where its rate is beyond 2/λmax", () => {
  const random = generator(6);
  for (let n = 0; n < 500; n += 1) {
    const [gx, gy] = [random.between(0.1, 3), random.between(0.1, 3)];
    const rate = random.between(0.01, 1);
    const h = [random.between(0.1, 9), random.between(-1, 1), random.between(0.1, 9)];
    const local = at([gx, gy, ...h, -rate * gx, -rate * gy], PLAIN);
    if (Math.abs(rate / local.limit.limit - 1) < 1e-4) continue;
    assert.equal(overshoots(local), rate > local.limit.limit);
  }
});

test("curvature in words and its condition", () => {
  assert.equal(bend({ low: 0.67, high: 760 }), "0.67 along the valley, 760 across it");
  assert.match(bend({ low: -1, high: 2 }), /^indefinite/);
  assert.equal(condition({ low: 0.5, high: 1000 }), "2,000");
  assert.equal(condition({ low: -1, high: 2 }), "indefinite");
  assert.equal(condition({ low: 0, high: 2 }), "—");
  assert.deepEqual([0, 1e-6, 0.06, 0.5, 0.96, 42.4, 180].map(degrees), ["0°", "0°", "0.1°", "0.5°", "1°", "42°", "180°"]);
});
