import assert from "node:assert/strict";
import { test } from "node:test";
import { drawing, range, settle } from "../../frontend/descent/curves.js";
import { gridQuestion, groundKey, question } from "../../frontend/descent/question.js";
import { HESSIAN, abscissa, across } from "../../frontend/descent/effort.js";
import { createTrail } from "../../frontend/descent/trail.js";
import { defaults } from "../../frontend/descent/state.js";
import { fit, fromPixel, toPixel, zoomed } from "../../frontend/frame.js";
import { nested, project, trace } from "../../frontend/path.js";
import { createGround, placeLabel } from "../../frontend/place.js";
import { COLUMNS } from "../../frontend/wire.js";
import { CATALOGUE } from "./catalogue.js";
import { generator } from "./generate.js";

function trajectory(points, more = {}) {
  const data = new Float32Array(points.length * COLUMNS);
  points.forEach(([x, y, value = 1, gradient = 1], row) => data.set([x, y, value, gradient, 0, row, 0], row * COLUMNS));
  return { data, rows: points.length, stride: 1, lastStep: points.length - 1, ending: { reason: "step_budget", step: points.length - 1, message: "" }, stability: null, ...more };
}
const FRAME = { box: [[-1, 1], [-1, 1]], width: 200, height: 200, square: true };
function drawn(path, lastRow) {
  const log = [];
  trace({ moveTo: (x, y) => log.push(["M", x, y]), lineTo: (x, y) => log.push(["L", x, y]) }, path, lastRow);
  return log;
}

test("a frame holds the whole view, to the same scale both ways, around the same centre", () => {
  const random = generator(1);
  for (let n = 0; n < 500; n += 1) {
    const x = [random.between(-9, 0), random.between(0.5, 9)];
    const y = [random.between(-9, 0), random.between(0.5, 9)];
    const [width, height] = [random.between(100, 1200), random.between(100, 700)];
    const { box, square } = fit([x, y], width, height);
    if (!square) continue;
    assert.ok(box[0][0] <= x[0] + 1e-9 && box[0][1] >= x[1] - 1e-9 && box[1][0] <= y[0] + 1e-9 && box[1][1] >= y[1] - 1e-9);
    assert.ok(Math.abs((box[0][1] - box[0][0]) / width / ((box[1][1] - box[1][0]) / height) - 1) < 1e-9);
    const [px, py] = toPixel({ box, width, height, square }, x[0], y[0]);
    const back = fromPixel({ box, width, height, square }, px, py);
    assert.ok(Math.abs(back[0] - x[0]) <= (box[0][1] - box[0][0]) / width && Math.abs(back[1] - y[0]) <= (box[1][1] - box[1][0]) / height);
  }
});

test("a domain of extreme shape keeps its own box and says so", () => assert.equal(fit([[0, 100], [0, 0.1]], 800, 400).square, false));

test("zooming leaves the point under the pointer where it is", () => {
  const box = zoomed([[-2, 2], [-1, 1]], [1, 0.5], 0.25);
  assert.deepEqual(box, [[0.25, 1.25], [0.125, 0.625]]);
});

test("points that fall on one another are left out; the last stays", () => {
  const path = project(trajectory(Array.from({ length: 1000 }, (_, i) => [i * 1e-6, 0])), FRAME);
  assert.equal(path.length, 2);
  assert.equal(path.row[1], 999);
});

test("what is left out of a line cannot be seen: no point lies farther than the corridor from what is drawn", () => {
  const random = generator(9);
  for (let n = 0; n < 200; n += 1) {
    const curve = Array.from({ length: 400 }, (_, i) => [0.9 * Math.cos(i / random.between(20, 300)), 0.9 * Math.sin(i / 37) * Math.exp(-i / 200)]);
    const { xy, length } = project(trajectory(curve), FRAME);
    assert.ok(length <= 400);
    for (const [x, y] of curve) {
      const [px, py] = toPixel(FRAME, x, y);
      let least = Infinity;
      for (let k = 1; k < length; k += 1) {
        const [ax, ay, bx, by] = [xy[2 * k - 2], xy[2 * k - 1], xy[2 * k], xy[2 * k + 1]];
        const share = Math.min(1, Math.max(0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2 || 1)));
        least = Math.min(least, Math.hypot(px - ax - share * (bx - ax), py - ay - share * (by - ay)));
      }
      assert.ok(least < 0.75, String(least));
    }
  }
});

test("a smooth way of a thousand steps needs few points", () => {
  const path = project(trajectory(Array.from({ length: 1000 }, (_, i) => [Math.cos(i / 700), Math.sin(i / 700)])), FRAME);
  assert.ok(path.length < 60 && path.row[path.length - 1] === 999, String(path.length));
});

