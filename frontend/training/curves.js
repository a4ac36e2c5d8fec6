// A race as three pictures: validation accuracy, training loss, validation loss. Pure: numbers and inks in, series and marks out.

import { number } from "../format.js";
import { departures, divergence } from "./departures.js";
import { bandWords } from "./quantiles.js";
import { begun, best, diverged, lowest } from "./run.js";
import { stopping } from "./stopping.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./run.js").Run} Run
 * @typedef {import("./repeats.js").Many} Many
 * @typedef {import("./axes.js").Against} Against
 * @typedef {import("./axes.js").Range} Range
 * @typedef {import("../plots/lines.js").Series} Series
 * @typedef {import("../plots/lines.js").Mark} Mark
 * @typedef {{label: string, colour: string, dash: number[], shown: boolean}} Pen  how one entrant is drawn
 * @typedef {{series: Series[], marks: Mark[]}} Curves
 */

const SINGLE = 0.5; // opacity of a repeat by itself
const RAW = " raw"; // ends the key of a faint curve of raw steps
const AFTERWARDS = 0.35; // opacity of what an entrant did after it would have stopped

/**
 * Where a validation stands on the x axis.
 * @param {{epoch: number, seconds: number, gradients: number}} at
 * @param {Against} against
 */
export const place = (at, against) => ({ epoch: at.epoch, time: at.seconds, gradients: at.gradients })[against];

/**
 * @param {Race} race
 * @param {Pen[]} pens  by entrant
 * @param {Against} against
 * @param {Range} y  in shares
 * @returns {Curves}  y in per cent
 */
export function accuracyCurves(race, pens, against, y) {
  return validationCurves(race, pens, against, (each) => 100 * each.accuracy, scaled, [100 * y[0], 100 * y[1]], (run) => {
    const top = best(run);
    return top ? [{ x: place(top, against), y: 100 * top.accuracy, sign: "star" }] : [];
  }, undefined, (pen, run) => ({ text: `${pen.label}: ${reasonWords(run)}`, brief: pen.label }));
}

/** The band of accuracies, in per cent. @param {Many} many */
function scaled({ accuracy: { low, high } }) {
  return { low: low.map((each) => 100 * each), high: high.map((each) => 100 * each) };
}

/**
 * With a patience, a star stands where the weights would be taken from and a square where the entrant would have stopped;
 * what it did after that is faint.
 * @param {Race} race
 * @param {Pen[]} pens
 * @param {Against} against
 * @param {Range} y
 * @param {number | null} [patience]  in evaluations
 * @returns {Curves}
 */
export function validationLossCurves(race, pens, against, y, patience = null) {
  const stops = race.runs.map((run) => (patience === null ? null : stopping(run, patience)));
  return validationCurves(race, pens, against, (each) => each.loss, (many) => many.loss, y, (run) => {
    const stop = stops[run.entrant];
    const least = stop ? stop.best : lowest(run);
    /** @type {Omit<Mark, "colour">[]} */
    const signs = least ? [{ x: place(least, against), y: least.loss, sign: stop ? "star" : "ring" }] : [];
    if (stop?.at) signs.push({ x: place(stop.at, against), y: stop.at.loss, sign: "stop" });
    return signs;
  }, (run) => stops[run.entrant]?.at ?? null);
}

/**
 * @param {Race} race
 * @param {Pen[]} pens
 * @param {Against} against
 * @param {(evaluation: import("./run.js").Evaluation) => number} value
 * @param {(many: Many) => import("./repeats.js").Band} around
 * @param {Range} y
 * @param {(run: Run) => Omit<Mark, "colour">[]} signs
 * @param {(run: Run) => import("./run.js").Evaluation | null} [last]  beyond it the curve is faint
 * @param {(pen: Pen, run: Run) => Pick<Mark, "text" | "brief">} [words]  beside the × of a diverged entrant
 * @returns {Curves}
 */
