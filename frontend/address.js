// The address bar as state: `#/room?key=value&...`. Dragging replaces the entry, letting go pushes one, so Back is undo.

export const ROOMS = /** @type {const} */ (["descent", "training", "scenes"]);

/** @typedef {(typeof ROOMS)[number]} Room */

/**
 * @param {string} hash  as in location.hash, with or without the "#"
 * @returns {{room: Room, query: URLSearchParams}}  an unknown room becomes the first one
 */
export function parseHash(hash) {
  const [path, query = ""] = hash.replace(/^#?\/?/, "").split("?", 2);
  const room = ROOMS.find((name) => name === path) ?? ROOMS[0];
  return { room, query: new URLSearchParams(query) };
}

/**
 * @param {Room} room
 * @param {URLSearchParams} query
 * @returns {string}
 */
export function formatHash(room, query) {
  // Commas, colons and slashes are legal in a fragment; left as they are, a link can be read by a person.
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/");
  return `#/${room}${text ? `?${text}` : ""}`;
}

/**
 * Write the state into the address bar.
 * @param {Room} room
 * @param {URLSearchParams} query
 * @param {{push: boolean}} how  push makes a new entry (one that Back returns from), else the present one is replaced
 */
export function writeHash(room, query, { push }) {
  const hash = formatHash(room, query);
  if (hash === location.hash) return;
  if (push) history.pushState(null, "", hash);
  else history.replaceState(null, "", hash);
}
