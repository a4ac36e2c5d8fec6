import assert from "node:assert/strict";
import { test } from "node:test";

import { busyWords, startWords, waitingParts } from "../../frontend/training/waiting.js";

const CAPACITY = { device: "CPU", workers: 2, free: 0, waiting: 0, waiting_at_most: 2 };
const said = (parts) => parts.map(({ text }) => text).join("");

test("how many workers are busy; nothing while none is, or while they start", () => {
  assert.equal(busyWords(CAPACITY), "2 of 2 workers busy.");
  assert.equal(busyWords({ ...CAPACITY, workers: 1 }), "1 of 1 worker busy.");
  assert.equal(busyWords({ ...CAPACITY, free: 2 }), "");
  assert.equal(busyWords({ ...CAPACITY, device: null }), "");
  assert.equal(busyWords(null), "");
});

test("a race that waits names its place and whom it waits for, with a way there", () => {
  const ahead = [{ id: "a", number: 3, state: "running" }, { id: "b", number: 4, state: "queued" }];
  assert.equal(said(waitingParts("race 4", { place: 1, of: 1, ahead: ahead.slice(0, 1) })), "Race 4 is queued. It waits for race 3.");
  const parts = waitingParts("race 5", { place: 2, of: 2, ahead });
  assert.equal(said(parts), "Race 5 is number 2 of 2 in the queue. It waits for race 3 and race 4.");
  assert.deepEqual(parts.filter(({ id }) => id).map(({ id, text }) => [id, text]), [["a", "race 3"], ["b", "race 4"]]);
  ahead[0].state = "paused";
  assert.match(said(waitingParts("race 5", { place: 2, of: 2, ahead })), /race 3 \(paused: resume or stop it\) and race 4\.$/);
});

test("before the start: nothing on a free machine, else what would happen", () => {
  const running = [{ number: 7, state: "finished" }, { number: 6, state: "running" }];
  assert.equal(startWords(CAPACITY, []), "");
  assert.equal(startWords({ ...CAPACITY, free: 2 }, [running[0]]), "");
  assert.equal(startWords(CAPACITY, running), "Race 6 is running. 2 of 2 workers busy. The next one waits until it is over.");
  assert.match(startWords({ ...CAPACITY, waiting: 1 }, running), /until it is over, behind 1 more\.$/);
  assert.match(startWords({ ...CAPACITY, waiting: 2 }, running), /2 races wait already, and no more may: end one first\.$/);
});
