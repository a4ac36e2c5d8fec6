// The head of a race: what it is, how it stands in a sentence, how far it is, and the three things to be done with it.

import { fill, h, setText, svg } from "../dom.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./sentence.js").Part} Part
 * @typedef {"pause" | "resume" | "stop"} Command
 */

const QUIET = 8000; // milliseconds between two announcements to a screen reader

/** @type {Record<Command, [string, string]>} the word on the button, and the word until the workers have said so */
const WORDS = { pause: ["Pause", "Pausing"], resume: ["Resume", "Resuming"], stop: ["Stop", "Stopping"] };
const ICONS = {
  pause: "M5 3.500v9M11 3.500v9", resume: "M5 3.200 12.500 8 5 12.800z", stop: "M4 4h8v8H4z", another: "M8 3v10M3 8h10",
};

/**
 * @param {object} options
 * @param {(command: Command) => void} options.onCommand
 * @param {() => void} options.onAnother
 * @param {HTMLElement} options.replay  stands where Pause and Stop were, once there is nothing more to pause
 */
export function createHeading({ onCommand, onAnother, replay }) {
  const title = h("h1", { class: "room-title" });
  const name = h("span", { class: "race-name" });
  const toggle = button("primary race-toggle", () => onCommand(shown));
  const stop = button("button race-stop", () => onCommand("stop"));
  const another = button("button", onAnother);
  label(another, "another", "New race");
  const sentence = h("p", { class: "sentence race-sentence" });
  const spoken = h("p", { class: "visually-hidden", "aria-live": "polite", role: "status" });
  const bar = h("span", { class: "progress-bar", role: "progressbar", "aria-label": "Progress of the race", "aria-valuemin": 0, "aria-valuemax": 100 });
  const now = h("strong", {});
  const rest = h("span", {});
  const left = h("span", { class: "progress-left" });
  const device = h("span", { class: "progress-device" });
  const element = h(
    "header", { class: "race-head" },
    h("div", { class: "title-line" }, title, name, h("div", { class: "title-actions" }, toggle, stop, replay, another)),
    sentence, spoken,
    h("div", { class: "progress-line" }, bar, h("span", { class: "progress-words" }, now, rest), left, device),
  );
  /** @type {"pause" | "resume"} */
  let shown = "pause";
  let said = { text: "", at: -Infinity };

  return {
    element,
    /**
     * @param {object} state
     * @param {string} state.title
     * @param {string} state.name
     * @param {Race} state.race
     * @param {boolean} state.over
     * @param {Command | null} state.pending
     * @param {Part[]} state.sentence
     * @param {{strong: string, rest: string, left: string}} state.words
     * @param {number} state.share
     */
    update(state) {
      const { race, over, pending, words } = state;
      setText(title, state.title);
      setText(name, race.recorded ? `${state.name} · ${race.recorded}` : state.name);
      shown = race.state === "paused" ? "resume" : "pause";
      label(toggle, shown, WORDS[shown][pending === shown ? 1 : 0]);
      label(stop, "stop", race.state === "queued" && pending !== "stop" ? "Remove from the queue" : WORDS.stop[pending === "stop" ? 1 : 0]);
      toggle.hidden = over || race.state === "queued";
      stop.hidden = over;
      another.className = over ? "primary" : "button";
      toggle.disabled = stop.disabled = pending !== null;
      // A replay says so many sentences that the ear is told at most every few seconds there too.
      showSentence(state.sentence, over && race.state !== "running");
      bar.style.setProperty("--share", String(state.share));
      bar.setAttribute("aria-valuenow", String(Math.round(100 * state.share)));
      setText(now, words.strong);
      setText(rest, words.rest);
      setText(left, words.left);
      setText(device, race.device && `${race.device} · ${race.workers} ${race.workers === 1 ? "worker" : "workers"}`);
    },
  };

  /**
   * @param {Part[]} parts
   * @param {boolean} over
   */
  function showSentence(parts, over) {
    const text = parts.map((part) => part.text).join("");
    if (sentence.textContent !== text) fill(sentence, parts.map((part) => (part.strong ? h("strong", {}, part.text) : part.text)));
    // The eye sees each change; the ear is told at most every few seconds, and always of the end.
    if (text === said.text || (!over && performance.now() - said.at < QUIET)) return;
    said = { text, at: performance.now() };
    setText(spoken, text);
  }
}

/**
 * @param {string} className
 * @param {() => void} onclick
 */
function button(className, onclick) {
  return h("button", { type: "button", class: className, onclick }, svg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", {})), h("span", {}));
}

/**
 * @param {HTMLButtonElement} element
 * @param {keyof typeof ICONS} icon
 * @param {string} text
 */
function label(element, icon, text) {
  element.dataset.icon = icon;
  element.querySelector("path")?.setAttribute("d", ICONS[icon]);
  setText(/** @type {HTMLElement} */ (element.lastElementChild), text);
}
