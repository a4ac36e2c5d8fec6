// What each entrant is called. The same optimizer twice is told apart by the value that differs.

import { integer, typed } from "../format.js";

/**
 * @typedef {{name: string} & Record<string, any>} Entrant  as in a race request
 * @typedef {Pick<import("../catalogue.js").OptimizerEntry, "name" | "title" | "short" | "training">} Known
 */

/**
 * @param {Entrant[]} entrants
 * @param {Known[]} optimizers
 * @param {"title" | "short"} form
 * @param {(number | null)[]} [from]  the step that a fork begins at; in short it is said only where no value tells it apart
 * @returns {string[]}  "Adam", or where another Adam runs beside it "Adam lr 0.01", "Adam 0.01" in short; "Adam lr 0.01, from step 1,200"
 */
export function entrantLabels(entrants, optimizers, form, from = []) {
  const plain = plainLabels(entrants, optimizers, form);
  return plain.map(({ label, place }, index) => {
    const step = from[index] ?? null;
    if (step === null) return place === 0 ? label : `${label} (${place + 1})`;
    if (form === "title") return `${label}, from step ${integer(step)}${again(index)}`;
    return place === 0 ? label : `${label}, from ${integer(step)}${again(index)}`;
  });

  /** Two forks of the same values at the same step are counted. @param {number} index */
  function again(index) {
    const before = plain.slice(0, index).filter(({ label }, at) => label === plain[index].label && from[at] === from[index]).length;
    return before === 0 ? "" : ` (${before + 1})`;
  }
}

/**
 * @param {Entrant[]} entrants
 * @param {Known[]} optimizers
 * @param {"title" | "short"} form
 * @returns {{label: string, place: number}[]}  place: so many before it are the same in name and values
 */
function plainLabels(entrants, optimizers, form) {
  return entrants.map((entrant, index) => {
    const known = optimizers.find((each) => each.name === entrant.name);
    const name = known?.[form] ?? entrant.name;
    const twins = entrants.filter((each) => each.name === entrant.name);
    if (twins.length === 1) return { label: name, place: 0 };
    // Of schedules the name alone is said; their numbers stand in the set-up.
    const value = (/** @type {Entrant} */ each, /** @type {string} */ key) => (key === "schedule" ? each.schedule?.name ?? "constant" : each[key] ?? known?.training?.[key]);
    const said = (/** @type {string} */ key) => (key === "schedule" ? value(entrant, key) : typed(Number(value(entrant, key))));
    const keys = [...new Set([...Object.keys(known?.training ?? {}), ...twins.flatMap(Object.keys)])].filter((key) => key !== "name");
    const differing = keys.filter((key) => twins.some((twin) => value(twin, key) !== value(entrant, key)));
    const enough = differing.find((key) => new Set(twins.map((twin) => value(twin, key))).size === twins.length);
    // Where one value is enough to tell, no other is said; at the end of a line there is room for the bare value.
    if (enough) return { label: `${name} ${form === "short" || enough === "schedule" ? "" : `${enough} `}${said(enough)}`, place: 0 };
    const place = entrants.slice(0, index).filter((each) => each.name === entrant.name && keys.every((key) => value(each, key) === value(entrant, key))).length;
    if (differing.length > 0) return { label: `${name} ${differing.map((key) => (key === "schedule" ? said(key) : `${key} ${said(key)}`)).join(", ")}`, place };
    return { label: name, place };
  });
}
