// A race's link: which race, against what its curves are drawn, which of them are switched off, what is marked on them.

import { MOST_PATIENCE } from "./stopping.js";

/**
 * @typedef {import("./race-view.js").View} View
 * @typedef {import("./axes.js").Against} Against
 */

/**
 * @param {URLSearchParams} query
 * @returns {View}
 */
export function readView(query) {
  const said = query.get("against");
  const hidden = (query.get("hidden") ?? "").split(",").filter((text) => /^\d{1,2}$/.test(text)).map(Number);
  return {
    against: said === "time" || said === "gradients" ? said : "epoch", hidden: new Set(hidden),
    patience: whole(query.get("patience"), MOST_PATIENCE), target: share(query.get("target")),
    zoom: part(query.get("zoom")),
    at: moment(query.get("at")),
    gauge: /^\w{1,40}$/.exec(query.get("gauge") ?? "")?.[0] ?? null,
  };
}

/**
 * @param {string | null} text
 * @param {number} high
 * @returns {number | null}  null: not said, or no whole number from 1
 */
function whole(text, high) {
  const value = /^\d+$/.test(text ?? "") ? Number(text) : 0;
  return value >= 1 && value <= high ? value : null;
}

/**
 * @param {string | null} text  in per cent
 * @returns {number | null}  null: not said, or beyond 0 to 100
 */
function share(text) {
  const value = Number(text);
  return value > 0 && value <= 100 ? value / 100 : null;
}

/** @param {string | null} text  seconds */
function moment(text) {
  const value = text ? Number(text) : NaN;
  return value >= 0 && Number.isFinite(value) ? value : null;
}

/**
 * @param {string | null} text  two numbers, rising
 * @returns {import("./axes.js").Range | null}
 */
function part(text) {
  const said = (text ?? "").split(",").map(Number);
  return said.length === 2 && said[0] >= 0 && said[1] > said[0] && Number.isFinite(said[1]) ? [said[0], said[1]] : null;
}

/**
 * @param {string} id
 * @param {View} view
 * @returns {URLSearchParams}
 */
export function writeView(id, { against, hidden, patience, target, zoom, gauge, at }) {
  const query = new URLSearchParams({ race: id });
  if (against !== "epoch") query.set("against", against);
  if (hidden.size > 0) query.set("hidden", [...hidden].sort((a, b) => a - b).join(","));
  if (patience !== null) query.set("patience", String(patience));
  if (target !== null) query.set("target", String(Number((100 * target).toFixed(2))));
  if (zoom !== null) query.set("zoom", zoom.join(","));
  if (at !== null) query.set("at", String(at));
  if (gauge !== null) query.set("gauge", gauge);
  return query;
}
