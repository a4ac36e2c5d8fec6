// The landscape of a race: contours of the loss on a plane through all paths, the paths upon it, and what the plane leaves out.

import { inked, swatch } from "../controls/swatch.js";
import { fill, h, setText } from "../dom.js";
import { number, percent } from "../format.js";
import { fit } from "../frame.js";
import { groundInks } from "../inks.js";
import { draw, loadPlotly } from "../plotly-adapter.js";
import { MARGIN, layout, traces } from "../plots/contour.js";
import { chooseLevels } from "../plots/levels.js";
import { theme } from "../theme.js";
import { ends, grid } from "./landscape.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./landscape.js").Landscape} Landscape
 * @typedef {import("../palette.js").Ink} Ink
 */

/** @param {{plotly: string, onDrawn?: () => void}} options */
export function createLandscape({ plotly, onDrawn = () => {} }) {
  const figure = h("div", { class: "landscape-figure", role: "img" });
  const aside = h("span", { class: "aside" });
  const rows = h("tbody", {});
  const words = h("p", { class: "landscape-words" });
  const element = h("section", { class: "landscape", "aria-label": "Landscape", hidden: true },
    h("h2", { class: "section-head" }, "The loss around the paths", aside),
    h("div", { class: "landscape-pair" }, figure,
      h("div", {}, words, h("table", { class: "landscape-ends" },
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "last weights"), h("th", { scope: "col" }, "own loss"), h("th", { scope: "col" }, "plane beneath"), h("th", { scope: "col" }, "off by"))), rows))));
  let drawn = "";
  let busy = false;
  /** @type {(() => void) | null} */
  let next = null;

  /**
   * @param {Landscape} landscape
   * @param {Ink[]} inks
   * @param {string[]} labels
   * @param {ReadonlySet<number>} hidden
   */
  async function paint(landscape, inks, labels, hidden) {
    const width = figure.clientWidth - MARGIN.left - MARGIN.right;
    const height = figure.clientHeight - MARGIN.top - MARGIN.bottom;
    if (width < 40 || height < 40) return;
    const frame = fit([landscape.u, landscape.v], width, height);
    const plane = grid(landscape);
    const tones = groundInks();
    const shown = landscape.paths.filter((path) => !hidden.has(path.entrant));
    const paths = shown.map(({ entrant, u, v }) => ({
      type: "scatter", mode: "lines+markers", x: u, y: v, hoverinfo: "skip", name: labels[entrant],
      line: { color: inks[entrant][theme()], width: 2, dash: inks[entrant].dash.length > 0 ? inks[entrant].dash.map((each) => `${each}px`).join(",") : "solid" },
      marker: { color: inks[entrant][theme()], opacity: 1, size: u.map((_, at) => (at === u.length - 1 ? 10 : 4)) },
    }));
    const start = shown[0] && { type: "scatter", mode: "markers", x: [shown[0].u[0]], y: [shown[0].v[0]], hoverinfo: "skip", marker: { size: 12, color: tones.page, line: { width: 2, color: tones.ink } } };
    await loadPlotly(plotly);
    await draw(figure, [...traces(plane, chooseLevels(plane, null), tones), ...paths, ...(start ? [start] : [])], layout(frame, tones));
    onDrawn();
  }

  return {
    element,
    /**
     * @param {Race} race
     * @param {string[]} labels
     * @param {Ink[]} inks
     * @param {ReadonlySet<number>} hidden
     */
    update(race, labels, inks, hidden) {
      const { landscape } = race;
      element.hidden = landscape === null;
      if (!landscape) return;
      const key = JSON.stringify([race.id, landscape.side, labels, theme(), [...hidden], figure.clientWidth]);
      if (key === drawn) return;
      drawn = key;
      const [first, second] = landscape.shares;
      const lost = landscape.lost ?? [];
      setText(aside, `${percent(first + second, 0)} of ${lost.length > 0 ? "the" : "all"} movement lies in this plane`);
      const first_ = (race.request?.repeats ?? 1) > 1 ? `Of the first repeat alone, seed ${race.request?.seed}. ` : "";
      setText(words, `${first_}The plane of the first two principal components of all paths${lost.length > 0 ? ` but ${lost.map((entrant) => labels[entrant]).join(", ")}, which diverged` : ""} (${percent(first, 0)} and ${percent(second, 0)}), with the mean loss of ${landscape.images} training images on it. The ring is the common start. A path's weights lie off the plane, so their own loss is another than the plane's beneath them.`);
      figure.setAttribute("aria-label", "Contours of the loss with the path of each optimizer; the table gives the figures.");
      fill(rows, ends(landscape).filter((end) => !hidden.has(end.entrant)).map((end) => {
        const row = h("tr", {}, h("th", { scope: "row" }, swatch(inks[end.entrant]), labels[end.entrant]), h("td", {}, number(end.own)), h("td", {}, number(end.plane)), h("td", {}, number(end.off)));
        inked(row, inks[end.entrant]);
        return row;
      }));
      next = () => void again(landscape, labels, inks, hidden);
      if (!busy) next();
    },
  };

  /**
   * One drawing at a time; what was asked meanwhile is drawn after it, the newest alone.
   * @param {Landscape} landscape
   * @param {string[]} labels
   * @param {Ink[]} inks
   * @param {ReadonlySet<number>} hidden
   */
  async function again(landscape, labels, inks, hidden) {
    busy = true;
    next = null;
    try {
      await paint(landscape, inks, labels, hidden);
    } finally {
      busy = false;
      const waiting = /** @type {(() => void) | null} */ (next);
      waiting?.();
    }
  }
}
