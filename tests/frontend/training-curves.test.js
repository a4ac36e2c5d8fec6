import assert from "node:assert/strict";
import { test } from "node:test";

import { WORDS, freeSpot } from "../../frontend/plots/notes.js";
import { besides } from "../../frontend/labels.js";
import { logTicks, ticksToEnd } from "../../frontend/ticks.js";
import { accuracyRange, roundUp, trainingRange, validationRange, widen, xRange } from "../../frontend/training/axes.js";
import { accuracyCurves, lowerFirst, outsideWords, reasonWords, trainingCurves, validationLossCurves } from "../../frontend/training/curves.js";
import { excursions } from "../../frontend/training/departures.js";
import { emptyRace, fold } from "../../frontend/training/fold.js";
import { events, LABELS } from "./race_events.js";

const CHANCE = Math.log(10);
const PENS = LABELS.map((label) => ({ label, colour: "#000", dash: [], shown: true }));
const raceAfter = (count) => {
  const race = emptyRace("r");
  fold(race, events().slice(0, count));
  return race;
};

test("axes widen and never narrow", () => {
  assert.deepEqual(widen(null, [0, 1]), [0, 1]);
  assert.deepEqual(widen([0, 5], [1, 3]), [0, 5]);
  assert.deepEqual(widen([0, 5], [-1, 6]), [-1, 6]);
  const all = events();
  const race = emptyRace("r");
  let ranges = null;
  for (const event of all) {
    fold(race, [event]);
    const next = [accuracyRange(race), trainingRange(race, CHANCE), validationRange(race, CHANCE), xRange(race, "time"), xRange(race, "gradients")];
    const wider = next.map((range, index) => widen(ranges?.[index] ?? null, range));
    ranges?.forEach(([low, high], index) => assert.ok(wider[index][0] <= low && wider[index][1] >= high));
    ranges = wider;
  }
  assert.deepEqual(ranges[0], [0, 0.7]);
});

test("the axis of epochs stands from the beginning", () => {
  assert.deepEqual(xRange(emptyRace("r", { epochs: 8, optimizers: [] }), "epoch"), [0, 8]);
  assert.deepEqual(xRange(raceAfter(5), "epoch"), [0, 2]);
  assert.deepEqual(xRange(raceAfter(17), "time"), [0, 1]);
});

test("rounding up", () => {
  assert.deepEqual([0, 0.7, 1, 1.01, 7.9, 9, 234].map(roundUp), [1, 0.8, 1, 1.5, 8, 10, 300]);
});

test("an entrant that blows up does not flatten the others", () => {
  const race = raceAfter(4);
  fold(race, [
    { seq: 5, type: "steps", entrant: 2, step: [1, 2, 3], loss: [2.3, 1e6, 1e20], seconds: 1, gradients: 3 },
    { seq: 6, type: "evaluation", entrant: 2, step: 3, epoch: 0.75, loss: 1e20, accuracy: 0.1, seconds: 1, gradients: 3 },
    { seq: 7, type: "evaluation", entrant: 0, step: 4, epoch: 1, loss: 2.0, accuracy: 0.3, seconds: 1, gradients: 3 },
  ]);
  const training = trainingRange(race, CHANCE);
  const validation = validationRange(race, CHANCE);
  assert.ok(training[1] <= 4 * CHANCE + 1e-9);
  assert.ok(validation[1] <= 2 * CHANCE + 1e-9);
  const { marks } = trainingCurves(race, PENS, "epoch", training);
  assert.equal(marks.length, 1);
  assert.equal(marks[0].sign, "above");
  assert.equal(marks[0].y, training[1]);
  assert.match(marks[0].text, /·10¹⁹$/);
  assert.equal(validationLossCurves(race, PENS, "epoch", validation).marks.find((mark) => mark.sign === "above")?.text, "10²⁰");
  assert.equal(outsideWords(trainingCurves(race, PENS, "epoch", training).series, training), "raw steps go up to 10²⁰");
  assert.equal(outsideWords(trainingCurves(race, PENS.map((pen, i) => ({ ...pen, shown: i < 2 })), "epoch", training).series, training), "");
});

test("a diverged entrant ends in a cross at its exact step, with its reason; the others in dots with names", () => {
  const { series, marks } = accuracyCurves(raceAfter(17), PENS, "epoch", [0, 0.7]);
  const cross = marks.find((mark) => mark.sign === "cross");
  assert.equal(cross?.x, 3 / 4);
  assert.equal(cross?.y, 0);
  assert.equal(cross?.text, "L-BFGS: loss is not finite at step 3");
  assert.deepEqual(series.map((line) => line.label), ["Momentum", "Adam", ""]);
  assert.deepEqual(marks.filter((mark) => mark.sign === "star").map((mark) => [mark.x, Math.round(10 * mark.y)]), [[2, 656], [2, 621]]);
});

test("the cross of one that diverged outside the axis has the value, and no arrow beside it", () => {
  const race = raceAfter(4);
  fold(race, [
    { seq: 5, type: "steps", entrant: 2, step: [1, 2, 3], loss: [2.3, 1e6, 1e20], seconds: 1, gradients: 3 },
    { seq: 6, type: "diverged", entrant: 2, step: 4, reason: "The training loss is not finite at step 4.", last_loss: 1e20 },
  ]);
  const [low, high] = trainingRange(race, CHANCE);
  const [mark, ...others] = trainingCurves(race, PENS, "epoch", [low, high]).marks;
  assert.deepEqual([mark.sign, mark.x, mark.y], ["cross", 1, high]);
  assert.match(mark.text, /·10¹⁹$/);
  assert.deepEqual(others, []);
});

