// The three charts of a race, with one switch for what they are drawn against. Their axes widen and never narrow.

import { createChart } from "../chart.js";
import { segmented } from "../controls/segmented.js";
import { h, setText } from "../dom.js";
import { integer, number } from "../format.js";
import { accuracyRange, trainingRange, validationRange, widen, xRange } from "./axes.js";
import { accuracyCurves, outsideWords, trainingCurves, validationLossCurves } from "./curves.js";
import { createPatience } from "./patience.js";
import { createTargetLine } from "./target-line.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./curves.js").Pen} Pen
 * @typedef {import("./axes.js").Against} Against
 * @typedef {import("./axes.js").Range} Range
 * @typedef {import("../plots/lines.js").Axis} Axis
 */

/** @type {{value: Against, text: string}[]} */
const AGAINST = [{ value: "epoch", text: "Epoch" }, { value: "time", text: "Time" }, { value: "gradients", text: "Gradients" }];
const EXPLAINED = {
  epoch: "", time: "each one's own training seconds, evaluation left out", gradients: "gradient evaluations, one minibatch each",
};
const CHARACTER = 6.6; // pixels of a character at 12 px, on average
const NAME_MARGIN = 22; // the line's end sign, and the last tick's word beneath
const UNITS = { epoch: "epochs", time: "s", gradients: "gradients" };

/**
 * @param {object} options
 * @param {string} options.plotly
 * @param {(against: Against) => void} options.onAgainst
 * @param {(patience: number | null) => void} options.onPatience
 * @param {(target: number | null) => void} options.onTarget  a share; null: let the race choose
 * @param {() => void} options.onDrawn
 */
export function createCharts({ plotly, onAgainst, onPatience, onTarget, onDrawn }) {
  const choice = segmented({ label: "Drawn against", choices: AGAINST, value: "epoch", onChange: onAgainst });
  const explained = h("span", { class: "aside against-words" });
  const accuracy = pane("Validation accuracy", "star marks the best epoch", { plotly, onDrawn: () => { line.place(); onDrawn(); }, gutter: { left: 44 } });
  const training = pane("Training loss", "log scale · raw steps faint, smoothed bold", { plotly, gutter: { left: 44 } });
  const validation = pane("Validation loss", "ring marks the lowest", { plotly, gutter: { left: 44 } });
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
  /** @type {{race: string, against: string, ranges: Record<string, Range>}} */
  let axes = { race: "", against: "", ranges: {} };

  /**
   * @param {string} name
   * @param {Range} next
   */
  function range(name, next) {
    axes.ranges[name] = widen(axes.ranges[name] ?? null, next);
    return axes.ranges[name];
  }

  return {
    element,
    /**
     * @param {Race} race
     * @param {Pen[]} pens
     * @param {Against} against
     * @param {number} classes  of the data set: guessing has the loss ln(classes)
     * @param {number | null} wait  the patience of early stopping
     * @param {number | null} target  accuracy, a share
     */
    update(race, pens, against, classes, wait, target) {
      choice.set(against);
      setText(explained, EXPLAINED[against]);
      if (axes.race !== race.id) axes = { race: race.id, against, ranges: {} };
      if (axes.against !== against) {
        axes.against = against;
        delete axes.ranges.x;
      }
      patience.update(wait, race.runs, pens.map((pen) => pen.label));
      setText(validation.aside, wait === null ? "ring marks the lowest" : "star: kept · square: would stop");
      const longest = Math.max(0, ...pens.map((pen) => pen.label.length));
      for (const { chart } of [accuracy, training, validation]) chart.reserve(NAME_MARGIN + CHARACTER * longest);
      const chance = Math.log(Math.max(2, classes));
      /** @type {Axis} */
      const x = { scale: "linear", range: range("x", xRange(race, against)), unit: UNITS[against], end: true, line: true, text: against === "gradients" ? integer : undefined };
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

/**
 * A chart with its head: title, what its signs mean, and what the drawing leaves out.
 * @param {string} title
 * @param {string} aside
 * @param {{plotly: string, gutter: Partial<import("../chart.js").Gutter>, onDrawn?: () => void}} options
 */
function pane(title, aside, { plotly, gutter, onDrawn }) {
  const said = h("span", { class: "aside" }, aside);
  const extra = h("span", {});
  const thinned = h("span", {});
  const chart = createChart({
    label: `${title}, one line for each optimizer; the leaderboard gives the figures`, plotly, gutter,
    onDrawn: ({ thinning }) => {
      setText(thinned, thinning > 1 ? `1 of ${integer(thinning)} points drawn` : "");
      onDrawn?.();
    },
  });
  return {
    chart, extra, aside: said,
    head: h("div", { class: "section-head" }, h("h2", {}, title), said),
    caption: h("p", { class: "chart-caption" }, extra, thinned),
    frame: h("div", { class: "chart-frame" }, chart.element),
  };
}
