// Between the plane and the picture: which part of the plane is shown, and where a point falls. Pure.

/** @typedef {[[number, number], [number, number]]} Box  x from-to, y from-to */
/**
 * @typedef {object} Frame
 * @property {Box} box
 * @property {number} width
 * @property {number} height
 * @property {boolean} square  x and y are drawn to the same scale
 * @property {true} [line]  over x stands f, a function of x alone: of the plane only y = 0 is asked for
 */

const MOST_STRETCH = 8; // a domain longer than this against the picture's shape is no longer drawn 1:1

/**
 * The frame that shows all of `view` in a picture of the given size, x and y to the same scale: the shorter side is
 * widened. A domain of extreme shape keeps its own box instead, and says so by `square`.
 * @param {Box} view
 * @param {number} width  CSS pixels
 * @param {number} height
 * @returns {Frame}
 */
export function fit(view, width, height) {
  const [[xLow, xHigh], [yLow, yHigh]] = view;
  const perX = (xHigh - xLow) / width;
  const perY = (yHigh - yLow) / height;
  if (Math.max(perX / perY, perY / perX) > MOST_STRETCH) return { box: view, width, height, square: false };
  const unit = Math.max(perX, perY);
  return { box: [around((xLow + xHigh) / 2, unit * width), around((yLow + yHigh) / 2, unit * height)], width, height, square: true };
}

/** @param {number} centre @param {number} length @returns {[number, number]} */
function around(centre, length) {
  return [centre - length / 2, centre + length / 2];
}

/**
 * @param {Frame} frame
 * @param {number} x
 * @param {number} y
 * @returns {[number, number]}  CSS pixels from the picture's upper left corner
 */
export function toPixel({ box: [[xLow, xHigh], [yLow, yHigh]], width, height }, x, y) {
  return [((x - xLow) / (xHigh - xLow)) * width, ((yHigh - y) / (yHigh - yLow)) * height];
}

/**
 * The point of the plane under a pixel, rounded to what one pixel can tell apart, so that links stay short.
 * @param {Frame} frame
 * @param {number} left
 * @param {number} top
 * @returns {[number, number]}
 */
export function fromPixel({ box: [[xLow, xHigh], [yLow, yHigh]], width, height }, left, top) {
  return [
    toGrain(xLow + (left / width) * (xHigh - xLow), (xHigh - xLow) / width),
    toGrain(yHigh - (top / height) * (yHigh - yLow), (yHigh - yLow) / height),
  ];
}

/**
 * Round to the power of ten below the grain.
 * @param {number} value
 * @param {number} grain
 */
export function toGrain(value, grain) {
  const digits = Math.min(100, Math.max(0, -Math.floor(Math.log10(grain))));
  return Number(value.toFixed(digits)) + 0;
}

/**
 * The box enlarged by `factor` (below 1: closer) with the point `at` staying where it is.
 * @param {Box} box
 * @param {[number, number]} at
 * @param {number} factor
 * @returns {Box}
 */
export function zoomed([[xLow, xHigh], [yLow, yHigh]], [x, y], factor) {
  return [[x + (xLow - x) * factor, x + (xHigh - x) * factor], [y + (yLow - y) * factor, y + (yHigh - y) * factor]];
}

/**
 * @param {Box} box
 * @param {number} x
 * @param {number} y
 */
export function inside([[xLow, xHigh], [yLow, yHigh]], x, y) {
  return x >= xLow && x <= xHigh && y >= yLow && y <= yHigh;
}

/**
 * The point of the frame's box that is nearest.
 * @param {Frame} frame
 * @param {[number, number]} point
 * @returns {[number, number]}
 */
export function clampTo({ box: [[xLow, xHigh], [yLow, yHigh]] }, [x, y]) {
  return [Math.min(Math.max(x, xLow), xHigh), Math.min(Math.max(y, yLow), yHigh)];
}
