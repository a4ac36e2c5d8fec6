// The loss on a plane through the paths of a race, as a grid for the contour view and as figures beside it. Pure.

/**
 * @typedef {object} Landscape  as the race tells it
 * @property {[number, number]} u  ends of the plane's first axis, in units of the weights
 * @property {[number, number]} v
 * @property {number} side  points along an axis
 * @property {[number, number]} shares  of all movement, shown along either axis
 * @property {number} images  the loss is a mean over these training images
 * @property {(number | null)[][]} losses  rows of v, columns of u
 * @property {number[]} [lost]  entrants that diverged: the plane was laid without their paths
 * @property {{entrant: number, step: number[], u: number[], v: number[], off: number[], losses: (number | null)[]}[]} paths
 */

/**
 * @param {Landscape} landscape
 * @returns {import("../wire.js").Grid}
 */
export function grid({ u, v, side, losses }) {
  return { x: u, y: v, columns: side, rows: side, values: Float32Array.from(losses.flat(), (loss) => loss ?? NaN) };
}

/**
 * The loss of the plane at a point, between the four values around it; NaN outside, and beside a value that is none.
 * @param {Landscape} landscape
 * @param {number} x
 * @param {number} y
 */
export function onPlane({ u, v, side, losses }, x, y) {
  const column = ((x - u[0]) / (u[1] - u[0])) * (side - 1);
  const row = ((y - v[0]) / (v[1] - v[0])) * (side - 1);
  if (!(column >= 0 && column <= side - 1 && row >= 0 && row <= side - 1)) return NaN;
  const [left, low] = [Math.min(Math.floor(column), side - 2), Math.min(Math.floor(row), side - 2)];
  const [a, b] = [column - left, row - low];
  const value = (/** @type {number} */ r, /** @type {number} */ c) => losses[r][c] ?? NaN;
  return (1 - b) * ((1 - a) * value(low, left) + a * value(low, left + 1)) + b * ((1 - a) * value(low + 1, left) + a * value(low + 1, left + 1));
}

/**
 * Where each path ends: the loss of its own weights, and that of the plane beneath.
 * @param {Landscape} landscape
 */
export function ends(landscape) {
  return landscape.paths.map(({ entrant, step, u, v, off, losses }) => {
    const last = step.length - 1;
    return { entrant, step: step[last], own: losses[last] ?? NaN, plane: onPlane(landscape, u[last], v[last]), off: off[last] };
  });
}
