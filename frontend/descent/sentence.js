// The one sentence under the title: who arrived, who did not. Pure; composed from the outcomes of the runs.

import { integer, number } from "../format.js";

/**
 * @typedef {object} Told
 * @property {string} name  as it stands in a row: "Gradient descent"
 * @property {import("../wire.js").Ending} ending
 * @property {{limit: number, label: string} | null} [stability]
 * @property {number} [rate]  the value that the limit speaks of
 * @property {string} [rateName]
 * @property {number | null} [minimum]  index of the minimum where it arrived
 *
 * @typedef {{text: string, strong: boolean}} Piece
 */

const NEAR = 0.05; // of the view's diagonal: as far from a minimum a run may end that has come to it
// Common nouns lose their capital inside a sentence; names of methods and people keep it.
const COMMON = /^(Gradient|Momentum|Exact|Saddle|Secant|Trust|Damped|Backtracking)\b/;

/** @type {[import("../wire.js").Reason, string, string][]} */
const COUNTED = [
  ["converged", "arrives", "arrive"], ["diverged", "diverges", "diverge"], ["left_view", "leaves the view", "leave the view"],
  ["stalled", "stalls", "stall"], ["step_budget", "is still on the way", "are still on the way"],
];

/** @param {string} name */
const inside = (name) => (COMMON.test(name) ? name[0].toLowerCase() + name.slice(1) : name);

/** @param {number} count */
const stepCount = (count) => `${integer(count)} ${count === 1 ? "step" : "steps"}`;

/** @param {string} text @returns {string} */
const capital = (text) => text[0].toUpperCase() + text.slice(1);

/**
 * "A", "A and B", "A, B and C"; past `most` names the others are counted.
 * @param {string[]} names
 * @param {number} most
 */
