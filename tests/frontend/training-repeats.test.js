import assert from "node:assert/strict";
import { test } from "node:test";

import { emptyRace, fold } from "../../frontend/training/fold.js";
import { band, median } from "../../frontend/training/quantiles.js";
import { rank } from "../../frontend/training/ranking.js";
import { repeatWords, trainingCurves, accuracyCurves } from "../../frontend/training/curves.js";
import { readingsAt } from "../../frontend/training/readings.js";
import { raceAt } from "../../frontend/training/replay.js";
import { rows, together } from "../../frontend/training/repeats.js";
import { plain, raceSentence } from "../../frontend/training/sentence.js";
import { apart, apartWords, places, score } from "../../frontend/training/spread.js";

const LABELS = ["Adam", "Momentum"];
const PENS = LABELS.map((label) => ({ label, colour: "#000", dash: [], shown: true }));

/**
 * A race of two optimizers, a step an epoch, told event by event.
 * @param {number[][][]} accuracies  by optimizer, repeat, step; it diverges after its last one where another repeat has more
 * @param {number} [steps]
 */
function race(accuracies, steps = 3) {
  const [repeats, asked] = [accuracies[0].length, accuracies.length];
  const request = { dataset: "shapes", seed: 7, repeats, epochs: steps, optimizers: ["adam", "momentum"].slice(0, asked).map((name) => ({ name })) };
  const told = [
    { type: "queued", race: request },
    { type: "started", device: "CPU", workers: 1, fingerprint: "whole", fingerprints: ["a", "b", "c"], parameters: 1, steps_per_epoch: 1, steps, epochs: steps, entrants: [] },
  ];
  accuracies.forEach((lanes, optimizer) => lanes.forEach((values, repeat) => {
    const entrant = optimizer + asked * repeat;
    values.forEach((accuracy, at) => {
      const [step, seconds, loss] = [at + 1, (at + 1) * (1 + repeat), 1 - accuracy];
      told.push({ type: "steps", entrant, step: [step], loss: [loss], seconds, gradients: step });
      told.push({ type: "evaluation", entrant, step, epoch: step, loss, accuracy, seconds, gradients: step });
    });
    if (values.length < steps) told.push({ type: "diverged", entrant, step: values.length + 1, reason: "It blew up.", last_loss: 1 });
    else told.push({ type: "done", entrant, step: steps, seconds: steps * (1 + repeat), gradients: steps });
  }));
  const made = emptyRace("r", null);
  assert.equal(fold(made, told.map((event, index) => ({ seq: index + 1, ...event }))).gap, false);
  return made;
}

const ADAM = [[0.1, 0.3, 0.6], [0.1, 0.4, 0.5], [0.1, 0.2, 0.7]];
const MOMENTUM = [[0.1, 0.2, 0.45], [0.1, 0.2, 0.55], [0.1, 0.2, 0.65]];

test("the median counts what is lost as worst, and is lost with a half of all", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([1, 4]), 2.5);
  assert.equal(median([1, 2], 1), 2);
  assert.equal(median([1, NaN, 3], 0), 3);
  assert.equal(median([1], 1), Infinity);
  assert.equal(median([0.5, 0.4], 1, -Infinity), 0.4);
  assert.equal(median([0.5], 1, -Infinity), -Infinity);
});

