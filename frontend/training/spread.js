// How good an entrant is, and how far its repeats lie apart; which neighbours the repeats do not tell apart. Pure.

import { number, percent } from "../format.js";
import { band, bandWords, median } from "./quantiles.js";
import { best, diverged } from "./run.js";

/**
 * @typedef {import("./run.js").Run} Run
 *
 * @typedef {object} Score  by best validation accuracy so far
 * @property {number} middle  a share, the median of the repeats
 * @property {number} spread  half of the width of their band; 0 for an entrant without repeats
 * @property {(number | null)[]} all  of each repeat, as far as all have come; null for one that diverged
 */

/**
 * @param {Run} run
 * @returns {Score | null}  null before the first validation, and for one that is out
 */
export function score(run) {
  if (diverged(run)) return null;
  const runs = run.many?.runs ?? [run];
  const all = runs.map((each) => (diverged(each) ? null : best({ ...each, evaluations: each.evaluations.slice(0, run.evaluations.length) })?.accuracy ?? null));
  const known = all.filter((each) => each !== null);
  const lost = run.many?.lost ?? 0;
  if (known.length === 0 || known.length + lost < runs.length) return null;
  const [low, high] = band(known, runs.length);
  return { middle: median(known, lost, -Infinity), spread: run.many ? (high - low) / 2 : 0, all };
}

/**
 * Whether their difference is as large as the wider of their spreads. Without repeats nobody knows, and they count as told apart.
 * @param {Run} a
 * @param {Run} b
 */
export function apart(a, b) {
  const [one, other] = [score(a), score(b)];
  return !one || !other || !(a.many || b.many) || Math.abs(one.middle - other.middle) >= Math.max(one.spread, other.spread);
}

/**
 * The rank of each: who is not told apart from the first of a place shares it.
 * @param {Run[]} order  best first
 * @returns {{rank: number, shared: boolean}[]}
 */
export function places(order) {
  const ranks = order.map((_, at) => at);
  order.forEach((run, at) => {
    if (at > 0 && !apart(order[ranks[at - 1]], run)) ranks[at] = ranks[at - 1];
  });
  return ranks.map((rank) => ({ rank: rank + 1, shared: ranks.filter((each) => each === rank).length > 1 }));
}

/**
 * Neighbours in the order that the repeats do not tell apart, in sentences.
 * @param {Run[]} order
 * @param {string[]} labels  by entrant
 * @returns {string}  "" where all are told apart, or there are no repeats
 */
export function apartWords(order, labels) {
  const pairs = order.slice(1).map((run, at) => /** @type {[Run, Run]} */ ([order[at], run])).filter(([a, b]) => a.many && b.many && !apart(a, b));
  if (pairs.length === 0) return "";
  const [[a, b], ...rest] = pairs;
  const [one, other] = /** @type {[Score, Score]} */ ([score(a), score(b)]);
  const repeats = one.all.length;
  const points = (/** @type {number} */ share) => number(100 * share, 2);
  const gap = one.middle === other.middle ? "their medians are the same" : `their medians are ${points(one.middle - other.middle)} points apart`;
  const both = one.all.map((each, at) => ({ mine: each ?? -Infinity, its: other.all[at] ?? -Infinity }));
  const ahead = both.filter(({ mine, its }) => mine > its).length;
  const first = `${labels[a.entrant]} and ${labels[b.entrant]} are not told apart by ${repeats} seeds: ${gap}, the spread is ±\u2009${points(Math.max(one.spread, other.spread))}. `
    + (ahead === repeats ? `Yet on the same seed ${labels[a.entrant]} was ahead each time.` : `On the same seed ${labels[a.entrant]} was ahead in ${ahead} of ${repeats}.`);
  const others = rest.map(([c, d]) => `${labels[c.entrant]} and ${labels[d.entrant]}`).join("; ");
  return others ? `${first} Nor are ${others}.` : first;
}

/**
 * What a row's figure is, for those who point at it; "" without repeats.
 * @param {Run} run
 */
export function scoreWords(run) {
  const found = run.many && score(run);
  if (!run.many || !found) return "";
  const each = found.all.map((accuracy) => (accuracy === null ? "diverged" : percent(accuracy))).join(", ");
  return `Median of ${run.many.runs.length} repeats and half the way ${bandWords(run.many.runs.length)}: ${each}`;
}
