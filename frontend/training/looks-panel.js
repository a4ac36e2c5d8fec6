// Inside the networks: their answers to ten images, what they confuse, their first filters; at any epoch of the race.

import { drawer } from "../controls/drawer.js";
import { fill, h, setText } from "../dom.js";
import { answersTable, confusionTable, filterPictures } from "./looks-tables.js";
import { at, worst } from "./looks.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("../palette.js").Ink} Ink
 */

/** @param {() => void} onDrawn  something has changed its size */
export function createLooks(onDrawn = () => {}) {
  const epochs = h("input", { type: "range", min: 0, max: 1, step: 1, value: 0, class: "look-epochs", "aria-label": "Epoch that is shown" });
  const said = h("span", { class: "look-epoch" });
  const newest = h("button", { type: "button", class: "quiet", onclick: () => choose(null) }, "Newest");
  const intro = h("p", { class: "look-intro" });
  const answers = h("div", { class: "look-scroll", role: "group", "aria-label": "Answers", tabindex: 0 });
  const title = h("h3", { class: "section-head" });
  const words = h("p", { class: "look-words" });
  const confusions = h("div", { class: "look-scroll", role: "group", "aria-label": "Confusions", tabindex: 0 });
  const filters = h("div", { class: "look-filters" });
  const filterHead = h("h3", { class: "section-head" }, "First filters");
  const filterWords = h("p", { class: "look-aside" }, "Grey is a weight of 0; all share one scale.");
  const element = drawer("Inside the networks", "filters, answers and confusions, epoch by epoch",
    intro,
    h("div", { class: "look-time" }, epochs, said, newest),
    answers,
    h("div", { class: "look-pair" }, h("div", {}, title, words, confusions), h("div", {}, filterHead, filterWords, filters)));
  element.classList.add("looks-panel");
  element.hidden = true;

  /** @type {number | null} */
  let epoch = null; // null: the newest
  let chosen = 0;
  let drawn = "";
  /** @type {{race: Race, labels: string[], inks: Ink[]} | null} */
  let shown = null;

  /** @param {number | null} next */
  function choose(next) {
    epoch = next;
    paint();
  }

  function paint() {
    if (!shown || !element.open) return;
    const { race, labels, inks } = shown;
    const last = Math.max(0, ...race.runs.map((run) => run.portraits.at(-1)?.epoch ?? 0));
    const now = Math.min(epoch ?? last, last);
    const lines = race.runs.flatMap((run) => {
      const portrait = at(run.portraits, now);
      return portrait ? [{ entrant: run.entrant, label: labels[run.entrant], ink: inks[run.entrant], portrait }] : [];
    });
    const key = [race.id, now, last, chosen, ...lines.map((line) => `${line.label} ${line.portrait.step}`)].join("\n");
    if (key === drawn || lines.length === 0 || !race.strip) return;
    drawn = key;
    epochs.max = String(Math.max(1, last));
    epochs.value = String(now);
    epochs.disabled = last === 0;
    newest.disabled = epoch === null;
    setText(said, now === 0 ? "before the first step" : `after epoch ${now}`);
    fill(answers, answersTable(race.strip, race.classes, lines, chosen, (entrant) => {
      chosen = entrant;
      paint();
      /** @type {HTMLElement | null} */ (answers.querySelector('[aria-pressed="true"]'))?.focus();
    }));
    const line = lines.find((each) => each.entrant === chosen) ?? lines[0];
    const most = worst(line.portrait.confusions);
    fill(title, "What it confuses", h("span", { class: "aside" }, line.label));
    setText(words, most ? `Most often: ${most.count} of ${most.of} images of “${race.classes[most.truth]}” are taken for “${race.classes[most.named]}”.` : "It confuses nothing.");
    fill(confusions, confusionTable(line.portrait.confusions, race.classes));
    filterHead.hidden = filterWords.hidden = line.portrait.filters === null;
    fill(filters, line.portrait.filters ? filterPictures(line.portrait.filters) : []);
    onDrawn();
  }

  epochs.addEventListener("input", () => choose(epochs.valueAsNumber));
  element.addEventListener("toggle", () => paint());

  return {
    element,
    /**
     * @param {Race} race
     * @param {string[]} labels
     * @param {Ink[]} inks
     */
    update(race, labels, inks) {
      if (shown && shown.race.id !== race.id) {
        epoch = null;
        chosen = 0;
      }
      shown = { race, labels, inks };
      const repeats = race.request?.repeats ?? 1;
      setText(intro, `Ten validation images, and what every network takes them for${repeats > 1 ? `: those of the first of ${repeats} repeats, seed ${race.request?.seed}` : ""}.`);
      element.hidden = race.strip === null || race.runs.every((run) => run.portraits.length === 0);
      paint();
    },
  };
}