test("a band holds all of a few, and eight tenths of many", () => {
  assert.deepEqual(band([3, 1, 2], 3), [1, 3]);
  assert.deepEqual(band([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 11), [2, 10]);
  assert.deepEqual(band([1, NaN, Infinity], 3), [1, 1]);
  assert.deepEqual(band([], 3), [NaN, NaN]);
});

test("entrants are repeats of one another by their places; forks stand alone", () => {
  const whole = race([ADAM, MOMENTUM]);
  assert.deepEqual(rows(whole), [[0, 2, 4], [1, 3, 5]]);
  whole.runs.push({ ...whole.runs[0], entrant: 6 });
  assert.deepEqual(rows(whole), [[0, 2, 4], [1, 3, 5], [6]]);
  const once = race([[ADAM[0]], [MOMENTUM[0]]]);
  assert.deepEqual(rows(once), [[0], [1]]);
  assert.equal(together(once), once);
});

test("medians and bands are those of every step, whatever order the events came in", () => {
  const [adam, momentum] = together(race([ADAM, MOMENTUM])).runs;
  assert.deepEqual(adam.evaluations.map((each) => each.accuracy), [0.1, 0.3, 0.6]);
  assert.deepEqual(adam.many.accuracy, { low: [0.1, 0.2, 0.5], high: [0.1, 0.4, 0.7] });
  assert.deepEqual(momentum.evaluations.map((each) => each.accuracy), [0.1, 0.2, 0.55]);
  assert.deepEqual(adam.evaluations.map((each) => each.seconds), [2, 4, 6]); // of the repeats' clocks, too
  assert.deepEqual(adam.step, [1, 2, 3]);
  for (let at = 0; at < 3; at += 1) {
    const smoothed = adam.many.runs.map((run) => run.smoothed[at]).sort((a, b) => a - b);
    assert.deepEqual([adam.many.smoothed.low[at], adam.smoothed[at], adam.many.smoothed.high[at]], smoothed);
  }
});

test("the median goes as far as all have come, and then on", () => {
  const whole = race([ADAM, MOMENTUM]);
  const last = whole.runs[4]; // Adam's third repeat
  const rest = { step: last.step.splice(2), loss: last.loss.splice(2), smoothed: last.smoothed.splice(2), seconds: last.seconds.splice(2), gradients: last.gradients.splice(2) };
  const [evaluation] = last.evaluations.splice(2);
  last.ending = null;
  const before = together(whole).runs[0];
  assert.deepEqual([before.step.at(-1), before.evaluations.length, before.ending], [2, 2, null]);
  for (const key of Object.keys(rest)) last[key].push(...rest[key]);
  last.evaluations.push(evaluation);
  const after = together(whole).runs[0];
  assert.deepEqual([after.step.at(-1), after.evaluations.length], [3, 3]);
});

test("one repeat that diverges is counted, drawn, and worst in the median; half of them take it with them", () => {
  const one = together(race([[ADAM[0], ADAM[1], [0.1]], MOMENTUM]));
  const [adam] = one.runs;
  assert.equal(adam.many.lost, 1);
  assert.equal(adam.ending.reason, "done");
  assert.deepEqual(adam.evaluations.map((each) => each.accuracy), [0.1, 0.3, 0.5]);
  assert.deepEqual(adam.many.accuracy.high, [0.1, 0.4, 0.6]);
  const crosses = accuracyCurves(one, PENS, "epoch", [0, 1]).marks.filter(({ sign }) => sign === "cross");
  assert.deepEqual(crosses.map(({ x }) => x), [2]);
  const two = together(race([[ADAM[0], [0.1, 0.2], [0.1]], MOMENTUM]));
  assert.deepEqual([two.runs[0].ending.reason, two.runs[0].ending.step], ["diverged", 3]);
  assert.equal(two.runs[0].ending.sentence, "2 of 3 diverged, the first at step 2");
  assert.deepEqual(two.runs[0].evaluations.map((each) => each.accuracy), [0.1, 0.2]);
  assert.equal(score(two.runs[0]), null);
  assert.deepEqual(rank(two.runs).map((run) => run.entrant), [1, 0]);
});

test("a difference smaller than the spread is said, and the rank shared", () => {
  const near = together(race([ADAM, MOMENTUM])).runs;
  assert.deepEqual(score(near[0]).all, [0.6, 0.5, 0.7]);
  assert.equal(score(near[0]).middle, 0.6);
  assert.ok(Math.abs(score(near[0]).spread - 0.1) < 1e-12);
  assert.equal(apart(near[0], near[1]), false);
  assert.deepEqual(places(rank(near)), [{ rank: 1, shared: true }, { rank: 1, shared: true }]);
  assert.equal(apartWords(rank(near), LABELS), "Adam and Momentum are not told apart by 3 seeds: their medians are 5 points apart, the spread is ±\u200910. "
    + "On the same seed Adam was ahead in 2 of 3.");
  const fork = { ...race([[ADAM[0]], [MOMENTUM[1]]]).runs[1], entrant: 2 }; // stands alone, within the spread of the others
  assert.deepEqual(places(rank([...near, fork])).map(({ rank }) => rank), [1, 1, 1]);
  assert.doesNotMatch(apartWords(rank([...near, fork]), [...LABELS, "Fork"]), /Fork/);
  const far = together(race([ADAM, MOMENTUM.map((values) => values.map((value) => value / 3))])).runs;
  assert.equal(apart(far[0], far[1]), true);
  assert.deepEqual(places(rank(far)), [{ rank: 1, shared: false }, { rank: 2, shared: false }]);
  assert.equal(apartWords(rank(far), LABELS), "");
});

test("without repeats nothing is said of seeds", () => {
  const once = race([[ADAM[0]], [MOMENTUM[0]]]);
  assert.equal(apart(once.runs[0], once.runs[1]), true);
  assert.equal(apartWords(rank(once.runs), LABELS), "");
  assert.equal(repeatWords(once, PENS), "");
  assert.ok(trainingCurves(once, PENS, "epoch", [0.1, 3]).series.every(({ band }) => band === undefined));
});

test("the single repeats are drawn where one optimizer is shown alone", () => {
  const whole = together(race([ADAM, MOMENTUM]));
  const singles = (pens) => trainingCurves(whole, pens, "epoch", [0.1, 3]).series.filter(({ key }) => key.includes("repeat"));
  assert.equal(singles(PENS).length, 0);
  const alone = PENS.map((pen, entrant) => ({ ...pen, shown: entrant === 1 }));
  assert.deepEqual(singles(alone).map(({ key }) => key), ["1 repeat 0", "1 repeat 1", "1 repeat 2"]);
  assert.match(repeatWords(whole, alone), /median of 3 repeats · band: from the lowest to the highest · faint: each repeat/);
});

test("the crosshair reads the median with its band, not the single repeats", () => {
  const whole = together(race([ADAM, MOMENTUM]));
  const alone = PENS.map((pen, entrant) => ({ ...pen, shown: entrant === 0 }));
  const { series } = accuracyCurves(whole, alone, "epoch", [0, 1]);
  assert.deepEqual(readingsAt(series, { scale: "linear", range: [0, 3] }, 2.2), [{ entrant: 0, colour: "#000", x: 2, y: 30, band: [20, 40] }]);
});

test("a replay's cut has medians of its own, and leaves those of the race alone", () => {
  const whole = race([ADAM, MOMENTUM]);
  const end = together(whole).runs[0].step.length;
  const cut = together(raceAt(whole, 3)); // the first repeat is over, the third has made one step
  assert.deepEqual(cut.runs[0].step, [1]);
  assert.equal(cut.runs[0].evaluations.length, 1);
  assert.equal(together(whole).runs[0].step.length, end);
});

test("the sentence says who is not told apart", () => {
  const near = { ...together(race([ADAM, MOMENTUM])), state: "finished" };
  assert.match(plain(raceSentence(near, LABELS)), /^Adam and Momentum are in front with 60\.0\u2009%: 3 seeds do not tell them apart\./);
  const far = { ...together(race([ADAM, MOMENTUM.map((values) => values.map((value) => value / 3))])), state: "finished" };
  assert.match(plain(raceSentence(far, LABELS)), /^Adam is best with 60\.0\u2009%, median of 3 seeds\./);
});
