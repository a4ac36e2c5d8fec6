// A chart on the page: Plotly draws axes and lines; names, end signs and the cursor are our own elements above it.

import { thin } from "./decimate.js";
import { h } from "./dom.js";
import { LABEL_GAP, writeNames } from "./names.js";
import { draw, loadPlotly, purge } from "./plotly-adapter.js";
import { writeRules } from "./footnotes.js";
import { freeSpot, WORDS } from "./plots/notes.js";
import { GUTTER, lastPoint, layout, share, thinning, traces } from "./plots/lines.js";
import { sketch } from "./sketch.js";
import { onThemeChange, token } from "./theme.js";

/**
 * @typedef {import("./plots/lines.js").Series} Series
 * @typedef {import("./plots/lines.js").Axis} Axis
 * @typedef {import("./plots/lines.js").Mark} Mark
 * @typedef {typeof GUTTER} Gutter
 * @typedef {import("./plots/lines.js").Rule} Rule
 * @typedef {{series: Series[], x: Axis, y: Axis, marks?: Mark[], rules?: Rule[]}} Picture
 * @typedef {{colour: string, y: number, x?: number}} CursorDot  plain values of the axes; x is the cursor's where left out
 */

const NARROW = 0.26; // most of a narrow chart that its names may take
const DOT = 7; // pixels from a dot's middle to the words beside it
const SIGN = 11; // pixels across a sign
const FOOT = 6; // pixels that a name keeps above the axis, which a knob may stand on
const MOST_REDRAWS = 8; // per second: Plotly's own floor is about 20 ms of main thread a redraw
const FONT = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif';
const SIGNS = { ring: "ring", cross: "cross", dot: "dot", none: "" };

/**
 * @param {object} options
 * @param {string} options.label  what the chart shows, for people who do not see it
 * @param {string} options.plotly  address of the bundle
 * @param {Partial<Gutter>} [options.gutter]
 * @param {(drawing: {thinning: number, unnamed: number}) => void} [options.onDrawn]  thinning: one of so many points is drawn; unnamed:
 *   names that found no room
 */
