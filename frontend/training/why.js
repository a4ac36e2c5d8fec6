// Why it went so: a folded chart of what the optimizers tell of themselves, one gauge at a time.

import { drawer } from "../controls/drawer.js";
import { fill, h, setText } from "../dom.js";
import { number, power } from "../format.js";
import { closeUp } from "./close-up.js";
import { excursions } from "./departures.js";
import { gaugeRange, gaugesOf, gaugeSeries, tells } from "./gauges.js";
import { createPane } from "./pane.js";
import { rulesWithin } from "./rules.js";
import { diverged } from "./run.js";

/**
 * @typedef {import("./gauges.js").Gauge} Gauge
 */

/**
 * @param {object} options
 * @param {string} options.plotly
 * @param {import("./scales.js").Scales} options.scales
 * @param {(gauge: string | null) => void} options.onGauge  null: folded
 */
export function createWhy({ plotly, scales, onGauge }) {
  const pane = createPane({ title: "Gauges of the optimizers", aside: "", plotly });
  const select = h("select", { class: "select", "aria-label": "Gauge", onchange: () => onGauge(select.value) });
  const sentence = h("span", { class: "aside" });
  const absent = h("p", { class: "why-absent" });
  const element = drawer(
    "Why", "what the optimizers tell of themselves at each evaluation",
    h("div", { class: "chart-pane" }, h("div", { class: "why-choice" }, select, sentence), pane.caption, pane.frame, absent),
  );
  element.classList.add("why");
  element.hidden = true;
  element.addEventListener("toggle", toggle);
  /** @type {Gauge[]} */
  let gauges = [];
  /** @type {string | null} */
  let shown = null;

  function toggle() {
    if (element.open === (shown !== null)) return;
    onGauge(element.open ? gauges[0]?.key ?? null : null);
  }

  return {
    element,
    pane,
    /** @param {import("./picture.js").RacePicture} picture */
    update({ race, whole, view, pens, titles, x, room, rules }) {
      const { against, gauge: wanted } = view;
      const next = gaugesOf(whole.runs);
      element.hidden = next.length === 0;
      if (next.map(({ key }) => key).join() !== gauges.map(({ key }) => key).join()) {
        fill(select, next.map(({ key, title }) => h("option", { value: key }, title)));
      }
      gauges = next;
      shown = wanted;
      element.open = wanted !== null;
      const gauge = gauges.find(({ key }) => key === wanted) ?? gauges[0];
      if (wanted === null || !gauge) return;
      if (select.value !== gauge.key) select.value = gauge.key;
      setText(pane.heading, gauge.title);
      setText(sentence, [gauge.sentence, race.runs.some(({ many }) => many) && (gauge.look ? "of the first repeat" : "medians of the repeats")].filter(Boolean).join(" · "));
      const series = gaugeSeries(race, pens, against, gauge);
      // Who diverged does not flatten the others: where it leaves the axis, an arrow says to which value.
      const lasting = gaugeSeries({ ...whole, runs: whole.runs.filter((run) => !diverged(run)) }, pens, against, gauge);
      const range = scales.range(`gauge ${gauge.key}`, gaugeRange(lasting.length > 0 ? lasting : series, gauge.scale));
      pane.chart.reserve(room);
      const y = { scale: gauge.scale, range, text: tick };
      const marks = [...series.flatMap((line) => excursions(Array.from(line.x), Array.from(line.y), range, line.colour)), ...(gauge.look?.marks(race, pens, against) ?? [])];
      pane.show({ ...(view.zoom !== null ? closeUp({ series, marks: gauge.look?.marks(race, pens, against) ?? [] }, x, y) : { series, x, y, marks }), rules: rulesWithin(rules, x.range) });
      const without = whole.runs.filter((run) => !tells(gauge, run));
      const missing = without.length === 0 ? "" : `Without it: ${without.map((run) => titles[run.entrant]).join(", ")}.`;
      setText(absent, [gauge.look?.words(race.runs, titles) ?? "", missing].filter(Boolean).join(" "));
    },
  };
}

/** A tick's words, short enough for the room that all charts keep at their left. @param {number} value */
function tick(value) {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e5)) return number(value, 2);
  const [mantissa, exponent] = value.toExponential(0).split("e");
  return mantissa === "1" ? power(Number(exponent)) : `${number(Number(mantissa))}·${power(Number(exponent))}`;
}
