// What each entrant is called. The same optimizer twice is told apart by the value that differs.

import { typed } from "../format.js";

/**
 * @typedef {{name: string} & Record<string, any>} Entrant  as in a race request
 * @typedef {Pick<import("../catalogue.js").OptimizerEntry, "name" | "title" | "short" | "training">} Known
 */

/**
 * @param {Entrant[]} entrants
 * @param {Known[]} optimizers
 * @param {"title" | "short"} form
 * @returns {string[]}  "Adam", or where another Adam runs beside it "Adam lr 0.01", "Adam 0.01" in short
 */
export function entrantLabels(entrants, optimizers, form) {
  return entrants.map((entrant, index) => {
    const known = optimizers.find((each) => each.name === entrant.name);
    const name = known?.[form] ?? entrant.name;
    const twins = entrants.filter((each) => each.name === entrant.name);
    if (twins.length === 1) return name;
    // Of schedules the name alone is said; their numbers stand in the set-up.
    const value = (/** @type {Entrant} */ each, /** @type {string} */ key) => (key === "schedule" ? each.schedule?.name ?? "constant" : each[key] ?? known?.training?.[key]);
    const said = (/** @type {string} */ key) => (key === "schedule" ? value(entrant, key) : typed(Number(value(entrant, key))));
    const keys = [...new Set([...Object.keys(known?.training ?? {}), ...twins.flatMap(Object.keys)])].filter((key) => key !== "name");
    const differing = keys.filter((key) => twins.some((twin) => value(twin, key) !== value(entrant, key)));
    const enough = differing.find((key) => new Set(twins.map((twin) => value(twin, key))).size === twins.length);
    // Where one value is enough to tell, no other is said; at the end of a line there is room for the bare value.
    if (enough) return `${name} ${form === "short" || enough === "schedule" ? "" : `${enough} `}${said(enough)}`;
    if (differing.length > 0) return `${name} ${differing.map((key) => (key === "schedule" ? said(key) : `${key} ${said(key)}`)).join(", ")}`;
    const place = entrants.slice(0, index).filter((each) => each.name === entrant.name).length;
    return place === 0 ? name : `${name} (${place + 1})`;
  });
}
