// The list of optimizers: legend, outcomes and sliders in one; below it those that do not run yet.

import { icon } from "../controls/icons.js";
import { fill, h, setText } from "../dom.js";
import { givingWay } from "../frames.js";
import { ink } from "../palette.js";
import { looks } from "./look.js";
import { createRow } from "./row.js";
import { freshId, newEntry, optimizerOf, runsOn, usualOptimizers } from "./state.js";
import { swatch } from "./swatch.js";

/**
 * @typedef {import("./session.js").State} State
 * @typedef {import("./state.js").Entry} Entry
 */

/** @param {import("./room-context.js").Context} context */
export function createOptimizers({ catalogue, store, change }) {
  const count = h("span", { class: "aside" });
  const add = h("button", { type: "button", class: "quiet right", "aria-expanded": "false", onclick: () => unfold(Boolean(fold.hidden)) }, icon("plus"), "Add");
  const rows = h("ul", { class: "rows" });
  const empty = h(
    "div", { class: "empty", hidden: true },
    h("p", {}, "Nothing is running down yet."),
    h("div", { class: "empty-actions" },
      h("button", { type: "button", class: "primary", onclick: restore }, "Start with the usual five"),
      h("button", { type: "button", class: "quiet", onclick: () => unfold(true) }, icon("plus"), "Add one")),
  );
  const foldName = h("span", {});
  const taste = h("span", { class: "fold-taste" });
  const foldButton = h("button", { type: "button", class: "fold", "aria-expanded": "false", onclick: () => unfold(Boolean(fold.hidden)) }, icon("right"), foldName, taste);
  const fold = h("ul", { class: "fold-list", hidden: true });
  const element = h(
    "section", { class: "rail-section", "aria-label": "Optimizers" },
    h("h2", { class: "section-head" }, "Optimizers ", count, add), rows, empty, foldButton, fold,
  );
  /** @type {Map<number, {row: ReturnType<typeof createRow>, surface: string | null}>} */
  const built = new Map();
  let listed = "";

  /** @param {boolean} open */
  function unfold(open) {
    fold.hidden = !open;
    foldButton.setAttribute("aria-expanded", String(open));
    add.setAttribute("aria-expanded", String(open));
    if (open) /** @type {HTMLElement | null} */ (fold.querySelector("button"))?.focus();
  }

  function restore() {
    const { surface } = store.get();
    change({ entries: usualOptimizers(catalogue, surface).map((name) => newEntry(catalogue, surface, name)) }, "entries", true);
  }

  /** @param {(entries: Entry[]) => Entry[]} edit @param {string} field @param {boolean} commit */
  const edit = (edit, field, commit) => change({ entries: edit(store.get().entries) }, field, commit);

  /** @param {number} id @returns {import("./row.js").RowActions} */
  function actions(id) {
    return {
      toggle: () => edit((entries) => entries.map((one) => (one.id === id ? { ...one, on: !one.on } : one)), `toggle ${id}`, true),
      isolate() {
        const alone = store.get().entries.every((one) => one.on === (one.id === id));
        edit((entries) => entries.map((one) => ({ ...one, on: alone || one.id === id })), `only ${id}`, true);
      },
      remove: () => edit((entries) => entries.filter((one) => one.id !== id), `remove ${id}`, true),
      duplicate() {
        const { entries } = store.get();
        if (entries.length >= (catalogue.limits.optimizers ?? 16)) return;
        const at = entries.findIndex((one) => one.id === id);
        const copy = { ...entries[at], id: freshId(), on: true, values: { ...entries[at].values } };
        change({ entries: [...entries.slice(0, at + 1), copy, ...entries.slice(at + 1)] }, "duplicate", true);
      },
      assign: (values) => edit((entries) => entries.map((one) => (one.id === id ? { ...one, values: { ...one.values, ...values } } : one)), `${id} ${Object.keys(values).join(" ")}`, true),
      reschedule: (schedule, commit) => edit((entries) => entries.map((one) => (one.id === id ? { ...one, schedule } : one)), `${id} schedule`, commit),
      set: (name, value, commit) =>
        edit((entries) => (entries.some((one) => one.id === id && one.values[name] !== value)
          ? entries.map((one) => (one.id === id ? { ...one, values: { ...one.values, [name]: value } } : one)) : entries), `${id} ${name}`, commit),
    };
  }

  function list() {
    const { entries, surface, theme } = store.get();
    const key = JSON.stringify([surface, theme, entries.map(({ id, on }) => [id, on])]);
    if (key !== listed) relist(entries, surface, theme);
    else if (store.get().held) return; // a value is being dragged: its own slider shows it, the rest comes with the picture
    listed = key;
    tell();
  }

  /** @param {Entry[]} entries @param {string | null} surface @param {import("../theme.js").Theme} theme */
  function relist(entries, surface, theme) {
    for (const [id, { row, surface: then }] of built) {
      // Another surface has other tuned values to return to: its rows are built anew.
      if (then === surface && entries.some((entry) => entry.id === id)) continue;
      row.element.remove();
      built.delete(id);
    }
    entries.forEach((entry, i) => {
      const optimizer = optimizerOf(catalogue, entry.name);
      if (!optimizer) return;
      if (!built.has(entry.id)) built.set(entry.id, { row: createRow({ optimizer, catalogue, surface, entry, actions: actions(entry.id) }), surface });
      const { element: row } = /** @type {{row: ReturnType<typeof createRow>}} */ (built.get(entry.id)).row;
      if (rows.children[i] !== row) rows.insertBefore(row, rows.children[i] ?? null);
    });
    setText(count, `${entries.filter((entry) => entry.on).length} of ${catalogue.optimizers.filter(({ name }) => runsOn(catalogue, surface, name)).length}`);
    rows.hidden = entries.length === 0;
    empty.hidden = entries.length > 0;
    const rest = catalogue.optimizers.filter(({ name }) => runsOn(catalogue, surface, name) && !entries.some((entry) => entry.name === name));
    foldButton.hidden = rest.length === 0;
    setText(foldName, `${rest.length} more`);
    setText(taste, rest.map((optimizer) => optimizer.title).join(", "));
    fill(fold, rest.map((optimizer) => {
      const { dash, ...colours } = ink(optimizer.name);
      return h(
        "li", { class: "fold-row" }, swatch(colours[theme], dash, true), h("span", { class: "row-name" }, optimizer.title),
        h("button", {
          type: "button", class: "quiet right", "aria-label": `Add ${optimizer.title}`,
          onclick: () => edit((present) => [...present, newEntry(catalogue, store.get().surface, optimizer.name)], `add ${optimizer.name}`, true),
        }, icon("plus"), "Add"),
      );
    }));
  }

  function tell() {
    const { entries, picture, theme } = store.get();
    const look = looks(catalogue, entries, theme);
    for (const entry of entries) {
      const run = picture?.runs.find((one) => one.entry.id === entry.id);
      built.get(entry.id)?.row.update(entry, run?.trajectory ?? null, /** @type {import("./look.js").Look} */ (look.get(entry.id)));
    }
  }

  store.watch(["entries", "surface", "theme"], list);
  store.watch(["picture", "held"], givingWay(() => store.get().held, tell, 100));
  list();
  return { element };
}
