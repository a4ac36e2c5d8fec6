import assert from "node:assert/strict";
import { test } from "node:test";
import { parseTyped, toPosition, toValue } from "../../frontend/controls/scale.js";
import { question } from "../../frontend/descent/question.js";
import { leaves, rateRange, rateSeries, rateShare } from "../../frontend/descent/rates.js";
import { asked, inWords, newSchedule, sameSchedule } from "../../frontend/controls/schedules.js";
import { defaults } from "../../frontend/descent/state.js";
import { CATALOGUE } from "./catalogue.js";

test("a schedule in words, with its values", () => {
  assert.equal(inWords(CATALOGUE, newSchedule(CATALOGUE, "step")), "η times 0.5 every 100 steps");
  assert.equal(inWords(CATALOGUE, newSchedule(CATALOGUE, "cosine")), "η down to 1\u2009%, over 100\u2009%");
  assert.equal(inWords(CATALOGUE, null), "");
  assert.equal(newSchedule(CATALOGUE, "constant"), null);
  assert.equal(newSchedule(CATALOGUE, "unheard of"), null);
});

test("the question carries the schedule, the noise and the seed", () => {
  const settings = { ...defaults(CATALOGUE), noise: 0.5, seed: 9 };
  settings.entries[1].schedule = newSchedule(CATALOGUE, "cosine");
  const { noise, seed, optimizers } = question(settings);
  assert.deepEqual([noise, seed], [0.5, 9]);
  assert.equal("schedule" in optimizers[0], false);
  assert.deepEqual(optimizers[1].schedule, { name: "cosine", horizon: 1, final: 0.01 });
  assert.deepEqual(asked(null), {});
});

test("schedules are the same by value", () => {
  const [one, other] = [newSchedule(CATALOGUE, "step"), newSchedule(CATALOGUE, "step")];
  assert.ok(sameSchedule(one, other));
  assert.ok(sameSchedule(null, null));
  assert.ok(!sameSchedule(one, null));
  assert.ok(!sameSchedule(one, { name: "step", values: { ...one.values, every: 2 } }));
});

test("the axis of the strip holds the rates, six decades at most", () => {
  const trajectory = (rates) => ({ rates: rates && Float32Array.from(rates), rows: rates?.length ?? 3, stride: 10, lastStep: 25 });
  const line = (rates) => ({ key: "1", short: "GD", colour: "red", dash: [], trajectory: trajectory(rates) });
  const [series, ...none] = rateSeries([line(null), line([1, 0.1, 0.01])]);
  assert.equal(none.length, 0);
  assert.deepEqual([...series.x], [0, 10, 25]);
  const [low, high] = rateRange([series]);
  assert.ok(low < 0.01 && low > 0.004 && high > 1 && high < 2.5);
  assert.equal(leaves(series, low), null);
  const steep = rateSeries([line([1, 1e-5, 1e-20])])[0];
  const [bottom] = rateRange([steep]);
  assert.ok(bottom > 1e-7 && bottom < 1e-6);
  assert.equal(leaves(steep, bottom), 25);
  const [flatLow, flatHigh] = rateRange(rateSeries([line([0.5, 0.5])]));
  assert.ok(flatLow < 0.5 && flatHigh > 0.5);
  assert.equal(rateShare([0.01, 1], 0.1), 0.5);
  assert.equal(rateShare([0.01, 1], 0), 0);
});

test("a slider with an off end: zero stands at the left, is typed and is reached", () => {
  const sigma = { name: "noise", symbol: "", meaning: "", default: 0, low: 1e-3, high: 1e3, scale: "log", off: true };
  assert.equal(toPosition(sigma, 0), 0);
  assert.equal(toValue(sigma, 0), 0);
  assert.equal(toValue(sigma, 0.5), 1);
  assert.deepEqual(parseTyped(sigma, "0"), { value: 0 });
  assert.match(parseTyped(sigma, "-1").fault, /0 or from 0\.001 to 1000/);
});
