// Which contour levels a grid of values asks for: half decades of f − f_min where f spans decades, even steps else. Pure.

/**
 * @typedef {object} Levels  in the units of z, which is what is drawn
 * @property {"log" | "linear"} scale
 * @property {number} base  log: z = log10(f − base + floor)
 * @property {number} floor
 * @property {number} start  the lowest level
 * @property {number} end  the highest level
 * @property {number} size  from one level to the next
 * @property {number} strong  every so much of z a line is drawn stronger
 */

const LEAST_DECADES = 1.5; // below this a logarithmic scale shows fewer than four levels
const MOST_BANDS = 13;
const LOW_SHARE = 0.01; // the lowest level lies where 1 % of the grid is lower: finer ones would speckle in a narrow valley

/**
 * @param {{values: ArrayLike<number>, rows: number, columns: number}} grid
 * @param {number | null} minimum  the surface's least value, where it is known
 * @returns {Levels | null}  null when there is nothing finite to draw
 */
export function chooseLevels({ values, rows, columns }, minimum) {
  let lowest = Infinity;
  let highest = -Infinity;
  let lowestAt = -1;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    if (value < lowest) {
      lowest = value;
      lowestAt = i;
    }
    if (value > highest && value < Infinity) highest = value;
  }
  if (!(lowest > -Infinity) || !(highest >= lowest)) return null;
  if (highest === lowest) return { scale: "linear", base: 0, floor: 0, start: lowest, end: lowest, size: 1, strong: 1 };
  const base = minimum === null ? lowest : Math.min(minimum, lowest);
  const sorted = sample(values).sort();
  const low = sorted[Math.floor(LOW_SHARE * (sorted.length - 1))] - base;
  const middle = sorted[Math.floor(sorted.length / 2)] - base;
  const decades = Math.log10((highest - base) / low);
  // Without a known minimum, a lowest value at the edge is no ground to measure heights from, unless f spans very much.
  const edge = minimum === null && onEdge(lowestAt, rows, columns) && (highest - base) / middle < 1e3;
  if (low > 0 && Number.isFinite(decades) && decades >= LEAST_DECADES && !edge) return logarithmic(base, low, highest - base);
  return linear(lowest, highest);
}

/** @param {number} base @param {number} low @param {number} high @returns {Levels} */
function logarithmic(base, low, high) {
  const span = Math.log10(high) - Math.log10(low);
  const size = [0.5, 1, 2, 5, 10, 20, 50].find((step) => span / step <= MOST_BANDS) ?? 50;
  const start = Math.round(Math.log10(low) / size) * size;
  const end = Math.floor(Math.log10(high) / size - 1e-9) * size;
  return { scale: "log", base, floor: 10 ** (start - 2), start, end: Math.max(end, start), size, strong: 2 * size };
}

/** @param {number} low @param {number} high @returns {Levels} */
function linear(low, high) {
  const rough = (high - low) / 12;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const size = ([1, 2, 5].find((step) => step * unit >= rough) ?? 10) * unit;
  const start = Math.ceil(low / size + 1e-6) * size;
  const end = Math.floor(high / size - 1e-6) * size;
  return { scale: "linear", base: 0, floor: 0, start, end: Math.max(end, start), size, strong: 5 * size };
}

/** @param {ArrayLike<number>} values @returns {Float64Array}  at most about 4,000 finite ones, evenly picked */
function sample(values) {
  const stride = Math.max(1, Math.floor(values.length / 4001));
  const kept = [];
  for (let i = 0; i < values.length; i += stride) if (Number.isFinite(values[i])) kept.push(values[i]);
  return Float64Array.from(kept);
}

/** @param {number} index @param {number} rows @param {number} columns */
function onEdge(index, rows, columns) {
  const row = Math.floor(index / columns);
  const column = index % columns;
  return row === 0 || column === 0 || row === rows - 1 || column === columns - 1;
}

/**
 * What is drawn for a value of f; NaN stays NaN.
 * @param {Levels} levels
 * @param {number} value
 */
export function height({ scale, base, floor }, value) {
  return scale === "log" ? Math.log10(Math.max(value - base, 0) + floor) : value;
}

/**
 * The height above the base at a level: f − base on a logarithmic scale, f on a linear one.
 * @param {Levels} levels
 * @param {number} z
 */
export function valueAt({ scale }, z) {
  return scale === "log" ? 10 ** z : z;
}

/** @param {Levels} levels @returns {number}  how many tones the ground has */
export function bands({ start, end, size }) {
  return Math.round((end - start) / size) + 2;
}
