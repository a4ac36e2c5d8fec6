// How each runner looks and is called: its fixed colour; a second one of the same kind is dashed and named with its value.

import { number } from "../format.js";
import { ink, inks } from "../palette.js";
import { optimizerOf } from "./state.js";

/**
 * @typedef {{colour: string, dash: number[], title: string, short: string}} Look
 */

/**
 * @param {import("../catalogue.js").Catalogue} catalogue
 * @param {import("./state.js").Entry[]} entries  all of the rail, on or off
 * @param {import("../theme.js").Theme} theme
 * @returns {Map<number, Look>}  by the entry's id
 */
export function looks(catalogue, entries, theme) {
  const dashes = inks(entries.map(({ name }) => name));
  return new Map(entries.map(({ id, name, values }, i) => {
    const optimizer = optimizerOf(catalogue, name);
    const twice = entries.filter((other) => other.name === name).length > 1;
    const value = twice && optimizer ? ` ${number(values[optimizer.primary])}` : "";
    return [id, {
      colour: ink(name)[theme], dash: dashes[i].dash,
      title: `${optimizer?.title ?? name}${value}`, short: `${optimizer?.short ?? name}${value}`,
    }];
  }));
}
