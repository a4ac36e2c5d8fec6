import assert from "node:assert/strict";
import { test } from "node:test";
import { best, limitAtMinimum, limits, rates as told, reachable } from "../../frontend/descent/theory.js";

const rates = (quadratic) => told(quadratic).replaceAll("\u00a0", " ");
const GD = { curvatures: [1, 20], contractions: [0.985, 0.7], optimum: { lr: 2 / 21 }, best: 19 / 21 };
const LR = [{ name: "lr", low: 1e-5, high: 10 }];

test("the limit at the minimum has its own tick only where it differs from that at the start", () => {
  assert.equal(limitAtMinimum({ stability: { limit: 0.0013 }, atMinimum: { limit: 0.002 }, quadratic: null }), 0.002);
  assert.equal(limitAtMinimum({ stability: { limit: 0.1 }, atMinimum: { limit: 0.1000001 }, quadratic: null }), null);
  assert.equal(limitAtMinimum({ stability: null, atMinimum: { limit: 0.1 }, quadratic: null }), 0.1);
  assert.equal(limitAtMinimum({ stability: { limit: 0.1 }, atMinimum: null, quadratic: null }), null);
});

test("limits in words, for every pair of what is known", () => {
  assert.match(limits({ stability: { limit: 0.0013 }, atMinimum: { limit: 0.002 }, quadratic: null }), /0\.0013 at the start, and below 0\.002 at the minimum/);
  assert.match(limits({ stability: { limit: 0.1 }, atMinimum: { limit: 0.1 }, quadratic: null }), /at the start as at the minimum/);
  assert.match(limits({ stability: null, atMinimum: { limit: 0.1 }, quadratic: null }), /0\.1 at the minimum, where the track has its \+; at the start the surface bends down/);
  assert.equal(limits({ stability: null, atMinimum: null, quadratic: null }), "");
});

test("rates: one for each direction, one for both where they agree, and what grows or is gone says so", () => {
  assert.equal(rates(GD), "On this quadratic every step, in the long run, leaves 0.985 of the error along λ = 1, and leaves 0.7 of the error along λ = 20.");
  assert.match(rates({ ...GD, contractions: [0.9, 0.9] }), /leaves 0\.9 of the error every way \(λ = 1 and 20\)/);
  assert.match(rates({ ...GD, contractions: [1, 1.4] }), /leaves the error as it is along λ = 1, and makes the error 1\.4 times larger along λ = 20/);
  assert.match(rates({ ...GD, contractions: [0, 0] }), /takes the error away every way/);
  assert.match(rates({ ...GD, contractions: [0.5, null] }), /beyond all numbers along λ = 20/);
});

test("the optimum can be taken inside the sliders only, and once", () => {
  assert.equal(best(GD), "At best 0.905 is left in the slower direction, with ");
  assert.match(best({ ...GD, best: 0 }), /no error is left/);
  assert.equal(reachable(GD, { lr: 0.01 }, LR), "free");
  assert.equal(reachable(GD, { lr: 2 / 21 }, LR), "taken");
  assert.equal(reachable({ ...GD, optimum: { lr: 11 } }, { lr: 0.01 }, LR), "beyond");
  assert.equal(reachable({ ...GD, optimum: null }, { lr: 0.01 }, LR), "none");
});
