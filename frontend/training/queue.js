// A race that waits for its workers says behind whom. One that starts at once never shows this.

import { fill, h } from "../dom.js";
import { formatHash } from "../address.js";
import { listRaces } from "./earlier.js";
import { FINAL } from "./fold.js";

/** @typedef {import("./fold.js").Race} Race */

/** @param {() => void} onChange  it has appeared */
export function createQueue(onChange) {
  const sentence = h("p", {});
  const element = h("div", { class: "notice queue", hidden: true }, sentence, h("p", { class: "queue-rest" }, "It starts by itself."));
  let asked = "";

  /**
   * @param {Race} race
   * @param {string} name
   */
  async function ask(race, name) {
    asked = race.id;
    const races = await listRaces();
    const place = races.findIndex((each) => each.id === race.id);
    const ahead = races.slice(place + 1).filter((each) => !FINAL.has(each.state) && each.state !== "interrupted").reverse();
    if (race.state !== "queued" || asked !== race.id || ahead.length === 0) return;
    fill(sentence, `${name[0].toUpperCase()}${name.slice(1)} is queued behind `, ahead.flatMap((each, index) => [
      index > 0 && " and ", h("a", { href: formatHash("training", new URLSearchParams({ race: each.id })) }, `race ${each.number}`),
    ]), ".");
    element.hidden = false;
    onChange();
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
      } else if (asked !== race.id) {
        element.hidden = true;
        ask(race, name);
      }
    },
  };
}
