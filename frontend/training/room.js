// The Training room: a race to start, or a race to watch. The address bar holds either of them.

import { writeHash } from "../address.js";
import { Refused, request } from "../api.js";
import { h } from "../dom.js";
import { loadPlotly } from "../plotly-adapter.js";
import { createStore } from "../store.js";
import { complete, fromQuery, toQuery } from "./configuration.js";
import { listRaces } from "./earlier.js";
import { gathered, spread } from "./grid.js";
import { readView, writeView } from "./link.js";
import { createRaceView } from "./race-view.js";
import { createSession } from "./session.js";
import { createSetupView } from "./setup-view.js";
import { startWords } from "./waiting.js";

/**
 * @typedef {import("../catalogue.js").Catalogue} Catalogue
 * @typedef {import("./configuration.js").Configuration} Configuration
 * @typedef {import("./session.js").Session} Session
 *
 * @typedef {object} RoomState
 * @property {Configuration} configuration
 * @property {Session | null} session  null: the set-up is shown
 * @property {import("./race-view.js").View} view
 */

const AGAIN = 3000; // milliseconds between two looks at how busy the workers are

/**
 * @param {Catalogue} catalogue
 * @returns {import("../main.js").RoomView}
 */
export function buildTraining(catalogue) {
  /** @type {import("../store.js").Store<RoomState>} */
  const store = createStore({
    configuration: complete(catalogue.race, catalogue), session: /** @type {Session | null} */ (null), view: readView(new URLSearchParams()),
  });
  const setup = createSetupView({ catalogue, configuration: () => store.get().configuration, onChange: configure, onStart: start });
  const race = createRaceView({
    catalogue, session: () => store.get().session, view: () => store.get().view,
    onView: (patch) => {
      store.set({ view: { ...store.get().view, ...patch } });
      write({ push: false });
    },
    onAnother: another,
    onDrawn: ready,
  });
  const element = h("div", { class: "training" }, setup.element, race.element);
  let here = false;
  let dragging = false;
  let turn = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let asking;

  store.watch(["configuration"], () => setup.update());
  store.watch(["view"], () => race.paint());
  store.watch(["session"], show);
  setup.update();
  showDevice(catalogue.device);
  show();
  // The drawing library is on its way before the first race is, so that its first point is not kept waiting.
  loadPlotly(catalogue.plotly).catch(() => {});
  const hooks = /** @type {any} */ (window);
  hooks.thalweg = { ...hooks.thalweg, training: { store } };

  function show() {
    const { session } = store.get();
    setup.element.hidden = session !== null;
    race.element.hidden = session === null;
    if (session) race.paint();
  }

  function state() {
    const { session, configuration, view } = store.get();
    return session ? writeView(session.race.id, view) : toQuery(configuration, catalogue);
  }

  /** @param {{push: boolean}} how */
  function write(how) {
    if (here) writeHash("training", state(), how);
  }

  /**
   * @param {Partial<Configuration>} patch
   * @param {boolean} commit
   */
  function configure(patch, commit) {
    setup.fault([]);
    store.set({ configuration: { ...store.get().configuration, ...patch } });
    // A drag makes one new entry with its first move and then replaces it, so that Back undoes the whole of it.
    write({ push: !dragging });
    dragging = !commit;
  }

  /** @param {{rates: boolean}} how  rates: each optimizer at several learning rates */
  async function start({ rates }) {
    setup.starting(true);
    setup.fault([]);
    const asked = store.get().configuration;
    const configuration = rates ? { ...asked, optimizers: spread(asked.optimizers, catalogue.optimizers) } : asked;
    try {
      const answer = await request("/api/races", { method: "POST", body: configuration });
      watch(answer);
      write({ push: true });
      scrollTo({ top: 0 });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setup.fault([error.message], error.field);
    } finally {
      setup.starting(false);
    }
  }

  /** @param {Parameters<typeof createSession>[0]} described */
  function watch(described) {
    store.get().session?.disconnect();
    const session = createSession(described, { data: () => race.schedule(), hand: () => race.paint() });
    store.set({ session, view: store.get().view });
    session.connect();
  }

  function another() {
    const asked = store.get().session?.race.request;
    leaveRace();
    if (asked) store.set({ configuration: complete({ ...asked, optimizers: gathered(asked.optimizers) }, catalogue) });
    write({ push: true });
    scrollTo({ top: 0 });
    refreshEarlier();
  }

  function leaveRace() {
    store.get().session?.disconnect();
    store.set({ session: null, view: readView(new URLSearchParams()) });
  }

  /** The races that were, and whether one is under way; as long as one is, ask again. */
  async function refreshEarlier() {
    clearTimeout(asking);
    const { races, capacity } = await listRaces();
    const words = startWords(capacity, races);
    setup.showEarlier(races);
    setup.showBusy(words);
    clearTimeout(asking);
    if (words !== "" && here && store.get().session === null) asking = setTimeout(refreshEarlier, AGAIN);
  }

  /** Name the device; while the workers are still starting, ask again until they know it. @param {string} device */
  function showDevice(device) {
    setup.showDevice(device);
    if (!device.endsWith("starting")) return;
    setTimeout(async () => showDevice((await request("/api/catalogue").catch(() => ({ device: "" }))).device), 2000);
  }

  /** @param {URLSearchParams} query */
  async function openRace(query) {
    const mine = ++turn;
    const id = query.get("race") ?? "";
    const { session } = store.get();
    if (session?.race.id === id) {
      store.set({ view: readView(query) });
      session.connect();
      return;
    }
    try {
      const answer = await request(`/api/races/${encodeURIComponent(id)}`);
      if (mine !== turn) return;
      store.set({ view: readView(query) });
      watch(answer);
    } catch (error) {
      if (mine !== turn) return;
      if (!(error instanceof Refused)) throw error;
      openSetup(new URLSearchParams());
      setup.fault([error.status === 404 ? `This server knows no race “${id}”. Start one here, or open one of the earlier races.` : error.message]);
    }
  }

  /** @param {URLSearchParams} query */
  function openSetup(query) {
    turn += 1;
    leaveRace();
    if (query.size > 0) {
      const { configuration, faults } = fromQuery(query, catalogue);
      store.set({ configuration });
      setup.fault(faults);
    }
    write({ push: false });
    refreshEarlier();
    requestAnimationFrame(ready);
  }

  return {
    element,
    open(query) {
      here = true;
      if (query.has("race")) openRace(query);
      else openSetup(query);
    },
    state,
    leave() {
      here = false;
      store.get().session?.disconnect();
    },
  };
}

function ready() {
  document.documentElement.dataset.ready = "true";
}
