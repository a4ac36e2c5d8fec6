// A race that waits says its place, for whom it waits, and how busy the workers are. One that starts at once never shows this.

import { fill, h } from "../dom.js";
import { formatHash } from "../address.js";
import { request } from "../api.js";
import { listRaces } from "./earlier.js";
import { busyWords, waitingParts } from "./waiting.js";

/** @typedef {import("./fold.js").Race} Race */

const AGAIN = 2000; // milliseconds between two questions: whoever is ahead tells nothing to those who wait

/** @param {() => void} onChange  it has appeared */
export function createQueue(onChange) {
  const sentence = h("p", {});
  const rest = h("p", { class: "queue-rest" });
  const element = h("div", { class: "notice queue", hidden: true, role: "status" }, sentence, rest);
  let asked = "";
  let turn = 0;

  /**
   * @param {Race} race
   * @param {string} name
   */
  async function ask(race, name) {
    asked = race.id;
    const mine = ++turn;
    const stale = () => race.state !== "queued" || mine !== turn;
    const [described, { capacity }] = await Promise.all([request(`/api/races/${encodeURIComponent(race.id)}`).catch(() => null), listRaces()]);
    if (stale()) return;
    const queue = described?.queue;
    if (queue?.ahead.length > 0) {
      fill(sentence, waitingParts(name, queue).map((part) => (part.id
        ? h("a", { href: formatHash("training", new URLSearchParams({ race: part.id })) }, part.text) : part.text)));
      fill(rest, ["It starts by itself.", busyWords(capacity)].filter(Boolean).join(" "));
      const appeared = element.hidden;
      element.hidden = false;
      if (appeared) onChange();
    }
    setTimeout(() => {
      if (stale()) return;
      if (element.parentElement?.offsetParent) ask(race, name);
      else asked = ""; // another room is shown; whoever comes back asks anew
    }, AGAIN);
  }

  return {
    element,
    shown: () => !element.hidden,
    /**
     * @param {Race} race
     * @param {string} name
     */
    update(race, name) {
      if (race.state !== "queued") {
        element.hidden = true;
        asked = "";
        turn += 1;
      } else if (asked !== race.id) {
        element.hidden = true;
        ask(race, name);
      }
    },
  };
}
