// Dotted verticals across a chart, each with its words at the foot; words that would touch others stand above them.

import { h } from "./dom.js";

/**
 * @typedef {import("./plots/lines.js").Rule} Rule
 * @typedef {{left: number, right: number, top: number, bottom: number}} Box  in pixels of the chart
 */

const LINE = 16; // pixels from a word to the one above
const BESIDE = 4; // from a vertical to its words

/**
 * @param {HTMLElement} signs  the layer that they are written into
 * @param {Rule[]} rules  x in pixels
 * @param {Box} box
 * @param {import("./plots/notes.js").Rectangle[]} taken  words that stand already
 */
export function writeRules(signs, rules, box, taken) {
  const words = rules.map(({ x, colour, text }) => {
    const word = h("span", { class: "chart-name chart-rule-words", "--colour": colour }, text);
    signs.append(h("span", { class: "chart-rule", "--x": `${x}px`, "--top": `${box.top}px`, "--height": `${box.bottom - box.top}px`, "--colour": colour }), word);
    return word;
  });
  stacked(rules.map(({ x }, at) => ({ x, width: words[at].offsetWidth })), box, taken).forEach((spot, at) => {
    // Where there is no room for a word at all, the list of what was done has it.
    if (!spot) return words[at].remove();
    words[at].style.setProperty("--x", `${spot.left}px`);
    words[at].style.setProperty("--y", `${spot.y}px`);
  });
}

/**
 * Places for words at the foot of verticals: to the right of it, or to the left where the box ends.
 * @param {{x: number, width: number}[]} words
 * @param {Box} box
 * @param {import("./plots/notes.js").Rectangle[]} [others]  words that stand already
 * @returns {({left: number, y: number} | null)[]}  y: of its middle; null: no room
 */
export function stacked(words, { left: start, right: end, top, bottom }, others = []) {
  const taken = [...others];
  return words.map(({ x, width }) => {
    if (width === 0) return null;
    const right = x + BESIDE + width <= end;
    const left = right ? x + BESIDE : x - BESIDE - width;
    if (left < start) return null;
    let y = bottom - LINE / 2 - 2;
    const touches = (/** @type {import("./plots/notes.js").Rectangle} */ other) =>
      left < other.left + other.width + BESIDE && other.left < left + width + BESIDE && Math.abs(other.top + other.height / 2 - y) < LINE;
    while (y >= top && taken.some(touches)) y -= LINE / 2;
    if (y < top) return null;
    taken.push({ left, top: y - LINE / 2, width, height: LINE });
    return { left, y };
  });
}
