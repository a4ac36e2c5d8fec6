// What each optimizer tells of itself at its evaluations: which gauges there are, and one of them as curves. Pure.

import { place } from "./curves.js";
import { edgeMarks, edgeSeries, edgeWords, measured } from "./edge.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./run.js").Run} Run
 * @typedef {import("./axes.js").Range} Range
 *
 * @typedef {object} Gauge
 * @property {string} key  in links
 * @property {string} title
 * @property {string} sentence
 * @property {"linear" | "log"} scale
 * @property {string[]} lines  names of the needles in the events, the bold one first, the others faint beside it
 * @property {Look} [look]  of one that is no needle, but is measured beside the race
 *
 * @typedef {object} Look
 * @property {(run: Run) => boolean} has
 * @property {typeof edgeSeries} series
 * @property {typeof edgeMarks} marks
 * @property {typeof edgeWords} words
 */

/** @type {Gauge[]} */
const KNOWN = [
  { key: "gradient_norm", title: "Gradient norm", sentence: "length of the newest minibatch’s gradient", scale: "log", lines: ["gradient_norm"] },
  { key: "weight_norm", title: "Weight norm", sentence: "length of all weights as one vector", scale: "linear", lines: ["weight_norm"] },
  {
    key: "sharpness", title: "Sharpness", scale: "log", lines: [], look: { has: measured, series: edgeSeries, marks: edgeMarks, words: edgeWords },
    sentence: "top eigenvalue of the training loss’s Hessian; dashed 2/lr, above which a plain gradient step overshoots and grows",
  },
  { key: "update_ratio", title: "Step against weights", sentence: "length of the newest step as a share of that of all weights", scale: "log", lines: ["update_ratio"] },
  { key: "lr", title: "Learning rate", sentence: "as the schedule has it", scale: "log", lines: ["lr"] },
  { key: "diagonal", title: "AdaHessian: diagonal", sentence: "√v, what a step divides by: the median, faint the lower and the upper tenth of all weights", scale: "log", lines: ["diagonal_median", "diagonal_tenth", "diagonal_ninetieth"] },
  { key: "rate", title: "Barzilai–Borwein: rate", sentence: "the rate in use, faint the one that the pair gave, before its bounds", scale: "log", lines: ["rate", "raw"] },
  { key: "bounded", title: "Barzilai–Borwein: out of bounds", sentence: "1 where the pair’s rate left its bounds and the fallback is in use", scale: "linear", lines: ["bounded"] },
  { key: "curvature", title: "Barzilai–Borwein: curvature", sentence: "sᵀy of the pair; the rule takes its size alone", scale: "linear", lines: ["curvature"] },
  { key: "evaluations", title: "L-BFGS: evaluations", sentence: "of loss and gradient so far, each on its batch of several minibatches", scale: "linear", lines: ["evaluations"] },
  { key: "rejected", title: "L-BFGS: rejected pairs", sentence: "pairs with too little curvature, not kept, so far", scale: "linear", lines: ["rejected"] },
];

/**
 * The gauges that at least one entrant has told a number of; one that this page does not know by name is shown under its own.
 * @param {Run[]} runs
 * @returns {Gauge[]}
 */
export function gaugesOf(runs) {
  const told = new Set(runs.flatMap((run) => run.evaluations.flatMap(({ gauges }) => Object.keys(gauges).filter((name) => gauges[name] !== null))));
  const known = KNOWN.filter(({ lines, look }) => (look ? runs.some(look.has) : lines.some((name) => told.has(name))));
  const named = new Set(KNOWN.flatMap(({ lines }) => lines));
  const others = [...told].filter((name) => !named.has(name)).sort();
  return [...known, ...others.map((name) => ({ key: name, title: capital(name.replaceAll("_", " ")), sentence: "", scale: /** @type {const} */ ("linear"), lines: [name] }))];
}

/**
 * @param {Race} race
 * @param {import("./curves.js").Pen[]} pens
 * @param {import("./axes.js").Against} against
 * @param {Gauge} gauge
 * @returns {import("../plots/lines.js").Series[]}  entrants without the gauge are absent
 */
export function gaugeSeries(race, pens, against, { lines, look }) {
  if (look) return look.series(race, pens, against);
  return lines.flatMap((name, index) => race.runs.flatMap((run) => {
    const { label, colour, dash, shown } = pens[run.entrant];
    const told = run.evaluations.filter(({ gauges }) => name in gauges);
    if (!shown || !told.some(({ gauges }) => gauges[name] !== null)) return [];
    const faint = index > 0;
    return [{
      key: faint ? `${run.entrant} ${name}` : `${run.entrant}`, label: faint ? "" : label, colour, dash: faint ? [] : dash, opacity: faint ? 0.4 : 1,
      x: told.map((each) => place(each, against)), y: told.map(({ gauges }) => gauges[name] ?? NaN), end: faint ? /** @type {const} */ ("none") : /** @type {const} */ ("dot"),
    }];
  }));
}

/**
 * Whether an entrant has told the gauge a number.
 * @param {Gauge} gauge
 * @param {Run} run
 */
export function tells({ lines, look }, run) {
  return look ? look.has(run) : run.evaluations.some((each) => lines.some((name) => (each.gauges[name] ?? null) !== null));
}

/**
 * An axis that holds all of it.
 * @param {{y: ArrayLike<number>}[]} series
 * @param {"linear" | "log"} scale
 * @returns {Range}
 */
export function gaugeRange(series, scale) {
  let low = Infinity;
  let high = -Infinity;
  for (const { y } of series) {
    for (let i = 0; i < y.length; i += 1) {
      if (!Number.isFinite(y[i]) || (scale === "log" && y[i] <= 0)) continue;
      low = Math.min(low, y[i]);
      high = Math.max(high, y[i]);
    }
  }
  if (low > high) return scale === "log" ? [0.1, 1] : [0, 1];
  if (scale === "log") return [low / 1.2, high * 1.2];
  // Nought is part of a linear axis; a little air keeps the line off its edges.
  const [from, to] = [Math.min(0, low), Math.max(0, high)];
  const air = 0.05 * (to - from || 1);
  return [from < 0 ? from - air : 0, to + air];
}

/** @param {string} text */
const capital = (text) => text[0].toUpperCase() + text.slice(1);
