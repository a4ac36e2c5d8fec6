// One of an entrant's hyperparameters, to be changed while it trains: which one, its new value within the declared range.

import { slider } from "../controls/slider.js";
import { fill, h, setText } from "../dom.js";
import { settable } from "./orders.js";

/**
 * @typedef {import("./orders.js").Change} Change
 * @typedef {import("./fold.js").Race} Race
 */

/**
 * @param {object} options
 * @param {import("../catalogue.js").OptimizerEntry} options.optimizer
 * @param {Race} options.race
 * @param {number} options.entrant
 * @param {string} options.title
 * @returns {import("./orders-panel.js").OrderForm}
 */
export function createChangeForm({ optimizer, race, entrant, title }) {
  const run = race.runs[entrant];
  const scheduled = Boolean(race.entrants[entrant]?.schedule);
  const known = settable(optimizer, run);
  const select = h("select", { class: "select", "aria-label": `Hyperparameter of ${title}`, onchange: () => show(select.value) },
    known.map(({ parameter }) => h("option", { value: parameter.name }, parameter.name)));
  const hint = h("span", { class: "order-hint" });
  const place = h("div", { class: "order-value" });
  const words = h("p", { class: "order-words" });
  const element = h("div", { class: "order-form" }, h("div", { class: "order-line" }, select, hint), place, words);
  /** @type {Change} */
  const order = { command: "set", entrant, hyperparameter: "", value: NaN };

  /** @param {string} name */
  function show(name) {
    const found = settable(optimizer, run).find(({ parameter }) => parameter.name === name) ?? known[0];
    const { parameter, value } = found;
    order.hyperparameter = parameter.name;
    order.value = value;
    const take = (/** @type {number} */ next) => void (order.value = next);
    fill(place, slider({ parameter, value, initial: value, label: `New ${parameter.name} of ${title}`, onInput: take, onCommit: take }).element);
    setText(hint, parameter.meaning);
    setText(words, `From its next step on; what it has gathered stays.${scheduled && parameter.name === "lr" ? " Its schedule goes on, with the new rate as its base." : ""}`);
  }
  show(optimizer.primary);
  select.value = order.hyperparameter;

  return { element, order: () => order, update() {}, focus: () => select.focus() };
}
