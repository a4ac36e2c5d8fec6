// Panels that fold away, and which of them stand open: a part of the settings, so that a link, a reload and Back know.

import { drawer } from "../controls/drawer.js";

/** As the link names them, in the order of the page. */
export const DRAWERS = ["data", "curvature", "rule", "linesearch", "noise", "stopping", "graph", "averages"];

/**
 * A drawer that the link knows of; what is in it should cost nothing while it is shut (watch "open").
 * @param {Pick<import("./room-context.js").Context, "store" | "change">} context
 * @param {string} name  one of DRAWERS
 * @param {string} title
 * @param {string | HTMLElement} taste  what is in it, or how it stands, in a few words at the end of the line
 * @param {...HTMLElement} children
 * @returns {HTMLDetailsElement}
 */
export function createDrawer({ store, change }, name, title, taste, ...children) {
  const element = drawer(title, taste, ...children);
  const stands = () => store.get().open.includes(name);
  function show() {
    element.open = stands();
  }
  // Also fires after `show`, when nothing differs any more; a search in the page may open it as well.
  element.addEventListener("toggle", () => {
    if (element.open === stands()) return;
    const others = store.get().open;
    change({ open: DRAWERS.filter((each) => (each === name ? element.open : others.includes(each))) }, `open ${name}`, true);
  });
  store.watch(["open"], show);
  show();
  return element;
}
