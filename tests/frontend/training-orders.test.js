import assert from "node:assert/strict";
import { test } from "node:test";

import { stacked } from "../../frontend/footnotes.js";
import { trainingCurves, validationLossCurves } from "../../frontend/training/curves.js";
import { emptyRace, fold } from "../../frontend/training/fold.js";
import { entrantLabels } from "../../frontend/training/labels.js";
import { acknowledged, askable, beginnings, forkWords, settable } from "../../frontend/training/orders.js";
import { measure, reached } from "../../frontend/training/measures.js";
import { progress } from "../../frontend/training/progress.js";
import { firstPast } from "../../frontend/training/ranking.js";
import { raceAt } from "../../frontend/training/replay.js";
import { deeds, rules, rulesWithin } from "../../frontend/training/rules.js";
import { best, repeatable, valueNow } from "../../frontend/training/run.js";
import { stopping } from "../../frontend/training/stopping.js";
import { events, LABELS } from "./race_events.js";

const KNOWN = [
  { name: "momentum", title: "Momentum", short: "Mom.", primary: "lr", changeable: ["lr", "momentum"], training: { lr: 0.01 }, training_parameters: [{ name: "lr" }, { name: "momentum" }] },
  { name: "adam", title: "Adam", short: "Adam", primary: "lr", changeable: ["lr"], training: { lr: 0.001 }, training_parameters: [{ name: "lr" }] },
  { name: "lbfgs", title: "L-BFGS", short: "L-BFGS", primary: "lr", changeable: ["history"], training: { lr: 1 }, training_parameters: [{ name: "form" }, { name: "history" }] },
];
const PENS = [...LABELS, "fork"].map((label) => ({ label, colour: "#000", dash: [], shown: true }));
const FORK = {
  type: "forked", entrant: 3, parent: 0, step: 4, seconds: 0.4, gradients: 4, kept: true, name: "momentum", title: "Momentum",
  hyperparameters: { lr: 0.1, momentum: 0.9 }, optimizer: { name: "momentum", lr: 0.1, momentum: 0.9 },
};

/** The small race up to the first epoch, and then these events. */
function raceWith(...later) {
  const race = emptyRace("r");
  fold(race, events().slice(0, 10));
  fold(race, later.map((event, index) => ({ seq: 11 + index, ...event })));
  return race;
}
const forked = () => raceWith(
  { type: "checkpoint", entrant: 0, step: 4 }, FORK, { type: "checkpoint", entrant: 3, step: 4 },
  { type: "evaluation", entrant: 3, step: 4, epoch: 1, loss: 1.9, accuracy: 0.4, seconds: 0.4, gradients: 4 },
  { type: "steps", entrant: 3, step: [5, 6], loss: [1.7, 1.5], seconds: 0.6, gradients: 6 },
);

test("a change keeps its exact step and what the entrant had cost by then", () => {
  const race = raceWith({ type: "changed", entrant: 1, step: 4, hyperparameter: "lr", before: 0.001, value: 0.01 });
  assert.deepEqual(race.runs[1].changes, [{ step: 4, seconds: 0.4, gradients: 4, hyperparameter: "lr", before: 0.001, value: 0.01 }]);
  assert.equal(valueNow(race.runs[1], "lr"), 0.01);
  assert.equal(valueNow(race.runs[0], "momentum"), 0.9);
});

test("a fork goes on from its parent: costs, smoothing, and what belongs to the parent is not its own", () => {
  const race = forked();
  const [momentum, , , fork] = race.runs;
  assert.deepEqual(race.entrants[3], FORK.optimizer);
  assert.deepEqual(fork.seconds.map((s) => Number(s.toFixed(3))), [0.5, 0.6]);
  const weight = Math.exp(-1 / momentum.window);
  const mass = 1 - weight ** 4;
  const expected = (weight * mass * momentum.smoothed[3] + (1 - weight) * 1.7) / (weight * mass + 1 - weight);
  assert.ok(Math.abs(fork.smoothed[0] - expected) < 1e-12);
  assert.equal(best(fork), null, "the evaluation it begins with is its parent's");
  assert.equal(stopping(fork, 1).at, null);
  assert.deepEqual(fork.checkpoints, [4]);
});

test("a fork's lines begin on its parent's, also where the parent had no evaluation there", () => {
  const race = forked();
  const line = ({ series }, key) => series.find((each) => each.key === key);
  const trained = trainingCurves(race, PENS, "time", [0.1, 10]);
  assert.deepEqual([line(trained, "3").x[0], line(trained, "3").y[0]], [0.4, race.runs[0].smoothed[3]]);
  assert.equal(line(trained, "3 raw").x.length, 2, "no raw loss is made up");
  const validated = validationLossCurves(race, PENS, "epoch", [0, 3]);
  assert.deepEqual(line(validated, "0").x, [1], "told once: the parent has its own at that step");
  race.runs[0].evaluations = [];
  assert.deepEqual(line(validationLossCurves(race, PENS, "epoch", [0, 3]), "0").y, [1.9]);
});

