import assert from "node:assert/strict";
import { test } from "node:test";
import { bendOf, parabola } from "../../frontend/descent/profile-model.js";
import { bendWords, explainOnCurve } from "../../frontend/descent/profile-words.js";
import { gridQuestion } from "../../frontend/descent/question.js";
import { askedFrame, dots, heightAt, lifted, liftedPoints, profileFrame, traces } from "../../frontend/plots/profile.js";

const square = { values: Float32Array.from([4, 1, 0, 1, 4, 4, 1, 0, 1, 4]), rows: 2, columns: 5, x: [-2, 2], y: [-1, 1] };
const asked = askedFrame([[-2, 2], [-7, 7]], 400, 200);
const local = (slope, curvature, step) => ({ gradient: [slope, 0], hessian: [curvature, 0, curvature], step: step === null ? null : [step, 0] });
const told = (slope, curvature, step, more = {}) => explainOnCurve({ bend: bendOf(local(slope, curvature, step)), limit: null, family: "newton", rate: NaN, ending: null, ...more });

test("the server is asked for f over x alone, two rows of it", () => {
  assert.deepEqual(gridQuestion(asked), { columns: 401, rows: 2, view: [[-2, 2], [-1, 1]] });
  assert.equal(gridQuestion({ ...asked, width: 3000 }).columns, 512);
});

test("the frame is as high as the graph, with air; a level graph and one without values have a frame too", () => {
  const { box: [x, [low, high]] } = profileFrame(square, asked);
  assert.deepEqual(x, [-2, 2]);
  assert.equal(low < 0 && high > 4 && high - low < 6, true);
  assert.equal(profileFrame(square, asked, true).box[1][0] < low, true); // parabolas lie below the graph
  for (const values of [[3, 3, 3, 3, 3], [NaN, Infinity, NaN, -Infinity, NaN]]) {
    const [, side] = profileFrame({ ...square, values: Float32Array.from(values) }, asked).box;
    assert.equal(side[0] < side[1], true);
  }
  const [, hole] = profileFrame({ ...square, values: Float32Array.from([Infinity, 1, NaN, 2, 3]) }, asked).box;
  assert.equal(hole[0] < 1 && hole[1] > 3 && hole[1] < 4, true);
});

test("heights lie between the grid's points, and nowhere outside", () => {
  assert.deepEqual([-2, -1.5, 0, 2].map((x) => heightAt(square, x)), [4, 2.5, 0, 4]);
  assert.equal(Number.isNaN(heightAt(square, 2.01)) && Number.isNaN(heightAt(square, NaN)), true);
});

test("ways and points are lifted onto the graph, the originals untouched", () => {
  const data = Float32Array.from([1, 0, 1, 2, 0, 0, 0, -2, 0, 4, 4, 0, 1, 0]);
  const up = lifted({ data, rows: 2 });
  assert.deepEqual([up.data[1], up.data[8]], [1, 4]);
  assert.deepEqual([data[1], data[8]], [0, 0]);
  assert.deepEqual(liftedPoints([[3, 0], [1, 0]], [0.5, null]), [[3, 0.5]]);
});

test("a dot for every iterate before the head that is in the picture and can be told apart", () => {
  const rows = [[-2, 4], [-1.999, 3.99], [0, 0], [9, 81], [1, 1]].flatMap(([x, f]) => [x, f, f, 0, 0, 0, 0]);
  const frame = { ...asked, box: [[-2, 2], [0, 4]] };
  assert.deepEqual(dots({ data: Float32Array.from(rows) }, frame, 4, 4), [[0, 0], [200, 200]]);
  assert.equal(dots({ data: Float32Array.from(rows) }, frame, 5, 4).length, 3);
});

test("ground is filled below a graph without gaps", () => {
  const inks = { ground: "#eee", graph: "#333" };
  const [foot, graph] = traces(square, profileFrame(square, asked), inks);
  assert.deepEqual(graph.y, [4, 1, 0, 1, 4]);
  assert.equal(graph.fill, "tonexty");
  assert.equal(new Set(foot.y).size, 1);
  assert.equal(traces({ ...square, values: Float32Array.from([4, NaN, 0, 1, 4]) }, asked, inks)[1].fill, "none");
});

test("every step is the way to the flat point of one parabola: 1/lr, f″, or the slope of a chord", () => {
  const lr = 0.25;
  assert.equal(bendOf(local(2, 3, -lr * 2)).believed, 1 / lr);
  assert.equal(bendOf(local(2, 4, -0.5)).believed, 4);
  const { believed } = bendOf(local(-11.25, 3, 2));
  const [height, h] = [parabola(1.5, 10, -11.25, believed), 1e-4];
  assert.equal(Math.abs(height(3.5 + h) - height(3.5 - h)) < 1e-9, true);
  for (const one of [local(0, 3, 1), local(2, 3, 0), local(2, 3, null)]) assert.equal(bendOf(one).believed, null);
  assert.equal(bendOf(local(2, 0, 1)).newton, null);
});

test("the sentences say what the step does and claim no divergence", () => {
  assert.match(told(2, 4, -0.5), /Newton step: it leads to the lowest point/);
  assert.match(told(2, -4, 0.5), /Newton step: it leads to the highest point/);
  assert.match(told(2, 4, 0.1), /uphill/);
  assert.match(told(2, 4, -0.1), /downhill and is 0.2 times as long as the Newton step/);
  assert.match(told(2, 4, -0.8), /crosses the lowest point.*nearer/);
  assert.match(told(2, 4, -1.2), /^Overshoots/);
  assert.match(told(2, 4, -1.2, { family: "gradient", rate: 0.6, limit: { limit: 0.5, label: "2/f″" } }), /lr 0.6 is beyond the local limit 2\/f″ = 0.5/);
  assert.match(told(2, -4, -0.1), /bends down/);
  assert.match(told(2, 0, -0.1), /is straight/);
  assert.match(told(0, 4, -0.1), /slope is zero/);
  assert.match(told(2, 4, 0), /no step/);
  assert.match(told(NaN, 4, 1), /not a finite number/);
  assert.match(told(1e-5, 4, null, { ending: { reason: "converged", step: 3, message: "" } }), /arrived/);
  assert.deepEqual([1, -1, 0, NaN].map((curvature) => bendWords({ curvature })).map((words) => words.split(":")[0]), ["bends up", "bends down", "straight", ""]);
});
