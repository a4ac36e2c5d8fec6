import assert from "node:assert/strict";
import test from "node:test";

import { gradientsOf, rateRange, rateWords, ratesOf, rowOf } from "../../frontend/descent/coordinate-rates.js";

const FOUND = { optimizer: "adam", count: 9, gradients: [[1, -2], [3, null]], steps: [0, 4, 8], rates: [[0.1, 0.2], [0.5, 0.05], [0, null]] };

test("the playhead looks at the last shown step that it has reached", () => {
  assert.deepEqual([0, 3, 4, 7, 8, 500].map((step) => rowOf(FOUND, step)), [0, 0, 1, 1, 2, 2]);
});

test("the words compare the two coordinates", () => {
  assert.equal(rateWords(FOUND, "Adam", 0), "In step 1 of Adam the rate is 0.1 in x, 0.2 in y: y goes 2 times as far as x for an equal slope.");
  assert.match(rateWords(FOUND, "Adam", 6), /^In step 5 .* x goes 10 times as far as y/);
  assert.match(rateWords(FOUND, "Adam", 8), /beyond all numbers/);
  assert.match(rateWords({ ...FOUND, rates: [[1, 1]], steps: [0] }, "Adam", 0), /the same\.$/);
  assert.match(rateWords({ ...FOUND, rates: null }, "Momentum", 0), /^Momentum has no learning rate of its own/);
  assert.match(rateWords({ ...FOUND, count: 0, rates: [], steps: [] }, "Adam", 0), /takes no step/);
});

test("a logarithmic axis holds every rate that it has a place for", () => {
  assert.deepEqual(ratesOf(FOUND, 0), [0.1, 0.5, NaN]);
  assert.deepEqual(ratesOf(FOUND, 1), [0.2, 0.05, NaN]);
  const [low, high] = rateRange(FOUND);
  assert.ok(low > 0 && low < 0.05 && high > 0.5);
  assert.deepEqual(rateRange({ ...FOUND, rates: null }), [0.1, 1]);
});

test("a sequence of gradients ends before the first that is no number", () => {
  assert.deepEqual(gradientsOf(FOUND, 0), [1, 3]);
  assert.deepEqual(gradientsOf(FOUND, 1), [-2]);
});
