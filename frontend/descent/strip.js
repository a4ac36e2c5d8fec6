// A small chart that follows the hand: lines on a canvas, ticks and names of our own, a cursor. No Plotly.

import { fill, h, setText } from "../dom.js";
import { integer } from "../format.js";
import { spread } from "../labels.js";
import { share } from "../plots/lines.js";
import { sketch } from "../sketch.js";
import { linearTicks, logTicks } from "../ticks.js";

/**
 * @typedef {import("../plots/lines.js").Series} Series
 * @typedef {import("../plots/lines.js").Axis} Axis
 * @typedef {{series: Series[], x: Axis, y: Axis, dots?: Series[]}} Picture  x counts steps; dots: series whose every point is marked
 */

const NAME_GAP = 15;
const TICK_WIDTH = 90; // least pixels between two marks of the x axis
const TICK_HEIGHT = 32;

/** Steps are counted: marks stand at whole numbers alone. @param {[number, number]} range @param {number} count */
const whole = ([low, high], count) => linearTicks(low, high, Math.max(1, Math.min(count, high - low))).values.filter(Number.isInteger);

/**
 * @param {object} options
 * @param {number} options.height  CSS pixels
 * @param {string} options.caption  what the y axis measures
 */
export function createStrip({ height, caption }) {
  const narrow = matchMedia("(max-width: 760px)").matches;
  const gutter = { left: 52, right: narrow ? 84 : 110, top: 20, bottom: 20 };
  const canvas = h("canvas", { class: "chart-sketch" });
  const grid = h("div", { class: "strip-grid", "aria-hidden": "true" });
  const names = h("div", { class: "chart-signs" });
  const cursor = h("div", { class: "chart-cursor", hidden: true });
  const title = h("p", { class: "strip-caption" }, caption);
  const element = h("div", { class: "strip", role: "img", "--height": `${height}px` }, title, grid, canvas, names, cursor);
  /** @type {Picture | null} */
  let picture = null;
  /** @type {number | null} */
  let at = null;
  let width = 0;

  const inner = { width: () => width - gutter.left - gutter.right, height: height - gutter.top - gutter.bottom };
  /** @param {Axis} axis @param {number} value */
  const toX = (axis, value) => gutter.left + share(axis, value) * inner.width();
  /** @param {Axis} axis @param {number} value */
  const toY = (axis, value) => gutter.top + (1 - share(axis, value)) * inner.height;

  function redraw() {
    width = element.clientWidth;
    if (!picture || width <= gutter.left + gutter.right) return;
    const { x, y, series } = picture;
    sketch(canvas, picture, { width, height, gutter });
    const count = Math.max(2, Math.floor(inner.height / TICK_HEIGHT));
    const up = y.scale === "log" ? logTicks(Math.log10(y.range[0]), Math.log10(y.range[1]), count) : linearTicks(...y.range, count);
    const across = whole(x.range, Math.floor(inner.width() / TICK_WIDTH));
    fill(grid,
      up.values.map((value, i) => h("span", { class: "strip-up", "--y": `${toY(y, value)}px`, "--left": `${gutter.left}px`, "--across": `${inner.width()}px` }, up.texts[i])),
      across.map((value) => h("span", { class: "strip-across", "--x": `${toX(x, value)}px` }, integer(value))));
    label(series, x, y);
    place();
  }

  /** @param {Series[]} series @param {Axis} x @param {Axis} y */
  function label(series, x, y) {
    const shown = series.filter((line) => line.label && line.y.length > 0);
    const heights = spread(shown.map((line) => toY(y, line.y[line.y.length - 1])), NAME_GAP, gutter.top - 4, height - gutter.bottom);
    const marked = picture?.dots ?? [];
    fill(names,
      marked.flatMap((line) => Array.from(line.y, (value, i) => h("span", { class: "chart-sign dot", "--x": `${toX(x, line.x[i])}px`, "--y": `${toY(y, value)}px`, "--colour": line.colour }))),
      shown.map((line, i) => h("span", { class: "chart-name", "--x": `${toX(x, line.x[line.x.length - 1]) + 8}px`, "--y": `${heights[i]}px`, "--colour": line.colour }, line.label)));
  }

  function place() {
    cursor.hidden = at === null || !picture;
    if (at === null || !picture) return;
    cursor.style.transform = `translateX(${toX(picture.x, at)}px)`;
    cursor.style.top = `${gutter.top}px`;
    cursor.style.height = `${inner.height}px`;
  }

  new ResizeObserver(() => {
    if (element.clientWidth !== width) redraw();
  }).observe(element);
  return {
    element,
    /** @param {Picture} next @param {string} said  the picture in words @param {string} [measures]  another caption */
    draw(next, said, measures) {
      picture = next;
      element.setAttribute("aria-label", said);
      setText(title, measures ?? caption);
      redraw();
    },
    /** @param {number | null} x  null: no cursor */
    setCursor(x) {
      at = x;
      place();
    },
  };
}
