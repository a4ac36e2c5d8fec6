// The leaderboard's further columns: what the target took, an epoch's seconds, overfitting, the test images. Sorted by any of them.

import { drawer } from "../controls/drawer.js";
import { swatch } from "../controls/swatch.js";
import { fill, h, setText } from "../dom.js";
import { duration, integer, number, percent } from "../format.js";
import { measure, ordered } from "./measures.js";
import { rank } from "./ranking.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./measures.js").Measures} Measures
 * @typedef {import("../palette.js").Ink} Ink
 * @typedef {"seconds" | "gradients" | "perEpoch" | "overfits" | "test"} Key
 */

/** @type {{key: Key, head: string, title: string, text: (row: Measures) => string, falling?: boolean, toTarget?: boolean}[]} */
const COLUMNS = [
  { key: "seconds", head: "time", toTarget: true, title: "Own training seconds until the target accuracy", text: ({ seconds }) => (seconds === null ? "—" : duration(seconds)) },
  { key: "gradients", head: "gradients", toTarget: true, title: "Gradient evaluations until the target accuracy", text: ({ gradients }) => (gradients === null ? "—" : integer(gradients)) },
  { key: "perEpoch", head: "s per epoch", title: "Own training seconds of an epoch, mean and standard deviation", text: perEpochWords },
  { key: "overfits", head: "overfits from", title: "Epoch of the lowest validation loss, where this has risen by a tenth since and the training loss has not", text: ({ overfits }) => (overfits === null ? "—" : number(overfits)), falling: true },
  { key: "test", head: "test", title: "Accuracy on the test images, of the weights with the best validation accuracy", text: ({ test }) => (test === null ? "—" : percent(test)), falling: true },
];

export function createFigures() {
  const heads = COLUMNS.map(({ key, head, title, toTarget }) => {
    const button = h("button", { type: "button", class: "figures-sort", title, onclick: () => choose(key) }, head);
    return { key, button, head, toTarget, cell: h("th", { scope: "col", class: `figures-${key}`, "aria-sort": "none" }, button) };
  });
  const body = h("tbody", {});
  const aside = h("span", {});
  const element = drawer(
    "Cost and overfitting", aside,
    h("table", { class: "figures-table", "aria-label": "Cost and overfitting of every entrant" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, h("span", { class: "visually-hidden" }, "Optimizer")), heads.map(({ cell }) => cell))), body),
    h("p", { class: "figures-rule" }, "Overfits from: the epoch of the lowest validation loss, once this has risen by a tenth since while the smoothed training loss went on falling."),
  );
  element.classList.add("figures");
  element.open = !matchMedia("(max-width: 760px)").matches;
  /** @type {Key | null} */
  let sorted = null; // null: in the leaderboard's order
  let repaint = () => {};
  let drawn = "";

  /** @param {Key} key */
  function choose(key) {
    sorted = sorted === key ? null : key;
    repaint();
  }

  return {
    element,
    /**
     * @param {Race} race
     * @param {string[]} labels
     * @param {Ink[]} inks
     * @param {number | null} target  a share
     */
    update(race, labels, inks, target) {
      repaint = () => this.update(race, labels, inks, target);
      setText(aside, `the dashed line is the target: drag it${race.runs.some(({ many }) => many) ? " · of the median, seconds of all repeats" : ""}`);
      const rows = rank(race.runs).map((run) => measure(run, target, race.runs));
      const column = COLUMNS.find(({ key }) => key === sorted);
      const wanted = column ? ordered(rows, column.key, column.falling ?? false) : rows;
      const tested = rows.some(({ test }) => test !== null);
      for (const { key, cell, button, head, toTarget } of heads) {
        if (toTarget) setText(button, `${head} to ${target === null ? "target" : `${number(100 * target)}\u2009%`}`);
        cell.setAttribute("aria-sort", key !== sorted ? "none" : column?.falling ? "descending" : "ascending");
        if (key === "test") cell.hidden = !tested;
      }
      const text = JSON.stringify([race.id, labels, tested, wanted]);
      if (text === drawn) return;
      drawn = text;
      fill(body, wanted.map((row) => h("tr", {},
        h("th", { scope: "row" }, h("span", { class: "figures-name" }, swatch(inks[row.entrant]), h("span", {}, labels[row.entrant]))),
        COLUMNS.filter(({ key }) => key !== "test" || tested).map(({ key, text: words }) => h("td", { class: `figures-${key}` }, words(row))))));
    },
  };
}

/** @param {Measures} row */
function perEpochWords({ perEpoch, deviation }) {
  if (perEpoch === null) return "—";
  return deviation === null ? number(perEpoch) : `${number(perEpoch)} ± ${number(deviation, 2)}`;
}