function validationCurves(race, pens, against, value, around, y, signs, last = () => null, words) {
  /** @type {Curves} */
  const curves = { series: [], marks: [] };
  const begun = race.runs.some((run) => run.evaluations.length > 1);
  for (const run of race.runs) {
    const pen = pens[run.entrant];
    if (!pen.shown) continue;
    const { colour, dash } = pen;
    // A lone first point has no name beside the lines of those that have gone on: it would stand upon them.
    const label = begun && run.evaluations.length < 2 ? "" : pen.label;
    const seen = run.many ? run.evaluations : withForks(race, run);
    const xs = seen.map((each) => place(each, against));
    const ys = seen.map(value);
    const out = diverged(run);
    const until = seen.findIndex((each) => each === last(run));
    if (until >= 0) curves.series.push({ key: `${run.entrant} before`, label: "", colour, dash, x: xs.slice(0, until + 1), y: ys.slice(0, until + 1) });
    const opacity = until >= 0 ? AFTERWARDS : 1;
    const from = Math.max(0, until);
    const band = run.many && { low: around(run.many).low.slice(from), high: around(run.many).high.slice(from) };
    curves.series.push({ key: `${run.entrant}`, label: out ? "" : label, colour, dash, x: xs.slice(from), y: ys.slice(from), opacity, band, end: out ? "none" : "dot" });
    curves.series.push(...singles(race, pens, run, (one) => ({ x: one.evaluations.map((each) => place(each, against)), y: one.evaluations.map(value) })));
    curves.marks.push(...departures(race, run, against, { x: xs, y: ys }, y, colour, words?.(pen, run)));
    const shown = out && until < 0 ? [] : signs(run).filter((sign) => sign.y >= y[0] && sign.y <= y[1]);
    curves.marks.push(...shown.map((sign) => ({ ...sign, colour })));
    if (!out) for (const one of run.many?.runs.filter(diverged) ?? []) curves.marks.push({ ...divergence(race, one, against, one.evaluations.map(value), y), colour });
  }
  return curves;
}

/**
 * Raw losses faint behind, smoothed ones bold above.
 * @param {Race} race
 * @param {Pen[]} pens
 * @param {Against} against
 * @param {Range} y
 * @returns {Curves}
 */
export function trainingCurves(race, pens, against, y) {
  /** @type {Series[]} */
  const faint = [];
  /** @type {Curves} */
  const curves = { series: [], marks: [] };
  for (const run of race.runs) {
    const pen = pens[run.entrant];
    if (!pen.shown) continue;
    const { colour, dash, label } = pen;
    const x = along(race, run, against);
    const out = diverged(run);
    const bold = onParent(race, run, against, x);
    if (!run.many) faint.push({ key: `${run.entrant}${RAW}`, label: "", colour, dash: [], x, y: run.loss, opacity: 0.28, width: 1 });
    curves.series.push({ key: `${run.entrant}`, label: out ? "" : label, colour, dash, ...bold, band: run.many?.smoothed, end: out ? "none" : "dot" });
    faint.push(...singles(race, pens, run, (one) => ({ x: along(race, one, against), y: one.smoothed })));
    curves.marks.push(...departures(race, run, against, bold, y, colour));
    if (!out) for (const one of run.many?.runs.filter(diverged) ?? []) curves.marks.push({ ...divergence(race, one, against, one.smoothed, y), colour });
  }
  return { series: [...faint, ...curves.series], marks: curves.marks };
}

/**
 * Where the points of the training loss stand on the x axis.
 * @param {Race} race
 * @param {Run} run
 * @param {Against} against
 */
function along(race, run, against) {
  return against === "epoch" ? run.step.map((step) => step / race.stepsPerEpoch) : against === "time" ? run.seconds : run.gradients;
}

/**
 * The repeats by themselves, faint, where one optimizer is shown alone: of several they would be a thicket.
 * @param {Race} race
 * @param {Pen[]} pens
 * @param {Run} run
 * @param {(one: Run) => {x: number[], y: number[]}} points
 * @returns {Series[]}
 */
