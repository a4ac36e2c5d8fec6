// A thin strip under the curves: the learning rate over the steps, a line for each optimizer with a schedule. Without
// any there is no strip. It shares the curves' x axis and playhead.

import { fill, h, setText } from "../dom.js";
import { number } from "../format.js";
import { givingWay, perFrame } from "../frames.js";
import { besides, spread } from "../labels.js";
import { MARGIN } from "../plots/contour.js";
import { sketch } from "../sketch.js";
import { logTicks } from "../ticks.js";
import { rowAt } from "../wire.js";
import { settle } from "./curves.js";
import { looks } from "./look.js";
import { leaves, rateRange, rateSeries, rateShare } from "./rates.js";

const LEAST = 68; // pixels of height, room for four names; each one more makes the strip taller
const NAME_GAP = 14;
const LETTER = 6.5; // pixels, about
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
    "div", { class: "rates", role: "img", hidden: true },
    h("p", { class: "rates-caption" }, "learning rate ", h("i", {}, "η")), ticks, canvas, names, cursor, dots,
  );
  /** @type {[number, number] | null} */
  let range = null;
  /** @type {import("../plots/lines.js").Series[]} */
  let series = [];
  let shown = "";
  let width = 0;
  let height = LEAST;

  const inner = () => height - gutter.top - gutter.bottom;

  /** @param {number} rate */
  const toY = (rate) => gutter.top + (1 - rateShare(range ?? [0.1, 1], rate)) * inner();
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
    height = LEAST + NAME_GAP * Math.max(0, series.length - 4);
    element.style.setProperty("--height", `${height}px`);
    const wanted = rateRange(series);
    const who = series.map(({ key }) => key).join(" ");
    // As with the curves: while a hand drags, the axis stands.
    if (!range || who !== shown) range = wanted;
    else if (!held) range = settle(range, wanted, true);
    shown = who;
    element.style.setProperty("--across", String(width - gutter.left - gutter.right));
    const { steps } = picture.settings;
    sketch(canvas, { series, x: { scale: "linear", range: [0, steps] }, y: { scale: "log", range } }, { width, height, gutter });
    label(steps);
    head();
  }

  /** @param {number} steps */
  function label(steps) {
    const [low, high] = /** @type {[number, number]} */ (range);
    const { values, texts } = logTicks(Math.log10(low), Math.log10(high), MOST_TICKS);
    fill(ticks, values.map((value, i) => h("span", { "--y": `${toY(value)}px` }, texts[i])));
    const ends = series.map((line) => {
      const { x, y } = line;
      const rate = y[y.length - 1];
      const left = leaves(line, low); // a line that goes on below is named at its arrow
      return { line, left, x: toX(left ?? x[x.length - 1], steps), y: toY(rate), text: `${line.label}: ${number(rate, 2)}` };
    });
    fill(names, ends.map((end) => end.left !== null && h("span", { class: "chart-sign below", "--x": `${end.x}px`, "--y": `${height - gutter.bottom}px`, "--colour": end.line.colour })));
    if (!narrow) besides(ends.map(({ x, text }) => ({ left: x, width: 10 + LETTER * text.length }))).forEach((group) => nameEnds(group.map((i) => ends[i])));
    element.setAttribute("aria-label", `Learning rates over the steps: ${series.map(({ label: name, y }) => `${name} from ${number(y[0])} to ${number(y[y.length - 1])}`).join(", ")}.`);
  }

  /** @param {{x: number, y: number, text: string, line: import("../plots/lines.js").Series}[]} ends  side by side */
  function nameEnds(ends) {
    const heights = spread(ends.map(({ y }) => y), NAME_GAP, gutter.top - 4, height - gutter.bottom);
    ends.forEach(({ x, text, line }, i) => {
      const name = h("span", { class: "chart-name", "--x": `${x + 10}px`, "--y": `${heights[i]}px`, "--colour": line.colour }, text);
      names.append(name);
      if (x + 10 + name.offsetWidth > width) setText(name, line.label); // the name at least
    });
  }

  function head() {
    const { picture, step } = store.get();
    if (!picture || series.length === 0) return;
    const { steps } = picture.settings;
    const x = toX(Math.min(step, steps), steps);
    cursor.style.transform = `translateX(${x}px)`;
    cursor.style.top = `${gutter.top}px`;
    cursor.style.height = `${inner()}px`;
    fill(dots, picture.runs.filter(({ trajectory }) => trajectory.rates !== null).map(({ trajectory }, i) => {
      const rate = /** @type {Float32Array} */ (trajectory.rates)[rowAt(trajectory, step)];
      if (!range || rate < range[0] || rate > range[1]) return null; // off the strip, where the arrow has said so
      return h("span", { class: "chart-sign dot", "--colour": series[i]?.colour, "--x": `${x}px`, "--y": `${toY(rate)}px` });
    }));
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
