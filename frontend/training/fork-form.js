// A fork of an entrant, to be made while the race runs: with which optimizer and rate, from now or from a checkpoint.

import { slider } from "../controls/slider.js";
import { fill, h, setText } from "../dom.js";
import { trainable } from "./configuration.js";
import { beginnings, forkWords } from "./orders.js";
import { valueNow } from "./run.js";

/**
 * @typedef {import("./orders.js").Fork} Fork
 * @typedef {import("./fold.js").Race} Race
 */

/**
 * @param {object} options
 * @param {import("../catalogue.js").Catalogue} options.catalogue
 * @param {Race} options.race
 * @param {number} options.entrant
 * @param {string} options.title
 * @returns {import("./orders-panel.js").OrderForm}
 */
export function createForkForm({ catalogue, race, entrant, title }) {
  const run = race.runs[entrant];
  const known = trainable(catalogue);
  const kind = h("select", { class: "select", "aria-label": `Optimizer of the fork of ${title}`, onchange: () => show(kind.value) },
    known.map((each) => h("option", { value: each.name }, each.title)));
  const from = h("select", { class: "select", "aria-label": `Where the fork of ${title} begins`, onchange: take });
  const place = h("div", { class: "order-value" });
  const words = h("p", { class: "order-words" });
  const element = h("div", { class: "order-form" }, h("div", { class: "order-line" }, kind, from), place, words);
  /** @type {Fork} */
  const order = { command: "fork", entrant, at: "now", optimizer: { name: run.name } };
  let offered = "";

  function take() {
    order.at = from.value === "now" ? "now" : Number(from.value);
  }

  /** @param {string} name */
  function show(name) {
    const optimizer = known.find((each) => each.name === name) ?? known[0];
    const parameters = [...optimizer.training_parameters ?? []].sort((a, b) => Number(b.name === optimizer.primary) - Number(a.name === optimizer.primary));
    /** @type {Record<string, number>} */
    const values = {};
    order.optimizer = { name: optimizer.name };
    const [first, ...others] = parameters.map((parameter) => {
      const usual = optimizer.training?.[parameter.name] ?? parameter.default;
      const value = optimizer.name === run.name ? valueNow(run, parameter.name) ?? usual : usual;
      const set = (/** @type {number} */ next) => {
        values[parameter.name] = order.optimizer[parameter.name] = next;
        setText(words, forkWords(run, optimizer, values));
      };
      set(value);
      return slider({ parameter, value, initial: value, label: `${parameter.name} of the fork of ${title}`, onInput: set, onCommit: set }).element;
    });
    const rest = h("div", { class: "order-rest", hidden: true }, others);
    const more = h("button", {
      type: "button", class: "quiet order-more", hidden: others.length === 0, "aria-expanded": "false", title: `${others.length} more: ${parameters.slice(1).map((each) => each.name).join(", ")}`,
      onclick: () => {
        rest.hidden = !rest.hidden;
        more.setAttribute("aria-expanded", String(!rest.hidden));
      },
    }, `+${others.length}`, h("span", { class: "chevron", "aria-hidden": "true" }, "›"));
    fill(place, h("div", { class: "order-first" }, first, more), rest);
  }

  /** Checkpoints come and go while one thinks; the one that is chosen stays, and the server says so if it is gone. */
  function update() {
    const found = beginnings(race, run);
    const key = found.map(({ at }) => at).join();
    if (key === offered) return;
    offered = key;
    const chosen = from.value;
    const gone = chosen !== "" && !found.some(({ at }) => String(at) === chosen) ? [{ at: chosen, text: chosen === "now" ? "from now" : `from step ${chosen}` }] : [];
    fill(from, [...found, ...gone].map(({ at, text }) => h("option", { value: String(at) }, text)));
    if (chosen !== "") from.value = chosen;
    take();
  }
  show(run.name);
  kind.value = order.optimizer.name;
  update();

  return { element, order: () => order, update, focus: () => kind.focus() };
}