export function list(names, most = Infinity) {
  if (names.length > most) return most < 2 ? `${names.length} others` : `${names.slice(0, most - 1).join(", ")} and ${names.length - most + 1} others`;
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/**
 * The longest telling that fits the budget.
 * @param {Told[]} runs
 * @param {number} [budget]  characters
 * @returns {Piece[]}
 */
export function compose(runs, budget = 118) {
  let pieces = tell(runs, Infinity, Infinity);
  for (const [arrivals, names] of [[4, 3], [3, 2], [2, 2], [1, 2], [1, 1]]) {
    if (plain(pieces).length <= budget) break;
    const shorter = tell(runs, arrivals, names);
    if (plain(shorter).length < plain(pieces).length) pieces = shorter;
  }
  if (plain(pieces).length <= budget) return pieces;
  // Too long even so: where they end can be seen on the map, and at last how many is all there is room for.
  const bare = tell(runs.map((run) => ({ ...run, minimum: null })), 1, 1);
  return plain(bare).length <= budget ? bare : counted(runs);
}

/**
 * "1 arrives, 2 are still on the way."
 * @param {Told[]} runs
 * @returns {Piece[]}
 */
function counted(runs) {
  const parts = COUNTED.flatMap(([reason, one, many]) => {
    const count = runs.filter((run) => run.ending.reason === reason).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  return [{ text: `${parts.join(", ")}.`, strong: false }];
}

/**
 * Which minimum a run has come to; none on a plain far from all of them, where the gradient vanishes too.
 * @param {[number, number][]} minima
 * @param {{x: number | null, y: number | null}} end
 * @param {import("../frame.js").Box} view
 * @returns {number | null}
 */
export function reached(minima, { x, y }, [across, up]) {
  if (x === null || y === null || minima.length === 0) return null;
  const distances = minima.map(([mx, my]) => Math.hypot(mx - x, my - y));
  const least = Math.min(...distances);
  return least <= NEAR * Math.hypot(across[1] - across[0], up[1] - up[0]) ? distances.indexOf(least) : null;
}

/** @param {Piece[]} pieces */
export function plain(pieces) {
  return pieces.map((piece) => piece.text).join("");
}

/**
 * @param {Told[]} runs
 * @param {number} mostArrivals
 * @param {number} mostNames
 * @returns {Piece[]}
 */
function tell(runs, mostArrivals, mostNames) {
  if (runs.length === 0) return [{ text: "Nothing is running down yet.", strong: false }];
  /** @param {string} reason */
  const by = (reason) => runs.filter((run) => run.ending.reason === reason).sort((a, b) => a.ending.step - b.ending.step);
  return [
    ...arrivals(by("converged"), mostArrivals),
    ...diverged(by("diverged"), mostNames),
    ...others(by("left_view"), "leaves the view", "leave the view", mostNames),
    ...others(by("stalled"), "stalls", "stall", mostNames),
    ...moving(runs.filter((run) => run.ending.reason === "step_budget"), runs.length, mostNames),
  ].flatMap((sentence, i) => (i === 0 ? sentence : [{ text: " ", strong: false }, ...sentence]));
}

/** @param {Told[]} runs @param {number} most @returns {Piece[][]} */
function arrivals(runs, most) {
  if (runs.length === 0) return [];
  /** @type {Piece[]} */
  const pieces = [];
  runs.slice(0, most).forEach((run, i) => {
    if (i > 0) pieces.push({ text: ", ", strong: false });
    pieces.push({ text: i === 0 ? capital(run.name) : inside(run.name), strong: true });
    pieces.push({ text: i === 0 ? ` arrives after ${stepCount(run.ending.step)}` : ` after ${integer(run.ending.step)}`, strong: false });
  });
  const rest = runs.slice(most);
  if (rest.length === 1) pieces.push({ text: `, one more after ${integer(rest[0].ending.step)}`, strong: false });
  if (rest.length > 1) pieces.push({ text: `, ${rest.length} more by ${integer(rest[rest.length - 1].ending.step)}`, strong: false });
  pieces.push({ text: ".", strong: false });
  const minima = new Set(runs.map((run) => run.minimum).filter((index) => index !== null && index !== undefined));
  return minima.size < 2 ? [pieces] : [pieces, [{ text: `They end in ${minima.size} different minima.`, strong: false }]];
}

/** @param {Told[]} runs @param {number} most @returns {Piece[][]} */
function diverged(runs, most) {
  if (runs.length !== 1) return others(runs, "diverges", "diverge", most);
  const [{ name, ending, stability, rate, rateName }] = runs;
  const pieces = [{ text: capital(name), strong: true }, { text: ` diverges at step ${integer(ending.step)}`, strong: false }];
  if (most > 1 && stability && rate !== undefined && rate > stability.limit) {
    const times = rate / stability.limit;
    const much = times >= 1.95 ? `${number(times, times < 10 ? 1 : 2)} times ` : "above ";
    pieces.push({ text: `: its ${rateName ? `${rateName} ` : ""}${number(rate)} is ${much}${stability.label} = ${number(stability.limit, 2)} at the start`, strong: false });
  }
  pieces.push({ text: ".", strong: false });
  return [pieces];
}

/** @param {Told[]} runs @param {string} one @param {string} many @param {number} most @returns {Piece[][]} */
function others(runs, one, many, most) {
  if (runs.length === 0) return [];
  const [first] = runs;
  const names = capital(list(runs.map((run) => inside(run.name)), most));
  const what = runs.length === 1 ? `${one} at step ${integer(first.ending.step)}` : many;
  return [[{ text: names, strong: runs.length === 1 }, { text: ` ${what}.`, strong: false }]];
}

/** @param {Told[]} runs @param {number} all @param {number} most @returns {Piece[][]} */
function moving(runs, all, most) {
  if (runs.length === 0) return [];
  const after = `after ${stepCount(Math.max(...runs.map((run) => run.ending.step)))}`;
  if (runs.length === all && all > 1) return [[{ text: `${all === 2 ? "Both" : `All ${all}`} are still on the way ${after}.`, strong: false }]];
  const names = capital(list(runs.map((run) => inside(run.name)), most));
  return [[{ text: `${names} ${runs.length === 1 ? "is" : "are"} still on the way${all === 1 ? ` ${after}` : ""}.`, strong: false }]];
}
