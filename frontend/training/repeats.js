// Repeats of a race put together: one run for each optimizer, the median of its repeats at every step, and how far they lie apart. Pure.

import { band, median } from "./quantiles.js";
import { diverged } from "./run.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./run.js").Run} Run
 * @typedef {import("./run.js").Evaluation} Evaluation
 * @typedef {{low: number[], high: number[]}} Band
 *
 * @typedef {object} Many  what a run that stands for several has beside their medians
 * @property {Run[]} runs  the repeats, by seed
 * @property {number} lost  of them have diverged
 * @property {Band} smoothed  around the training loss, at each of its points
 * @property {Band} accuracy  at each evaluation
 * @property {Band} loss
 */

/**
 * The rows of a race: which entrants are repeats of one another. Repeat by repeat the entrants follow the request; forks come after, each alone.
 * @param {Race} race
 * @returns {number[][]}  entrants, by repeat
 */
export function rows({ request, runs }) {
  const repeats = request?.repeats ?? 1;
  const asked = request?.optimizers.length ?? runs.length;
  if (repeats === 1) return runs.map((_, entrant) => [entrant]);
  const repeated = Array.from({ length: asked }, (_, row) => Array.from({ length: repeats }, (_, repeat) => row + asked * repeat));
  return [...repeated, ...runs.slice(asked * repeats).map((_, at) => [asked * repeats + at])];
}

/**
 * The race as charts and tables show it: `entrant` is the row from here on. A race without repeats is itself.
 * @param {Race} race
 * @returns {Race}
 */
export function together(race) {
  if ((race.request?.repeats ?? 1) === 1) return race;
  const found = rows(race);
  const rowOf = (/** @type {number} */ entrant) => found.findIndex((lanes) => lanes.includes(entrant));
  return {
    ...race,
    entrants: found.map(([first]) => race.entrants[first]),
    runs: found.map((lanes, row) => joined(lanes.map((entrant) => race.runs[entrant]), row)).map((run) => ({ ...run, origin: run.origin && { ...run.origin, parent: rowOf(run.origin.parent) } })),
    landscape: race.landscape && { ...race.landscape, paths: race.landscape.paths.map((path) => ({ ...path, entrant: rowOf(path.entrant) })) },
  };
}

/**
 * @param {Run[]} runs
 * @param {number} row
 * @returns {Run}
 */
function joined(runs, row) {
  const [first] = runs;
  if (runs.length === 1) return { ...first, entrant: row };
  const out = runs.filter(diverged);
  const trained = training(runs);
  const { evaluations, accuracy, loss } = validations(runs);
  const tested = runs.every((run) => run.tested || diverged(run)) && out.length < runs.length;
  return {
    ...first, ...trained.medians, entrant: row, evaluations,
    epochs: runs.flatMap((run) => run.epochs), at: trained.at, changes: runs.flatMap((run) => run.changes),
    tested: tested ? midTest(runs) : null, ending: endingOf(runs, out),
    many: { runs, lost: out.length, smoothed: trained.band, accuracy, loss },
  };
}

/**
 * Medians of the training loss as far as all have come: all repeats tell the same steps, so a point has the same place in each.
 * A point once reached does not change, so what was computed for a run that has grown since is kept.
 * @param {Run[]} runs
 */
function training(runs) {
  const kept = keep(TRAINED, runs.map((run) => run.step), () => ({
    medians: { step: [], loss: [], smoothed: [], seconds: [], gradients: [] }, band: { low: [], high: [] }, at: { step: 0, seconds: 0, gradients: 0 },
  }));
  const { medians, band: around } = kept;
  for (let at = medians.step.length; ; at += 1) {
    const there = runs.filter((run) => at < run.step.length);
    if (there.length === 0 || runs.some((run) => at >= run.step.length && !run.ending)) break;
    const lost = runs.filter((run) => at >= run.step.length && diverged(run)).length;
    const middle = median(there.map((run) => run.smoothed[at]), lost, Infinity);
    if (!Number.isFinite(middle)) break;
    medians.step.push(there[0].step[at]);
    medians.loss.push(median(there.map((run) => run.loss[at]), lost, Infinity));
    medians.smoothed.push(middle);
    medians.seconds.push(median(there.map((run) => run.seconds[at])));
    medians.gradients.push(median(there.map((run) => run.gradients[at])));
    widen(around, there.map((run) => run.smoothed[at]), runs.length);
    kept.at = { step: there[0].step[at], seconds: medians.seconds[at], gradients: medians.gradients[at] };
  }
  return kept;
}

