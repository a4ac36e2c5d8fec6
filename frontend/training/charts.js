// The three charts of a race, with one switch for what they are drawn against.

import { segmented } from "../controls/segmented.js";
import { h, setText } from "../dom.js";
import { number } from "../format.js";
import { accuracyRange, trainingRange, validationRange } from "./axes.js";
import { accuracyCurves, outsideWords, trainingCurves, validationLossCurves } from "./curves.js";
import { createPane } from "./pane.js";
import { createPatience } from "./patience.js";
import { createTargetLine } from "./target-line.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./curves.js").Pen} Pen
 * @typedef {import("./axes.js").Against} Against
 * @typedef {import("../plots/lines.js").Axis} Axis
 */

/** @type {{value: Against, text: string}[]} */
const AGAINST = [{ value: "epoch", text: "Epoch" }, { value: "time", text: "Time" }, { value: "gradients", text: "Gradients" }];
const EXPLAINED = {
  epoch: "", time: "each one's own training seconds, evaluation left out", gradients: "gradient evaluations, one minibatch each",
};

/**
 * @param {object} options
 * @param {string} options.plotly
 * @param {import("./scales.js").Scales} options.scales
 * @param {(against: Against) => void} options.onAgainst
 * @param {(patience: number | null) => void} options.onPatience
 * @param {(target: number | null) => void} options.onTarget  a share; null: let the race choose
 * @param {() => void} options.onDrawn
 */
export function createCharts({ plotly, scales, onAgainst, onPatience, onTarget, onDrawn }) {
  const choice = segmented({ label: "Drawn against", choices: AGAINST, value: "epoch", onChange: onAgainst });
  const explained = h("span", { class: "aside against-words" });
  const accuracy = createPane({ title: "Validation accuracy", aside: "star marks the best epoch", plotly, onDrawn: () => { line.place(); onDrawn(); } });
  const training = createPane({ title: "Training loss", aside: "log scale · raw steps faint, smoothed bold", plotly });
  const validation = createPane({ title: "Validation loss", aside: "ring marks the lowest", plotly });
  accuracy.head.append(h("span", { class: "against right" }, explained, h("span", { class: "aside" }, "against"), choice.element));
  const line = createTargetLine({ chart: accuracy.chart, onTarget });
  accuracy.frame.append(line.element);
  const patience = createPatience(onPatience);
  validation.head.append(patience.field);
  const element = h(
    "div", { class: "charts" },
    h("section", { class: "chart-pane large" }, accuracy.head, accuracy.frame),
    h("div", { class: "chart-pair" },
      h("section", { class: "chart-pane" }, training.head, training.caption, training.frame),
      h("section", { class: "chart-pane" }, validation.head, validation.caption, validation.frame)),
    patience.element,
  );
  const { range } = scales;

  return {
    element,
    /**
     * @param {Race} race
     * @param {Pen[]} pens
     * @param {Against} against
     * @param {Axis} x
     * @param {number} names  pixels to keep for the names
     * @param {number} classes  of the data set: guessing has the loss ln(classes)
     * @param {number | null} wait  the patience of early stopping
     * @param {number | null} target  accuracy, a share
     */
    update(race, pens, against, x, names, classes, wait, target) {
      choice.set(against);
      setText(explained, EXPLAINED[against]);
      patience.update(wait, race.runs, pens.map((pen) => pen.label));
      setText(validation.aside, wait === null ? "ring marks the lowest" : "star: kept · square: would stop");
      for (const { chart } of [accuracy, training, validation]) chart.reserve(names);
      const chance = Math.log(Math.max(2, classes));
      const share = range("accuracy", accuracyRange(race));
      accuracy.chart.update({ ...accuracyCurves(race, pens, against, share), x, y: { scale: "linear", range: [100 * share[0], 100 * share[1]], unit: "%" } });
      line.update(target);
      const trained = range("training", trainingRange(race, chance));
      training.chart.update({ ...trainingCurves(race, pens, against, trained), x, y: { scale: "log", range: trained, text: (value) => number(value, 2) } });
      setText(training.extra, outsideWords(race, pens, trained));
      const validated = range("validation", validationRange(race, chance));
      validation.chart.update({ ...validationLossCurves(race, pens, against, validated, wait), x, y: { scale: "linear", range: validated, text: (value) => number(value, 2) } });
    },
  };
}
