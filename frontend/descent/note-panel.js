// Which scene stands here, and what to notice in it; gone as soon as something is changed that the sentence speaks of.

import { request } from "../api.js";
import { fill, h } from "../dom.js";
import { notation } from "../notation.js";

/** @param {import("./room-context.js").Context} context */
export function createNote({ store }) {
  const element = h("p", { class: "scene-told", hidden: true });
  /** @type {Promise<import("../catalogue.js").SceneEntry[]> | null} */
  let asked = null;

  async function show() {
    const { scene } = store.get();
    element.hidden = scene === null;
    if (scene === null) return;
    asked ??= request("/api/scenes");
    const found = (await asked.catch(() => [])).find(({ id }) => id === scene);
    if (store.get().scene !== scene) return; // another one has been opened meanwhile
    element.hidden = !found;
    if (found) fill(element, h("strong", {}, `Scene: ${found.title}. `), ...notation(found.sentence), " ", h("a", { href: "#/scenes" }, "All scenes"));
  }

  store.watch(["scene"], show);
  return { element };
}
