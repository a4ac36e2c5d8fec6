import assert from "node:assert/strict";
import { test } from "node:test";

import { smooth } from "../../frontend/decimate.js";
import { emptyRace, fold } from "../../frontend/training/fold.js";
import { best, lowest, secondsPerEpoch } from "../../frontend/training/run.js";
import { events, request } from "./race_events.js";

const folded = (batches) => {
  const race = emptyRace("r");
  const gaps = batches.map((batch) => fold(race, batch).gap);
  return { race, gaps };
};

test("any cut into batches, with any overlap, gives the same race", () => {
  const all = events();
  const { race: whole } = folded([all]);
  for (let cut = 0; cut <= all.length; cut += 1) {
    for (const overlap of [0, 1, 5, all.length]) {
      const { race, gaps } = folded([all.slice(0, cut), all.slice(Math.max(0, cut - overlap))]);
      assert.deepEqual(race, whole);
      assert.deepEqual(gaps, [false, false]);
    }
  }
  assert.equal(whole.seq, all.length);
  assert.equal(whole.state, "finished");
});

test("a missing event is a gap: what follows is left out until it has come", () => {
  const all = events();
  const race = emptyRace("r");
  assert.deepEqual(fold(race, all.slice(0, 4)), { folded: 4, gap: false });
  assert.deepEqual(fold(race, all.slice(5)), { folded: 0, gap: true });
  assert.equal(race.seq, 4);
  assert.deepEqual(fold(race, all.slice(4)), { folded: all.length - 4, gap: false });
  assert.deepEqual(race, folded([all]).race);
});

test("events in the wrong order inside a batch are not folded twice or skipped", () => {
  const all = events();
  const race = emptyRace("r");
  assert.equal(fold(race, [all[0], all[2], all[1]]).gap, true);
  assert.equal(race.seq, 1);
});

test("every step is kept once, with its own seconds and gradients between the messages", () => {
  const { race } = folded([events()]);
  const [momentum, adam, lbfgs] = race.runs;
  assert.deepEqual(momentum.step, [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(momentum.seconds.map((s) => Number(s.toFixed(3))), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]);
  assert.deepEqual(adam.step, [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(lbfgs.gradients, [4, 8]);
});

test("a loss that is null stays a hole: no zero, no last value carried on", () => {
  const { race } = folded([events()]);
  assert.deepEqual(race.runs[2].loss, [2.3, NaN]);
  assert.deepEqual(race.runs[2].smoothed.map(Number.isNaN), [false, true]);
  assert.deepEqual(race.runs[2].ending, { reason: "diverged", step: 3, sentence: "Loss is not finite at step 3.", lastLoss: NaN });
});

test("smoothing one by one is smoothing the whole", () => {
  const { race } = folded([events()]);
  const run = race.runs[0];
  const expected = smooth(run.loss, Math.exp(-1 / run.window));
  run.smoothed.forEach((value, index) => assert.ok(Math.abs(value - expected[index]) < 1e-12));
});

test("best, lowest and seconds per epoch", () => {
  const { race } = folded([events()]);
  assert.equal(best(race.runs[0])?.epoch, 2);
  assert.equal(lowest(race.runs[1])?.epoch, 1);
  assert.equal(secondsPerEpoch(race.runs[0]), 0.4);
  assert.equal(secondsPerEpoch(race.runs[1]), null);
  assert.equal(best(race.runs[2]), null);
});

test("the validation before the first step belongs to no optimizer", () => {
  const all = events().slice(0, 2);
  const { race } = folded([[...all, { seq: 3, type: "evaluation", entrant: 0, step: 0, epoch: 0, loss: 2.3, accuracy: 0.13, seconds: 0, gradients: 0 }]]);
  assert.equal(best(race.runs[0]), null);
  assert.equal(race.runs[0].evaluations.length, 1);
});

test("an event of an unknown type counts and changes nothing", () => {
  const { race, gaps } = folded([[...events().slice(0, 2), { seq: 3, type: "probe", entrant: 0 }]]);
  assert.deepEqual(gaps, [false]);
  assert.equal(race.seq, 3);
});

test("pausing, a download, failing", () => {
  const race = emptyRace("r", request());
  fold(race, [events()[0], { seq: 2, type: "download", received: 10, total: 20 }]);
  assert.deepEqual(race.download, { received: 10, total: 20 });
  fold(race, [{ ...events()[1], seq: 3 }]);
  assert.equal(race.download, null);
  fold(race, [{ seq: 4, type: "paused", step: { 0: 2 } }]);
  assert.equal(race.state, "paused");
  fold(race, [{ seq: 5, type: "resumed" }, { seq: 6, type: "failed", message: "The disk is full." }]);
  assert.equal(race.state, "failed");
  assert.equal(race.message, "The disk is full.");
});

test("what the test images say at the end is kept, of the best weights and of the last", () => {
  const race = emptyRace("r", request());
  assert.equal(race.runs[1].tested, null);
  const best = { step: 2, epoch: 1, test_loss: 0.7, test_accuracy: 0.6 };
  const last = { step: 4, epoch: 2, test_loss: 0.9, test_accuracy: 0.5 };
  fold(race, [{ seq: 1, type: "tested", entrant: 1, images: 1024, best, last }]);
  assert.deepEqual(race.runs[1].tested, { images: 1024, best, last });
});
