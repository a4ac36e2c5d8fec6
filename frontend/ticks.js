// Where an axis is marked, and with what words. Pure: both rooms and the tests use it.

import { number, power } from "./format.js";

/** @typedef {{values: number[], texts: string[]}} Ticks */

/**
 * Round numbers that cut [low, high] into about `count` parts.
 * @param {number} low
 * @param {number} high
 * @param {number} count
 * @returns {Ticks}
 */
export function linearTicks(low, high, count) {
  const rough = (high - low) / Math.max(1, count);
  if (!(rough > 0) || !Number.isFinite(rough)) return { values: [low], texts: [number(low)] };
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * unit).find((s) => s >= rough * 0.999) ?? 10 * unit;
  const values = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + 1e-9 * step; index += 1) {
    values.push(Number((index * step).toPrecision(12)));
  }
  return { values, texts: values.map((value) => number(value, 4)) };
}

/**
 * Decades of a logarithmic axis, thinned to at most `count`.
 * @param {number} low  the axis' lower end, a power of ten's exponent
 * @param {number} high
 * @param {number} count
 * @returns {Ticks}  values are plain numbers (10 ** exponent)
 */
export function decadeTicks(low, high, count) {
  const first = Math.ceil(low - 1e-9);
  const last = Math.floor(high + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / Math.max(2, count)));
  const values = [];
  const texts = [];
  for (let exponent = last; exponent >= first; exponent -= stride) {
    values.unshift(Number(`1e${exponent}`));
    texts.unshift(power(exponent));
  }
  return { values, texts };
}

/**
 * A logarithmic axis of few decades: 1-2-3-5, 1-2-5 or 1-3 within each, as many as `count` allows; decades alone on a long one.
 * @param {number} low  exponent of ten
 * @param {number} high
 * @param {number} count
 * @returns {Ticks}
 */
export function logTicks(low, high, count) {
  for (const multiples of [[1, 2, 3, 5], [1, 2, 5], [1, 3]]) {
    const values = [];
    for (let exponent = Math.floor(low); exponent <= high; exponent += 1) {
      for (const multiple of multiples) {
        const value = Number((multiple * 10 ** exponent).toPrecision(3));
        if (Math.log10(value) >= low - 1e-9 && Math.log10(value) <= high + 1e-9) values.push(value);
      }
    }
    if (values.length >= 2 && values.length <= count) return { values, texts: values.map((value) => number(value)) };
  }
  const decades = decadeTicks(low, high, count);
  return decades.values.length >= 2 ? decades : linearTicks(10 ** low, 10 ** high, count);
}

/**
 * An axis from zero whose end is marked: cut into equal round parts where that is possible, else with a last part of its own.
 * @param {number} high
 * @param {number} count  most parts
 * @returns {Ticks}
 */
export function ticksToEnd(high, count) {
  const round = (/** @type {number} */ step) => [1, 1.5, 2, 2.5, 3, 4, 5, 6].includes(Number((step / 10 ** Math.floor(Math.log10(step) + 1e-12)).toPrecision(6)));
  for (let parts = Math.floor(count); parts >= 2; parts -= 1) {
    const step = high / parts;
    if (!round(step) || (Number.isInteger(high) && !Number.isInteger(step) && high > 1)) continue;
    const values = Array.from({ length: parts + 1 }, (_, index) => Number((index * step).toPrecision(12)));
    return { values, texts: values.map((value) => number(value, 4)) };
  }
  const rough = linearTicks(0, high, count).values;
  const step = Number.isInteger(high) ? Math.ceil(rough[1]) : rough[1];
  const values = [];
  for (let value = 0; high - value >= 0.6 * step; value = Number((value + step).toPrecision(12))) values.push(value);
  values.push(high);
  return { values, texts: values.map((value) => number(value, 4)) };
}
