import assert from "node:assert/strict";
import test from "node:test";

import { frame, intervals, marks, words } from "../../frontend/descent/linesearch-view.js";

/** φ(s) = (s - 1)² on a grid from 0 to `end`. */
function parabola(end, changes = {}) {
  const distances = Array.from({ length: 101 }, (_, i) => (i / 100) * end);
  const none = distances.map(() => false);
  return {
    c1: 1e-4, c2: 0.9, step: 1, minimiser: 1, longest: false, batch_size: 0, distances,
    phi: distances.map((s) => (s - 1) ** 2), slopes: distances.map((s) => 2 * (s - 1)), armijo: none, weak: none, strong: none, trials: [], ...changes,
  };
}

const trial = (distance, phi, accepted = false) => ({ distance, phi, slope: 0, accepted });

test("a condition's stretches begin and end on the grid", () => {
  assert.deepEqual(intervals([true, true, false, true, false], [0, 1, 2, 3, 4]), [[0, 1], [3, 3]]);
  assert.deepEqual(intervals([false, false], [0, 1]), []);
});

test("the words tell a search from a plain step", () => {
  assert.equal(words(parabola(2, { minimiser: 0.5 })), "This method does not search: it steps 1; the line's first minimum lies at 0.5.");
  const one = parabola(2, { minimiser: null, trials: [trial(1, 0, true)] });
  assert.equal(words(one), "One trial, a step of 1; no minimum of the line lies within four times as far.");
  assert.match(words(parabola(2, { longest: true })), /the longest step that the search may try/);
  assert.match(words(parabola(2, { batch_size: 4 })), /this step's minibatch of 4/);
});

test("a height far above start and step is not drawn, and what lies there stands at the edge and in the words", () => {
  const search = parabola(10, { trials: [trial(20, 361), trial(8, 49), trial(4, null), trial(2.2, 1.44), trial(1, 0, true)] });
  const { end, low, high } = frame(search);
  assert.equal(end, 10);
  assert.ok(low < 0 && high > 3 && high < 4, "start is 1, the descent in view 1");
  assert.deepEqual(marks(search).map(({ out }) => out), ["right", "up", "up", "", ""]);
  assert.match(words(search), /3 trials lie outside the picture, as far out as 20\./);
});

test("the step itself is always within the picture, also one that climbs", () => {
  const { high } = frame(parabola(10, { step: 8 }));
  assert.ok(high > 49);
  assert.equal(marks(parabola(10, { step: 8 }))[0].out, "");
});

test("where nothing falls all of φ is drawn", () => {
  const uphill = parabola(2);
  uphill.phi = uphill.distances.map((s) => 5 + s);
  const { low, high } = frame(uphill);
  assert.ok(low < 5 && high > 7);
  assert.ok(frame({ ...uphill, phi: uphill.phi.map(() => 3) }).high > 3);
});
