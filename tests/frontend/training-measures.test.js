import assert from "node:assert/strict";
import { test } from "node:test";

import { emptyRace, fold } from "../../frontend/training/fold.js";
import { readView, writeView } from "../../frontend/training/link.js";
import { epochSeconds, measure, ordered, overfitting, reached, usualTarget } from "../../frontend/training/measures.js";
import { events } from "./race_events.js";

const raceAfter = (count) => {
  const race = emptyRace("r");
  fold(race, events().slice(0, count));
  return race;
};

/** An entrant with one evaluation an epoch: validation losses, and a training loss a step that follows the function. */
function runOf(losses, training) {
  const race = raceAfter(2);
  const later = losses.flatMap((loss, at) => [
    { type: "steps", entrant: 0, step: [4 * at + 1, 4 * at + 2, 4 * at + 3, 4 * at + 4], loss: [0, 1, 2, 3].map((i) => training(4 * at + i)), seconds: at + 1, gradients: 4 * at + 4 },
    { type: "evaluation", entrant: 0, step: 4 * at + 4, epoch: at + 1, loss, accuracy: 0.5, seconds: at + 1, gradients: 4 * at + 4 },
  ]);
  fold(race, later.map((event, index) => ({ seq: 3 + index, ...event })));
  return race.runs[0];
}

test("the target is reached at the first validation at or above it, with what it took until then", () => {
  const { runs } = raceAfter(17);
  assert.equal(reached(runs[0], 0.4)?.step, 4);
  assert.equal(reached(runs[0], 0.41)?.step, 8);
  assert.equal(reached(runs[0], 0.9), null);
  const { seconds, gradients } = measure(runs[1], 0.62);
  assert.deepEqual([seconds, gradients], [0.4, 4]);
  assert.deepEqual([measure(runs[1], 0.7).seconds, measure(runs[1], null).gradients], [null, null]);
});

test("without a wish the target is the leader's accuracy, down to ten per cent, and none below chance", () => {
  assert.equal(usualTarget(raceAfter(17).runs), 0.6);
  assert.equal(usualTarget(raceAfter(7).runs), 0.4);
  assert.equal(usualTarget(raceAfter(2).runs), null);
  assert.equal(usualTarget([]), null);
});

test("an epoch's seconds: mean and the deviation of a sample", () => {
  const run = { ...raceAfter(2).runs[0], epochs: [1, 2, 3].map((seconds, at) => ({ epoch: at + 1, seconds })) };
  assert.deepEqual(epochSeconds(run), { mean: 2, deviation: 1 });
  assert.deepEqual(epochSeconds({ ...run, epochs: run.epochs.slice(0, 1) }), { mean: 1, deviation: null });
  assert.deepEqual(epochSeconds({ ...run, epochs: [] }), { mean: null, deviation: null });
});

test("overfitting: the lowest validation loss, once that has risen by a tenth while the training loss fell", () => {
  const falling = (step) => 2 / (1 + step);
  assert.equal(overfitting(runOf([2, 1, 1.05, 1.2], falling))?.epoch, 2);
  assert.equal(overfitting(runOf([2, 1, 1.05, 1.09], falling)), null);
  assert.equal(overfitting(runOf([2, 1, 1.2], falling)), null, "one evaluation behind the lowest may be chance");
  assert.equal(overfitting(runOf([2, 1, 1.2, 1.3], (step) => 1 + step)), null, "both rise: that is no overfitting");
  const out = runOf([2, 1, 1.2, 1.3], falling);
  out.ending = { reason: "diverged", step: 16, sentence: "", lastLoss: 1 };
  assert.equal(overfitting(out), null);
});

test("the test images' accuracy is that of the weights best in validation, where they were looked at", () => {
  const race = raceAfter(2);
  const weights = (step, test_accuracy) => ({ step, epoch: step / 4, test_loss: 1, test_accuracy });
  fold(race, [{ seq: 3, type: "tested", entrant: 0, images: 100, best: weights(4, 0.48), last: weights(8, 0.41) }]);
  assert.equal(measure(race.runs[0], null).test, 0.48);
  assert.equal(measure(race.runs[1], null).test, null);
});

test("sorting: those without a value stand last either way, equals keep their order", () => {
  const rows = [3, null, 1, 3].map((seconds, entrant) => ({ entrant, seconds }));
  assert.deepEqual(ordered(rows, "seconds", false).map((row) => row.entrant), [2, 0, 3, 1]);
  assert.deepEqual(ordered(rows, "seconds", true).map((row) => row.entrant), [0, 3, 2, 1]);
});

test("the target stands in the link in per cent", () => {
  const read = (text) => readView(new URLSearchParams(text));
  assert.equal(read("target=57.5").target, 0.575);
  for (const bad of ["", "0", "-3", "101", "x"]) assert.equal(read(`target=${bad}`).target, null);
  assert.equal(writeView("r", read("target=57.5")).get("target"), "57.5");
  assert.equal(writeView("r", read("")).has("target"), false);
});
