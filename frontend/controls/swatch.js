// An optimizer's sign: a piece of its line, dash and all, and the dot at its head. Colours follow the theme by themselves.

import { svg } from "../dom.js";

/** @typedef {import("../palette.js").Ink} Ink */

/**
 * @param {Ink} ink
 * @returns {SVGElement}  26 x 12, for the eye only: the name stands beside it
 */
export function swatch(ink) {
  const line = svg("line", { x1: 1, y1: 6, x2: 17, y2: 6, "stroke-width": 2.5, "stroke-dasharray": ink.dash.join(" ") });
  const dot = svg("circle", { cx: 21, cy: 6, r: 3.6 });
  const sign = svg("svg", { class: "ink-swatch", viewBox: "0 0 26 12", width: 26, height: 12, "aria-hidden": "true" }, line, dot);
  inked(sign, ink);
  return sign;
}

/**
 * Give an element and what stands inside it an optimizer's colour as `--colour`, in both themes.
 * @param {HTMLElement | SVGElement} element
 * @param {Ink} ink
 */
export function inked(element, ink) {
  element.classList.add("inked");
  element.style.setProperty("--ink-light", ink.light);
  element.style.setProperty("--ink-dark", ink.dark);
}
