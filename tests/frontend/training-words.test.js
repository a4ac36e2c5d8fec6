import assert from "node:assert/strict";
import { test } from "node:test";

import { emptyRace, fold } from "../../frontend/training/fold.js";
import { entrantLabels } from "../../frontend/training/labels.js";
import { createPace, progress, progressWords } from "../../frontend/training/progress.js";
import { firstPast, rank } from "../../frontend/training/ranking.js";
import { plain, raceSentence } from "../../frontend/training/sentence.js";
import { events, LABELS } from "./race_events.js";

const raceAfter = (count) => {
  const race = emptyRace("r");
  fold(race, events().slice(0, count));
  return race;
};
const said = (race, labels = LABELS) => plain(raceSentence(race, labels)).replaceAll("\u2009", " ");

test("rank: best accuracy first, those without one next, the diverged last", () => {
  assert.deepEqual(rank(raceAfter(6).runs).map((run) => run.entrant), [0, 1, 2]);
  assert.deepEqual(rank(raceAfter(10).runs).map((run) => run.entrant), [1, 0, 2]);
  assert.deepEqual(rank(raceAfter(17).runs).map((run) => run.entrant), [0, 1, 2]);
});

test("rank: a diverged entrant is last, whatever it had reached", () => {
  const race = raceAfter(10);
  fold(race, [{ seq: 11, type: "diverged", entrant: 1, step: 5, reason: "Loss is not finite at step 5.", last_loss: 1 }]);
  assert.deepEqual(rank(race.runs).map((run) => run.entrant), [0, 1, 2]);
});

test("who was first past an accuracy, and ties", () => {
  const { runs } = raceAfter(17);
  assert.deepEqual(firstPast(runs, 0.6).map((run) => run.entrant), [1]);
  assert.deepEqual(firstPast(runs, 0.3).map((run) => run.entrant), [0, 1]);
  assert.deepEqual(firstPast(runs, 0.9), []);
});

test("the sentence follows the race", () => {
  assert.equal(said(raceAfter(1)), "");
  assert.equal(said(raceAfter(2)), "Three optimizers start from the same weights.");
  assert.equal(said(raceAfter(6)), "Three optimizers start from the same weights. L-BFGS diverged at step 3.");
  assert.equal(said(raceAfter(10)), "Adam leads with 62.0 %. It was first past 60 %. L-BFGS diverged at step 3.");
  assert.equal(said(raceAfter(16)), "Momentum leads with 65.6 %. Adam was first past 60 %. L-BFGS diverged at step 3.");
  assert.equal(said(raceAfter(17)), "Momentum is best with 65.6 %. Adam was first past 60 %. L-BFGS diverged at step 3.");
});

test("the sentence fits one line: the lesser remarks go first", () => {
  const long = ["Momentum lr 0.0123", "Adam lr 0.00123, beta1 0.95, beta2 0.9995", "L-BFGS lr 1, history 10"];
  assert.equal(said(raceAfter(17), long), "Momentum lr 0.0123 is best with 65.6 %. L-BFGS lr 1, history 10 diverged at step 3.");
});

test("a validation loss that has risen since its lowest is overfitting", () => {
  const race = raceAfter(4);
  const evaluation = (epoch, loss) => ({ type: "evaluation", entrant: 1, step: 4 * epoch, epoch, loss, accuracy: 0.5, seconds: 1, gradients: 1 });
  fold(race, [1, 2, 3, 4].map((epoch) => ({ seq: 4 + epoch, ...evaluation(epoch, [1.5, 1.2, 1.3, 1.5][epoch - 1]) })));
  assert.match(said(race), /Adam has overfitted since epoch 2\.$/);
});

test("all diverged, one alone, failed", () => {
  const race = raceAfter(6);
  fold(race, [0, 1].map((entrant) => ({ seq: 7 + entrant, type: "diverged", entrant, step: 5, reason: "x", last_loss: 1 })));
  assert.equal(said(race), "Momentum diverged at step 5, Adam at step 5, L-BFGS at step 3.");
  assert.equal(progress(race).share, 1);
  fold(race, [{ seq: 9, type: "failed", message: "The worker ended with code 9." }]);
  assert.equal(said(race), "The race failed. The worker ended with code 9.");
});

test("progress counts what every entrant still in the race has done", () => {
  assert.deepEqual(progress(raceAfter(1)), { share: 0, epoch: 0, step: 0 });
  assert.deepEqual(progress(raceAfter(10)), { share: 0.5, epoch: 1, step: 4 });
  assert.equal(progress(raceAfter(17)).share, 1);
  const { strong, rest, left } = progressWords(raceAfter(10), 540);
  assert.deepEqual([strong, rest, left], ["epoch 2", " of 2 · step 4 of 8", "about 9 min left"]);
  assert.equal(progressWords(raceAfter(17), 1).left, "finished");
});

test("pace: measured between what was seen, silent before it is known, begun anew after a pause", () => {
  const pace = createPace();
  assert.equal(pace.left(), null);
  pace.see(0.2, 100);
  pace.see(0.25, 101);
  assert.equal(pace.left(), null);
  pace.see(0.4, 104);
  assert.ok(Math.abs(pace.left() - 12) < 1e-9);
  pace.restart();
  assert.equal(pace.left(), null);
});

const OPTIMIZERS = [
  { name: "adam", title: "Adam", short: "Adam", training: { lr: 0.002, beta1: 0.9 } },
  { name: "gradient_descent", title: "Gradient descent", short: "GD", training: { lr: 0.05 } },
];

test("labels: short names; twins are told apart by the value that differs", () => {
  const label = (entrants) => entrantLabels(entrants, OPTIMIZERS, "short");
  assert.deepEqual(label([{ name: "adam" }, { name: "gradient_descent" }]), ["Adam", "GD"]);
  assert.deepEqual(label([{ name: "adam" }, { name: "adam", lr: 0.01 }]), ["Adam 0.002", "Adam 0.01"]);
  assert.deepEqual(entrantLabels([{ name: "adam" }, { name: "adam", lr: 0.01 }], OPTIMIZERS, "title"), ["Adam lr 0.002", "Adam lr 0.01"]);
  assert.deepEqual(label([{ name: "adam" }, { name: "adam", lr: 0.01 }, { name: "adam", beta1: 0.8 }]), ["Adam lr 0.002, beta1 0.9", "Adam lr 0.01, beta1 0.9", "Adam lr 0.002, beta1 0.8"]);
  assert.deepEqual(label([{ name: "adam", lr: 0.002 }, { name: "adam" }]), ["Adam", "Adam (2)"]);
  const cosine = { name: "adam", lr: 0.002, schedule: { name: "cosine", final: 0.01 } };
  assert.deepEqual(label([{ name: "adam", lr: 0.002 }, cosine]), ["Adam constant", "Adam cosine"]);
  assert.deepEqual(entrantLabels([cosine, { name: "adam", lr: 0.01 }, { name: "adam", lr: 0.01, schedule: { name: "step" } }], OPTIMIZERS, "title")[0], "Adam cosine");
  assert.deepEqual(entrantLabels([cosine, { ...cosine }], OPTIMIZERS, "title"), ["Adam", "Adam (2)"]);
  assert.deepEqual(entrantLabels([{ name: "unheard" }], OPTIMIZERS, "title"), ["unheard"]);
});
