// What a race leaves behind, one click away: tables, a report that stands alone, a script for each entrant of torch.

import { drawer } from "../controls/drawer.js";
import { fill, h } from "../dom.js";
import { saveChart } from "./save-chart.js";

const FILES = [
  ["html", "Report", "one HTML page with its charts inside"],
  ["csv", "CSV", "every step, evaluation and test"],
  ["json", "JSON", "the same, with the set-up"],
];

/**
 * A folded list of links.
 * @param {import("./pane.js").Pane[]} panes  charts that can be saved as pictures
 */
export function createExports(panes) {
  const list = h("ul", { class: "exports" });
  const element = drawer("Take it with you", "report, tables, pictures, scripts", list);
  element.classList.add("exports-fold");
  let built = "";
  let caption = "";

  return {
    element,
    /**
     * @param {string} id
     * @param {{entrant: number, title: string}[]} scripts  entrants that a script can repeat
     * @param {string} said  under a picture: which race it shows, and against what
     */
    update(id, scripts, said) {
      caption = said;
      const drawn = panes.filter((pane) => pane.picture() !== null);
      const key = [id, ...scripts.map(({ entrant }) => entrant), ...drawn.map(({ heading }) => heading.textContent)].join(" ");
      if (key === built) return;
      built = key;
      const base = `/api/races/${encodeURIComponent(id)}`;
      fill(list, [
        ...FILES.map(([kind, title, words]) => item(`${base}/export.${kind}`, title, words)),
        ...drawn.map((pane) => h("li", {},
          h("button", { type: "button", class: "exports-picture", onclick: () => saveChart(pane, caption, id) }, `${pane.heading.textContent}.png`),
          " ", h("span", {}, "the chart as it stands"))),
        ...scripts.map(({ entrant, title }) => item(`${base}/entrants/${entrant}/script.py`, `${title}.py`, "its curve again, in plain torch")),
      ]);
    },
  };
}

/**
 * @param {string} href
 * @param {string} title
 * @param {string} words
 */
function item(href, title, words) {
  return h("li", {}, h("a", { href, download: "" }, title), " ", h("span", {}, words));
}
