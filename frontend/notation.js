// Plain sentences with the few signs that want an index.

import { h } from "./dom.js";

/**
 * “λmax” with its index set low; everything else stays as it is.
 * @param {string} sentence
 * @returns {(string | HTMLElement)[]}
 */
export function notation(sentence) {
  return sentence.split("λmax").flatMap((part, i) => (i === 0 ? [part] : ["λ", h("sub", {}, "max"), part]));
}
