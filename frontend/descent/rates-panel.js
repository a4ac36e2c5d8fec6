// A thin strip under the curves: the learning rate over the steps, a line for each optimizer with a schedule. Without
// any there is no strip. It shares the curves' x axis and playhead.

import { fill, h } from "../dom.js";
import { number } from "../format.js";
import { givingWay, perFrame } from "../frames.js";
import { spread } from "../labels.js";
import { MARGIN } from "../plots/contour.js";
import { sketch } from "../sketch.js";
import { logTicks } from "../ticks.js";
import { rowAt } from "../wire.js";
import { settle } from "./curves.js";
import { looks } from "./look.js";
import { leaves, rateRange, rateSeries, rateShare } from "./rates.js";

const HEIGHT = 68;
const NAME_GAP = 14;
const MOST_TICKS = 3;

/** @param {import("./room-context.js").Context} context */
export function createRates({ catalogue, store }) {
  const narrow = matchMedia("(max-width: 760px)").matches;
  const gutter = { left: MARGIN.left, right: narrow ? 16 : 110, top: 16, bottom: 6 };
  const canvas = h("canvas", { class: "chart-sketch" });
  const ticks = h("div", { class: "rates-ticks" });
  const names = h("div", { class: "chart-signs" });
  const cursor = h("div", { class: "chart-cursor" });
  const dots = h("div", { class: "chart-signs" });
  const element = h(
    "div", { class: "rates", role: "img", hidden: true, "--height": `${HEIGHT}px` },
    h("p", { class: "rates-caption" }, "learning rate ", h("i", {}, "η")), ticks, canvas, names, cursor, dots,
  );
  const inner = HEIGHT - gutter.top - gutter.bottom;
  /** @type {[number, number] | null} */
  let range = null;
  /** @type {import("../plots/lines.js").Series[]} */
  let series = [];
  let shown = "";
  let width = 0;

  /** @param {number} rate */
  const toY = (rate) => gutter.top + (1 - rateShare(range ?? [0.1, 1], rate)) * inner;
  /** @param {number} step @param {number} steps */
  const toX = (step, steps) => gutter.left + (step / Math.max(1, steps)) * (width - gutter.left - gutter.right);

  function update() {
    const { picture, held, theme } = store.get();
    if (!picture) return;
    const look = looks(catalogue, picture.settings.entries, theme);
    series = rateSeries(picture.runs.map(({ entry, trajectory }) => {
      const { short, colour, dash } = /** @type {import("./look.js").Look} */ (look.get(entry.id));
      return { key: String(entry.id), short, colour, dash, trajectory };
    }));
    element.hidden = series.length === 0;
    if (series.length === 0) {
      range = null;
      return;
    }
    width = width || element.clientWidth;
    const wanted = rateRange(series);
    const who = series.map(({ key }) => key).join(" ");
    // As with the curves: while a hand drags, the axis stands.
    if (!range || who !== shown) range = wanted;
    else if (!held) range = settle(range, wanted, true);
    shown = who;
    element.style.setProperty("--across", String(width - gutter.left - gutter.right));
    const { steps } = picture.settings;
    sketch(canvas, { series, x: { scale: "linear", range: [0, steps] }, y: { scale: "log", range } }, { width, height: HEIGHT, gutter });
    label(steps);
    head();
  }

  /** @param {number} steps */
  function label(steps) {
    const [low, high] = /** @type {[number, number]} */ (range);
    const { values, texts } = logTicks(Math.log10(low), Math.log10(high), MOST_TICKS);
    fill(ticks, values.map((value, i) => h("span", { "--y": `${toY(value)}px` }, texts[i])));
    const ends = series.map(({ x, y }) => ({ x: toX(x[x.length - 1], steps), y: toY(y[y.length - 1]), rate: y[y.length - 1] }));
    const heights = spread(ends.map(({ y }) => y), NAME_GAP, gutter.top - 4, HEIGHT - gutter.bottom);
    fill(names, series.flatMap((line, i) => {
      const left = leaves(line, low);
      return [
        left === null ? null : h("span", { class: "chart-sign below", "--x": `${toX(left, steps)}px`, "--y": `${HEIGHT - gutter.bottom}px`, "--colour": line.colour }),
        narrow ? null : h("span", { class: "chart-name", "--x": `${ends[i].x + 10}px`, "--y": `${heights[i]}px`, "--colour": line.colour }, `${line.label} ${number(ends[i].rate, 2)}`),
      ];
    }));
    element.setAttribute("aria-label", `Learning rates over the steps: ${series.map(({ label: name, y }) => `${name} from ${number(y[0])} to ${number(y[y.length - 1])}`).join(", ")}.`);
  }

  function head() {
    const { picture, step } = store.get();
    if (!picture || series.length === 0) return;
    const { steps } = picture.settings;
    const x = toX(Math.min(step, steps), steps);
    cursor.style.transform = `translateX(${x}px)`;
    cursor.style.top = `${gutter.top}px`;
    cursor.style.height = `${inner}px`;
    fill(dots, picture.runs.filter(({ trajectory }) => trajectory.rates !== null).map(({ trajectory }, i) => h("span", {
      class: "chart-sign dot", "--colour": series[i]?.colour, "--x": `${x}px`,
      "--y": `${toY(/** @type {Float32Array} */ (trajectory.rates)[rowAt(trajectory, step)])}px`,
    })));
  }

  new ResizeObserver(() => {
    if (element.clientWidth === 0 || element.clientWidth === width) return;
    width = element.clientWidth;
    update();
  }).observe(element);
  store.watch(["picture", "held", "theme"], givingWay(() => store.get().held, update, 50));
  store.watch(["step"], perFrame(head));
  return { element };
}
