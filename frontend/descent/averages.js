// Running means of a sequence: the rule, with and without bias correction, and the sequences to try it on. Pure.

import { integer, number } from "../format.js";

/**
 * @typedef {"sine" | "step" | "five_x" | "five_y" | "numbers" | "gradient_x" | "gradient_y"} Sequence
 * @typedef {object} Average  what the panel shows; it stands in the link
 * @property {Sequence} sequence
 * @property {number} beta  share of the mean that is kept at each step
 * @property {boolean} square  the squares are averaged, as Adam's v does
 * @property {number[]} numbers  of a person's own
 * @typedef {{plain: number[], corrected: number[]}} Means  v₁..vₙ and v̂₁..v̂ₙ
 */

/** Every sequence, in the order of the control; the first is the usual one. @type {{value: Sequence, text: string, along?: true}[]} */
export const SEQUENCES = [
  { value: "sine", text: "Noisy sine" },
  { value: "step", text: "A jump from 1 to 3" },
  { value: "five_x", text: "Five steps of the slides, x" },
  { value: "five_y", text: "Five steps of the slides, y" },
  { value: "numbers", text: "Numbers of your own" },
  { value: "gradient_x", text: "∂f/∂x", along: true },
  { value: "gradient_y", text: "∂f/∂y", along: true },
];

export const BETA = { low: 0, high: 0.999, usual: 0.9 };
export const MOST_NUMBERS = 200; // a link has to carry them

const LENGTH = 120;
const NOISE = 0.35;
const SEED = 1; // of the sine's noise: everybody sees the same
const FIVE_X = [1, 1, 3, 1, 2];
const FIVE_Y = [2.5, -3, 2.5, -2, 1.5];

/** @returns {Average} */
export function usualAverage() {
  return { sequence: "sine", beta: BETA.usual, square: false, numbers: [...FIVE_Y] };
}

/**
 * v_t = β v_{t−1} + (1 − β) x_t from v_0 = 0, and v̂_t = v_t / (1 − βᵗ).
 * @param {ArrayLike<number>} values
 * @param {number} beta  from 0, below 1
 * @returns {Means}
 */
export function means(values, beta) {
  const plain = new Array(values.length);
  const corrected = new Array(values.length);
  let mean = 0;
  let power = 1;
  for (let t = 0; t < values.length; t += 1) {
    mean = beta * mean + (1 - beta) * values[t];
    power *= beta;
    plain[t] = mean;
    corrected[t] = mean / (1 - power);
  }
  return { plain, corrected };
}

/**
 * A sequence that needs no run; null for those along a path.
 * @param {Average} average
 * @returns {number[] | null}
 */
export function given({ sequence, numbers }) {
  switch (sequence) {
    case "sine": return noisySine();
    case "step": return Array.from({ length: LENGTH }, (_, t) => (t < LENGTH / 2 ? 1 : 3));
    case "five_x": return FIVE_X;
    case "five_y": return FIVE_Y;
    case "numbers": return numbers;
    default: return null;
  }
}

/** Two waves with normal noise (Box and Muller) from a seeded generator (mulberry32). */
function noisySine() {
  let state = SEED;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return (((z ^ (z >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return Array.from({ length: LENGTH }, (_, t) => {
    const noise = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    return 1 + Math.sin((4 * Math.PI * (t + 1)) / LENGTH) + NOISE * noise;
  });
}

/**
 * @param {string} text  numbers apart by commas, semicolons or blanks
 * @returns {{values: number[]} | {fault: string}}
 */
export function parseNumbers(text) {
  const parts = text.replaceAll("−", "-").split(/[\s,;]+/).filter(Boolean);
  const wrong = parts.find((part) => !Number.isFinite(Number(part)));
  if (wrong !== undefined) return { fault: `Expected numbers with commas between them, got “${wrong}”. Correct it.` };
  if (parts.length === 0) return { fault: "Expected at least one number, got none. Type some, such as 1, −2, 3." };
  if (parts.length > MOST_NUMBERS) return { fault: `Expected at most ${MOST_NUMBERS} numbers, got ${integer(parts.length)}. Leave some out.` };
  return { values: parts.map(Number) };
}

/**
 * The first t at which v lacks less than 1 % of v̂.
 * @param {number} beta
 */
export function settled(beta) {
  return beta === 0 ? 1 : Math.floor(Math.log(0.01) / Math.log(beta)) + 1;
}

/** @param {number} beta @param {number} count  of the sequence */
export function words(beta, count) {
  if (beta === 0) return "With β = 0 nothing is remembered: the mean is the sequence itself.";
  const length = 1 / (1 - beta);
  const memory = `A memory of about ${length < 10 ? number(length, 2) : integer(length)} numbers.`;
  const first = `v begins with only ${number(100 * (1 - beta))} % of the first number, v̂ with all of it;`;
  const last = settled(beta);
  return `${memory} ${first} they differ by less than 1 % from t = ${integer(last)} on${last > count ? ", beyond this sequence" : ""}.`;
}

/**
 * Which t a table shows: all of a short sequence; 1, 2, 3, 5, 10, 20, 50, ... and the last of a longer one.
 * @param {number} count
 * @returns {number[]}
 */
export function tableSteps(count) {
  const round = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];
  return count <= 8 ? Array.from({ length: count }, (_, i) => i + 1) : [...round.filter((t) => t < count), count];
}
