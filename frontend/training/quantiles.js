// The middle of a few numbers, and a band around it. Pure.

/** From so many repeats on a band leaves out the outermost tenths; of fewer it holds all. */
export const ENOUGH = 5;

/**
 * The finite ones of a few values, rising. By insertion: a race asks for some hundred thousand medians of three to ten.
 * @param {number[]} values
 */
function rising(values) {
  /** @type {number[]} */
  const sorted = [];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    let at = sorted.length;
    for (; at > 0 && sorted[at - 1] > value; at -= 1) sorted[at] = sorted[at - 1];
    sorted[at] = value;
  }
  return sorted;
}

/**
 * @param {number[]} sorted  finite and rising, at least one
 * @param {number} share  0..1
 */
function quantile(sorted, share) {
  const at = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (at % 1) * (above - below);
}

/**
 * The median, in which those that are lost count as worse than all others.
 * @param {number[]} values  one that is not finite is lost too
 * @param {number} [lost]  so many more, that have no value
 * @param {number} [worst]  Infinity or -Infinity
 * @returns {number}  infinite where at least a half is lost
 */
export function median(values, lost = 0, worst = Infinity) {
  const sorted = rising(values);
  const all = values.length + lost;
  const before = worst < 0 ? all - sorted.length : 0; // the lost stand at the worse end
  const at = (/** @type {number} */ place) => sorted[place - before] ?? worst;
  const middle = all >> 1;
  if (all % 2 === 1) return at(middle);
  const [low, high] = [at(middle - 1), at(middle)];
  return Number.isFinite(low) && Number.isFinite(high) ? (low + high) / 2 : worst;
}

/**
 * What most of the repeats lie between: 10 % and 90 % of them, all of them where they are few. Of those that have a value.
 * @param {number[]} values
 * @param {number} repeats  of the race
 * @returns {[number, number]}  NaN where there is no value
 */
export function band(values, repeats) {
  const sorted = rising(values);
  if (sorted.length === 0) return [NaN, NaN];
  return repeats < ENOUGH ? [sorted[0], sorted[sorted.length - 1]] : [quantile(sorted, 0.1), quantile(sorted, 0.9)];
}

/** What a band holds, in words. @param {number} repeats */
export const bandWords = (repeats) => (repeats < ENOUGH ? "from the lowest to the highest" : "from 10\u2009% to 90\u2009%");
