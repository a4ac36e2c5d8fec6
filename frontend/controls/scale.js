// Between a parameter's value and a slider's position (0..1). Pure.

/**
 * @typedef {object} Parameter  as the catalogue declares it
 * @property {string} name
 * @property {string} symbol  MathML
 * @property {string} meaning
 * @property {number} default
 * @property {number} low
 * @property {number} high
 * @property {"linear" | "log" | "integer"} scale
 * @property {boolean} [off]  0 is taken as well, and stands at the lower end
 * @property {boolean} [open]  the ends are those of the slider only; the number box takes any number
 */

/**
 * @param {Parameter} parameter
 * @param {number} value
 * @returns {number}  0..1, clamped for drawing only
 */
export function toPosition({ low, high, scale }, value) {
  const share =
    scale === "log" && low > 0 ? Math.log(Math.max(value, low) / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.min(1, Math.max(0, share));
}

/**
 * @param {Parameter} parameter
 * @param {number} position  0..1
 * @returns {number}  rounded to what a number box can show
 */
export function toValue({ low, high, scale, off = false }, position) {
  if (position <= 0) return off ? 0 : low;
  if (position >= 1) return high;
  if (scale === "integer") return Math.round(low + position * (high - low));
  if (scale === "log" && low > 0) return Number((low * (high / low) ** position).toPrecision(3));
  const unit = 10 ** Math.floor(Math.log10((high - low) / 500));
  return Number((Math.round((low + position * (high - low)) / unit) * unit).toPrecision(6));
}

/**
 * How far one arrow key moves: a twentieth of a decade (a quarter with Shift), one for integers, 1 % else.
 * @param {Parameter} parameter
 * @param {boolean} large
 * @returns {number}  in positions
 */
export function keyStep({ low, high, scale }, large) {
  if (scale === "integer") return (large ? 5 : 1) / (high - low);
  if (scale === "log" && low > 0) return (large ? 0.25 : 0.05) / Math.log10(high / low);
  return large ? 0.05 : 0.01;
}

/**
 * Positions of the decades on a logarithmic track; nothing on the others.
 * @param {Parameter} parameter
 * @returns {number[]}
 */
export function decades({ low, high, scale }) {
  if (scale !== "log" || low <= 0) return [];
  const found = [];
  for (let e = Math.ceil(Math.log10(low) - 1e-9); e <= Math.log10(high) + 1e-9; e += 1) {
    found.push(Math.log(10 ** e / low) / Math.log(high / low));
  }
  return found;
}

/**
 * What a person typed into the number box.
 * @param {Parameter} parameter
 * @param {string} text
 * @returns {{value: number} | {fault: string}}
 */
export function parseTyped({ name, low, high, scale, open = false, off = false }, text) {
  const value = Number(text.trim().replace("−", "-").replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(value)) {
    return { fault: `Expected a number${open ? "" : ` from ${low} to ${high}`} for ${name}, got “${text.trim()}”.` };
  }
  if (!open && !(off && value === 0) && (value < low || value > high)) {
    return { fault: `Expected ${name} ${off ? "0 or " : ""}from ${low} to ${high}, got ${text.trim()}.` };
  }
  if (scale === "integer" && !Number.isInteger(value)) {
    return { fault: `Expected a whole number for ${name}, got ${text.trim()}.` };
  }
  return { value };
}
