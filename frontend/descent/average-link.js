// The averages panel in a link: "sine:0.9", "five_y:0.9:square", "numbers:0.5:plain:1,-2,3". Pure.

import { BETA, SEQUENCES, parseNumbers, usualAverage } from "./averages.js";

/** @typedef {import("./averages.js").Average} Average */

/** @param {Average} average */
export function averageText({ sequence, beta, square, numbers }) {
  const parts = [sequence, String(beta)];
  if (square || sequence === "numbers") parts.push(square ? "square" : "plain");
  if (sequence === "numbers") parts.push(numbers.join(","));
  return parts.join(":");
}

/**
 * @param {string} text
 * @param {string[]} faults  takes a sentence where the text is no average
 * @returns {Average | null}
 */
export function readAverage(text, faults) {
  const [name, rate = "", how = "plain", numbers = null] = text.split(":");
  const known = SEQUENCES.find(({ value }) => value === name);
  const beta = rate === "" ? NaN : Number(rate);
  if (!known) faults.push(`Expected a sequence to average (${SEQUENCES.map(({ value }) => value).join(", ")}) in the link, got “${name}”.`);
  else if (!(beta >= BETA.low && beta <= BETA.high)) faults.push(`Expected β from ${BETA.low} to ${BETA.high} for the average in the link, got “${rate}”.`);
  else if (how !== "plain" && how !== "square") faults.push(`Expected plain or square for the average in the link, got “${how}”.`);
  else {
    const average = { ...usualAverage(), sequence: known.value, beta, square: how === "square" };
    if (numbers === null) return average;
    const parsed = parseNumbers(numbers);
    if ("values" in parsed) return { ...average, numbers: parsed.values };
    faults.push(parsed.fault);
  }
  return null;
}
