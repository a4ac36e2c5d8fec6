// A chart with its head: title, what its signs mean, and what the drawing leaves out.

import { createChart } from "../chart.js";
import { h, setText } from "../dom.js";
import { integer } from "../format.js";

const LEFT = 44; // pixels for the ticks' words, the same in every chart of the room

/** @typedef {ReturnType<typeof createPane>} Pane */

/**
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.aside
 * @param {string} options.plotly
 * @param {() => void} [options.onDrawn]
 */
export function createPane({ title, aside, plotly, onDrawn }) {
  const heading = h("h2", {}, title);
  const said = h("span", { class: "aside" }, aside);
  const extra = h("span", {});
  const thinned = h("span", {});
  const chart = createChart({
    label: `${title}, one line for each optimizer; the leaderboard gives the figures`, plotly, gutter: { left: LEFT },
    onDrawn: ({ thinning, unnamed }) => {
      const words = [thinning > 1 && `1 of ${integer(thinning)} points drawn`, unnamed > 0 && `${integer(unnamed)} ${unnamed === 1 ? "name" : "names"} in the leaderboard alone`];
      setText(thinned, words.filter(Boolean).join(" · "));
      onDrawn?.();
    },
  });
  /** @type {import("../chart.js").Picture | null} */
  let shown = null;
  return {
    chart, extra, heading, aside: said,
    /** @param {import("../chart.js").Picture} picture */
    show(picture) {
      shown = picture;
      chart.update(picture);
    },
    /** What it shows now. */
    picture: () => shown,
    head: h("div", { class: "section-head" }, heading, said),
    caption: h("p", { class: "chart-caption" }, extra, thinned),
    frame: h("div", { class: "chart-frame" }, chart.element),
  };
}
