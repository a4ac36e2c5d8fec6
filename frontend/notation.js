// Plain sentences with the few signs that want an index.

import { h } from "./dom.js";

const INDEXED = /λ(max|min)|n_(b)/;

/**
 * “λmax” and “n_b” with their index set low; everything else stays as it is.
 * @param {string} sentence
 * @returns {(string | HTMLElement)[]}
 */
export function notation(sentence) {
  // Splitting at groups keeps them: text, max or nothing, b or nothing, text, ...
  const parts = sentence.split(INDEXED);
  return parts.flatMap((part, i) => {
    if (i % 3 === 0) return part === "" ? [] : [part];
    return part === undefined ? [] : [i % 3 === 1 ? "λ" : "n", h("sub", {}, part)];
  });
}