test("a line that leaves the picture is cut on its own straight way, and one that is broken stays broken", () => {
  const far = project(trajectory([[0, 0], [1e30, 1e30], [-1e30, 1e30], [0.5, 0]]), FRAME);
  const strokes = drawn(far);
  assert.deepEqual(strokes.map(([kind]) => kind), ["M", "L", "M"]);
  assert.ok(strokes.every(([, x, y]) => Math.abs(x) < 1e4 && Math.abs(y) < 1e4));
  assert.ok(Math.abs((strokes[1][1] - 100) + (strokes[1][2] - 100)) < 1e-2, "still along the diagonal");
  assert.equal(drawn(project(trajectory([[0, 0], [0.5, 0], [NaN, NaN], [0.2, 0.2]]), FRAME)).length, 2);
});

test("the way up to the playhead is a beginning of the whole way", () => {
  const path = project(trajectory([[0, 0], [0.1, 0], [0.2, 0], [0.3, 0.1]]), FRAME);
  assert.deepEqual(drawn(path, 2), drawn(path).slice(0, drawn(path, 2).length));
});

test("paths on one another have falling widths", () => {
  assert.deepEqual(nested(1), [2.6]);
  for (let count = 2; count <= 16; count += 1) {
    const widths = nested(count);
    assert.ok(widths.every((width, i) => i === 0 || width < widths[i - 1]));
    assert.deepEqual([widths[0], widths.at(-1)], [4.6, 1.9]);
  }
});

test("a label finds free ground, keeps its place while that is free, and is left out where none is", () => {
  const ground = createGround(400, 200);
  const first = placeLabel(ground, { x: 200, y: 100 }, { width: 60, height: 16 }, 18);
  assert.ok(first.left + 60 < 0, "to the left of its point first");
  ground.takeRectangle({ left: 100, top: 80, width: 90, height: 40 });
  const second = placeLabel(ground, { x: 200, y: 100 }, { width: 60, height: 16 }, 18, first);
  assert.ok(second.left > 0);
  assert.deepEqual(placeLabel(ground, { x: 200, y: 100 }, { width: 60, height: 16 }, 18, second), second);
  ground.takeRectangle({ left: 0, top: 0, width: 400, height: 200 });
  assert.equal(placeLabel(ground, { x: 200, y: 100 }, { width: 60, height: 16 }, 18), null);
  const corner = placeLabel(createGround(400, 200), { x: 5, y: 5 }, { width: 60, height: 16 }, 18);
  assert.ok(5 + corner.left >= 4 && 5 + corner.top >= 4, "inside the picture");
});

test("the axis goes down to where the middle run ends; the one below is named with its value", () => {
  const runs = [[[0, 0, 24], [0, 0, 1e-1]], [[0, 0, 24], [0, 0, 1e-6]], [[0, 0, 24], [0, 0, 1e-11]]].map((points) => trajectory(points));
  const kind = { curve: "loss", minimum: 0 };
  const held = range(runs, kind);
  assert.ok(Math.abs(Math.log10(held[0]) + 6) < 1e-6 && Math.abs(held[1] - 100) < 1e-6);
  const { series, marks } = drawing(runs.map((one, i) => ({ key: String(i), label: `R${i}`, colour: "", dash: [], trajectory: one })), kind, held, { over: "steps", end: 100 }, String);
  assert.deepEqual(marks.map(({ sign, text }) => [sign, text.startsWith("R2 ends at 9.99") || text.startsWith("R2 ends at 1")]), [["below", true]]);
  assert.deepEqual(series.map(({ label }) => label), ["R0", "R1", ""]);
});

test("an exact zero on a logarithmic axis lies below the picture, it does not vanish", () => {
  const { series } = drawing([{ key: "0", label: "R", colour: "", dash: [], trajectory: trajectory([[0, 0, 1], [0, 0, 0]]) }], { curve: "loss", minimum: 0 }, [1e-4, 10], { over: "steps", end: 1 }, String);
  assert.ok(series[0].y[1] > 0 && series[0].y[1] < 1e-4);
});

test("a line without a single number has no name and no sign; one that ends below the axis at its edge keeps its value", () => {
  const across = { over: "steps", end: 2 };
  const line = (points) => ({ key: "1", label: "CG", colour: "#000", dash: [], trajectory: trajectory(points) });
  const [bare, low] = [[[0, 0, 1, NaN], [0, 0, 1, NaN]], [[0, 0, 1, 1], [0, 0, 1, 1e-9], [0, 0, 1, 1e-9]]]
    .map((points) => drawing([line(points)], { curve: "gradient", minimum: 0 }, [1e-3, 1], across, String));
  assert.deepEqual([bare.marks, bare.series[0].label, bare.series[0].end], [[], "", "none"]);
  assert.deepEqual(low.marks.map(({ sign, text }) => [sign, text.slice(0, 10)]), [["below", "CG ends at"]]);
});

