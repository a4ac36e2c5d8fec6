// What every repeat reached by itself, seed by seed: folded below the leaderboard of a race that has repeats.

import { drawer } from "../controls/drawer.js";
import { inked, swatch } from "../controls/swatch.js";
import { fill, h, setText } from "../dom.js";
import { percent } from "../format.js";
import { rank } from "./ranking.js";
import { best, diverged } from "./run.js";

export function createEachSeed() {
  const list = h("ul", { class: "each-seed" });
  const words = h("p", { class: "each-seed-words" });
  const element = drawer("Each seed", "best validation accuracy", words, list);
  element.hidden = true;
  let built = "";

  return {
    element,
    /**
     * @param {import("./fold.js").Race} race  with its repeats put together
     * @param {string[]} labels
     * @param {import("../palette.js").Ink[]} inks
     */
    update({ request, runs }, labels, inks) {
      const repeats = request?.repeats ?? 1;
      element.hidden = repeats === 1;
      if (element.hidden) return;
      const seeds = Array.from({ length: repeats }, (_, repeat) => Number(request?.seed) + repeat);
      setText(words, `In the order of the seeds ${seeds.join(", ")}; × has diverged.`);
      const rows = rank(runs).filter(({ many }) => many).map((run) => ({ entrant: run.entrant, figures: figures(run) }));
      const key = JSON.stringify([labels, rows]);
      if (key === built) return;
      built = key;
      fill(list, rows.map(({ entrant, figures: all }) => {
        const row = h("li", {}, swatch(inks[entrant]), h("span", { class: "fact-name" }, labels[entrant]), h("span", { class: "fact-values" }, all.map((text) => h("span", {}, text))));
        inked(row, inks[entrant]);
        return row;
      }));
    },
  };
}

/**
 * As far as each has come.
 * @param {import("./run.js").Run} run
 * @returns {string[]}
 */
function figures({ many }) {
  return (many?.runs ?? []).map((one) => {
    const top = best(one);
    return diverged(one) ? "×" : top ? percent(top.accuracy) : "—";
  });
}