/**
 * @typedef {{medians: Pick<Run, "step" | "loss" | "smoothed" | "seconds" | "gradients">, band: Band, at: Run["at"]}} Trained
 * @typedef {{evaluations: Evaluation[], accuracy: Band, loss: Band}} Validated
 */

/** @type {Kept<Trained>} */
const TRAINED = new WeakMap();
/** @type {Kept<Validated>} */
const SEEN = new WeakMap();

/**
 * What was computed of the same lists before, which have grown in place since. A replay's cut has other lists, and keeps nothing.
 * @template {object} T
 * @typedef {WeakMap<any[], {of: any[][], found: T}>} Kept  by the first repeat's list
 */

/**
 * @template {object} T
 * @param {Kept<T>} kept
 * @param {any[][]} lists  of the repeats
 * @param {() => T} empty
 * @returns {T}
 */
function keep(kept, lists, empty) {
  const known = kept.get(lists[0]);
  if (known?.of.every((list, repeat) => list === lists[repeat])) return known.found;
  const found = empty();
  if (!known) kept.set(lists[0], { of: lists, found });
  return found;
}

/**
 * Medians of the validations, kept as those of the training loss are.
 * @param {Run[]} runs
 * @returns {Validated}
 */
function validations(runs) {
  const kept = keep(SEEN, runs.map((run) => run.evaluations), () => ({ evaluations: [], accuracy: { low: [], high: [] }, loss: { low: [], high: [] } }));
  const { evaluations, accuracy, loss } = kept;
  for (let at = evaluations.length; ; at += 1) {
    const there = runs.flatMap((run) => run.evaluations[at] ?? []);
    if (there.length === 0 || runs.some((run) => at >= run.evaluations.length && !run.ending)) break;
    const lost = runs.filter((run) => at >= run.evaluations.length && diverged(run)).length;
    if (2 * lost >= runs.length) break;
    const middle = median(there.map((each) => each.loss), lost, Infinity);
    const names = [...new Set(there.flatMap(({ gauges }) => Object.keys(gauges)))];
    evaluations.push({
      step: there[0].step, epoch: there[0].epoch, loss: Number.isFinite(middle) ? middle : NaN,
      accuracy: median(there.map((each) => each.accuracy), lost, -Infinity),
      seconds: median(there.map((each) => each.seconds)), gradients: median(there.map((each) => each.gradients)),
      gauges: Object.fromEntries(names.map((name) => [name, midGauge(there.map(({ gauges }) => gauges[name] ?? null))])),
    });
    widen(accuracy, there.map((each) => each.accuracy), runs.length);
    widen(loss, there.map((each) => each.loss), runs.length);
  }
  return kept;
}

/**
 * The next place of a band.
 * @param {Band} around
 * @param {number[]} values
 * @param {number} repeats
 */
function widen(around, values, repeats) {
  const [low, high] = band(values, repeats);
  around.low.push(low);
  around.high.push(high);
}

/** @param {(number | null)[]} values @returns {number | null}  null where nobody tells one */
function midGauge(values) {
  const told = values.filter((value) => value !== null);
  return told.length === 0 ? null : median(told);
}

/**
 * What the test images gave, in the middle of the repeats; of a diverged one they gave nothing, which is worse.
 * @param {Run[]} runs
 * @returns {Run["tested"]}
 */
function midTest(runs) {
  const told = runs.flatMap((run) => run.tested ?? []);
  const lost = runs.length - told.length;
  /** @param {"best" | "last"} which */
  const middle = (which) => ({
    ...told[0][which], test_loss: median(told.map((each) => each[which].test_loss ?? Infinity), lost, Infinity),
    test_accuracy: median(told.map((each) => each[which].test_accuracy), lost, -Infinity),
  });
  return 2 * lost >= runs.length ? null : { images: told[0].images, best: middle("best"), last: middle("last") };
}

/**
 * A half of the repeats that diverge take the median with them; else it ends when all have.
 * @param {Run[]} runs
 * @param {Run[]} out
 * @returns {Run["ending"]}
 */
function endingOf(runs, out) {
  const steps = out.map((run) => run.ending?.step ?? 0).sort((a, b) => a - b);
  const half = Math.ceil(runs.length / 2);
  if (out.length >= half) {
    return { reason: "diverged", step: steps[half - 1], sentence: `${out.length} of ${runs.length} diverged, the first at step ${steps[0]}`, lastLoss: NaN };
  }
  return runs.every((run) => run.ending) ? runs.find((run) => !diverged(run))?.ending ?? null : null;
}
