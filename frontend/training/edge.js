// The sharpness of every entrant's loss, and for plain gradient descent the line 2/lr that it cannot pass for long. Pure.

import { integer, number, typed } from "../format.js";
import { place } from "./curves.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./run.js").Run} Run
 * @typedef {import("./axes.js").Against} Against
 * @typedef {import("./curves.js").Pen} Pen
 * @typedef {import("../plots/lines.js").Series} Series
 * @typedef {import("../plots/lines.js").Mark} Mark
 */

const PLAIN = "gradient_descent"; // the one rule whose step is lr times the gradient, no more
const DASH = [14, 6]; // long: the second and third of one optimizer are dashed, too

/** @param {Run} run */
export const measured = (run) => run.sharpness.length > 0;

/**
 * A measurement is made right after an evaluation, and has its place; without one, it lies beyond what is shown.
 * @param {Run} run
 * @param {Against} against
 */
function places(run, against) {
  return run.sharpness.flatMap((each) => {
    const at = run.evaluations.find(({ step }) => step === each.step);
    return at ? [{ ...each, x: place(at, against) }] : [];
  });
}

/**
 * @param {Race} race
 * @param {Pen[]} pens
 * @param {Against} against
 * @returns {Series[]}  each entrant's sharpness, and beside it the dashed line of plain gradient descent
 */
export function edgeSeries(race, pens, against) {
  return race.runs.flatMap((run) => {
    const { label, colour, dash, shown } = pens[run.entrant];
    const points = places(run, against);
    if (!shown || points.length === 0) return [];
    /** @type {Series} */
    const line = { key: `${run.entrant}`, label, colour, dash, x: points.map(({ x }) => x), y: points.map(({ value }) => value), end: "dot" };
    const limits = run.name === PLAIN ? limitPoints(race, run, against) : [];
    if (limits.length === 0) return [line];
    const values = limits.map(({ lr }) => lr);
    const said = values.every((lr) => lr === values[0]) ? `2/${typed(values[0])}` : "2/lr";
    return [line, { key: `${run.entrant} 2/lr`, label: said, colour, dash: DASH, width: 1, x: limits.map(({ x }) => x), y: values.map((lr) => 2 / lr), end: "none" }];
  });
}

/**
 * The learning rate along a run: as its schedule told it at each evaluation, else constant between two changes of it.
 * @param {Race} race
 * @param {Run} run
 * @param {Against} against
 * @returns {{x: number, lr: number}[]}
 */
function limitPoints(race, run, against) {
  const told = run.evaluations.filter(({ gauges }) => (gauges.lr ?? null) !== null);
  if (told.length > 0) return told.map((each) => ({ x: place(each, against), lr: Number(each.gauges.lr) }));
  const x = (/** @type {import("./run.js").Place} */ at) => place({ ...at, epoch: at.step / (race.stepsPerEpoch || 1) }, against);
  const changes = run.changes.filter(({ hyperparameter }) => hyperparameter === "lr");
  let lr = run.hyperparameters.lr;
  const points = [{ x: x(run.origin ?? { step: 0, seconds: 0, gradients: 0 }), lr }];
  for (const change of changes) {
    points.push({ x: x(change), lr }, { x: x(change), lr: change.value });
    lr = change.value;
  }
  return [...points, { x: x(run.at), lr }];
}

/**
 * Rings where the iteration ended before its value stood still.
 * @param {Race} race
 * @param {Pen[]} pens
 * @param {Against} against
 * @returns {Mark[]}
 */
export function edgeMarks(race, pens, against) {
  return race.runs.filter((run) => pens[run.entrant].shown).flatMap((run) =>
    places(run, against).filter(({ settled, value }) => !settled && Number.isFinite(value)).map(({ x, value }) => ({ x, y: value, sign: /** @type {const} */ ("ring"), colour: pens[run.entrant].colour })));
}

/**
 * What it took, and for whom no line is drawn.
 * @param {Run[]} runs
 * @param {string[]} titles  by entrant
 */
export function edgeWords(runs, titles) {
  const all = runs.flatMap((run) => run.sharpness);
  if (all.length === 0) return "";
  const took = all.reduce((sum, each) => sum + each.took, 0);
  const cost = `${integer(all.length)} measurements over ${integer(all[0].images)} training images took ${number(took, 2)} s, on nobody’s clock.`;
  const loose = all.some(({ settled }) => !settled) ? " Rings: the iteration ended before the value stood still." : "";
  const others = runs.filter((run) => run.name !== PLAIN && measured(run)).map((run) => titles[run.entrant]);
  const rule = others.length === 0 ? "" : ` No 2/lr for ${others.join(", ")}, whose steps are not lr times the gradient.`;
  return `${cost}${loose}${rule}`;
}
