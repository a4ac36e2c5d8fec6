// Who leads, live: a real table. A row's sign switches its curve on and off, its name shows it alone.

import { inked, swatch } from "../controls/swatch.js";
import { h, setText } from "../dom.js";
import { duration, integer, number, percent } from "../format.js";
import { reasonWords } from "./curves.js";
import { rank } from "./ranking.js";
import { askable } from "./orders.js";
import { best, diverged, secondsPerEpoch, withdrawn } from "./run.js";
import { apartWords, places, score, scoreWords } from "./spread.js";
import { stoppingWords } from "./stopping.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./run.js").Run} Run
 * @typedef {import("../palette.js").Ink} Ink
 * @typedef {ReturnType<typeof createRow>} Row
 * @typedef {{patience: number | null, over: boolean}} Asked  over: the race goes on no more
 */

const SWAP = 200; // milliseconds

/**
 * @param {object} options
 * @param {(entrant: number) => void} options.onToggle
 * @param {(entrant: number) => void} options.onIsolate
 * @param {import("./orders-panel.js").Orders} options.orders  unfold in the row of their entrant
 */
export function createLeaderboard({ onToggle, onIsolate, orders }) {
  const cell = (/** @type {string} */ text, name = "") => h("th", { scope: "col", role: "columnheader", class: name }, text);
  const body = h("tbody", { role: "rowgroup" });
  const basis = h("span", { class: "aside" });
  const words = h("p", { class: "board-words" });
  const element = h(
    "section", { class: "rail-section", "aria-label": "Leaderboard" },
    h("h2", { class: "section-head" }, "Leaderboard", basis),
    // The roles are said although they are the elements' own: a table that is laid out as a grid loses them in some browsers.
    h("table", { class: "board", role: "table", "aria-label": "Leaderboard by best validation accuracy" },
      h("thead", { role: "rowgroup" }, h("tr", { role: "row", class: "board-row board-head" },
        cell("Rank", "hidden-head"), cell("Curve", "hidden-head"), cell("Optimizer", "hidden-head"), cell("Best accuracy", "hidden-head"),
        cell("Best at", "hidden-head"), cell("per epoch", "board-time"), cell("gradients", "board-gradients"), cell("Early stopping", "hidden-head"), cell("Orders", "hidden-head"))),
      body),
    words,
  );
  /** @type {Row[]} */
  let rows = [];
  let built = "";

  return {
    element,
    /**
     * @param {Race} race
     * @param {string[]} labels
     * @param {Ink[]} inks
     * @param {ReadonlySet<number>} hidden
     * @param {Asked} asked
     */
    update(race, labels, inks, hidden, asked) {
      const key = [race.id, ...labels].join("\n");
      if (key !== built) {
        built = key;
        rows = race.runs.map((run) => createRow(run.entrant, labels[run.entrant], inks[run.entrant], { onToggle, onIsolate, onOrders: orders.toggle }));
        body.replaceChildren(...rows.map((row) => row.element));
      }
      const ranked = rank(race.runs);
      const ranks = places(ranked);
      ranked.forEach((run, at) => rows[run.entrant].update(run, ranks[at], hidden, race.runs.length, asked));
      const shown = ranked.filter(({ entrant }) => !hidden.has(entrant)); // of a grid no other rows are here
      setText(words, apartWords(shown.length > 1 ? shown : ranked, labels));
      words.hidden = words.textContent === "";
      const open = orders.entrant();
      rows.forEach((row, entrant) => row.unfold(!asked.over && askable(race, race.runs[entrant]).fork, entrant === open ? orders.element : null));
      // No row leaves the hand that is at work in it.
      const by = (race.request?.repeats ?? 1) === 1 ? "by validation accuracy" : "by median validation accuracy";
      setText(basis, open === null ? by : `${by}; rows stay while one is unfolded`);
      if (open === null) sort(body, ranked.map((run) => rows[run.entrant].element));
    },
  };
}

/**
 * Put rows into order. They glide, unless the reader has asked for less motion; the focus stays where it is.
 * @param {HTMLElement} body
 * @param {HTMLElement[]} wanted
 */
function sort(body, wanted) {
  if (wanted.every((row, index) => body.children[index] === row)) return;
  const before = new Map(wanted.map((row) => [row, row.offsetTop]));
  const focused = document.activeElement;
  body.append(...wanted);
  if (focused instanceof HTMLElement && body.contains(focused)) focused.focus({ preventScroll: true });
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const row of wanted) {
    const by = (before.get(row) ?? 0) - row.offsetTop;
    if (by !== 0) row.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], { duration: SWAP, easing: "ease-out" });
  }
}

