// Which drawers stand open, in a link: "graph,linesearch". What a link sets in a drawer opens it; "-noise" keeps it shut. Pure.

import { DRAWERS } from "./drawers.js";

/** @type {Record<string, (query: URLSearchParams) => boolean>} */
const OPENED = {
  curvature: (query) => query.get("model") === "on",
  noise: (query) => Number(query.get("noise")) > 0,
  stopping: (query) => query.has("stop"),
  averages: (query) => query.has("average"),
};

/** @param {URLSearchParams} query @param {string} name */
const opened = (query, name) => OPENED[name]?.(query) ?? false;

/**
 * @param {URLSearchParams} query  with everything else that the link says
 * @param {string[]} open
 * @returns {string}  "" where there is nothing to add
 */
export function openText(query, open) {
  return DRAWERS.flatMap((name) => (open.includes(name) === opened(query, name) ? [] : [open.includes(name) ? name : `-${name}`])).join(",");
}

/**
 * @param {URLSearchParams} query
 * @param {string[]} faults  takes a sentence for every name that is no drawer
 * @returns {string[]}
 */
export function readOpen(query, faults) {
  const asked = (query.get("open") ?? "").split(",").filter(Boolean);
  for (const name of asked) if (!DRAWERS.includes(name.replace(/^-/, ""))) faults.push(`The link opens a panel “${name}”, which is not known here.`);
  return DRAWERS.filter((name) => asked.includes(name) || (opened(query, name) && !asked.includes(`-${name}`)));
}
