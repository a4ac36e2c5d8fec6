import assert from "node:assert/strict";
import { test } from "node:test";

import { emptyRace, fold } from "../../frontend/training/fold.js";
import { readView, writeView } from "../../frontend/training/link.js";
import { raceAt, replayEnd } from "../../frontend/training/replay.js";
import { best } from "../../frontend/training/run.js";
import { events } from "./race_events.js";

const raceAfter = (count) => {
  const race = emptyRace("r");
  fold(race, events().slice(0, count));
  return race;
};
const whole = () => raceAfter(17);

test("at its end a replay is the race itself", () => {
  const race = whole();
  assert.equal(replayEnd(race), 0.8);
  assert.deepEqual(raceAt(race, 0.8), race);
  assert.equal(raceAt(race, 0.8).runs[0], race.runs[0]);
});

test("at its beginning nobody has made a step", () => {
  const race = raceAt(whole(), 0);
  assert.deepEqual(race.runs.map((run) => [run.step.length, run.at.step, run.ending]), [[0, 0, null], [0, 0, null], [0, 0, null]]);
  assert.equal(race.state, "running");
});

test("in between, what had been told by the same second of each one's own clock", () => {
  const race = raceAt(whole(), 0.45);
  const [momentum, adam, lbfgs] = race.runs;
  assert.deepEqual(momentum.step, [1, 2, 3, 4]);
  assert.deepEqual([momentum.step.length, momentum.loss.length, momentum.smoothed.length, momentum.seconds.length, momentum.gradients.length], [4, 4, 4, 4, 4]);
  assert.equal(best(momentum)?.accuracy, 0.4);
  assert.deepEqual([adam.at.step, best(adam)?.accuracy], [4, 0.62]);
  assert.deepEqual([lbfgs.step, lbfgs.ending], [[1], null], "it diverged at 0.6 of its own seconds: not yet");
  assert.equal(raceAt(whole(), 0.6).runs[2].ending?.reason, "diverged");
});

test("an epoch counts once its last step was made", () => {
  assert.equal(raceAt(whole(), 0.39).runs[0].epochs.length, 0);
  assert.equal(raceAt(whole(), 0.4).runs[0].epochs.length, 1);
});

test("a cut never falls back, and leaves the race as it was", () => {
  const race = whole();
  const copy = structuredClone(race);
  let before = [0, 0, 0];
  for (let at = 0; at <= 0.8; at += 0.05) {
    const now = raceAt(race, at).runs.map((run) => run.step.length);
    now.forEach((count, entrant) => assert.ok(count >= before[entrant]));
    before = now;
  }
  assert.deepEqual(race, copy);
});

test("the replay's moment stands in the link", () => {
  const read = (text) => readView(new URLSearchParams(text));
  assert.equal(read("at=12.5").at, 12.5);
  assert.equal(read("at=0").at, 0);
  for (const bad of ["", "-1", "x"]) assert.equal(read(`at=${bad}`).at, null);
  assert.equal(read("").at, null);
  assert.equal(writeView("r", read("at=12.5")).get("at"), "12.5");
  assert.equal(writeView("r", read("")).has("at"), false);
});
