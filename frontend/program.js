// A formula as plain steps, evaluated: what core/formula/program.py lays out. Pure.

/** @typedef {(string | number)[]} Step */

/** @type {Record<string, (a: number, b: number) => number>} */
const OPERATIONS = {
  add: (a, b) => a + b, sub: (a, b) => a - b, mul: (a, b) => a * b, div: (a, b) => a / b, neg: (a) => -a, pow: Math.pow,
  exp: Math.exp, log: Math.log, sqrt: Math.sqrt, abs: Math.abs, sin: Math.sin, cos: Math.cos, tanh: Math.tanh,
};

/**
 * @param {Step[]} steps
 * @param {Record<string, number>} values  of the names in it
 */
export function evaluate(steps, values) {
  /** @type {number[]} */
  const found = [];
  for (const [kind, a, b] of steps) {
    if (kind === "number") found.push(Number(a));
    else if (kind === "name") found.push(values[a]);
    else if (kind in OPERATIONS) found.push(OPERATIONS[kind](found[Number(a)], found[Number(b)]));
    else throw new RangeError(`Expected a step that program.js knows, got ${kind}; add it there.`);
  }
  return found[found.length - 1];
}
