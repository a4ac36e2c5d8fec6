// The middle of a few numbers, and a band around it. Pure.

/** From so many repeats on a band leaves out the outermost tenths; of fewer it holds all. */
export const ENOUGH = 5;

/**
 * @param {number[]} sorted  finite and rising, at least one
 * @param {number} share  0..1
 */
function quantile(sorted, share) {
  const at = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (at % 1) * (above - below);
}

/** @param {number} a @param {number} b */
const rising = (a, b) => a - b;

/**
 * The median, in which those that are lost count as worse than all others.
 * @param {number[]} values  one that is not finite is lost too
 * @param {number} [lost]  so many more, that have no value
 * @param {number} [worst]  Infinity or -Infinity
 * @returns {number}  infinite where at least a half is lost
 */
export function median(values, lost = 0, worst = Infinity) {
  const all = [...values.map((value) => (Number.isFinite(value) ? value : worst)), ...Array.from({ length: lost }, () => worst)].sort(rising);
  if (all.length % 2 === 1) return all[all.length >> 1];
  const [low, high] = [all[all.length / 2 - 1], all[all.length / 2]];
  if (!Number.isFinite(low) || !Number.isFinite(high)) return worst;
  return (low + high) / 2;
}

/**
 * What most of the repeats lie between: 10 % and 90 % of them, all of them where they are few. Of those that have a value.
 * @param {number[]} values
 * @param {number} repeats  of the race
 * @returns {[number, number]}  NaN where there is no value
 */
export function band(values, repeats) {
  const sorted = values.filter(Number.isFinite).sort(rising);
  if (sorted.length === 0) return [NaN, NaN];
  return repeats < ENOUGH ? [sorted[0], sorted[sorted.length - 1]] : [quantile(sorted, 0.1), quantile(sorted, 0.9)];
}

/** What a band holds, in words. @param {number} repeats */
export const bandWords = (repeats) => (repeats < ENOUGH ? "from the lowest to the highest" : "from 10\u2009% to 90\u2009%");