test("what the parent had reached by the fork, the fork has reached with it; it was not first for that", () => {
  const race = forked();
  fold(race, [{ seq: 16, type: "evaluation", entrant: 3, step: 8, epoch: 2, loss: 1.2, accuracy: 0.7, seconds: 0.8, gradients: 8 }]);
  const [momentum, , , fork] = race.runs;
  assert.equal(reached(fork, 0.35, race.runs), momentum.evaluations[0]);
  assert.equal(reached(fork, 0.65, race.runs)?.step, 8);
  assert.equal(measure(fork, 0.65, race.runs).seconds, 0.8);
  assert.deepEqual(firstPast(race.runs, 0.35).map(({ entrant }) => entrant), [0, 1]);
});

test("only the newest three checkpoints can be forked from, once each", () => {
  const race = raceWith(...[2, 4, 4, 6, 8].map((step) => ({ type: "checkpoint", entrant: 0, step })));
  assert.deepEqual(race.runs[0].checkpoints, [4, 6, 8]);
  assert.deepEqual(beginnings(race, race.runs[0]).map(({ at }) => at), ["now", 8, 6, 4]);
  fold(race, [{ seq: 16, type: "withdrawn", entrant: 0, step: 8, seconds: 1, gradients: 8 }]);
  assert.deepEqual(beginnings(race, race.runs[0]).map(({ at }) => at), [8, 6, 4]);
});

test("what may be asked: all of one that trains, a fork of one that has ended, nothing once the race is over", () => {
  const race = raceWith({ type: "checkpoint", entrant: 0, step: 4 }, { type: "withdrawn", entrant: 0, step: 4, seconds: 0.4, gradients: 4 });
  assert.deepEqual(askable(race, race.runs[1]), { stop: true, set: true, fork: true });
  assert.deepEqual(askable(race, race.runs[0]), { stop: false, set: false, fork: true });
  assert.deepEqual(askable(race, race.runs[2]), { stop: false, set: false, fork: false });
  race.state = "paused";
  assert.equal(askable(race, race.runs[1]).set, true);
  race.state = "finished";
  assert.deepEqual(askable(race, race.runs[1]), { stop: false, set: false, fork: false });
});

test("only what the rule can change is offered, with its value now", () => {
  const race = raceWith({ type: "changed", entrant: 0, step: 4, hyperparameter: "momentum", before: 0.9, value: 0.5 });
  assert.deepEqual(settable(KNOWN[0], race.runs[0]).map(({ parameter, value }) => [parameter.name, value]), [["lr", 0.01], ["momentum", 0.5]]);
  assert.deepEqual(settable(KNOWN[2], race.runs[2]).map(({ parameter }) => parameter.name), ["history"]);
});

test("what a fork takes along is said as the worker does it", () => {
  const { runs } = raceWith();
  assert.match(forkWords(runs[0], KNOWN[0], { lr: 0.5, momentum: 0 }), /all that the optimizer has gathered/);
  assert.match(forkWords(runs[0], KNOWN[1], { lr: 0.5 }), /takes the weights along; its optimizer begins anew/);
  assert.match(forkWords(runs[2], KNOWN[2], { lr: 0.5, history: 3 }), /with another lr its optimizer begins anew/);
  assert.match(forkWords(runs[2], KNOWN[2], { lr: 1, history: 3 }), /all that the optimizer has gathered/);
});

test("acknowledgements name entrant, value and step", () => {
  const said = (event) => acknowledged(event, LABELS, KNOWN);
  assert.equal(said({ type: "changed", entrant: 1, step: 1234, hyperparameter: "lr", before: 0.002, value: 0.01 }), "Adam’s lr is 0.01 from step 1,234; it was 0.002.");
  assert.equal(said({ type: "changed", entrant: 2, step: 1, hyperparameter: "c2", before: null, value: 0.9 }), "L-BFGS’s c2 is 0.9 from step 1.");
  assert.equal(said({ type: "withdrawn", entrant: 0, step: 7 }), "Momentum stopped at step 7.");
  assert.equal(said({ ...FORK, step: 1200 }), "Momentum with lr 0.1 goes on from step 1,200 of Momentum.");
});

