// Races that this server still holds, as quiet links.

import { formatHash } from "../address.js";
import { request } from "../api.js";
import { fill, h } from "../dom.js";
import { lowerFirst } from "./curves.js";

/**
 * @typedef {{id: string, number: number, state: string, created: number, race: import("../catalogue.js").RaceRequest}} Listed
 * @typedef {import("../catalogue.js").Catalogue} Catalogue
 */

const SHOWN = 8;

/** @returns {Promise<{races: Listed[], capacity: import("./waiting.js").Capacity | null}>}  newest first; none where the server cannot say */
export async function listRaces() {
  try {
    return await request("/api/races");
  } catch {
    return { races: [], capacity: null };
  }
}

/** @param {Catalogue} catalogue */
export function createEarlier(catalogue) {
  const list = h("ul", { class: "earlier-list" });
  const element = h("section", { class: "earlier", "aria-label": "Earlier races", hidden: true }, h("h2", { class: "section-head" }, "Earlier races"), list);
  return {
    element,
    /** @param {Listed[]} races */
    update(races) {
      element.hidden = races.length === 0;
      fill(list, races.slice(0, SHOWN).map((each) => h("li", {},
        h("a", { class: "earlier-link", href: formatHash("training", new URLSearchParams({ race: each.id })) },
          h("span", { class: "earlier-number" }, `race ${each.number}`),
          h("span", { class: "earlier-title" }, raceTitle(each.race, catalogue)),
          h("span", { class: "earlier-who" }, each.race.optimizers.map(({ name }) => catalogue.optimizers.find((known) => known.name === name)?.short ?? name).join(", "), (each.race.repeats ?? 1) > 1 && `; ${each.race.repeats} repeats`),
          h("span", { class: "earlier-state" }, `${each.state} · ${when(each.created)}`)))));
    },
  };
}

/**
 * "CIFAR-10, paper’s CNN"
 * @param {import("../catalogue.js").RaceRequest | null | undefined} asked
 * @param {Catalogue} catalogue
 */
export function raceTitle(asked, catalogue) {
  const dataset = catalogue.datasets.find((each) => each.name === asked?.dataset);
  const network = catalogue.networks.find((each) => each.name === asked?.network);
  return [dataset?.title, network && lowerFirst(network.title)].filter(Boolean).join(", ") || "Race";
}

/** @param {number} created  seconds since 1970 */
function when(created) {
  const date = new Date(1000 * created);
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString("en-GB", today ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}
