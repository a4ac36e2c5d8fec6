import assert from "node:assert/strict";
import test from "node:test";

import { intervals, words } from "../../frontend/descent/linesearch-view.js";

test("a condition's stretches begin and end on the grid", () => {
  assert.deepEqual(intervals([true, true, false, true, false], [0, 1, 2, 3, 4]), [[0, 1], [3, 3]]);
  assert.deepEqual(intervals([false, false], [0, 1]), []);
});

test("the words tell a search from a plain step", () => {
  const plain = { c1: 0, c2: 0, step: 2, minimiser: 0.5, distances: [], phi: [], slopes: [], armijo: [], weak: [], strong: [], trials: [] };
  assert.equal(words(plain), "This method does not search: it steps 2; the line's first minimum lies at 0.5.");
  const trial = { distance: 2, phi: 1, slope: 0, accepted: true };
  assert.equal(words({ ...plain, minimiser: null, trials: [trial] }), "One trial, a step of 2; no minimum of the line lies within this picture.");
});
