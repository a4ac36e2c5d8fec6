// The Descent room: one store, its panels, the address. Panels talk to the store alone; this file introduces them.

import { writeHash } from "../address.js";
import { toast } from "../controls/toast.js";
import { h } from "../dom.js";
import { createStore } from "../store.js";
import { onThemeChange, theme } from "../theme.js";
import { createAverages } from "./averages-panel.js";
import { createBatch } from "./batch-panel.js";
import { createCurves } from "./curve-panel.js";
import { createData } from "./data-panel.js";
import { createFormula } from "./formula-panel.js";
import { createGraph } from "./graph-panel.js";
import { createInspector } from "./inspector-panel.js";
import { createLineSearch } from "./linesearch-panel.js";
import { fromQuery, keepIds, toQuery } from "./link.js";
import { createMap } from "./map-panel.js";
import { createNoise } from "./noise-panel.js";
import { createOptimizers } from "./optimizers-panel.js";
import { createNote } from "./note-panel.js";
import { createPlayback } from "./playback.js";
import { createProfile } from "./profile-panel.js";
import { createRates } from "./rates-panel.js";
import { createScene } from "./scene-panel.js";
import { createSentence } from "./sentence-panel.js";
import { createSeeds } from "./seeds-panel.js";
import { createSession } from "./session.js";
import { defaults, onLine } from "./state.js";
import { createStopping } from "./stopping-panel.js";
import { createSurfacePanel } from "./surface-panel.js";
import { createTitle } from "./title-panel.js";
import { createTrail } from "./trail.js";
import { createTransport } from "./transport-panel.js";

/** What a scene's sentence speaks of: once one of these is changed, the scene is no longer what stands here. */
const TOLD = new Set(["surface", "formula", "view", "parameters", "start", "steps", "batch", "entries"]);

/**
 * @param {import("../catalogue.js").Catalogue} catalogue
 * @returns {Promise<import("../main.js").RoomView>}
 */
export async function buildDescent(catalogue) {
  /** @type {import("./session.js").State} */
  const initial = {
    ...defaults(catalogue), frame: null, picture: null, ground: null, fault: null, info: null, playing: false, speed: 1, held: false, theme: theme(),
  };
  const store = createStore(initial);
  const signals = new EventTarget();
  let shown = false;
  const trail = createTrail({
    now: () => performance.now(),
    write: (push) => {
      if (shown) writeHash("descent", toQuery(catalogue, store.get()), { push });
    },
  });
  const playback = createPlayback(store, trail.touch);
  /** @type {import("./room-context.js").Context} */
  const context = {
    catalogue, store, signals,
    seek: playback.seek,
    change(patch, field, commit) {
      const told = Object.keys(patch).some((key) => TOLD.has(key));
      store.set({ ...patch, ...(told ? { scene: null } : {}), held: !commit });
      trail.note(field, commit);
    },
  };
  const session = createSession(store, signals);
  const map = createMap(context);
  const profile = createProfile(context);
  const scene = createScene(context);
  const picture = h("div", { class: "picture" }, map.element, scene.element, createData(context).element);
  const stage = h("div", { class: "stage" },
    createTitle(context).element, createNote(context).element, createFormula(context).element, createSentence(context).element,
    picture,
    createTransport({ ...context, togglePlay: playback.toggle }).element, createCurves(context).element, createRates(context).element);
  const surface = createSurfacePanel(context).element;
  surface.append(createNoise(context).element, createBatch(context).element, createSeeds(context).element);
  const rail = h("div", { class: "rail" }, createOptimizers(context).element, createInspector(context).element, createLineSearch(context).element, surface);
  // Below the curves where there are two columns; on a phone below everything, since sliders come first.
  const more = h("div", { class: "more drawers" }, createStopping(context).element, createGraph(context).element, createAverages(context).element);
  const element = h("div", { class: "room descent" }, stage, rail, more);

  onThemeChange((next) => store.set({ theme: next }));
  store.watch(["mode", "surface"], ({ mode, surface }) => {
    const line = onLine(catalogue, surface);
    const away = mode === "3d" || line;
    map.element.classList.toggle("away", away);
    map.element.inert = away;
    if (line !== picture.contains(profile.element)) line ? picture.append(profile.element) : profile.element.remove();
  });
  let painted = 0;
  signals.addEventListener("painted", (event) => {
    painted = /** @type {CustomEvent} */ (event).detail;
    document.documentElement.dataset.ready = "true";
  });
  // A link whose very formula is at fault has no picture; what can be shown is shown.
  store.watch(["fault"], ({ fault, picture }) => {
    if (fault && !picture) document.documentElement.dataset.ready = "true";
  });
  /** Everything asked is answered, and the answer is on the screen. */
  const settled = () => session.idle() && map.rested() && profile.rested() && painted === store.get().picture?.sequence;
  Object.assign(window, { thalweg: { .../** @type {any} */ (window).thalweg, store, descent: { store, signals, map, profile, settled } } });
  session.connect();

  return {
    element,
    open(query) {
      shown = true;
      const { settings, faults } = fromQuery(catalogue, query);
      if (faults.length > 0) toast(faults.length > 2 ? `${faults[0]} ${faults.length - 1} more of the link could not be used.` : faults.join(" "), { bad: true, action: { text: "Close", run: () => {} } });
      trail.forget();
      playback.pause();
      const entries = keepIds(store.get().entries, settings.entries);
      const chosen = entries[settings.entries.findIndex(({ id }) => id === settings.chosen)]?.id ?? null;
      store.set({ ...settings, entries, chosen, held: false });
    },
    state: () => toQuery(catalogue, store.get()),
    leave() {
      shown = false;
      playback.pause();
      scene.leave();
    },
  };
}
