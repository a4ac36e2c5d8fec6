import assert from "node:assert/strict";
import { test } from "node:test";

import { bestOf, cells, edge, gathered, groups, ladder, merit, spread } from "../../frontend/training/grid.js";
import { createRun } from "../../frontend/training/run.js";

const adam = (lr, more = {}) => ({ name: "adam", lr, beta1: 0.9, ...more });
const seen = (loss) => ({ step: 8, epoch: 1, loss, accuracy: 0.5, seconds: 1, gradients: 8 });

/** @param {(number | "out" | null)[]} losses */
const runs = (losses) => losses.map((loss, entrant) => {
  const run = createRun(entrant, "adam");
  if (typeof loss === "number") run.evaluations.push(seen(loss));
  if (loss === "out") {
    run.evaluations.push(seen(0.1));
    run.ending = { reason: "diverged", step: 9, sentence: "", lastLoss: NaN };
  }
  return run;
});

test("three rates of one optimizer make a grid, sorted; all else must be equal", () => {
  const found = groups([adam(0.1), { name: "lbfgs", history: 10 }, adam(0.001), adam(0.01), adam(0.01, { beta1: 0.5 })]);
  assert.deepEqual(found.map(({ entrants, lrs }) => [entrants, lrs]), [[[2, 3, 0], [0.001, 0.01, 0.1]]]);
  assert.deepEqual(groups([adam(0.1), adam(0.2)]), []);
  assert.deepEqual(groups([adam(0.1), adam(0.1), adam(0.1)]), []); // the same thrice is no grid
});

test("the best has the lowest loss and did not diverge; at an end it may lie beyond", () => {
  const [group] = groups([adam(0.001), adam(0.01), adam(0.1), adam(1)]);
  const row = (losses) => cells(group, runs(losses));
  assert.equal(bestOf(row([2, 1.5, 1.7, "out"]))?.lr, 0.01);
  assert.equal(edge(row([2, 1.5, 1.7, "out"])), "");
  assert.equal(edge(row([1, 1.5, 1.7, "out"])), "low");
  assert.equal(edge(row([2, 1.5, 1.4, 1.2])), "high");
  assert.equal(edge(row([null, null, null, null])), "");
  assert.equal(bestOf(row([null, null, 2.2, null]))?.lr, 0.1);
});

test("an optimum beside a rate that diverged is no edge", () => {
  const [group] = groups([adam(0.001), adam(0.01), adam(0.1)]);
  assert.equal(edge(cells(group, runs([2, 1.5, "out"]))), "");
});

test("merit runs from guessing to the least loss", () => {
  assert.equal(merit(2.3, 1.3, 2.3), 0);
  assert.equal(merit(1.3, 1.3, 2.3), 1);
  assert.equal(merit(9, 1.3, 2.3), 0);
  assert.equal(merit(NaN, 1.3, 2.3), 0);
  assert.equal(merit(2, 2.5, 2.3), 0);
});

test("a ladder is even on a log scale, holds its middle, and keeps within bounds", () => {
  assert.deepEqual(ladder(0.01, 5, 2, { low: 0, high: 1 }), [0.001, 0.0032, 0.01, 0.032, 0.1]);
  assert.deepEqual(ladder(0.5, 3, 1, { low: 0.05, high: 1 }), [0.05, 0.5]);
});

test("a spread keeps what has no rate, and gathers back to itself", () => {
  const known = [{ name: "adam", training_parameters: [{ name: "lr", low: 1e-6, high: 1 }] }, { name: "lbfgs", training_parameters: [] }];
  const asked = [adam(0.01), { name: "lbfgs", history: 10 }];
  const wide = spread(asked, known);
  assert.equal(wide.length, 8);
  assert.equal(groups(wide)[0].lrs.length, 7);
  assert.deepEqual(gathered(wide), asked);
  assert.deepEqual(gathered(asked), asked);
  assert.equal(spread([adam(0.01), adam(0.01)], known).length, 7);
});
