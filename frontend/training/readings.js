// What the curves say at a place on the x axis: of every entrant the told point nearest to it, nothing between two. Pure.

/**
 * @typedef {import("../plots/lines.js").Series} Series
 * @typedef {import("../plots/lines.js").Axis} Axis
 * @typedef {import("./axes.js").Range} Range
 *
 * @typedef {{entrant: number, colour: string, x: number, y: number, band?: [number, number]}} Reading
 */

const LEAST_ZOOM = 1 / 2000; // of the whole axis
const BEYOND = 0.01; // of the axis: so far behind its last point an entrant still has a reading

/**
 * @param {Series[]} series  an entrant's own curve has its number as key, the part before a stop `<number> before`
 * @param {Axis} axis
 * @param {number} x
 * @returns {Reading[]}  the greatest first
 */
export function readingsAt(series, axis, x) {
  const tolerance = BEYOND * (axis.range[1] - axis.range[0]);
  /** @type {Map<number, Reading>} */
  const nearest = new Map();
  for (const line of series) {
    const said = /^(\d+)(?: before)?$/.exec(line.key);
    const at = said ? nearestPoint(line.x, line.y, x) : -1;
    if (!said || at < 0) continue;
    /** @type {Reading} */
    const reading = { entrant: Number(said[1]), colour: line.colour, x: line.x[at], y: line.y[at], ...(line.band && { band: [line.band.low[at], line.band.high[at]] }) };
    const other = nearest.get(reading.entrant);
    if (!other || Math.abs(reading.x - x) < Math.abs(other.x - x)) nearest.set(reading.entrant, reading);
  }
  const last = (/** @type {number} */ entrant) => Math.max(...series.filter((line) => Number.parseInt(line.key) === entrant && line.x.length > 0).map((line) => line.x[line.x.length - 1]));
  return [...nearest.values()].filter(({ entrant }) => x <= last(entrant) + tolerance).sort((a, b) => b.y - a.y);
}

/**
 * @param {ArrayLike<number>} xs  rising
 * @param {ArrayLike<number>} ys
 * @param {number} x
 * @returns {number}  index; −1 where no point has a finite value
 */
function nearestPoint(xs, ys, x) {
  const from = firstFrom(xs, x);
  let left = from - 1;
  let right = from;
  while (left >= 0 && !Number.isFinite(ys[left])) left -= 1;
  while (right < xs.length && !Number.isFinite(ys[right])) right += 1;
  if (left < 0) return right < xs.length ? right : -1;
  return right < xs.length && xs[right] - x < x - xs[left] ? right : left;
}

/**
 * The first index whose x is not below a value.
 * @param {ArrayLike<number>} xs  rising
 * @param {number} x
 */
export function firstFrom(xs, x) {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xs[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The part of a curve that an axis shows, with one point more on either side, so that its line reaches the edges.
 * @param {ArrayLike<number>} xs  rising
 * @param {Range} range
 * @returns {[number, number]}  from, and up to but without
 */
export function part(xs, [low, high]) {
  const from = Math.max(0, firstFrom(xs, low) - 1);
  let to = firstFrom(xs, high);
  while (to < xs.length && xs[to] <= high) to += 1;
  return [from, Math.min(xs.length, to + 1)];
}

/**
 * A y axis that holds what is shown of the curves, with a little air.
 * @param {Series[]} series
 * @param {Range} shown  of x
 * @param {"linear" | "log"} scale
 * @returns {Range | null}  null where nothing is shown
 */
export function fitted(series, [low, high], scale) {
  let least = Infinity;
  let greatest = -Infinity;
  for (const { x, y, opacity = 1 } of series) {
    if (opacity < 0.3) continue; // raw steps: their outliers are said in words
    for (let i = 0; i < x.length; i += 1) {
      if (x[i] < low || x[i] > high || !Number.isFinite(y[i]) || (scale === "log" && y[i] <= 0)) continue;
      least = Math.min(least, y[i]);
      greatest = Math.max(greatest, y[i]);
    }
  }
  if (least > greatest) return null;
  if (scale === "log") return [least / 1.1, greatest * 1.1];
  const air = 0.06 * (greatest - least || Math.abs(greatest) || 1);
  return [least - air, greatest + air];
}

/**
 * A zoom that the whole axis can hold.
 * @param {Range} wanted
 * @param {Range} whole
 * @returns {Range | null}  null: it is the whole, or too small to be meant
 */
export function zoomed([a, b], whole) {
  const [low, high] = [Math.max(whole[0], Math.min(a, b)), Math.min(whole[1], Math.max(a, b))];
  const width = whole[1] - whole[0];
  if (!(high - low >= LEAST_ZOOM * width) || high - low > 0.999 * width) return null;
  const digits = 1 - Math.floor(Math.log10((high - low) / 100));
  const round = (/** @type {number} */ value) => Number(value.toFixed(Math.min(20, Math.max(0, digits))));
  return [round(low), round(high)];
}