test("a run that explodes does not stretch the axis", () => {
  const wild = trajectory([[0, 0, 24], [0, 0, 1e20]], { ending: { reason: "diverged", step: 1, message: "" } });
  assert.ok(range([wild], { curve: "loss", minimum: 0 })[1] <= 1e4);
  const downhill = trajectory([[0, 0, 3], [0, 0, -9], [0, 0, -1e30]], { ending: { reason: "left_view", step: 2, message: "" } });
  assert.ok(range([downhill], { curve: "loss", minimum: null })[0] > -20);
});

test("axes widen at once and narrow only when most of the picture is empty", () => {
  assert.deepEqual(settle([1e-4, 100], [1e-6, 100], true), [1e-6, 100]);
  assert.deepEqual(settle([1e-4, 100], [1e-3, 10], true), [1e-4, 100]);
  assert.deepEqual(settle([1e-12, 100], [1e-2, 100], true), [1e-2, 100]);
});

test("the question: named or typed, only those that are on, and never without a runner", () => {
  const settings = defaults(CATALOGUE);
  assert.deepEqual(question(settings).surface, { name: "rosenbrock", parameters: { a: 1, b: 100 } });
  settings.entries[0].on = false;
  assert.deepEqual(question(settings).optimizers.map(({ name }) => name), ["adam"]);
  settings.entries = [];
  assert.equal(question(settings).optimizers.length, 1);
  assert.equal(question(settings).steps, 1);
  assert.deepEqual(question({ ...settings, surface: null, formula: "x", parameters: { k: 2 } }).surface, { formula: "x", parameters: { k: 2 } });
});

test("the ground is asked for again when surface, parameters or view change, and only then", () => {
  const settings = defaults(CATALOGUE);
  const key = groundKey(settings, FRAME);
  assert.equal(groundKey({ ...settings, start: [0, 0], steps: 7, entries: [] }, FRAME), key);
  for (const other of [{ surface: "saddle" }, { parameters: { a: 1, b: 99 } }, { surface: null, formula: "x" }]) assert.notEqual(groundKey({ ...settings, ...other }, FRAME), key);
  assert.notEqual(groundKey(settings, { ...FRAME, box: [[-1, 1], [-1, 2]] }), key);
  const { columns, rows } = gridQuestion({ ...FRAME, width: 2400, height: 400 });
  assert.ok(columns <= 321 && rows >= 2);
});

test("a gesture is one step of Back: pushed at its first change, replaced until it ends", () => {
  let time = 0;
  const writes = [];
  const timers = [];
  const trail = createTrail({ write: (push) => writes.push(push), now: () => time, later: (run, wait) => timers.push({ run, at: time + wait }) });
  for (; time < 2000; time += 10) {
    trail.note("lr", false);
    for (const timer of timers.splice(0)) timer.at <= time ? timer.run() : timers.push(timer);
  }
  trail.note("lr", true);
  assert.equal(writes.filter(Boolean).length, 1);
  assert.equal(writes[0], true);
  assert.ok(writes.length <= 8, "replaced seldom");
  time += 5000;
  trail.note("lr", false);
  assert.equal(writes.filter(Boolean).length, 2, "a later gesture on the same control is a new step");
  trail.note("lr", true);
  trail.note("start", true);
  trail.note("start", true);
  assert.equal(writes.filter(Boolean).length, 3, "keys pressed in a row are one step");
});

test("over evaluations a line ends at what it has spent, a Hessian counting two, and the axis holds the dearest", () => {
  const newton = trajectory([[0, 0, 9], [0, 0, 1e-3]]);
  newton.data.set([0, 1, 1], COLUMNS + 4);
  const search = trajectory([[0, 0, 9], [0, 0, 4], [0, 0, 1]]);
  search.data.set([7, 2, 0], 2 * COLUMNS + 4);
  assert.equal(HESSIAN, 2);
  assert.deepEqual([newton, search].map((one) => abscissa(one, "evaluations", one.rows - 1)), [3, 9]);
  assert.deepEqual(across([newton, search], "evaluations", 2), { over: "evaluations", end: 9 });
  assert.deepEqual(across([newton, search], "steps", 2), { over: "steps", end: 2 });
  assert.equal(across([], "evaluations", 2).end, 1, "never an axis without length");
  const [line] = drawing([{ key: "0", label: "N", colour: "", dash: [], trajectory: newton }], { curve: "loss", minimum: 0 }, [1e-4, 10], { over: "evaluations", end: 9 }, String).series;
  assert.deepEqual([...line.x], [0, 3]);
});
