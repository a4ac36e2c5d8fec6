// Names at the ends of lines, on the page: spread until none touches another, with a thin leader where one had to go far.

import { h, svg } from "./dom.js";
import { besides, spread } from "./labels.js";

/** @typedef {{label: string, colour: string, x: number, y: number}} End  in pixels of the chart */

export const LABEL_GAP = 16;
const TOGETHER = 40; // pixels
const BESIDE = 10; // from a line's end to its name
const LEADER = 14; // further still, where leaders are drawn

/**
 * @param {HTMLElement} signs  the layer that they are written into
 * @param {End[]} ends
 * @param {{width: number, right: number, top: number, bottom: number}} place  right: where the gutter for names begins
 * @returns {number}  names left out, since there is no room for them: the legend has them all
 */
export function writeNames(signs, ends, { width, right, top, bottom }) {
  const leaders = svg("svg", { class: "chart-leaders", "aria-hidden": "true" });
  signs.append(leaders);
  const room = Math.max(1, Math.floor((bottom - top) / LABEL_GAP) + 1);
  let unnamed = 0;
  for (const every of besides(ends.map(({ label, x }) => ({ left: x, width: BESIDE + 7 * label.length })))) {
    const group = every.slice(0, room).map((index) => ends[index]);
    unnamed += every.length - group.length;
    const heights = spread(group.map(({ y }) => y), LABEL_GAP, top, bottom);
    const names = group.map(({ label, colour }) => h("span", { class: "chart-name", "--colour": colour }, label));
    signs.append(...names);
    const widths = names.map((name) => name.offsetWidth);
    // Names of ends that stand nearly together begin together, clear of all their signs.
    const lefts = group.map(({ x }) => Math.min(Math.max(...group.map((other) => other.x).filter((other) => other - x <= TOGETHER)), right) + BESIDE);
    const far = group.map(({ y }, at) => Math.abs(heights[at] - y) > LABEL_GAP / 2);
    const led = far.some(Boolean) && lefts.every((left, at) => left + LEADER + widths[at] <= width);
    group.forEach(({ colour, x, y }, at) => {
      // Across the edge of the plot it would lie under the dots of a playhead that stands at the end.
      const across = lefts[at] < right && lefts[at] + widths[at] > right - BESIDE;
      const left = (across ? right + BESIDE : lefts[at]) + (led ? LEADER : 0);
      names[at].style.setProperty("--x", `${left}px`);
      names[at].style.setProperty("--y", `${heights[at]}px`);
      if (led && far[at]) {
        const line = svg("line", { x1: x + 6, y1: y, x2: left - 3, y2: heights[at] });
        line.style.setProperty("stroke", colour);
        leaders.append(line);
      }
      // Half a name is worse than none: the legend has it whole.
      if (left + widths[at] <= width + 1) return;
      names[at].remove();
      unnamed += 1;
    });
  }
  return unnamed;
}
