// Numbers as people read them: a true minus sign, powers with raised exponents, thousands with a comma.

const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

/** @param {number} exponent */
export function raised(exponent) {
  return [...String(exponent)].map((sign) => RAISED[/** @type {keyof typeof RAISED} */ (sign)]).join("");
}

/**
 * "10⁻³", and the plain numbers for 10⁻² to 10³ when `plain` is set.
 * @param {number} exponent
 * @param {{plain?: boolean}} [how]
 */
export function power(exponent, { plain = false } = {}) {
  if (exponent === 0) return "1";
  if (plain && exponent >= -2 && exponent <= 3) return number(10 ** exponent);
  return `10${raised(exponent)}`;
}

const THOUSANDS = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 }); // made once: making it costs a millisecond

/** @param {number} value */
export function integer(value) {
  return withMinus(THOUSANDS.format(Math.round(value)));
}

/**
 * A number to `digits` significant digits: 0.0274, 1,142, −3.5, 1.4·10⁻¹⁰.
 * @param {number | null} value
 * @param {number} [digits]
 */
export function number(value, digits = 3) {
  if (value === null || !Number.isFinite(value)) return "—";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e7) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    const short = withMinus(String(Number(mantissa)));
    return short === "1" ? `10${raised(Number(exponent))}` : `${short}·10${raised(Number(exponent))}`;
  }
  if (size >= 1000) return integer(value);
  return withMinus(String(Number(value.toPrecision(digits))));
}

/** @param {[number, number] | number[]} point */
export function point([x, y], digits = 3) {
  return `(${number(x, digits)}, ${number(y, digits)})`;
}

/**
 * A number as a person would type it into a box and as a link carries it: 0.0015, 1e-8.
 * @param {number} value
 */
export function typed(value) {
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= 1e6)) return String(Number(value.toPrecision(4))).replace("e+", "e");
  return String(Number(value.toPrecision(4)));
}

/** @param {number} share  0..1 */
export function percent(share, digits = 1) {
  return `${withMinus((100 * share).toFixed(digits))}\u2009%`;
}

/** @param {number} seconds */
export function duration(seconds) {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}

/** @param {string} text */
function withMinus(text) {
  return text.replace("-", "−");
}
