// A sequence and its two running means as a picture and as a table. The picture is plain data; the table is an element.

import { h } from "../dom.js";
import { integer, number } from "../format.js";
import { tableSteps } from "./averages.js";

/**
 * @typedef {import("./averages.js").Means} Means
 * @typedef {import("./strip.js").Picture} Picture
 */

const FEW = 30; // points that are marked one by one
const PAD = 0.06; // of the range, above and below

/**
 * The means lie between 0 and the sequence, so the axes stand still while β is dragged.
 * @param {number[]} values
 * @param {Means} means
 * @param {string} name  of the values
 * @param {{sequence: string, mean: string}} inks
 * @returns {Picture}
 */
export function averagePicture(values, { plain, corrected }, name, inks) {
  const x = values.map((_, t) => t + 1);
  const finite = values.filter(Number.isFinite);
  const low = Math.min(0, ...finite);
  const high = Math.max(0, ...finite);
  const pad = (high - low || 1) * PAD;
  const raw = { key: "sequence", label: name, colour: inks.sequence, dash: [], width: 1.1, x, y: values };
  return {
    series: [
      raw,
      { key: "plain", label: "v, from 0", colour: inks.mean, dash: [5, 3], width: 1.6, x, y: plain },
      { key: "corrected", label: "v̂, corrected", colour: inks.mean, dash: [], width: 2, x, y: corrected },
    ],
    dots: values.length <= FEW ? [raw] : [],
    x: { scale: "linear", range: [1, Math.max(2, values.length)] },
    y: { scale: "linear", range: [low - pad, high + pad] },
  };
}

/**
 * The steps stand side by side: so many would make a column longer than the picture.
 * @param {number[]} values  x₁..xₙ
 * @param {Means} means  of these, or of their squares
 * @param {boolean} square
 */
export function averageTable(values, { plain, corrected }, square) {
  const steps = tableSteps(values.length);
  const indexed = (/** @type {string} */ name) => [h("i", {}, name), h("sub", {}, "t")];
  const line = (/** @type {import("../dom.js").Child[]} */ head, /** @type {(t: number) => number} */ value) =>
    h("tr", {}, h("th", { scope: "row" }, head), steps.map((t) => h("td", {}, number(value(t - 1), 4))));
  return h("table", { class: "average-table" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, h("i", {}, "t")), steps.map((t) => h("th", { scope: "col" }, integer(t))))),
    h("tbody", {},
      line(indexed("x"), (t) => values[t]),
      line(indexed("v"), (t) => plain[t]),
      line(indexed("v̂"), (t) => corrected[t]),
      // What Adam's kin step by: the number itself, over the root of the mean square of those so far.
      square && line([...indexed("x"), " / √", ...indexed("v̂")], (t) => values[t] / Math.sqrt(corrected[t]))));
}
