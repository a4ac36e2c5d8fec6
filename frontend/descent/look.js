// How each runner looks and is called: its fixed colour; a second one of the same kind is dashed and named with its value.

import { scheduleOf } from "../controls/schedules.js";
import { number } from "../format.js";
import { ink, inks } from "../palette.js";
import { optimizerOf } from "./state.js";

/**
 * @typedef {{colour: string, dash: number[], title: string, short: string, apart: string}} Look
 *   apart: what tells it from its twins where the value on its row does not; "" else
 */

/**
 * @param {import("../catalogue.js").Catalogue} catalogue
 * @param {import("./state.js").Entry[]} entries  all of the rail, on or off
 * @param {import("../theme.js").Theme} theme
 * @returns {Map<number, Look>}  by the entry's id
 */
export function looks(catalogue, entries, theme) {
  const dashes = inks(entries.map(({ name }) => name));
  return new Map(entries.map(({ id, name, values, schedule }, i) => {
    const optimizer = optimizerOf(catalogue, name);
    const twins = entries.filter((other) => other.name === name);
    const apart = optimizer ? beyondPrimary(optimizer, values, twins) : "";
    const value = apart || (twins.length > 1 && optimizer ? number(values[optimizer.primary]) : "");
    const told = [value, cooled(catalogue, schedule, twins)].filter(Boolean).map((part) => ` ${part}`).join("");
    return [id, {
      colour: ink(name)[theme], dash: dashes[i].dash,
      title: `${optimizer?.title ?? name}${told}`, short: `${optimizer?.short ?? name}${told}`, apart,
    }];
  }));
}

/**
 * Twins with the same value on their rows: the first other hyperparameter in which they differ, "c = 0".
 * @param {import("./state.js").OptimizerEntry} optimizer
 * @param {Record<string, number>} values
 * @param {import("./state.js").Entry[]} twins
 */
function beyondPrimary({ primary, parameters }, values, twins) {
  const differs = (/** @type {string} */ name) => twins.some((twin) => twin.values[name] !== values[name]);
  const other = differs(primary) ? undefined : parameters.find(({ name }) => differs(name));
  return other ? `${plain(other.symbol)} = ${number(values[other.name])}` : "";
}

/**
 * Twins of which not all have the same kind of schedule: its name, "exponential".
 * @param {import("../catalogue.js").Catalogue} catalogue
 * @param {import("../controls/schedules.js").Schedule | null} schedule
 * @param {import("./state.js").Entry[]} twins
 */
function cooled(catalogue, schedule, twins) {
  if (schedule === null || twins.every((twin) => twin.schedule?.name === schedule.name)) return "";
  return (scheduleOf(catalogue, schedule.name)?.title ?? schedule.name).toLowerCase();
}

/** The letters of a symbol. @param {string} mathml */
function plain(mathml) {
  const letters = mathml.replace(/<[^>]*>/g, "").trim();
  return letters.replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)));
}
