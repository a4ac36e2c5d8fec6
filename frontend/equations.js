// Formulas of the catalogue as lines that fit the rail.

import { mathml } from "./dom.js";

/**
 * Several equations, one to a line: the wide space that LaTeX's \\quad left between them is the break.
 * @param {string} source
 * @returns {Element[]}
 */
export function equations(source) {
  const whole = mathml(source);
  const row = whole.querySelector("mrow");
  if (!row) return [whole];
  /** @type {Element[][]} */
  const parts = [[]];
  for (const piece of [...row.children]) {
    if (piece.localName === "mspace" && piece.getAttribute("width") === "1em") parts.push([]);
    else parts[parts.length - 1].push(piece);
  }
  return parts.map((pieces, i) => {
    const line = /** @type {Element} */ (whole.cloneNode(false));
    const last = pieces[pieces.length - 1];
    line.append(...(i < parts.length - 1 && last?.textContent === "," ? pieces.slice(0, -1) : pieces));
    return line;
  });
}
