import assert from "node:assert/strict";
import { test } from "node:test";

import { landmarks } from "../../frontend/descent/landmarks.js";

const everywhere = () => true;
const texts = (/** @type {{text: string}[]} */ found) => found.map(({ text }) => text);

test("minima of one height are all called minimum", () => {
  const found = landmarks({ minima: [[1, 0], [-1, 0]], minima_values: [0, 1e-14], saddles: [[0, 0]] }, everywhere);
  assert.deepEqual(texts(found), ["minimum", "minimum", "saddle"]);
});

test("a minimum that is not the lowest says so", () => {
  const found = landmarks({ minima: [[1, 0], [-1, 0]], minima_values: [0.3, 0], saddles: [] }, everywhere);
  assert.deepEqual(texts(found), ["local minimum", "minimum"]);
});

test("among many points only the lowest are named", () => {
  const minima = /** @type {[number, number][]} */ (Array.from({ length: 12 }, (_, i) => [i, 0]));
  const found = landmarks({ minima, minima_values: minima.map(([x]) => (x === 4 ? -1 : x)), saddles: [[0, 1]] }, everywhere);
  assert.deepEqual(found.map(({ at }) => at), [[4, 0]]);
});

test("points outside the picture are not named, and do not count as many", () => {
  const minima = /** @type {[number, number][]} */ (Array.from({ length: 12 }, (_, i) => [i, 0]));
  const found = landmarks({ minima, minima_values: minima.map(([x]) => x), saddles: [] }, ([x]) => x < 3);
  assert.deepEqual(texts(found), ["minimum", "local minimum", "local minimum"]);
});

test("heights that are not known name every minimum", () => {
  assert.deepEqual(texts(landmarks({ minima: [[1, 0]], saddles: [] }, everywhere)), ["minimum"]);
});
