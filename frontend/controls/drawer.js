// A line that opens: everything on the page that is folded away at first looks like this.

import { h } from "../dom.js";
import { icon } from "./icons.js";

/**
 * @param {string} title
 * @param {string | HTMLElement} taste  what is in it, or how it stands, in a few words at the end of the line
 * @param {...HTMLElement} children
 * @returns {HTMLDetailsElement}
 */
export function drawer(title, taste, ...children) {
  return h("details", { class: "drawer" }, h("summary", { class: "fold" }, icon("right"), h("span", {}, title), h("span", { class: "fold-taste" }, taste)), children);
}
