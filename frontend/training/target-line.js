// The target accuracy: a dashed line across the accuracy chart, with a handle on its axis that mouse, finger and arrow keys move.

import { h, setText } from "../dom.js";
import { number } from "../format.js";

const FINE = 0.005; // what a drag snaps to, a share
const KEYS = { ArrowUp: 0.01, ArrowRight: 0.01, ArrowDown: -0.01, ArrowLeft: -0.01, PageUp: 0.05, PageDown: -0.05 };

/** @typedef {{toY: (value: number) => number, fromY: (pixels: number) => number, gutters: {left: number, right: number}}} Chart  its y axis in per cent */

/**
 * @param {object} options
 * @param {Chart} options.chart
 * @param {(target: number | null) => void} options.onTarget  a share; null: let the race choose
 */
export function createTargetLine({ chart, onTarget }) {
  const words = h("span", {});
  const handle = h("div", {
    class: "target-handle", role: "slider", tabindex: 0, "aria-label": "Target accuracy", "aria-orientation": "vertical", "aria-valuemin": 0, "aria-valuemax": 100,
    title: "Target accuracy: drag it, or use the arrow keys; Delete or a double click lets the race choose",
    onpointerdown: grab, onkeydown: key, ondblclick: () => onTarget(null),
  }, words);
  const line = h("div", { class: "target-line" });
  const element = h("div", { class: "target", hidden: true }, line, handle);
  /** @type {number | null} */
  let target = null;

  /** @param {number} next */
  const set = (next) => onTarget(Math.min(1, Math.max(0.01, Number(next.toFixed(4)))));

  /** @param {Event} event */
  function grab(event) {
    const { pointerId } = /** @type {PointerEvent} */ (event);
    handle.setPointerCapture(pointerId);
    handle.addEventListener("pointermove", drag);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", drag), { once: true });
  }
  /** @param {PointerEvent} event */
  function drag({ clientY }) {
    const next = Math.round(chart.fromY(clientY - element.getBoundingClientRect().top) / 100 / FINE) * FINE;
    if (next !== target) set(next);
  }
  /** @param {Event} event */
  function key(event) {
    const { key } = /** @type {KeyboardEvent} */ (event);
    if (key !== "Delete" && !(key in KEYS)) return;
    event.preventDefault();
    if (key === "Delete") onTarget(null);
    else set((target ?? 0) + KEYS[/** @type {keyof typeof KEYS} */ (key)]);
  }

  function place() {
    if (target === null) return;
    // A zoomed axis may not hold it: the handle then waits at the edge, without its line.
    const held = chart.fromY(chart.toY(100 * target));
    line.hidden = Math.abs(held - 100 * target) > 1e-6;
    element.style.setProperty("--y", `${chart.toY(held)}px`);
    element.style.setProperty("--left", `${chart.gutters.left}px`);
    element.style.setProperty("--right", `${chart.gutters.right}px`);
  }

  return {
    element,
    /** Put it where the axis now has it. */
    place,
    /** @param {number | null} next  a share; null: there is none to show yet */
    update(next) {
      target = next;
      element.hidden = next === null;
      if (next === null) return;
      setText(words, number(100 * next));
      handle.setAttribute("aria-valuenow", String(Number((100 * next).toFixed(2))));
      handle.setAttribute("aria-valuetext", `${number(100 * next)} per cent`);
      place();
    },
  };
}
