import assert from "node:assert/strict";
import { test } from "node:test";
import { drawing, range } from "../../frontend/descent/curves.js";
import { question } from "../../frontend/descent/question.js";
import { defaults, isRandom } from "../../frontend/descent/state.js";
import { composeTally, tallied } from "../../frontend/descent/tally.js";
import { extent, readEnsemble, typical } from "../../frontend/ensemble.js";
import { project } from "../../frontend/path.js";
import { ring } from "../../frontend/plots/lines.js";
import { COLUMNS } from "../../frontend/wire.js";
import { CATALOGUE } from "./catalogue.js";

const ENDINGS = [{ reason: "converged", count: 27, step: 212.5 }, { reason: "diverged", count: 5, step: 12 }];

/** As the server packs it: low, median and high of two rows, one measure each, two runs of two and one rows. */
function read(endings = ENDINGS) {
  const rows = (value) => [0, 0, value, value, 0, 0, 0, 1, 2, value / 2, value / 2, 0, 9, 0];
  const floats = Float32Array.from([...rows(1), ...rows(2), ...rows(4), 5, 6, 7, 8, 9, 10, 0.5, 0.25, 1.5, 1.25, -3, -4]);
  const one = {
    optimizer: "adam", stability: null,
    ensemble: {
      seeds: 32, endings, rows: 2, stride: 3, last_step: 3, low: 0, median: 14, high: 28,
      measure: { low: 42, median: 44, high: 46 }, paths: { stride: 3, last_steps: [3, 0], rows: [2, 1], offset: 48 },
    },
  };
  return readEnsemble(one, (offset, count) => floats.subarray(offset, offset + count));
}

const ensembleOf = (...endings) => ({ seeds: 32, endings: endings.map(([reason, count]) => ({ reason, count, step: 10 })) });
const plain = (pieces) => pieces.map(({ text }) => text).join("");

test("quantiles look like trajectories, and stand for them in the picture", () => {
  const found = read();
  assert.deepEqual([found.low, found.median, found.high].map(({ data }) => data[2]), [1, 2, 4]);
  assert.deepEqual([found.low, found.median, found.high].map(({ measure }) => [...measure]), [[5, 6], [7, 8], [9, 10]]);
  assert.deepEqual([found.median.rows, found.median.stride, found.median.lastStep], [2, 3, 3]);
  assert.equal(found.median.final.value, 1);
  assert.deepEqual(found.singles.map(({ data }) => [...data]), [[0.5, 0.25, 1.5, 1.25], [-3, -4]]);
  const alone = { ensemble: null };
  assert.equal(typical(alone), alone);
  assert.equal(typical({ ensemble: found }), found.median);
  const path = project(found.singles[0], { box: [[0, 2], [0, 2]], width: 200, height: 200, square: true });
  assert.deepEqual([...path.xy.subarray(0, 4)], [50, 175, 150, 75]);
});

test("a sign ends the median where all runs end alike, or most are lost; an axis never follows the lost", () => {
  const reasons = (endings) => read(endings).median.ending.reason;
  assert.equal(reasons([{ reason: "converged", count: 32, step: 1 }]), "converged");
  assert.equal(reasons(ENDINGS), "step_budget");
  assert.equal(reasons([{ reason: "diverged", count: 17, step: 1 }, { reason: "converged", count: 15, step: 1 }]), "diverged");
  assert.deepEqual(extent({ ensemble: read() }).map(({ ending }) => ending.reason), ["diverged", "diverged", "diverged"]);
});

test("a curve has its band, the axis holds it, and a zero on a logarithmic axis lies below", () => {
  const ensemble = read([{ reason: "step_budget", count: 32, step: 3 }]);
  const kind = { curve: "loss", minimum: 0 };
  const held = range(extent({ ensemble }), kind);
  assert.ok(held[0] <= 0.5 && held[1] >= 4);
  const line = { key: "0", label: "", colour: "", dash: [], trajectory: ensemble.median, band: ensemble };
  const [series] = drawing([line], kind, held, { over: "steps", end: 3 }, String).series;
  assert.deepEqual([...series.band.low], [1, 0.5]);
  assert.deepEqual([...series.band.high], [4, 2]);
  assert.deepEqual(ring(series), { x: [0, 3, 3, 0], y: [4, 2, 0.5, 1] });
  ensemble.low.data[COLUMNS + 2] = 0;
  assert.ok(drawing([line], kind, held, { over: "steps", end: 3 }, String).series[0].band.low[1] < held[0]);
  assert.equal(drawing([{ ...line, band: null }], kind, held, { over: "steps", end: 3 }, String).series[0].band, undefined);
});

test("a band goes around what is known of it", () => {
  const series = { x: [0, 1, 2], y: [1, 1, 1], band: { low: [NaN, 0, 0], high: [2, 2, 3] } };
  assert.deepEqual(ring(series), { x: [1, 2, 2, 1], y: [2, 3, 0, 0] });
});

test("the legend counts who converged; where nobody did, what most of them did", () => {
  assert.equal(tallied({ seeds: 32, endings: ENDINGS }).text, "converged 27 of 32");
  assert.equal(tallied({ seeds: 32, endings: ENDINGS }).sign, "");
  assert.match(tallied({ seeds: 32, endings: ENDINGS }).message, /27 converged, the median at step 213; 5 diverged, the median at step 12\./);
  assert.deepEqual({ ...tallied(ensembleOf(["converged", 32])), message: "" }, { sign: "tick", text: "converged 32 of 32", bad: false, message: "" });
  assert.equal(tallied(ensembleOf(["diverged", 20], ["step_budget", 12])).bad, true);
  assert.equal(tallied(ensembleOf(["step_budget", 32])).text, "still moving 32 of 32");
});

test("the sentence counts too, and counts those for whom there is no room", () => {
  const runs = [
    { name: "Adam", ensemble: ensembleOf(["converged", 32]) }, { name: "Momentum", ensemble: ensembleOf(["converged", 27], ["diverged", 5]) },
    { name: "RMSprop", ensemble: ensembleOf(["converged", 30], ["step_budget", 2]) }, { name: "Lion", ensemble: ensembleOf(["step_budget", 32]) },
  ];
  assert.equal(plain(composeTally(runs, 999)).trim(), "Of 32 runs each: Adam converges in all, RMSprop in 30, Momentum in 27. Momentum diverges in 5.");
  assert.equal(plain(composeTally(runs, 60)).trim(), "Of 32 runs each: Adam converges in all, 2 more in some. Momentum diverges in 5.");
  assert.equal(plain(composeTally(runs.slice(3), 999)).trim(), "Of 32 runs each: nobody comes to rest.");
});

test("more seeds are asked for only where chance plays", () => {
  const settings = { ...defaults(CATALOGUE), seeds: 16 };
  assert.equal(question(settings).seeds, 1);
  assert.equal(question({ ...settings, noise: 1 }).seeds, 16);
  assert.equal(question({ ...settings, batch: 2 }).seeds, 16);
  const probing = settings.entries.map((entry) => ({ ...entry, values: { ...entry.values, probes: 1 } }));
  assert.equal(isRandom({ ...settings, entries: probing }), true);
  assert.equal(isRandom({ ...settings, entries: probing.map((entry) => ({ ...entry, on: false })) }), false);
});