/** How many of the repeats are out. @param {Run} run */
function lostWords({ many }) {
  return many && many.lost > 0 ? ` · × ${integer(many.lost)} of ${integer(many.runs.length)} diverged` : "";
}

/**
 * @param {number} entrant
 * @param {string} label
 * @param {Ink} ink
 * @param {{onToggle: (entrant: number) => void, onIsolate: (entrant: number) => void, onOrders: (entrant: number) => void}} on
 */
function createRow(entrant, label, ink, { onToggle, onIsolate, onOrders }) {
  const place = h("td", { role: "cell", class: "board-rank" });
  const sign = h("button", { type: "button", class: "board-swatch", "aria-label": `Curve of ${label}`, onclick: () => onToggle(entrant) }, swatch(ink));
  const name = h("button", { type: "button", class: "board-name", onclick: () => onIsolate(entrant) }, label);
  const figure = h("span", {});
  const spread = h("span", { class: "board-spread" });
  const cell = h("td", { role: "cell", class: "board-score" }, figure, spread);
  const note = h("td", { role: "cell", class: "board-note" });
  const time = h("td", { role: "cell", class: "board-time" });
  const gradients = h("td", { role: "cell", class: "board-gradients" });
  const stop = h("td", { role: "cell", class: "board-stop" });
  const more = h("button", {
    type: "button", class: "quiet board-more", hidden: true, "aria-expanded": "false", "aria-label": `Orders to ${label}`, title: `Stop, change or fork ${label}`, onclick: () => onOrders(entrant),
  }, "⋯");
  const asked = h("td", { role: "cell", class: "board-orders" });
  const element = h("tr", { role: "row", class: "board-row" }, place,
    h("td", { role: "cell", class: "board-sign" }, sign), h("th", { scope: "row", role: "rowheader", class: "board-title" }, name, more), cell, note, time, gradients, stop, asked);
  inked(element, ink);
  return {
    element,
    /**
     * @param {boolean} may  something can be asked of it
     * @param {HTMLElement | null} orders  that unfold here
     */
    unfold(may, orders) {
      more.hidden = !may;
      const open = more.getAttribute("aria-expanded") === "true";
      if (open === (orders !== null) && (orders === null || asked.contains(orders))) return;
      more.setAttribute("aria-expanded", String(orders !== null));
      const inside = asked.contains(document.activeElement);
      asked.replaceChildren(...(orders ? [orders] : []));
      if (inside && !orders && !more.hidden) more.focus();
    },
    /**
     * @param {Run} run
     * @param {{rank: number, shared: boolean}} standing
     * @param {ReadonlySet<number>} hidden
     * @param {number} count
     * @param {Asked} asked
     */
    update(run, standing, hidden, count, { patience, over }) {
      const top = best(run);
      const out = diverged(run);
      const perEpoch = secondsPerEpoch(run);
      const shown = !hidden.has(entrant);
      const alone = shown && count > 1 && hidden.size === count - 1;
      setText(place, standing.shared ? `${standing.rank}=` : String(standing.rank));
      place.title = standing.shared ? "The repeats do not tell it apart from the others of this rank" : "";
      const found = score(run);
      setText(figure, found ? percent(found.middle) : "—");
      setText(spread, found && run.many ? `±\u2009${number(100 * found.spread, 2)}` : "");
      cell.title = scoreWords(run);
      const left = withdrawn(run) ? `stopped at step ${integer(run.ending?.step ?? 0)} · ` : "";
      setText(note, out ? `× ${run.many ? "" : "diverged · "}${reasonWords(run)}` : `${left}${top ? `best at epoch ${number(top.epoch)}` : "no validation yet"}${lostWords(run)}`);
      note.classList.toggle("bad", out);
      setText(time, perEpoch === null ? "—" : duration(perEpoch));
      setText(gradients, integer(run.at.gradients));
      setText(stop, patience === null ? "" : stoppingWords(run, patience, over));
      element.classList.toggle("off", !shown);
      sign.setAttribute("aria-pressed", String(shown));
      sign.title = shown ? `Hide the curve of ${label}` : `Show the curve of ${label}`;
      name.setAttribute("aria-pressed", String(alone));
      name.title = alone ? "Show all curves" : `Show ${label} alone`;
    },
  };
}