test("marks stand at the exact step, whatever the axis is, and go with their curve", () => {
  const race = forked();
  fold(race, [
    { seq: 16, type: "changed", entrant: 3, step: 6, hyperparameter: "lr", before: 0.1, value: 0.2 },
    { seq: 17, type: "withdrawn", entrant: 1, step: 4, seconds: 0.4, gradients: 4 },
  ]);
  const titles = ["Momentum lr 0.01", "Adam", "L-BFGS", "Momentum lr 0.1, from step 4"];
  const done = deeds(race, titles, ["M 0.01", "Adam", "L-BFGS", "M 0.1"]);
  assert.deepEqual(done.map(({ words }) => words), ["Adam: stopped", "fork of M 0.01", "M 0.1: lr 0.2"]);
  assert.equal(done[1].sentence, "Momentum lr 0.1, from step 4 starts with the weights of Momentum lr 0.01 at step 4, with all that its optimizer had gathered.");
  const at = (against) => rules(done, PENS, against, race.stepsPerEpoch).map(({ x }) => x);
  assert.deepEqual(at("epoch"), [1, 1, 1.5]);
  assert.deepEqual(at("time"), [0.4, 0.4, 0.6]);
  assert.deepEqual(at("gradients"), [4, 4, 6]);
  const shown = rules(done, PENS.map((pen, index) => ({ ...pen, shown: index !== 3 })), "epoch", 4);
  assert.deepEqual(shown.map(({ text }) => text), ["Adam: stopped"]);
  assert.deepEqual(rulesWithin(rules(done, PENS, "epoch", 4), [1.2, 2]).length, 1);
});

test("in a replay a change, or a fork, is there once its second has come", () => {
  const race = forked();
  fold(race, [{ seq: 16, type: "changed", entrant: 3, step: 6, hyperparameter: "lr", before: 0.1, value: 0.2 }, { seq: 17, type: "finished" }]);
  assert.deepEqual(raceAt(race, 0.45).runs[3].changes, []);
  assert.equal(raceAt(race, 0.45).runs[3].at.step, 4);
  assert.equal(raceAt(race, 0.6).runs[3].changes.length, 1);
  assert.equal(raceAt(race, 0.2).runs[3].at.step, 0);
  assert.equal(progress(raceAt(race, 0.35)).step, 1, "one that has not begun holds nobody back");
});

test("who was stopped does not hold the progress back", () => {
  const race = raceWith({ type: "withdrawn", entrant: 0, step: 4, seconds: 0.4, gradients: 4 });
  fold(race, [...events().slice(13, 16)].map((event, index) => ({ ...event, seq: 12 + index })));
  assert.equal(progress(race).share, 1);
});

test("forks are told apart by their value, and by their step", () => {
  const labels = (form, entrants, from) => entrantLabels(entrants, KNOWN, form, from);
  const adams = [{ name: "adam", lr: 0.002 }, { name: "adam", lr: 0.01 }];
  assert.deepEqual(labels("title", adams, [null, 1200]), ["Adam lr 0.002", "Adam lr 0.01, from step 1,200"]);
  assert.deepEqual(labels("short", adams, [null, 1200]), ["Adam 0.002", "Adam 0.01"]);
  const twins = [{ name: "adam", lr: 0.002 }, { name: "adam", lr: 0.002 }];
  assert.deepEqual(labels("short", twins, [null, 1200]), ["Adam", "Adam, from 1,200"]);
  assert.deepEqual(labels("title", [{ name: "momentum" }, { name: "adam" }], [null, 7]), ["Momentum", "Adam, from step 7"]);
  const three = [...twins, twins[0]];
  assert.deepEqual(labels("title", three, [null, 5, 5]), ["Adam", "Adam, from step 5", "Adam, from step 5 (2)"]);
  assert.equal(new Set(labels("short", three, [null, 5, 5])).size, 3);
});

test("a script is offered where the whole way, the parents' included, is torch's own", () => {
  const { runs } = forked();
  const offered = (own) => repeatable(runs, (name) => own.includes(name)).map(({ entrant }) => entrant);
  assert.deepEqual(offered(["momentum", "adam"]), [0, 1, 3]);
  runs[3] = { ...runs[3], name: "adam" };
  assert.deepEqual(offered(["adam"]), [1]);
});

test("words at the foot of verticals do not touch, nor leave the box", () => {
  const box = { left: 40, right: 400, top: 10, bottom: 200 };
  const spots = stacked([{ x: 100, width: 60 }, { x: 110, width: 60 }, { x: 390, width: 60 }, { x: 60, width: 500 }], box);
  assert.equal(spots[0].left, 104);
  assert.ok(spots[0].y - spots[1].y >= 16);
  assert.equal(spots[2].left, 390 - 4 - 60);
  assert.equal(spots[3], null);
  const [moved] = stacked([{ x: 100, width: 60 }], box, [{ left: 90, top: 182, width: 80, height: 16 }]);
  assert.ok(moved.y <= 190 - 16);
});