export function createChart({ label, plotly, gutter = {}, onDrawn }) {
  const gutters = { ...GUTTER, ...gutter };
  let { right } = gutters;
  const figure = h("div", { class: "chart-figure" });
  const canvas = h("canvas", { class: "chart-sketch", hidden: true });
  const veil = h("div", { class: "chart-veil", hidden: true });
  const cursor = h("div", { class: "chart-cursor", hidden: true });
  const signs = h("div", { class: "chart-signs" });
  const dots = h("div", { class: "chart-signs" });
  const element = h("div", { class: "chart", role: "img", "aria-label": label }, figure, canvas, veil, signs, cursor, dots);
  /** @type {Picture | null} */
  let picture = null;
  let size = { width: 0, height: 0 };
  let last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {{x: number | null, dots: CursorDot[]} | null} */
  let at = null;
  let axes = ""; // those that stand in the figure
  let lastSigns = -Infinity;
  let unnamed = 0;

  const observer = new ResizeObserver(() => {
    const next = { width: element.clientWidth, height: element.clientHeight };
    if (next.width === size.width && next.height === size.height) return;
    size = next;
    keepRoom();
    redraw();
  });
  observer.observe(element);
  onThemeChange(() => redraw());

  function keepRoom() {
    gutters.right = Math.min(right, Math.round(NARROW * size.width));
  }

  const plotWidth = () => Math.max(1, size.width - gutters.left - gutters.right);
  const plotHeight = () => Math.max(1, size.height - gutters.top - gutters.bottom);
  /** @param {number} x */
  const toX = (x) => gutters.left + (picture ? share(picture.x, x) : 0) * plotWidth();
  /** @param {number} y */
  const toY = (y) => gutters.top + (1 - (picture ? share(picture.y, y) : 0)) * plotHeight();

  async function redraw() {
    clearTimeout(timer);
    timer = undefined;
    if (!picture || size.width < 40 || size.height < 40) return;
    last = performance.now();
    const shown = picture;
    await loadPlotly(plotly);
    const inks = { text: token("ink3"), line: token("line"), page: token("bg"), font: FONT };
    await draw(
      figure,
      traces(shown.series, 2 * plotWidth()),
      layout({ x: shown.x, y: shown.y, ...size, gutter: gutters, inks }),
    );
    axes = axesOf(shown);
    if (shown === picture) canvas.hidden = true;
    element.classList.toggle("sketched", !canvas.hidden);
    drawSigns(shown);
    placeCursor();
    onDrawn?.({ thinning: thinning(shown.series, 2 * plotWidth()), unnamed });
  }

  /** @param {Picture} shown */
  const axesOf = (shown) => JSON.stringify([shown.x.scale, shown.x.range, shown.y.scale, shown.y.range, size]);

  /** @param {Picture} shown */
  function drawSigns(shown) {
    lastSigns = performance.now();
    signs.replaceChildren();
    /** @type {import("./names.js").End[]} */
    const ends = [];
    for (const series of shown.series) {
      const end = lastPoint(series, shown.x.range[1]);
      if (!end) continue;
      const x = toX(Math.min(Math.max(end[0], shown.x.range[0]), shown.x.range[1]));
      const share_ = share(shown.y, end[1]);
      const y = gutters.top + (1 - Math.min(1, Math.max(0, share_))) * plotHeight();
      // A line that leaves the picture says so with an arrow at the edge, never by silent clipping.
      const sign = share_ < -0.001 ? "below" : share_ > 1.001 ? "above" : SIGNS[series.end ?? "none"];
      if (sign) signs.append(h("span", { class: `chart-sign ${sign}`, "--x": `${x}px`, "--y": `${y}px`, "--colour": series.colour }));
      if (series.label) ends.push({ label: series.label, colour: series.colour, x, y });
    }
    unnamed = writeNames(signs, ends, { width: size.width, right: size.width - gutters.right, top: gutters.top - 4, bottom: size.height - gutters.bottom - FOOT });
    drawMarks(shown);
    const box = { left: gutters.left, right: size.width - gutters.right, top: gutters.top, bottom: size.height - gutters.bottom };
    const names = /** @type {HTMLElement[]} */ ([...signs.querySelectorAll(".chart-name")]);
    writeRules(signs, (shown.rules ?? []).map((rule) => ({ ...rule, x: toX(rule.x) })), box, names.map(rectangle));
  }

  /** @param {Picture} shown */
  function drawMarks(shown) {
    const marks = shown.marks ?? [];
    const lines = !marks.some((mark) => mark.text) ? [] : /** @type {number[][][]} */ ( shown.series.filter((line) => (line.opacity ?? 1) === 1).map(({ x, y }) => {
      const coarse = thin(x, y, 200);
      return coarse.x.map((value, index) => [toX(value), toY(coarse.y[index])]);
    }));
    const box = { left: gutters.left, right: size.width, top: 0, bottom: size.height - gutters.bottom };
    // A playhead often stands at the end, with a dot for every line: words across it count as words across two lines.
    const edges = [-DOT, 0, DOT].map((aside) => [gutters.top, box.bottom].map((y) => [size.width - gutters.right + aside, y]));
    lines.push(...edges);
    /** @type {import("./plots/notes.js").Rectangle[]} */
    const taken = [...signs.querySelectorAll(".chart-name")].map((name) => rectangle(/** @type {HTMLElement} */ (name)));
    const places = marks.map(({ x, y }) => ({ x: toX(x), y: Math.min(Math.max(toY(y), gutters.top), size.height - gutters.bottom) }));
    marks.forEach(({ sign, colour }, index) => {
      const { x, y } = places[index];
      signs.append(h("span", { class: `chart-sign ${sign}`, "--x": `${x}px`, "--y": `${y}px`, "--colour": colour }));
      taken.push({ left: x - SIGN / 2, top: y - SIGN / 2, width: SIGN, height: SIGN });
    });
    marks.forEach(({ colour, text, brief }, index) => {
      const at = places[index];
      if (!text) return;
      const note = h("span", { class: "chart-name", "--colour": colour }, text);
      signs.append(note);
      const free = () => freeSpot(at, { width: note.offsetWidth, height: LABEL_GAP }, lines, taken, box);
      let spot = free();
      if (brief && (spot.cost >= WORDS || (spot.cost > 0 && note.offsetWidth > plotWidth() / 2))) {
        note.textContent = brief;
        spot = free();
      }
      note.style.setProperty("--x", `${spot.left}px`);
      note.style.setProperty("--y", `${spot.top + LABEL_GAP / 2}px`);
      taken.push(spot);
    });
  }

  /** @param {HTMLElement} name */
  function rectangle(name) {
    const { offsetLeft: left, offsetTop, offsetWidth: width, offsetHeight: height } = name;
    return { left, top: offsetTop - height / 2, width, height };
  }

  function placeCursor() {
    const line = at?.x ?? null;
    const shown = line !== null && picture !== null;
    cursor.hidden = !shown;
    veil.hidden = !shown;
    if (!at || !picture) {
      dots.replaceChildren();
      return;
    }
    if (line !== null) {
      const x = toX(line);
      cursor.style.transform = `translateX(${x}px)`;
      cursor.style.top = `${gutters.top}px`;
      cursor.style.height = `${plotHeight()}px`;
      veil.style.left = `${x}px`;
      veil.style.width = `${Math.max(0, size.width - gutters.right - x)}px`;
      veil.style.top = `${gutters.top}px`;
      veil.style.height = `${plotHeight()}px`;
    }
    while (dots.children.length > at.dots.length) dots.lastChild?.remove();
    while (dots.children.length < at.dots.length) dots.append(h("span", { class: "chart-sign dot" }));
    at.dots.forEach(({ colour, x = line ?? NaN, y }, index) => {
      const dot = /** @type {HTMLElement} */ (dots.children[index]);
      const inside = Number.isFinite(x) && Number.isFinite(y) && share(/** @type {Picture} */ (picture).y, y) >= -0.001 && share(/** @type {Picture} */ (picture).y, y) <= 1.001;
      dot.hidden = !inside;
      if (inside) dot.style.setProperty("--x", `${toX(x)}px`);
      if (inside) dot.style.setProperty("--y", `${toY(y)}px`);
      dot.style.setProperty("--colour", colour);
    });
  }

  return {
    element,
    gutters,
    /** @param {Picture} next  drawn at once when the last drawing is long enough ago, else soon */
    update(next) {
      picture = next;
      if (timer !== undefined) return;
      const wait = last + 1000 / MOST_REDRAWS - performance.now();
      if (wait <= 0) redraw();
      else timer = setTimeout(redraw, wait);
    },
    /** @param {number} pixels  room for the names at the right, until said otherwise */
    reserve(pixels) {
      right = pixels;
      keepRoom();
    },
    /** @param {number} pixels  room below the plot, from the next drawing on */
    footing(pixels) {
      gutters.bottom = pixels;
    },
    /**
     * The lines alone, on a canvas of our own, within the axes that stand: they follow a hand in the same frame, where a
     * whole figure costs several. `update` ends it.
     * @param {Picture} next
     */
    sketch(next) {
      if (axesOf(next) !== axes) return this.update(next);
      clearTimeout(timer);
      timer = undefined;
      picture = next;
      canvas.hidden = false;
      element.classList.add("sketched");
      sketch(canvas, next, { ...size, gutter: gutters });
      if (performance.now() - lastSigns > 2000 / MOST_REDRAWS) drawSigns(next); // measuring words costs a layout
    },
    /**
     * @param {number | null} x  null: no line, and dots with an x of their own
     * @param {CursorDot[]} [marks]
     */
    setCursor(x, marks = []) {
      at = { x, dots: marks };
      placeCursor();
    },
    toX,
    toY,
    /** @param {number} pixels  from the chart's upper edge; on a linear axis */
    fromY(pixels) {
      const [low, high] = picture?.y.range ?? [0, 1];
      return high - Math.min(1, Math.max(0, (pixels - gutters.top) / plotHeight())) * (high - low);
    },
    /** @param {number} pixels  from the chart's left edge */
    fromX(pixels) {
      const part = (pixels - gutters.left) / plotWidth();
      const [low, high] = picture?.x.range ?? [0, 1];
      return low + Math.min(1, Math.max(0, part)) * (high - low);
    },
    destroy() {
      observer.disconnect();
      clearTimeout(timer);
      purge(figure);
    },
  };
}