function singles(race, pens, run, points) {
  if (!run.many || race.runs.filter(({ entrant }) => pens[entrant].shown).length > 1) return [];
  const { colour } = pens[run.entrant];
  return run.many.runs.map((one, repeat) => ({ key: `${run.entrant} repeat ${repeat}`, label: "", colour, dash: [], ...points(one), opacity: SINGLE, width: 1 }));
}

/**
 * What lines and bands are, in a race with repeats; "" in another.
 * @param {Race} race
 * @param {Pen[]} pens
 */
export function repeatWords({ request, runs }, pens) {
  const repeats = request?.repeats ?? 1;
  if (repeats === 1) return "";
  const alone = runs.filter(({ entrant }) => pens[entrant].shown).length === 1;
  return `line: median of ${repeats} repeats · band: ${bandWords(repeats)}${alone ? " · faint: each repeat" : ""}`;
}

/**
 * An entrant's validations, and those that its forks began with: the same weights, so they are points of its own curve.
 * @param {Race} race
 * @param {Run} run
 */
function withForks(race, run) {
  const began = race.runs.flatMap(({ origin, evaluations: [first] }) =>
    (origin?.parent === run.entrant && first?.step === origin.step && first.step <= run.at.step && !run.evaluations.some(({ step }) => step === first.step) ? [first] : []));
  return began.length === 0 ? run.evaluations : [...run.evaluations, ...began].sort((a, b) => a.step - b.step);
}

/**
 * The smoothed training loss; that of a fork begins where its parent's was.
 * @param {Race} race
 * @param {Run} run
 * @param {Against} against
 * @param {number[]} x
 */
function onParent(race, run, against, x) {
  const { origin, smoothed } = run;
  const parent = origin && race.runs[origin.parent];
  const at = parent ? parent.step.filter((step) => step <= begun(run)).length - 1 : -1;
  // Of one repeat it begins where that was, and the line shown is their median: nothing is joined to it.
  if (!origin || !parent || parent.many || at < 0 || x.length === 0) return { x, y: smoothed };
  return { x: [place({ ...origin, epoch: origin.step / race.stepsPerEpoch }, against), ...x], y: [parent.smoothed[at], ...smoothed] };
}

/**
 * Raw losses, or repeats of a band, that the axis does not hold, in words; "" when it holds all.
 * @param {Series[]} series  of the training curves, as they are shown
 * @param {Range} range
 */
export function outsideWords(series, [low, high]) {
  let least = Infinity;
  let greatest = -Infinity;
  for (const { key, y, band } of series) {
    for (const values of [key.endsWith(RAW) ? y : [], band?.low ?? [], band?.high ?? []]) {
      for (let i = 0; i < values.length; i += 1) {
        if (values[i] < least) least = values[i];
        if (values[i] > greatest) greatest = values[i];
      }
    }
  }
  const words = [];
  if (least < low) words.push(`down to ${number(least, 2)}`);
  if (greatest > high) words.push(`up to ${number(greatest, 2)}`);
  return words.length > 0 ? `${series.some(({ band }) => band) ? "bands" : "raw steps"} go ${words.join(" and ")}` : "";
}

/**
 * Why an entrant is out, to stand behind its name: "loss is not finite at step 412".
 * @param {Run} run
 */
export function reasonWords(run) {
  const sentence = lowerFirst(run.ending?.sentence ?? "").replace(/^the training loss/, "loss");
  return sentence.replace(/\d+(?:\.\d+)?e[+-]?\d+/g, (text) => number(Number(text), 2));
}

/** @param {string} text */
export function lowerFirst(text) {
  const sentence = text.replace(/\.$/, "");
  // "L-BFGS", "NaN": a capital that a second one follows belongs to a name.
  return /^[A-Z][a-z]+\b/.test(sentence) ? sentence[0].toLowerCase() + sentence.slice(1) : sentence;
}
