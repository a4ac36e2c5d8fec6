// An optimizer's sign in the legend, in the colour of today's theme.

import { svg } from "../dom.js";

/**
 * An optimizer's line with its dash and its head; hollow when it is off.
 * @param {string} colour
 * @param {number[]} dash
 * @param {boolean} on
 */
export function swatch(colour, dash, on) {
  return svg(
    "svg", { class: "swatch-line", viewBox: "0 0 26 14", width: 26, height: 14, "aria-hidden": "true" },
    svg("path", { d: "M1 7h17", stroke: colour, "stroke-width": 2.4, "stroke-dasharray": dash.join(" "), fill: "none" }),
    svg("circle", { cx: 20, cy: 7, r: on ? 4.6 : 4, fill: on ? colour : "var(--bg)", stroke: colour, "stroke-width": on ? 0 : 1.6 }),
  );
}
