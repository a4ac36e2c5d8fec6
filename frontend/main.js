// The front door: catalogue, theme, the room in the address. A room is built when it is first opened and then kept.

import { writeHash, parseHash } from "./address.js";
import { request } from "./api.js";
import { toast } from "./controls/toast.js";
import { fill, h } from "./dom.js";
import { loadPlotly } from "./plotly-adapter.js";
import { startTheme, toggleTheme } from "./theme.js";

/**
 * @typedef {import("./catalogue.js").Catalogue} Catalogue
 *
 * @typedef {object} RoomView
 * @property {HTMLElement} element
 * @property {(query: URLSearchParams) => void} open  show the state of a link; called on entering and on Back
 * @property {() => URLSearchParams} state  the present state, for the address bar
 * @property {() => void} leave  pause what need not run unseen
 */

/** @type {Record<string, (catalogue: Catalogue) => Promise<RoomView>>} */
const BUILDERS = {
  descent: async (catalogue) => (await import("./descent/room.js")).buildDescent(catalogue),
  training: async (catalogue) => (await import("./training/room.js")).buildTraining(catalogue),
  scenes: async (catalogue) => (await import("./scenes/room.js")).buildScenes(catalogue),
};

/** @type {Map<string, Promise<RoomView>>} */
const rooms = new Map();
const stage = /** @type {HTMLElement} */ (document.getElementById("room"));
/** @type {{name: string, view: RoomView} | null} */
let current = null;
let turn = 0;

/** @param {Catalogue} catalogue */
async function follow(catalogue) {
  const mine = ++turn;
  const { room, query } = parseHash(location.hash);
  const name = room in BUILDERS ? room : "descent";
  if (!rooms.has(name)) rooms.set(name, BUILDERS[name](catalogue));
  const view = await /** @type {Promise<RoomView>} */ (rooms.get(name));
  if (mine !== turn) return; // the reader has gone on to another room meanwhile
  if (current?.view !== view) {
    current?.view.leave();
    fill(stage, view.element);
    current = { name, view };
    document.title = `${name[0].toUpperCase()}${name.slice(1)} · Thalweg`;
    for (const tab of document.querySelectorAll(".tab")) {
      if (!(tab instanceof HTMLAnchorElement)) continue;
      if (tab.dataset.room === name) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
  }
  view.open(query);
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    toast("Link copied. It opens exactly this view.");
  } catch {
    toast("This browser keeps its clipboard closed. Copy the address from the address bar.", { bad: true });
  }
}

async function start() {
  startTheme();
  document.getElementById("theme")?.addEventListener("click", toggleTheme);
  document.getElementById("copy-link")?.addEventListener("click", copyLink);
  /** @type {Catalogue} */
  const catalogue = await request("/api/catalogue");
  // On its way while the room's modules are; the room that needs it reports it if it does not come.
  loadPlotly(catalogue.plotly).catch(() => {});
  addEventListener("hashchange", () => follow(catalogue));
  addEventListener("popstate", () => follow(catalogue));
  // The address belongs to the rooms: the skip link moves the focus and leaves it alone.
  document.querySelector(".skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    stage.focus();
  });
  // A tab returns to the room as it was left, not to its first state.
  for (const tab of document.querySelectorAll(".tab")) {
    tab.addEventListener("click", async (event) => {
      const name = tab instanceof HTMLAnchorElement ? tab.dataset.room ?? "" : "";
      const known = rooms.get(name);
      if (!known || current?.name === name) return;
      event.preventDefault();
      const query = (await known).state();
      writeHash(/** @type {import("./address.js").Room} */ (name), query, { push: true });
      await follow(catalogue);
    });
  }
  await follow(catalogue);
}

start().catch((error) => {
  fill(stage, h("p", { class: "notice bad", role: "alert" }, error.message));
});