test("the three x axes", () => {
  const race = raceAfter(17);
  const x = (against) => Array.from(trainingCurves(race, PENS, against, [0.1, 3]).series.at(-3).x, (value) => Number(value.toFixed(3)));
  assert.deepEqual(x("epoch").slice(0, 3), [0.25, 0.5, 0.75]);
  assert.deepEqual(x("time").slice(0, 3), [0.1, 0.2, 0.3]);
  assert.deepEqual(x("gradients").slice(0, 3), [1, 2, 3]);
});

test("a hidden entrant is not drawn, neither its line nor its signs", () => {
  const pens = PENS.map((pen, index) => ({ ...pen, shown: index === 1 }));
  const { series, marks } = accuracyCurves(raceAfter(17), pens, "epoch", [0, 0.7]);
  assert.deepEqual(series.map((line) => line.key), ["1"]);
  assert.deepEqual(marks.map((mark) => mark.sign), ["star"]);
});

test("an excursion that has come back is still told", () => {
  assert.deepEqual(excursions([0, 1, 2, 3], [1, 9, 12, 1], [0.5, 4], "#000"), [{ x: 2, y: 4, sign: "above", colour: "#000", text: "12" }]);
  assert.deepEqual(excursions([0, 1, 2, 3], [1, 12, 9, NaN], [0.5, 4], "#000").map((mark) => [mark.x, mark.text]), [[2, "9"]]);
  assert.deepEqual(excursions([0, 1], [1, NaN], [0.5, 4], "#000"), []);
});

test("names keep their capitals inside a sentence", () => {
  assert.equal(lowerFirst("The loss is not finite."), "the loss is not finite");
  assert.equal(reasonWords({ ending: { sentence: "The training loss rose to 1.1e+19 at step 7." } }), "loss rose to 1.1·10¹⁹ at step 7");
  assert.equal(lowerFirst("NaN in the weights."), "NaN in the weights");
  assert.equal(lowerFirst("L-BFGS found no step."), "L-BFGS found no step");
});

test("a short logarithmic axis has ticks between its decades", () => {
  assert.deepEqual(logTicks(Math.log10(0.5), Math.log10(3), 8).values, [0.5, 1, 2, 3]);
  assert.deepEqual(logTicks(-1, Math.log10(3), 4).values, [0.1, 0.3, 1, 3]);
  assert.deepEqual(logTicks(-8, 2, 6).values, [1e-8, 1e-6, 1e-4, 1e-2, 1, 100]);
});

test("words beside a sign stand on free ground and inside the picture", () => {
  const box = { left: 0, right: 300, top: 0, bottom: 200 };
  const size = { width: 80, height: 16 };
  const line = [[0, 100], [300, 100]];
  const spot = freeSpot({ x: 50, y: 100 }, size, [line], [], box);
  assert.ok(spot.top > 100 || spot.top + 16 < 100);
  const edge = freeSpot({ x: 290, y: 50 }, size, [], [], box);
  assert.ok(edge.left + 80 <= 300);
  const upright = freeSpot({ x: 150, y: 100 }, size, [[[200, 0], [200, 200]]], [], box);
  assert.ok(upright.left + 80 < 150, "an upright line is not to be crossed either");
  const second = freeSpot({ x: 50, y: 100 }, size, [line], [spot], box);
  assert.notDeepEqual(second, spot);
  assert.deepEqual([second, edge, upright].map(({ cost }) => cost), [0, 0, 0]);
  const crowded = Array.from({ length: 40 }, (_, row) => [[0, 5 * row], [300, 5 * row]]);
  const across = freeSpot({ x: 50, y: 100 }, size, crowded, [], box).cost;
  assert.ok(across > 0 && across < WORDS, "lines are beneath it");
  assert.ok(freeSpot({ x: 50, y: 100 }, size, [], [{ left: 0, top: 0, width: 300, height: 200 }], box).cost >= WORDS, "words are");
  assert.equal(freeSpot({ x: 150, y: 100 }, { width: 200, height: 16 }, [], [], box).cost, Infinity, "it stands upon its sign");
});

test("an axis is marked at its end, in equal round parts where it can be", () => {
  assert.deepEqual(ticksToEnd(8, 4).values, [0, 2, 4, 6, 8]);
  assert.deepEqual(ticksToEnd(8, 3).values, [0, 4, 8]);
  assert.deepEqual(ticksToEnd(50, 3).values, [0, 25, 50]);
  assert.deepEqual(ticksToEnd(7, 3).values, [0, 3, 7]);
  assert.deepEqual(ticksToEnd(1, 5).values, [0, 0.2, 0.4, 0.6, 0.8, 1]);
});

test("only names that could touch are pushed apart", () => {
  assert.deepEqual(besides([{ left: 0, width: 50 }, { left: 400, width: 50 }, { left: 30, width: 50 }]), [[0, 2], [1]]);
});
