// What the room hands to each of its panels; panels know this and nothing of each other.

/**
 * @typedef {object} Context
 * @property {import("../catalogue.js").Catalogue} catalogue
 * @property {import("../store.js").Store<import("./session.js").State>} store
 * @property {(patch: Partial<import("./state.js").Settings>, field: string, commit: boolean) => void} change
 *   settings changed by a person: shown at once, written into the address, one step of Back per gesture
 * @property {(step: number) => void} seek  moves the playhead
 * @property {EventTarget} signals  "sent" and "painted" with a sequence number
 */

export {};
