import assert from "node:assert/strict";
import { test } from "node:test";
import { advance, play, rate, scrubKey } from "../../frontend/player.js";

test("a whole descent takes ten seconds at 1x, and 2x halves it", () => {
  let head = { step: 0, playing: true, speed: 2 };
  let frames = 0;
  while (head.playing) {
    head = advance(head, 1 / 60, 1000);
    frames += 1;
  }
  assert.equal(head.step, 1000);
  assert.ok(Math.abs(frames / 60 - 5) < 0.1);
});

test("a short descent is slow enough to follow", () => assert.equal(rate(8, 1), 4));

test("a long frame does not leap, and what is paused does not move", () => {
  assert.ok(advance({ step: 0, playing: true, speed: 1 }, 60, 1000).step <= 11);
  const paused = { step: 5, playing: false, speed: 1 };
  assert.equal(advance(paused, 1, 1000), paused);
});

test("play begins anew at the end, and jumps to it where motion is unwelcome", () => {
  assert.deepEqual(play({ step: 1000, playing: false, speed: 1 }, 1000, false), { step: 0, playing: true, speed: 1 });
  assert.deepEqual(play({ step: 10, playing: false, speed: 1 }, 1000, false), { step: 10, playing: true, speed: 1 });
  assert.deepEqual(play({ step: 10, playing: false, speed: 1 }, 1000, true), { step: 1000, playing: false, speed: 1 });
});

test("keys", () => {
  assert.equal(scrubKey("ArrowRight", false, 5, 100), 6);
  assert.equal(scrubKey("ArrowLeft", true, 5, 100), 0);
  assert.equal(scrubKey("ArrowRight", true, 99, 100), 100);
  assert.equal(scrubKey("Home", false, 5, 100), 0);
  assert.equal(scrubKey("End", false, 5, 100), 100);
  assert.equal(scrubKey("a", false, 5, 100), null);
});
