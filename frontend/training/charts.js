// The three charts of a race, with one switch for what they are drawn against.

import { segmented } from "../controls/segmented.js";
import { h, setText } from "../dom.js";
import { number, percent, power } from "../format.js";
import { closeUp } from "./close-up.js";
import { accuracyRange, trainingRange, validationRange } from "./axes.js";
import { accuracyCurves, outsideWords, repeatWords, trainingCurves, validationLossCurves } from "./curves.js";
import { createPane } from "./pane.js";
import { createPatience } from "./patience.js";
import { rulesWithin } from "./rules.js";
import { createTargetLine } from "./target-line.js";

/**
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
 * @param {ReturnType<typeof import("./lens.js").createLens>} options.lens
 * @param {(against: Against) => void} options.onAgainst
 * @param {() => void} options.onWhole  the zoom is to end
 * @param {(patience: number | null) => void} options.onPatience
 * @param {(target: number | null) => void} options.onTarget  a share; null: let the race choose
 * @param {() => void} options.onDrawn
 */
export function createCharts({ plotly, scales, lens, onAgainst, onWhole, onPatience, onTarget, onDrawn }) {
  const choice = segmented({ label: "Drawn against", choices: AGAINST, value: "epoch", onChange: onAgainst });
  const unzoom = h("button", { type: "button", class: "quiet charts-whole", hidden: true, onclick: onWhole }, "Whole race");
  const explained = h("span", { class: "aside against-words" });
  const accuracy = createPane({ title: "Validation accuracy", aside: "star marks the best epoch · drag across to zoom", plotly, onDrawn: () => { line.place(); onDrawn(); } });
  const training = createPane({ title: "Training loss", aside: "log scale · raw steps faint, smoothed bold", plotly });
  const validation = createPane({ title: "Validation loss", aside: "ring marks the lowest", plotly });
  accuracy.head.append(h("span", { class: "against right" }, unzoom, explained, h("span", { class: "aside" }, "against"), choice.element));
  lens.attach(accuracy, (value) => percent(value / 100));
  lens.attach(training, number);
  lens.attach(validation, number);
  const line = createTargetLine({ chart: accuracy.chart, onTarget });
  accuracy.frame.append(line.element);
  const patience = createPatience(onPatience);
  validation.head.append(patience.field);
  const element = h(
    "div", { class: "charts" },
    h("section", { class: "chart-pane large" }, accuracy.head, accuracy.caption, accuracy.frame),
    h("div", { class: "chart-pair" },
      h("section", { class: "chart-pane" }, training.head, training.caption, training.frame),
      h("section", { class: "chart-pane" }, validation.head, validation.caption, validation.frame)),
    patience.element,
  );
  const { range } = scales;

  return {
    element,
    panes: [accuracy, training, validation],
    /** @param {import("./picture.js").RacePicture} picture */
    update({ race, wide, view, pens, x, room, classes, target, rules }) {
      const { against, patience: wait } = view;
      const zoomed = view.zoom !== null;
      unzoom.hidden = !zoomed;
      choice.set(against);
      setText(explained, EXPLAINED[against]);
      patience.update(wait, race.runs, pens.map((pen) => pen.label));
      setText(validation.aside, wait === null ? "ring marks the lowest" : "star: kept · square: would stop");
      for (const { chart } of [accuracy, training, validation]) chart.reserve(room);
      const chance = Math.log(Math.max(2, classes));
      const share = range("accuracy", accuracyRange(wide));
      draw(accuracy, (y) => accuracyCurves(race, pens, against, [y[0] / 100, y[1] / 100]), { scale: "linear", range: [100 * share[0], 100 * share[1]], unit: "%" });
      line.update(target);
      const trained = range("training", trainingRange(wide, chance));
      draw(training, (y) => trainingCurves(race, pens, against, y), { scale: "log", range: trained, text: decade });
      setText(training.aside, race.runs.some(({ many }) => many) ? "log scale · smoothed" : "log scale · raw steps faint, smoothed bold");
      setText(training.extra, outside(training));
      const validated = range("validation", validationRange(wide, chance));
      draw(validation, (y) => validationLossCurves(race, pens, against, y, wait), { scale: "linear", range: validated, text: (value) => number(value, zoomed ? 3 : 2) });

      setText(accuracy.extra, repeatWords(race, pens));
      setText(validation.extra, race.runs.some(({ many }) => many) ? outside(validation) : "");

      /** @param {import("./pane.js").Pane} pane */
      function outside(pane) {
        const shown = pane.picture();
        return shown ? outsideWords(shown.series, shown.y.range) : "";
      }

      /**
       * @param {import("./pane.js").Pane} pane
       * @param {(y: import("./axes.js").Range) => import("./curves.js").Curves} curves  for a range of y
       * @param {Axis} y
       */
      function draw(pane, curves, y) {
        pane.show({ ...(zoomed ? closeUp(curves([-Infinity, Infinity]), x, y) : { ...curves(y.range), x, y }), rules: rulesWithin(rules, x.range) });
      }
    },
  };
}

/** A whole power of ten as such, which stays short far down; all else in digits. @param {number} value */
function decade(value) {
  const exponent = Math.round(Math.log10(value));
  return Math.abs(value / 10 ** exponent - 1) < 1e-9 ? power(exponent, { plain: true }) : number(value, 2);
}
