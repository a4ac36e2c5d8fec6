// Learning rates side by side: a heat strip per optimizer that fills as the race runs. A cell shows its curve alone.

import { inked, swatch } from "../controls/swatch.js";
import { fill, h, setText } from "../dom.js";
import { number, typed } from "../format.js";
import { bestOf, cells, edge, groups, merit } from "./grid.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("../palette.js").Ink} Ink
 */

/**
 * @param {object} options
 * @param {(entrant: number) => void} options.onIsolate
 * @param {(entrants: number[]) => string} options.linkTo  the set-up of a race of these entrants alone
 */
export function createGrid({ onIsolate, linkTo }) {
  const table = h("div", { class: "grid-rows" });
  const words = h("p", { class: "grid-words", "aria-live": "polite" });
  const aside = h("span", { class: "aside" });
  const adopt = h("a", { class: "grid-adopt" }, "Race the best rates");
  const element = h("section", { class: "grid", "aria-label": "Learning rates", hidden: true },
    h("h2", { class: "section-head" }, "Learning rates", aside, h("span", { class: "right" }, adopt)),
    table, words);
  let drawn = "";

  return {
    element,
    /**
     * @param {Race} race
     * @param {string[]} titles  of the optimizers, without their rates
     * @param {Ink[]} inks
     * @param {ReadonlySet<number>} hidden
     * @param {number} chance  the loss of guessing
     */
    update(race, titles, inks, hidden, chance) {
      const found = groups(race.request?.optimizers ?? []);
      element.hidden = found.length === 0;
      if (element.hidden) return;
      setText(aside, `lowest validation loss so far${race.runs.some(({ many }) => many) ? " of the median" : ""}; darker is lower; hatched has diverged`);
      const rows = found.map((group) => cells(group, race.runs));
      const least = Math.min(...rows.flat().filter((cell) => !cell.diverged && Number.isFinite(cell.loss)).map((cell) => cell.loss));
      const key = JSON.stringify([race.id, rows, [...hidden]]);
      if (key === drawn) return;
      drawn = key;
      const focused = table.contains(document.activeElement) ? document.activeElement?.getAttribute("data-entrant") : null;
      fill(table, rows.map((row) => line(row, titles[row[0].entrant], inks[row[0].entrant], hidden, race.runs.length, (loss) => merit(loss, least, chance), onIsolate)));
      if (focused) /** @type {HTMLElement | null} */ (table.querySelector(`[data-entrant="${focused}"]`))?.focus();
      const best = rows.map(bestOf);
      const said = rows.flatMap((row, index) => {
        const [at, side] = [best[index], edge(row)];
        if (!at || side === "") return [];
        return [`${titles[at.entrant]} is best at the ${side === "low" ? "lowest" : "highest"} rate tried, ${typed(at.lr)}: its best may lie beyond.`];
      });
      setText(words, said.join(" "));
      const winners = best.flatMap((cell) => (cell ? [cell.entrant] : []));
      adopt.hidden = winners.length === 0;
      adopt.href = linkTo(winners);
    },
  };
}

/**
 * @param {import("./grid.js").Cell[]} row
 * @param {string} title
 * @param {Ink} ink
 * @param {ReadonlySet<number>} hidden
 * @param {number} all  entrants of the race
 * @param {(loss: number) => number} merit
 * @param {(entrant: number) => void} onIsolate
 */
function line(row, title, ink, hidden, all, merit, onIsolate) {
  const best = bestOf(row);
  const boxes = row.map((cell) => {
    const value = cell.diverged ? "diverged" : Number.isFinite(cell.loss) ? number(cell.loss, 3) : "…";
    const alone = !hidden.has(cell.entrant) && hidden.size === all - 1;
    return h("button", {
      type: "button", class: `grid-cell${cell.diverged ? " out" : ""}${cell === best ? " best" : ""}`, "data-entrant": cell.entrant,
      "--merit": merit(cell.loss).toFixed(3), "aria-pressed": String(alone),
      "aria-label": `${title} at lr ${typed(cell.lr)}: ${value}${cell.lost > 0 ? `, ${cell.lost} repeats diverged` : ""}${cell === best ? ", the best of its row" : ""}`, onclick: () => onIsolate(cell.entrant),
    }, h("span", { class: "grid-lr" }, typed(cell.lr)), h("span", { class: "grid-loss" }, cell.diverged ? "×" : value, cell.lost > 0 && !cell.diverged && ` · ${cell.lost} ×`));
  });
  const element = h("div", { class: "grid-row" }, h("span", { class: "grid-name" }, swatch(ink), title), h("div", { class: "grid-cells", "--cells": row.length }, boxes));
  inked(element, ink);
  return element;
}
