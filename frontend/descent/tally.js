// How the runs of an ensemble ended, counted, in words. Pure.

import { integer } from "../format.js";

/**
 * @typedef {import("../ensemble.js").Ensemble} Ensemble
 * @typedef {import("./sentence.js").Piece} Piece
 */

const WORDS = /** @type {const} */ ({
  converged: { sign: "tick", word: "converged" }, diverged: { sign: "cross", word: "diverged" }, left_view: { sign: "arrow", word: "left the view" },
  stalled: { sign: "dash", word: "stalled" }, step_budget: { sign: "", word: "still moving" },
});

/** @param {Ensemble} ensemble @param {import("../wire.js").Reason} reason */
const count = ({ endings }, reason) => endings.find((each) => each.reason === reason)?.count ?? 0;

/**
 * For the legend: how many converged; where none did, what most of them did.
 * @param {Ensemble} ensemble
 * @returns {{sign: "tick" | "cross" | "arrow" | "dash" | "", text: string, bad: boolean, message: string}}
 */
export function tallied(ensemble) {
  const { seeds, endings } = ensemble;
  const told = endings.find(({ reason }) => reason === "converged") ?? endings[0];
  const { sign, word } = WORDS[told.reason];
  const message = endings.map(({ reason, count: runs, step }) =>
    `${integer(runs)} ${WORDS[reason].word}${reason === "step_budget" ? "" : `, the median at step ${integer(step)}`}`).join("; ");
  return { sign: told.count === seeds ? sign : "", text: `${word} ${told.count} of ${seeds}`, bad: told.reason === "diverged", message: `Of ${seeds} seeds: ${message}.` };
}

/**
 * For the sentence under the title; past `most` names the others are counted.
 * @param {{name: string, ensemble: Ensemble}[]} runs
 * @param {number} budget  characters
 * @returns {Piece[]}
 */
export function composeTally(runs, budget) {
  let pieces = tell(runs, Infinity);
  for (let most = 3; most > 0 && pieces.map(({ text }) => text).join("").length > budget; most -= 1) pieces = tell(runs, most);
  return pieces;
}

/** @param {{name: string, ensemble: Ensemble}[]} runs @param {number} most @returns {Piece[]} */
function tell(runs, most) {
  const { seeds } = runs[0].ensemble;
  /** @param {import("../wire.js").Reason} reason @param {string} verb @returns {Piece[]} */
  const who = (reason, verb) => {
    const some = runs.filter(({ ensemble }) => count(ensemble, reason) > 0).sort((a, b) => count(b.ensemble, reason) - count(a.ensemble, reason));
    const told = some.slice(0, most).flatMap(({ name, ensemble }, i) => [
      { text: i === 0 ? "" : ", ", strong: false }, { text: name, strong: true },
      { text: `${i === 0 ? ` ${verb} in` : " in"} ${count(ensemble, reason) === seeds ? "all" : integer(count(ensemble, reason))}`, strong: false },
    ]);
    const rest = some.length - most;
    return some.length === 0 ? [] : [...told, { text: rest > 0 ? `, ${rest} more in some. ` : ". ", strong: false }];
  };
  const arrived = who("converged", "converges");
  return [
    { text: `Of ${seeds} runs each: `, strong: false },
    ...(arrived.length > 0 ? arrived : [{ text: "nobody comes to rest. ", strong: false }]),
    ...who("diverged", "diverges"), ...who("left_view", "leaves the view"), ...who("stalled", "stalls"),
  ];
}
