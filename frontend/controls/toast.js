// One line under the header's right end: said once, gone after five seconds; a fault stays until it is answered.

import { fill, h } from "../dom.js";

const STAY = 5000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * @param {string} sentence
 * @param {{bad?: boolean, action?: {text: string, run: () => void}}} [how]
 */
export function toast(sentence, { bad = false, action } = {}) {
  const slot = document.getElementById("toast");
  if (!slot) return;
  clearTimeout(timer);
  const button = action && h("button", { type: "button", class: "quiet", onclick: () => { clearToast(); action.run(); } }, action.text);
  fill(slot, h("span", { class: bad ? "toast-dot bad" : "toast-dot", "aria-hidden": "true" }), h("span", {}, sentence), button);
  slot.classList.add("shown");
  if (!bad) timer = setTimeout(clearToast, STAY);
}

export function clearToast() {
  const slot = document.getElementById("toast");
  slot?.classList.remove("shown");
  slot?.replaceChildren();
}
