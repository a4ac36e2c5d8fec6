import assert from "node:assert/strict";
import { test } from "node:test";

import { emptyRace, fold } from "../../frontend/training/fold.js";
import { gaugeRange, gaugeSeries, gaugesOf } from "../../frontend/training/gauges.js";
import { readView, writeView } from "../../frontend/training/link.js";
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
