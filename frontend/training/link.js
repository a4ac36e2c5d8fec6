// A race's link: which race, against what its curves are drawn, and which of them are switched off.

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
  return { against: said === "time" || said === "gradients" ? said : "epoch", hidden: new Set(hidden) };
}

/**
 * @param {string} id
 * @param {View} view
 * @returns {URLSearchParams}
 */
export function writeView(id, { against, hidden }) {
  const query = new URLSearchParams({ race: id });
  if (against !== "epoch") query.set("against", against);
  if (hidden.size > 0) query.set("hidden", [...hidden].sort((a, b) => a - b).join(","));
  return query;
}
