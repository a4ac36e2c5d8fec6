import assert from "node:assert/strict";
import { test } from "node:test";
import { COLUMNS, decode, rowAt, stepOf } from "../../frontend/wire.js";

/** A message as the server writes it: length, header padded with spaces, floats. */
function message(header, floats) {
  let text = JSON.stringify(header);
  while ((4 + Buffer.byteLength(text)) % 4 !== 0) text += " ";
  const bytes = new Uint8Array(4 + Buffer.byteLength(text) + 4 * floats.length);
  new DataView(bytes.buffer).setUint32(0, Buffer.byteLength(text), true);
  bytes.set(Buffer.from(text), 4);
  bytes.set(new Uint8Array(Float32Array.from(floats).buffer), 4 + Buffer.byteLength(text));
  return bytes.buffer;
}

const HEADER = {
  sequence: 7, surface: { minimum: 0, minima: [[1, 1]], saddles: [], parameters: {} }, start: { value: 24, gradient: [1, 2], eigenvalues: [1, 2] }, seconds: 0.001,
  trajectories: [
    { optimizer: "adam", offset: 0, rows: 2, stride: 1, last_step: 1, ending: { reason: "step_budget", step: 1, message: "moving" }, stability: null, final: {} },
    { optimizer: "λ-é", offset: 14, rows: 1, stride: 1, last_step: 0, ending: { reason: "diverged", step: 0, message: "gone" }, stability: null, final: {} },
  ],
  grid: { offset: 21, rows: 2, columns: 2, x: [-1, 1], y: [-2, 2] },
};
const FLOATS = [...Array(21).keys(), 0.5, 1.5, NaN, 3.5];

test("a message decodes into views on its own numbers", () => {
  const reply = decode(message(HEADER, FLOATS));
  assert.equal(reply.sequence, 7);
  assert.deepEqual([...reply.trajectories[0].data], FLOATS.slice(0, 14));
  assert.deepEqual([...reply.trajectories[1].data], FLOATS.slice(14, 21));
  assert.equal(reply.trajectories[1].optimizer, "λ-é");
  assert.deepEqual([...reply.grid.values], [0.5, 1.5, NaN, 3.5]);
  assert.equal(reply.trajectories[0].data.buffer, reply.grid.values.buffer);
});

test("a message without a grid has none", () => {
  assert.equal(decode(message({ ...HEADER, grid: undefined }, FLOATS)).grid, null);
});

test("a message cut short is refused, wherever the cut falls", () => {
  const whole = message(HEADER, FLOATS);
  for (const length of [0, 3, 4, 40, whole.byteLength - 4]) assert.throws(() => decode(whole.slice(0, length)), RangeError);
});

test("rows and steps answer each other, thinned or not, and the last step is the last row", () => {
  for (const [stride, lastStep] of [[1, 0], [1, 5], [4, 17], [4, 16], [3, 1000]]) {
    const rows = Math.ceil(lastStep / stride) + 1;
    const trajectory = { rows, stride, lastStep, data: new Float32Array(rows * COLUMNS) };
    assert.equal(stepOf(trajectory, rows - 1), lastStep);
    assert.equal(rowAt(trajectory, lastStep), rows - 1);
    assert.equal(rowAt(trajectory, lastStep + 99), rows - 1);
    for (let row = 0; row < rows; row += 1) assert.equal(rowAt(trajectory, stepOf(trajectory, row)), row);
    for (let step = 0; step <= lastStep; step += 1) assert.ok(stepOf(trajectory, rowAt(trajectory, step)) <= step);
  }
});
