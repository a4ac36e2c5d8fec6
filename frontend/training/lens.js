// One crosshair and one zoom for all charts of a race: pointing at one reads them all, a drag across one zooms them all.

import { fill, h } from "../dom.js";
import { readingsAt, zoomed } from "./readings.js";

/**
 * @typedef {import("./pane.js").Pane} Pane
 * @typedef {import("./axes.js").Range} Range
 * @typedef {{pane: Pane, glass: HTMLElement, brush: HTMLElement, readout: HTMLElement, title: () => string, words: (value: number) => string}} Glass
 */

const DRAG = 5; // pixels before a press is a drag
const NEAR = 0.012; // of the shown axis, between the crosshair and a dotted vertical that it reads
const FINE = 1 / 160; // of the shown axis, for an arrow key

/**
 * @param {(zoom: Range | null) => void} onZoom
 */
export function createLens(onZoom) {
  /** @type {Glass[]} */
  const glasses = [];
  /** @type {string[]} */
  let labels = [];
  /** @type {Range} */
  let shown = [0, 1];
  /** @type {Range} */
  let whole = [0, 1];
  /** @type {(x: number) => string} */
  let place = String;
  /** @type {number | null} */
  let at = null;
  /** @type {Glass | null} where the hand is: its readings are spelt out */
  let near = null;

  /**
   * @param {number | null} x
   * @param {Glass | null} glass
   */
  function point(x, glass) {
    at = x;
    near = glass;
    for (const each of glasses) read(each);
  }

  /** @param {Glass} glass */
  function read(glass) {
    const { pane, readout } = glass;
    const picture = pane.picture();
    const readings = at === null || !picture ? [] : readingsAt(picture.series, picture.x, at);
    pane.chart.setCursor(readings.length > 0 ? at : null, readings);
    readout.hidden = glass !== near || readings.length === 0;
    if (at === null || !picture) return;
    const spelt = (/** @type {import("./readings.js").Reading} */ { y, band }) => (band ? `${glass.words(y)} (${band.map((side) => glass.words(side)).join(" to ")})` : glass.words(y));
    const beside = (picture.rules ?? []).filter(({ x }) => Math.abs(x - Number(at)) <= NEAR * (shown[1] - shown[0]));
    const said = [...readings.map((reading) => `${labels[reading.entrant]} ${spelt(reading)}`), ...beside.map(({ sentence }) => sentence)];
    glass.glass.setAttribute("aria-valuenow", String(Number(at.toPrecision(4))));
    glass.glass.setAttribute("aria-valuetext", `${place(at)}: ${said.join(", ")}`);
    if (readout.hidden) return;
    fill(readout, h("p", { class: "readout-at" }, place(at)), readings.map((reading) =>
      h("p", { class: "readout-row", "--colour": reading.colour }, h("span", {}, labels[reading.entrant]), h("span", {}, spelt(reading)))), beside.map(({ colour, sentence }) => h("p", { class: "readout-deed", "--colour": colour }, sentence)));
    // On the side where the hand is not.
    const left = pane.chart.toX(at) > pane.frame.clientWidth / 2;
    readout.style.left = left ? `${pane.chart.gutters.left + 8}px` : "auto";
    readout.style.right = left ? "auto" : `${pane.chart.gutters.right + 8}px`;
  }

  /** @param {Glass} glass */
  function listen(glass) {
    const { pane, glass: element, brush } = glass;
    /** @type {number | null} */
    let from = null;
    const across = (/** @type {PointerEvent} */ event) => event.clientX - pane.frame.getBoundingClientRect().left;

    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      from = across(event);
      element.setPointerCapture(event.pointerId);
    });
    element.addEventListener("pointermove", (event) => {
      const x = across(event);
      point(pane.chart.fromX(x), glass);
      brush.hidden = from === null || Math.abs(x - from) < DRAG;
      if (from === null) return;
      const [a, b] = [from, x].map((pixels) => pane.chart.toX(pane.chart.fromX(pixels))).sort((p, q) => p - q);
      brush.style.left = `${a}px`;
      brush.style.width = `${b - a}px`;
    });
    element.addEventListener("pointerup", (event) => {
      const to = across(event);
      if (from !== null && Math.abs(to - from) >= DRAG) {
        const zoom = zoomed([pane.chart.fromX(from), pane.chart.fromX(to)], whole);
        if (zoom) onZoom(zoom);
      }
      from = null;
      brush.hidden = true;
    });
    element.addEventListener("pointercancel", () => {
      from = null;
      brush.hidden = true;
    });
    // A finger that has left the glass has not left the reading.
    element.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && point(null, null));
    element.addEventListener("blur", () => point(null, null));
    element.addEventListener("dblclick", () => onZoom(null));
    element.addEventListener("keydown", (event) => key(event, glass));
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Glass} glass
   */
  function key(event, glass) {
    const [low, high] = shown;
    const x = Math.min(high, Math.max(low, at ?? (low + high) / 2));
    const by = (event.shiftKey ? 10 : 1) * FINE * (high - low);
    const to = { ArrowRight: x + by, ArrowLeft: x - by, Home: low, End: high }[event.key];
    const factor = { "+": 0.5, "=": 0.5, "-": 2 }[event.key];
    if (to === undefined && factor === undefined && event.key !== "0" && event.key !== "Escape") return;
    event.preventDefault();
    if (to !== undefined) point(Math.min(high, Math.max(low, to)), glass);
    // A whole that is asked for twice over is the whole: zoomed() says null.
    else if (factor !== undefined) onZoom(zoomed([x - factor * (x - low), x + factor * (high - x)], whole));
    else if (event.key === "0") onZoom(null);
    else point(null, null);
  }

  return {
    /**
     * @param {Pane} pane
     * @param {(value: number) => string} words  of a value on its y axis
     */
    attach(pane, words) {
      const title = () => pane.heading.textContent ?? "";
      const brush = h("div", { class: "lens-brush", hidden: true });
      const readout = h("div", { class: "lens-readout", hidden: true, "aria-hidden": "true" });
      const element = h("div", {
        class: "lens", role: "slider", tabindex: 0, "aria-label": `Crosshair of ${title()}: arrows move it, plus and minus zoom, 0 shows the whole`, "aria-valuenow": 0,
      }, brush);
      pane.frame.append(element, readout);
      const glass = { pane, glass: element, brush, readout, title, words };
      glasses.push(glass);
      listen(glass);
    },
    /**
     * @param {object} state
     * @param {string[]} state.labels  by entrant
     * @param {Range} state.shown  of the x axis
     * @param {Range} state.whole
     * @param {(x: number) => string} state.place  in words
     */
    update(state) {
      ({ labels, shown, whole, place } = state);
      if (at !== null && (at < shown[0] || at > shown[1])) at = null;
      for (const glass of glasses) {
        glass.glass.style.left = `${glass.pane.chart.gutters.left}px`;
        glass.glass.style.right = `${glass.pane.chart.gutters.right}px`;
        glass.glass.setAttribute("aria-valuemin", String(shown[0]));
        glass.glass.setAttribute("aria-valuemax", String(shown[1]));
        read(glass);
      }
    },
  };
}
