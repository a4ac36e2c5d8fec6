// The Scenes room: a gallery of ready links. The address holds the filter; Back returns to the card it left from.

import { writeHash } from "../address.js";
import { request } from "../api.js";
import { segmented } from "../controls/segmented.js";
import { h } from "../dom.js";
import { onThemeChange, theme } from "../theme.js";
import { createCard } from "./card.js";
import { ALL, filters, fromQuery, toQuery } from "./filter.js";
import { pictureInks } from "./inks.js";
import { createQuestions } from "./questions.js";

const NEAR = "240px"; // a picture is asked for a little before it scrolls into view

/**
 * @param {import("../catalogue.js").Catalogue} catalogue
 * @returns {Promise<import("../main.js").RoomView>}
 */
export async function buildScenes(catalogue) {
  /** @type {import("../catalogue.js").SceneEntry[]} */
  let scenes;
  try {
    scenes = await request("/api/scenes");
  } catch (error) {
    return unanswered(error instanceof Error ? error.message : String(error));
  }
  const questions = createQuestions();
  let inks = pictureInks();
  let from = ALL;
  let left = 0; // where the page stood when a card was opened
  /** @type {HTMLElement | null} */
  let opened = null;

  const cards = scenes.map((scene) => createCard(scene, { catalogue, ask: questions.put, inksNow: () => inks, theme, onDrawn: ready }));
  const choices = filters(scenes);
  const filter = segmented({
    label: "Source", choices, value: from,
    onChange: (next) => {
      show(next);
      writeHash("scenes", toQuery(from), { push: true });
    },
  });
  const list = h("ul", { class: "cards" }, cards.map((card) => card.element));
  const element = h(
    "div", { class: "scenes" },
    h("div", { class: "scenes-head" },
      h("h1", { class: "room-title" }, "Scenes"),
      h("p", { class: "sentence" }, "Figures from three documents, live. Open one, then change anything."),
      filter.element),
    list,
  );

  const watcher = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) cards.find((card) => card.element === target)?.show();
  }, { rootMargin: NEAR });
  for (const card of cards) watcher.observe(card.element);
  list.addEventListener("click", (event) => {
    opened = event.target instanceof Element ? event.target.closest("a") : null;
  });
  onThemeChange(() => {
    inks = pictureInks();
    for (const card of cards) card.paint(inks);
  });
  Object.assign(window, { thalweg: { .../** @type {any} */ (window).thalweg, scenes: { settled: questions.idle } } });

  /** @param {string} next */
  function show(next) {
    from = next;
    for (const { element: item, scene } of cards) item.hidden = from !== ALL && scene.source.document.toLowerCase() !== from;
  }

  return {
    element,
    open(query) {
      show(fromQuery(query, choices));
      filter.set(from);
      if (!opened) return;
      scrollTo({ top: left });
      opened.focus({ preventScroll: true });
      opened = null;
    },
    state: () => toQuery(from),
    leave() {
      left = scrollY;
      scrollTo({ top: 0 });
    },
  };
}

/**
 * The room without its scenes: what went wrong, and the way to try again.
 * @param {string} sentence
 * @returns {import("../main.js").RoomView}
 */
function unanswered(sentence) {
  const again = h("button", { type: "button", class: "primary", onclick: () => location.reload() }, "Try again");
  const element = h("div", { class: "scenes" }, h("div", { class: "notice" }, h("p", { role: "alert" }, sentence), again));
  return { element, open: ready, state: () => new URLSearchParams(), leave() {} };
}

function ready() {
  document.documentElement.dataset.ready = "true";
}
