import assert from "node:assert/strict";
import { test } from "node:test";

import { at, pictures, share, worst } from "../../frontend/training/looks.js";

test("the newest look by an epoch; the last one stays", () => {
  const looks = [{ epoch: 0 }, { epoch: 1 }, { epoch: 3 }];
  assert.equal(at(looks, 0), looks[0]);
  assert.equal(at(looks, 2), looks[1]);
  assert.equal(at(looks, 9), looks[2]);
  assert.equal(at([], 3), null);
});

test("bytes become pictures, colours in their places", () => {
  const bytes = Uint8Array.from({ length: 2 * 4 * 3 }, (_, i) => i);
  const [first, second] = pictures(Buffer.from(bytes).toString("base64"), 2);
  assert.deepEqual([...first], [0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255]);
  assert.deepEqual([...second.slice(0, 4)], [12, 13, 14, 255]);
});

test("the worst confusion is off the diagonal", () => {
  assert.deepEqual(worst([[90, 10], [3, 7]]), { truth: 0, named: 1, count: 10, of: 100 });
  assert.equal(worst([[5, 0], [0, 5]]), null);
});

test("a class without images has no share", () => {
  assert.equal(share([1, 3], 1), 0.75);
  assert.equal(share([0, 0], 1), 0);
});
