// One small store, one-way flow: whoever changes something calls set(); whoever shows something watches its keys.

/**
 * @template {object} S
 * @typedef {object} Store
 * @property {() => S} get  the current state; treat it as frozen
 * @property {(patch: Partial<S>) => void} set  replaces the given keys and tells the watchers of those that changed
 * @property {(keys: (keyof S)[], watcher: (state: S) => void) => () => void} watch  returns the way to stop watching
 */

/**
 * @template {object} S
 * @param {S} initial
 * @returns {Store<S>}
 */
export function createStore(initial) {
  let state = initial;
  /** @type {Set<{keys: (keyof S)[], watcher: (state: S) => void}>} */
  const watchers = new Set();
  return {
    get: () => state,
    set(patch) {
      const changed = /** @type {(keyof S)[]} */ (Object.keys(patch)).filter(
        (key) => !Object.is(state[key], patch[key]),
      );
      if (changed.length === 0) return;
      state = { ...state, ...patch };
      for (const entry of [...watchers]) {
        if (entry.keys.some((key) => changed.includes(key))) entry.watcher(state);
      }
    },
    watch(keys, watcher) {
      const entry = { keys, watcher };
      watchers.add(entry);
      return () => watchers.delete(entry);
    },
  };
}
