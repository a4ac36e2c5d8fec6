// A race that runs the same optimizers at many learning rates, read as a grid: a row per optimizer, a column per rate.

import { diverged, lowest } from "./run.js";

/**
 * @typedef {import("./run.js").Run} Run
 * @typedef {{name: string} & Record<string, any>} Entrant
 * @typedef {{entrant: number, lr: number, loss: number, diverged: boolean, lost: number}} Cell  loss: lowest on validation, NaN before the first; lost: repeats that diverged
 * @typedef {{key: string, entrants: number[], lrs: number[]}} Group  one optimizer, all else equal; by rising lr
 */

const ENOUGH = 3; // rates of one optimizer that make a grid of a race

/**
 * The optimizers that run at three rates or more, in the order of the request; [] for a race that is no grid.
 * @param {Entrant[]} entrants
 * @returns {Group[]}
 */
export function groups(entrants) {
  /** @type {Map<string, {entrant: number, lr: number}[]>} */
  const found = new Map();
  entrants.forEach((values, entrant) => {
    const { lr, ...rest } = values;
    if (typeof lr !== "number") return;
    const key = JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
    found.set(key, [...(found.get(key) ?? []), { entrant, lr }]);
  });
  return [...found].flatMap(([key, members]) => {
    const sorted = members.sort((a, b) => a.lr - b.lr);
    const lrs = sorted.map((each) => each.lr);
    return new Set(lrs).size >= ENOUGH ? [{ key, entrants: sorted.map((each) => each.entrant), lrs }] : [];
  });
}

/**
 * @param {Group} group
 * @param {Run[]} runs
 * @returns {Cell[]}  by rising lr
 */
export function cells(group, runs) {
  return group.entrants.map((entrant, index) => {
    const run = runs[entrant];
    return { entrant, lr: group.lrs[index], loss: (run && lowest(run)?.loss) ?? NaN, diverged: Boolean(run && diverged(run)), lost: run?.many?.lost ?? 0 };
  });
}

/**
 * The cell of the lowest loss; one that diverged is not the best, whatever it had reached before.
 * @param {Cell[]} row
 * @returns {Cell | null}
 */
export function bestOf(row) {
  return row.reduce((/** @type {Cell | null} */ best, cell) => (cell.diverged || !Number.isFinite(cell.loss) || (best && best.loss <= cell.loss) ? best : cell), null);
}

/**
 * Where the best of a row stands at its end, the best rate may lie beyond: "low", "high" or "".
 * A neighbour that diverged closes that side: nothing beyond it is worth a try.
 * @param {Cell[]} row
 */
export function edge(row) {
  const best = bestOf(row);
  if (!best) return "";
  if (best === row[0]) return "low";
  return best === row[row.length - 1] ? "high" : "";
}

/**
 * How good a loss is among all of a grid: 1 the lowest, 0 that of guessing or worse.
 * @param {number} loss
 * @param {number} least
 * @param {number} chance  ln(classes)
 */
export function merit(loss, least, chance) {
  if (!Number.isFinite(loss) || least >= chance) return 0;
  return Math.min(1, Math.max(0, (chance - loss) / (chance - least)));
}

/**
 * Learning rates evenly spaced on a log scale around one, rounded to two digits.
 * @param {number} middle
 * @param {number} count  odd: the middle is one of them
 * @param {number} perDecade
 * @param {{low: number, high: number}} bounds  rates beyond them are left out
 */
export function ladder(middle, count, perDecade, { low, high }) {
  const half = Math.floor(count / 2);
  const rates = Array.from({ length: count }, (_, index) => Number((middle * 10 ** ((index - half) / perDecade)).toPrecision(2)));
  return rates.filter((rate) => rate >= low && rate <= high);
}

const RATES = 7; // per optimizer: three decades, half a decade apart
const PER_DECADE = 2;

/**
 * Each entrant at several learning rates around its own; one without a rate stays as it is.
 * @template {Entrant} T
 * @param {T[]} entrants
 * @param {{name: string, training_parameters: {name: string, low: number, high: number}[] | null}[]} known
 * @returns {T[]}
 */
export function spread(entrants, known) {
  const wide = entrants.flatMap((each) => {
    const bounds = known.find(({ name }) => name === each.name)?.training_parameters?.find(({ name }) => name === "lr");
    if (!bounds || typeof each.lr !== "number" || each.lr <= 0) return [each];
    return ladder(each.lr, RATES, PER_DECADE, bounds).map((lr) => ({ ...each, lr }));
  });
  const seen = new Set();
  return wide.filter((each) => !seen.has(JSON.stringify(each)) && seen.add(JSON.stringify(each)));
}

/**
 * A grid back to one entrant per optimizer, at the middle of its rates; other entrants as they are.
 * @template {Entrant} T
 * @param {T[]} entrants
 * @returns {T[]}
 */
export function gathered(entrants) {
  const dropped = new Set(groups(entrants).flatMap((group) => group.entrants.filter((_, index) => index !== group.entrants.length >> 1)));
  return entrants.filter((_, index) => !dropped.has(index));
}
