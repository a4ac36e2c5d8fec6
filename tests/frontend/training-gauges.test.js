import assert from "node:assert/strict";
import { test } from "node:test";

import { emptyRace, fold } from "../../frontend/training/fold.js";
import { gaugeRange, gaugeSeries, gaugesOf } from "../../frontend/training/gauges.js";
import { readView, writeView } from "../../frontend/training/link.js";
import { raceAt } from "../../frontend/training/replay.js";
import { events, LABELS } from "./race_events.js";

const PENS = LABELS.map((label) => ({ label, colour: "#000", dash: [6, 3], shown: true }));

/** @param {Record<number, Record<string, number | null>[]>} told  by entrant, one per epoch */
function raceWith(told) {
  const race = emptyRace("r");
  const later = Object.entries(told).flatMap(([entrant, list]) => list.map((gauges, at) => ({
    type: "evaluation", entrant: Number(entrant), step: 4 * at, epoch: at, loss: 1, accuracy: 0.5, seconds: at / 2, gradients: 8 * at, gauges,
  })));
  fold(race, [...events().slice(0, 2), ...later.map((event, index) => ({ seq: 3 + index, ...event }))]);
  return race;
}

test("only gauges that somebody has told a number of, in a fixed order; an unknown one under its own name", () => {
  const race = raceWith({ 0: [{ weight_norm: 1, sharpness_top: 5 }], 1: [{ raw: null, rate: 0.1, gradient_norm: 2 }], 2: [{ rejected: null }] });
  assert.deepEqual(gaugesOf(race.runs).map(({ key }) => key), ["gradient_norm", "weight_norm", "rate", "sharpness_top"]);
  assert.equal(gaugesOf(race.runs).at(-1)?.title, "Sharpness top");
  assert.deepEqual(gaugesOf(raceWith({ 0: [{}] }).runs), []);
});

test("an entrant without the gauge is absent; a number not there yet is a hole, not a nought", () => {
  const race = raceWith({ 0: [{ weight_norm: 1 }], 1: [{ rate: 0.1, raw: null }, { rate: 0.2, raw: 3 }] });
  const gauge = gaugesOf(race.runs).find(({ key }) => key === "rate");
  const [used, raw] = gaugeSeries(race, PENS, "gradients", gauge);
  assert.deepEqual([used.x, used.y, used.label, used.dash], [[0, 8], [0.1, 0.2], "Adam", [6, 3]]);
  assert.deepEqual([raw.y, raw.label, raw.end], [[NaN, 3], "", "none"]);
  assert.ok((raw.opacity ?? 1) < (used.opacity ?? 1));
  assert.equal(gaugeSeries(race, PENS, "epoch", gauge).length, 2);
  assert.deepEqual(gaugeSeries(race, PENS.map((pen) => ({ ...pen, shown: false })), "epoch", gauge), []);
});

test("the axis holds everything that can be drawn on it", () => {
  const of = (values, scale) => gaugeRange([{ y: values }], scale);
  assert.deepEqual(of([1, 4, NaN], "linear").map((v) => Number(v.toFixed(2))), [0, 4.2]);
  assert.deepEqual(of([-1, 1], "linear").map((v) => Number(v.toFixed(2))), [-1.1, 1.1]);
  const [low, high] = of([0, 1e-6, 10], "log");
  assert.ok(low > 0 && low < 1e-6 && high > 10);
  assert.deepEqual(of([NaN], "log"), [0.1, 1]);
});

test("the gauge stands in the link", () => {
  const read = (text) => readView(new URLSearchParams(text));
  assert.equal(read("gauge=rate").gauge, "rate");
  assert.equal(read("gauge=%3Cb%3E").gauge, null);
  assert.equal(writeView("r", read("gauge=rate")).get("gauge"), "rate");
  assert.equal(writeView("r", read("")).has("gauge"), false);
});

/** Gradient descent beside Adam, each looked at after every epoch. */
function looked({ gauges = () => ({}) } = {}) {
  const race = emptyRace("r");
  const [queued, started] = events();
  queued.race.optimizers[0].name = started.entrants[0].name = "gradient_descent";
  started.entrants[0].hyperparameters = { lr: 0.1 };
  const later = [0, 1, 2].flatMap((epoch) => [0, 1].flatMap((entrant) => [
    { type: "evaluation", entrant, step: 4 * epoch, epoch, loss: 1, accuracy: 0.5, seconds: epoch / 2, gradients: 8 * epoch, gauges: gauges(epoch) },
    { type: "sharpness", entrant, step: 4 * epoch, epoch, value: epoch === 0 ? -1 : 12 * epoch, settled: epoch < 2, products: 9, images: 256, took: 0.5 },
  ]));
  fold(race, [queued, started, ...later.map((event, index) => ({ seq: 3 + index, ...event }))]);
  return race;
}
const SHARPNESS = (race) => gaugesOf(race.runs).find(({ key }) => key === "sharpness");
const drawn = (race, against = "epoch") => gaugeSeries(race, PENS, against, SHARPNESS(race));

test("sharpness: measured points of all, and 2/lr of plain gradient descent alone", () => {
  const race = looked();
  assert.deepEqual(drawn(race).map(({ key }) => key), ["0", "0 2/lr", "1"]);
  const [points, limit] = drawn(race, "time");
  assert.deepEqual([points.x, points.y], [[0, 0.5, 1], [-1, 12, 24]]);
  assert.deepEqual([limit.x, limit.y, limit.label], [[0, 1], [20, 20], "2/0.1"]);
  assert.equal(SHARPNESS(raceWith({ 0: [{ weight_norm: 1 }] })), undefined);
  const { look } = SHARPNESS(race);
  assert.deepEqual(look.marks(race, PENS, "gradients").map(({ x, y, sign }) => [x, y, sign]), [[16, 24, "ring"], [16, 24, "ring"]]);
  assert.equal(look.words(race.runs, LABELS), "6 measurements over 256 training images took 3 s, on nobody’s clock. Rings: the iteration ended before the value stood still."
    + " No 2/lr for Adam, whose steps are not lr times the gradient.");
});

test("the line follows the schedule, and every change of the rate at its step", () => {
  const scheduled = drawn(looked({ gauges: (epoch) => ({ lr: 0.1 / (1 + epoch) }) }))[1];
  assert.deepEqual(scheduled.y.map((value) => Number(value.toFixed(6))), [20, 40, 60]);
  assert.equal(scheduled.label, "2/lr");
  const race = looked();
  fold(race, [{ seq: race.seq + 1, type: "changed", entrant: 0, step: 8, hyperparameter: "lr", before: 0.1, value: 0.2 },
    { seq: race.seq + 2, type: "steps", entrant: 0, step: [9, 10, 11, 12], loss: [1, 1, 1, 1], seconds: 1.5, gradients: 24 }]);
  assert.deepEqual([drawn(race)[1].x, drawn(race)[1].y], [[0, 2, 2, 3], [20, 20, 10, 10]]);
});

test("in a replay only what was measured by then is drawn", () => {
  const race = looked();
  assert.deepEqual(drawn(raceAt(race, 0.6))[0].y, [-1, 12]);
});
