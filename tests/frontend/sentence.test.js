import assert from "node:assert/strict";
import { test } from "node:test";
import { outcome } from "../../frontend/descent/outcome.js";
import { compose, list, plain, reached } from "../../frontend/descent/sentence.js";
import { generator } from "./generate.js";

const run = (name, reason, step, more = {}) => ({ name, ending: { reason, step, message: "" }, ...more });
const say = (runs, budget) => plain(compose(runs, budget));

test("who arrived, in the order of arrival, and who did not", () => {
  assert.equal(
    say([run("Gradient descent", "step_budget", 1000), run("Momentum", "converged", 503), run("RMSprop", "step_budget", 1000), run("Adam", "converged", 595), run("L-BFGS", "converged", 37)]),
    "L-BFGS arrives after 37 steps, momentum after 503, Adam after 595. Gradient descent and RMSprop are still on the way.",
  );
});

test("one that diverged says by how much its rate passes the limit", () => {
  const stability = { limit: 0.0013, label: "2/λmax" };
  assert.equal(
    say([run("Gradient descent", "diverged", 4, { stability, rate: 0.007, rateName: "learning rate" })]),
    "Gradient descent diverges at step 4: its learning rate 0.007 is 5 times 2/λmax = 0.0013 at the start.",
  );
  assert.equal(say([run("Gradient descent", "diverged", 4, { stability, rate: 0.001 })]), "Gradient descent diverges at step 4.");
});

test("the other endings, alone and together", () => {
  assert.equal(say([run("Newton", "left_view", 2)]), "Newton leaves the view at step 2.");
  assert.equal(say([run("Adagrad", "stalled", 1422)]), "Adagrad stalls at step 1,422.");
  assert.equal(say([run("Adam", "step_budget", 100)]), "Adam is still on the way after 100 steps.");
  assert.equal(say([run("Adam", "step_budget", 100), run("BFGS", "step_budget", 100)]), "Both are still on the way after 100 steps.");
  assert.equal(say([run("Adam", "step_budget", 1), run("BFGS", "step_budget", 1), run("Lion", "step_budget", 1)]), "All 3 are still on the way after 1 step.");
  assert.equal(say([run("Adam", "converged", 1)]), "Adam arrives after 1 step.");
  assert.equal(say([run("Adam", "diverged", 3), run("BFGS", "diverged", 5)]), "Adam and BFGS diverge.");
  assert.equal(say([]), "Nothing is running down yet.");
});

test("what fits nowhere is counted, and nothing is cut off", () => {
  const runs = [run("Gradient descent 0.02", "converged", 31, { minimum: 0 }), run("Gradient descent 0.15", "step_budget", 300), run("Gradient descent 0.15 exponential", "converged", 27, { minimum: 1 })];
  const short = say(runs, 117);
  assert.ok(short.length <= 117 && !short.includes("minima"), short);
  assert.equal(say(runs, 40), "2 arrive, 1 is still on the way.");
});

test("a run has come to a minimum only where it ends near one", () => {
  const view = [[-5, 5], [-5, 5]];
  const minima = [[0, 0], [2, 2]];
  assert.equal(reached(minima, { x: 1.9, y: 2.1 }, view), 1);
  assert.equal(reached(minima, { x: 4, y: -4 }, view), null, "the plain is flat as well");
  assert.equal(reached([], { x: 0, y: 0 }, view), null);
  assert.equal(reached(minima, { x: null, y: 0 }, view), null);
});

test("different minima are worth a word", () => {
  assert.match(say([run("Adam", "converged", 9, { minimum: 0 }), run("BFGS", "converged", 7, { minimum: 2 })]), /They end in 2 different minima\.$/);
});

test("a thousand generated rooms: a tight budget shortens, and no sentence is malformed", () => {
  const random = generator(8);
  const names = ["Gradient descent", "Momentum", "Nesterov", "Adagrad", "RMSprop", "Adam", "Newton", "BFGS", "L-BFGS", "Barzilai–Borwein"];
  const reasons = ["converged", "diverged", "left_view", "stalled", "step_budget"];
  for (let n = 0; n < 1000; n += 1) {
    const runs = names.slice(0, random.whole(1, 10)).map((name) => run(name, random.pick(reasons), random.whole(1, 1000)));
    const full = say(runs, Infinity);
    const tight = say(runs, 60);
    for (const text of [full, tight]) {
      assert.match(text, /^[A-Z0-9].*\.$/);
      assert.doesNotMatch(text, /\. [a-z]|undefined|NaN| {2}|, and|, \./);
    }
    assert.ok(tight.length <= full.length);
    for (const { name } of runs) assert.ok(full.toLowerCase().includes(name.toLowerCase()) || /^(All|Both) /.test(full));
  }
});

test("lists", () => {
  assert.deepEqual([list([]), list(["A"]), list(["A", "B"]), list(["A", "B", "C"]), list(["A", "B", "C", "D"], 2), list(["A", "B"], 1)], ["", "A", "A and B", "A, B and C", "A and 3 others", "2 others"]);
});

test("outcomes as the rows say them", () => {
  const text = (reason, step) => outcome({ reason, step, message: "" });
  assert.deepEqual(text("converged", 503), { sign: "tick", text: "converged · 503 steps", bad: false });
  assert.deepEqual(text("diverged", 4), { sign: "cross", text: "diverged · step 4", bad: true });
  assert.deepEqual(text("left_view", 2), { sign: "arrow", text: "left the view · step 2", bad: false });
  assert.deepEqual(text("stalled", 422), { sign: "dash", text: "stalled · step 422", bad: false });
  assert.deepEqual(text("step_budget", 1000), { sign: "", text: "still moving · 1,000 steps", bad: false });
});
