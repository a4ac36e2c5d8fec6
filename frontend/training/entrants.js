// Who is to race: the rows, and the way to add another.

import { swatch } from "../controls/swatch.js";
import { fill, h, setText } from "../dom.js";
import { ink, inks } from "../palette.js";
import { entrant, trainable } from "./configuration.js";
import { entrantRow } from "./entrant-row.js";
import { spread } from "./grid.js";
import { entrantLabels } from "./labels.js";

/**
 * @typedef {import("./configuration.js").Configuration} Configuration
 * @typedef {import("./configuration.js").Catalogue} Catalogue
 * @typedef {ReturnType<typeof entrantRow>} Row
 */

/**
 * @param {object} options
 * @param {Catalogue} options.catalogue
 * @param {() => Configuration} options.configuration
 * @param {(optimizers: Configuration["optimizers"], commit: boolean) => void} options.onChange  commit: the hand has let go
 * @param {() => void} options.onGrid  start with each optimizer at several learning rates
 */
export function createEntrants({ catalogue, configuration, onChange, onGrid }) {
  const most = () => Math.floor((catalogue.limits.entrants ?? 6) / (configuration().repeats ?? 1));
  const known = trainable(catalogue);
  const list = h("ul", { class: "entrants" });
  const fault = h("p", { class: "field-fault", role: "alert", hidden: true });
  const add = h("button", { type: "button", class: "quiet entrants-add", "aria-expanded": "false", onclick: () => showMenu(Boolean(menu.hidden)) }, "+ Add an optimizer");
  const menu = h("div", { class: "entrants-menu", hidden: true }, known.map((optimizer) =>
    h("button", {
      type: "button", class: "quiet entrants-choice",
      onclick: () => {
        showMenu(false);
        onChange([...configuration().optimizers, entrant(optimizer)], true);
        /** @type {HTMLElement | null} */ (add.hidden ? list.querySelector("li:last-child button") : add)?.focus();
      },
    }, swatch(ink(optimizer.name)), optimizer.title)));
  const full = h("p", { class: "entrants-full", hidden: true });
  const gridButton = h("button", { type: "button", class: "quiet entrants-grid", onclick: onGrid }, "Try learning rates");
  const gridWords = h("span", { class: "entrants-grid-words" });
  const element = h(
    "section", { class: "rail-section", "aria-label": "Optimizers" },
    h("h2", { class: "section-head" }, "Optimizers", h("span", { class: "aside" }, "same weights, same batches")),
    list, fault, add, full, menu, h("p", { class: "entrants-rates" }, gridButton, gridWords),
  );
  /** @type {{names: string, rows: Row[]}} */
  let built = { names: "", rows: [] };
  /** @type {Set<number>} */
  let open = new Set();

  /** @param {boolean} shown */
  function showMenu(shown) {
    menu.hidden = !shown;
    add.setAttribute("aria-expanded", String(shown));
  }
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    showMenu(false);
    add.focus();
  });

  /** @param {number} index */
  function removeAt(index) {
    open = new Set([...open].filter((each) => each !== index).map((each) => (each > index ? each - 1 : each)));
    onChange(configuration().optimizers.filter((_, at) => at !== index), true);
    const buttons = /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(".entrant-remove"));
    (buttons[Math.min(index, buttons.length - 1)] ?? add).focus();
  }

  return {
    element,
    update() {
      const { optimizers } = configuration();
      const names = optimizers.map((each) => each.name).join(" ");
      if (names !== built.names) {
        const rows = optimizers.map((values, index) => entrantRow({
          catalogue, optimizer: /** @type {import("../catalogue.js").OptimizerEntry} */ (known.find((each) => each.name === values.name)),
          values, open: open.has(index),
          onChange: (name, value, commit) => onChange(configuration().optimizers.map((each, at) => (at === index ? { ...each, [name]: value } : each)), commit),
          onSchedule: (schedule, commit) => onChange(configuration().optimizers.map((each, at) => {
            if (at !== index) return each;
            const { schedule: _, ...plain } = each;
            return /** @type {typeof each} */ (schedule ? { ...plain, schedule } : plain);
          }), commit),
          onRemove: () => removeAt(index),
          onFold: (now) => void (now ? open.add(index) : open.delete(index)),
        }));
        fill(list, rows.map((row) => row.element));
        built = { names, rows };
      }
      const colours = inks(optimizers.map((each) => each.name));
      const labels = entrantLabels(optimizers, catalogue.optimizers, "title");
      built.rows.forEach((row, index) => row.update(optimizers[index], labels[index], colours[index], optimizers.length === 1));
      const repeats = configuration().repeats ?? 1;
      add.hidden = optimizers.length >= most();
      setText(full, `A race has room for ${most()}${repeats > 1 ? " with so many repeats" : ""}.`);
      full.hidden = !add.hidden;
      if (add.hidden) showMenu(false);
      const wide = spread(optimizers, known).length;
      gridButton.disabled = wide > most() || wide === optimizers.length;
      setText(gridWords, wide > most() ? `would be ${wide} entrants, and a race has room for ${most()}${repeats > 1 ? " with so many repeats" : ""}` : `starts ${wide} entrants: three decades around each rate${repeats > 1 ? `, each ${repeats} times` : ""}`);
      fault.hidden = true;
    },
    /** @param {string} sentence */
    fault(sentence) {
      fault.hidden = false;
      fault.textContent = sentence;
    },
    /** Put the focus on a number box that holds no good number. @returns {boolean} whether there is one */
    focusFault() {
      const box = /** @type {HTMLElement | null} */ (list.querySelector(".number-box.faulty"));
      box?.focus();
      return box !== null;
    },
  };
}
