import assert from "node:assert/strict";
import { test } from "node:test";
import { cell, stopMarks, words } from "../../frontend/descent/stopping.js";
import { COLUMNS } from "../../frontend/wire.js";

/** Values of f, one evaluation of the gradient a step; every `stride`-th step is a row. */
function run(values, stops, stride = 1) {
  const data = new Float32Array(values.length * COLUMNS);
  values.forEach((value, row) => data.set([0, 0, value, 1, 0, 3 * row * stride, 0], row * COLUMNS));
  const lastStep = (values.length - 1) * stride;
  return { data, rows: values.length, stride, lastStep, stops, measure: null, ending: { reason: "step_budget", step: lastStep, message: "" }, final: { value: values.at(-1) } };
}
const RULES = ["absolute_improvement", "gradient_norm"];
const marks = (trajectory, range = [1e-4, 100], over = "steps") =>
  stopMarks([{ key: "0", label: "", colour: "red", dash: [], trajectory }], { curve: "loss", minimum: 0 }, range, over, RULES);

test("a stop stands on its line, with its rule's own sign, over steps and over evaluations", () => {
  const one = run([9, 4, 1], { absolute_improvement: { step: 2, value: 1 }, gradient_norm: { step: 1, value: 4 } });
  assert.deepEqual(marks(one).map(({ x, y, sign }) => [x, y, sign]), [[2, 1, "square"], [1, 4, "diamond"]]);
  assert.deepEqual(marks(one, [1e-4, 100], "evaluations").map(({ x }) => x), [6, 3]);
});

test("a stop past the run's end, off the axis, or never, has no sign on the curve", () => {
  assert.deepEqual(marks(run([9, 4], { gradient_norm: { step: 2, value: 1e-9 } })), []);
  assert.deepEqual(marks(run([9, 4], { gradient_norm: { step: 1, value: 4 } }), [5, 100]), []);
  assert.deepEqual(marks(run([9, 4], { gradient_norm: null })), []);
  assert.deepEqual(marks(run([9, 4], null)), []);
});

test("on a thinned line the sign keeps its own step", () => {
  const [mark] = marks(run([9, 4, 1], { gradient_norm: { step: 15, value: 3 } }, 10));
  assert.deepEqual([mark.x, mark.y], [15, 4]);
});

test("a cell says the step and the height above the minimum; past the end it says so", () => {
  const ended = run([9, 4], null);
  assert.deepEqual(cell({ step: 1, value: 4 }, ended, 1), { step: "1", height: "+3", late: "", words: "step 1, 3 above the minimum" });
  assert.equal(cell({ step: 1200, value: 4 }, ended, null).words, "step 1,200, f 4, past its end");
  assert.equal(cell(null, ended, 0).step, "—");
});

test("the sentence names the one with most still to gain", () => {
  const rules = [{ name: "absolute_improvement", title: "Absolute improvement" }, { name: "gradient_norm", title: "Gradient norm" }];
  const adam = run([9, 4, 1], { absolute_improvement: { step: 1, value: 4 }, gradient_norm: null });
  const momentum = run([9, 12, 0.5], { absolute_improvement: { step: 1, value: 12 }, gradient_norm: { step: 2, value: 0.5 } });
  const told = words([{ title: "Adam", trajectory: adam }, { title: "Momentum", trajectory: momentum }], rules);
  assert.equal(told, "Momentum would lose most: absolute improvement stops it at step 1 with f = 12, and left alone it comes down to 0.5.");
  assert.match(words([{ title: "Adam", trajectory: run([9, 4], { gradient_norm: { step: 1, value: 4 } }) }], rules), /^None/);
});
