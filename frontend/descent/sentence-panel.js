// The sentence under the title, and the same words for those who listen, less often.

import { fill, h, setText } from "../dom.js";
import { givingWay } from "../frames.js";
import { looks } from "./look.js";
import { compose, plain, reached } from "./sentence.js";
import { optimizerOf } from "./state.js";
import { composeTally } from "./tally.js";

const SAY_AFTER = 1200; // ms of quiet before the words are spoken
const LETTER = 7.5; // px, mean width of a letter at 16 px

/** @param {import("./room-context.js").Context} context */
export function createSentence({ catalogue, store }) {
  const shown = h("p", { class: "sentence" });
  const spoken = h("p", { class: "visually-hidden", "aria-live": "polite" });
  const element = h("div", { class: "sentence-slot" }, shown, spoken);
  let text = "";
  let budget = 118; // letters
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function update() {
    const { picture, theme } = store.get();
    if (!picture) return;
    const names = looks(catalogue, picture.settings.entries, theme);
    const { minima } = picture.reply.surface;
    const told = picture.runs.map(({ entry, trajectory }) => {
      const optimizer = optimizerOf(catalogue, entry.name);
      const primary = optimizer?.primary ?? "lr";
      return {
        name: names.get(entry.id)?.title ?? entry.name, ending: trajectory.ending, stability: trajectory.stability,
        rate: trajectory.rates?.[0] ?? entry.values[primary], rateName: optimizer?.parameters.find((one) => one.name === primary)?.meaning, minimum: reached(minima, trajectory.final, picture.settings.view),
      };
    });
    const many = picture.runs.flatMap(({ trajectory: { ensemble } }, i) => (ensemble ? [{ name: told[i].name, ensemble }] : []));
    const pieces = many.length > 0 ? composeTally(many, budget) : compose(told, budget);
    const words = plain(pieces);
    if (words === text) return;
    text = words;
    fill(shown, pieces.map((piece) => (piece.strong ? h("strong", {}, piece.text) : piece.text)));
    clearTimeout(timer);
    timer = setTimeout(() => setText(spoken, words), SAY_AFTER);
  }

  store.watch(["picture", "held"], givingWay(() => store.get().held, update, 150));
  new ResizeObserver(() => {
    const rows = Math.max(1, Math.round(parseFloat(getComputedStyle(shown).minHeight) / 24) || 1);
    budget = Math.floor(((shown.clientWidth || 800) * rows) / LETTER) - 6 * (rows - 1);
    text = "";
    update();
  }).observe(element);
  return { element };
}
