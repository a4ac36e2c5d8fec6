import assert from "node:assert/strict";
import { test } from "node:test";

import { emptyRace, fold } from "../../frontend/training/fold.js";
import { validationLossCurves } from "../../frontend/training/curves.js";
import { readView, writeView } from "../../frontend/training/link.js";
import { stopping, stoppingSentence, stoppingWords } from "../../frontend/training/stopping.js";
import { events, LABELS } from "./race_events.js";

/** A race whose first entrant has these validation losses, one an epoch. */
function raceOf(losses) {
  const race = emptyRace("r");
  const first = events().slice(0, 2);
  const later = losses.map((loss, at) => ({
    seq: 3 + at, type: "evaluation", entrant: 0, step: 4 * at, epoch: at, loss, accuracy: 0.5, seconds: at, gradients: 4 * at,
  }));
  fold(race, [...first, ...later]);
  return race;
}
const stop = (losses, patience) => {
  const { best, left, at } = stopping(raceOf(losses).runs[0], patience);
  return [best?.epoch ?? null, left, at?.epoch ?? null];
};

test("it stops at the evaluation that is the last of its patience, and keeps the one before the waiting", () => {
  assert.deepEqual(stop([9, 3, 2, 2.5, 2.4, 1], 2), [2, 0, 4]);
  assert.deepEqual(stop([9, 3, 2, 2.5, 2.4, 1], 3), [5, 3, null]);
  assert.deepEqual(stop([9, 3, 2, 2.5], 3), [2, 2, null]);
  assert.deepEqual(stop([9, 3, 4], 1), [1, 0, 2]);
});

test("an equal loss is no new lowest, one that is not finite neither, and that before the first step is nobody's", () => {
  assert.deepEqual(stop([9, 3, 3, 3], 2), [1, 0, 3]);
  assert.deepEqual(stop([9, 3, null, 2], 2), [3, 2, null]);
  assert.deepEqual(stop([0.1, 3, 2], 1), [2, 1, null]);
  assert.deepEqual(stop([9], 1), [null, 1, null]);
});

test("a countdown while it runs, the outcome after it", () => {
  const { runs } = raceOf([9, 3, 2, 2.5]);
  assert.equal(stoppingWords(runs[0], 3, false), "patience: 2 of 3 left");
  assert.equal(stoppingWords(runs[0], 3, true), "would not stop before the end");
  assert.equal(stoppingWords(runs[0], 1, false), "would stop at epoch 3, back to epoch 2");
});

test("the sentence says the rule, who would be first, and what that spares", () => {
  const race = raceOf([9, 3, 2, 2.5, 2.6, 2.7]);
  const said = stoppingSentence(race.runs, LABELS, 2);
  assert.match(said, /after 2 evaluations in a row without a new lowest validation loss/);
  assert.match(said, /1 of 3 would have stopped, Momentum first, at epoch 4; that spares 20\u2009%/);
  assert.match(stoppingSentence(race.runs, LABELS, 9), /So far none would\.$/);
  assert.match(stoppingSentence(race.runs, LABELS, 1), /after 1 evaluation without/);
});

test("the curve: star where the weights come from, square at the stop, faint beyond, nothing lost between", () => {
  const race = raceOf([9, 3, 2, 2.5, 2.6, 2.7]);
  const pens = LABELS.map((label) => ({ label, colour: "#000", dash: [], shown: true }));
  const { series, marks } = validationLossCurves(race, pens, "epoch", [0, 10], 2);
  assert.deepEqual(marks.filter(({ sign }) => sign !== "above").map(({ sign, x, y }) => [sign, x, y]), [["star", 2, 2], ["stop", 4, 2.6]]);
  assert.deepEqual([series[0].x, series[1].x], [[0, 1, 2, 3, 4], [4, 5]]);
  assert.ok((series[1].opacity ?? 1) < (series[0].opacity ?? 1));
  const off = validationLossCurves(race, pens, "epoch", [0, 10]);
  assert.deepEqual(off.marks.map(({ sign }) => sign), ["ring"]);
});

test("the patience stands in the link; what is no whole number is off", () => {
  const read = (text) => readView(new URLSearchParams(text));
  assert.equal(read("patience=12").patience, 12);
  for (const bad of ["", "0", "-1", "1.5", "x", "99999"]) assert.equal(read(`patience=${bad}`).patience, null);
  assert.equal(writeView("r", read("patience=12")).get("patience"), "12");
  assert.equal(writeView("r", read("")).has("patience"), false);
});
