// The tables of the looks: ten images with every network's answer; one network's confusions; its first filters.

import { inked, swatch } from "../controls/swatch.js";
import { h } from "../dom.js";
import { pictures, share } from "./looks.js";

/**
 * @typedef {import("./looks.js").Portrait} Portrait
 * @typedef {import("../palette.js").Ink} Ink
 * @typedef {{entrant: number, label: string, ink: Ink, portrait: Portrait}} Line
 */

const IMAGE = 32; // pixels of a side

/**
 * @param {Uint8ClampedArray} pixels  RGBA
 * @param {number} side
 * @param {string} label  "" for one that is described beside it
 */
export function picture(pixels, side, label = "") {
  const canvas = h("canvas", { class: "look-picture", width: side, height: side, ...(label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" }) });
  const pen = canvas.getContext("2d");
  pen?.putImageData(new ImageData(new Uint8ClampedArray(pixels), side, side), 0, 0);
  return canvas;
}

/**
 * @param {{labels: number[], pixels: string}} strip
 * @param {string[]} classes
 * @param {Line[]} lines
 * @param {number} chosen
 * @param {(entrant: number) => void} onChoose
 */
export function answersTable(strip, classes, lines, chosen, onChoose) {
  const images = pictures(strip.pixels, IMAGE);
  const head = h("tr", {}, h("th", { scope: "col" }, h("span", { class: "visually-hidden" }, "Optimizer")),
    images.map((pixels, index) => h("th", { scope: "col", class: "look-image" }, picture(pixels, IMAGE), h("span", {}, classes[strip.labels[index]]))));
  const rows = lines.map(({ entrant, label, ink, portrait }) => {
    const name = h("button", { type: "button", class: "quiet look-name", "aria-pressed": String(entrant === chosen), onclick: () => onChoose(entrant) }, swatch(ink), h("span", {}, label));
    inked(name, ink);
    return h("tr", {}, h("th", { scope: "row" }, name), portrait.named.map((named, index) => {
      const right = named === strip.labels[index];
      const surety = portrait.surety[index];
      return h("td", { class: right ? "look-right" : "look-wrong", "--surety": surety ?? 0 },
        h("span", { class: "look-answer" }, classes[named]),
        h("span", { class: "look-surety" }, surety === null ? "no number" : `${right ? "✓ " : ""}${Math.round(100 * surety)} %`));
    }));
  });
  return h("table", { class: "look-answers" }, h("thead", {}, head), h("tbody", {}, rows));
}

/**
 * @param {number[][]} confusions
 * @param {string[]} classes
 */
export function confusionTable(confusions, classes) {
  const head = h("tr", {}, h("th", { scope: "col", class: "look-corner" }, "is ↓ named →"), classes.map((name) => h("th", { scope: "col" }, h("span", {}, name))));
  const rows = confusions.map((row, truth) => h("tr", {}, h("th", { scope: "row" }, classes[truth]),
    row.map((count, named) => h("td", { class: truth === named ? "look-hit" : "look-miss", "--share": share(row, named).toFixed(3) }, count === 0 ? "" : count))));
  return h("table", { class: "look-confusions" }, h("thead", {}, head), h("tbody", {}, rows));
}

/** @param {NonNullable<Portrait["filters"]>} filters */
export function filterPictures(filters) {
  return pictures(filters.pixels, filters.side).map((pixels, index) => picture(pixels, filters.side, `Filter ${index + 1}`));
}
