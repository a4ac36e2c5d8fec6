// The ground of a small picture as pixels: bands of f and hairlines between them, as on the map. Pure.

import { heights } from "./contour.js";
import { bands } from "./levels.js";

/**
 * @typedef {[number, number, number, number]} Colour  red, green, blue 0 to 255, alpha 0 to 1
 * @typedef {{low: Colour, high: Colour, line: Colour, strong: Colour, empty: Colour}} Tones
 */

const HAIR = 0.8; // CSS pixels
const FLAT = 1e-3; // levels per pixel: no line is drawn where the next one would be a thousand pixels away

/**
 * @param {import("../wire.js").Grid} grid  its ends are the picture's edges
 * @param {import("./levels.js").Levels | null} levels
 * @param {Tones} tones
 * @param {{width: number, height: number, ratio: number}} size  device pixels, and how many make a CSS pixel
 * @returns {Uint8ClampedArray<ArrayBuffer>}  rows of red, green, blue, alpha from the upper left corner
 */
export function relief(grid, levels, tones, { width, height, ratio }) {
  const pixels = new Uint8ClampedArray(4 * width * height);
  const z = levels ? heights(grid, levels) : [];
  const last = levels ? bands(levels) - 1 : 0;
  const perX = (grid.columns - 1) / width;
  const perY = (grid.rows - 1) / height;
  for (let row = 0; row < height; row += 1) {
    const v = Math.min((height - row - 0.5) * perY, grid.rows - 1 - 1e-9);
    const j = Math.floor(v);
    const t = v - j;
    for (let column = 0; column < width; column += 1) {
      const at = 4 * (row * width + column);
      const u = Math.min((column + 0.5) * perX, grid.columns - 1 - 1e-9);
      const i = Math.floor(u);
      const s = u - i;
      if (!levels) {
        put(pixels, at, tones.empty, tones.empty, 0);
        continue;
      }
      // Bilinear, with its slope: a hairline is as wide as it should be however steep the ground is.
      const [a, b, c, d] = [z[j][i], z[j][i + 1], z[j + 1][i], z[j + 1][i + 1]];
      const here = (1 - t) * ((1 - s) * a + s * b) + t * ((1 - s) * c + s * d);
      if (!Number.isFinite(here)) {
        put(pixels, at, tones.empty, tones.empty, 0);
        continue;
      }
      const level = (here - levels.start) / levels.size;
      const band = Math.min(Math.max(Math.floor(level) + 1, 0), last);
      put(pixels, at, tones.low, tones.high, last > 0 ? band / last : 0);
      const nearest = Math.min(Math.max(Math.round(level), 0), last - 1);
      const slope = Math.hypot(((1 - t) * (b - a) + t * (d - c)) * perX, ((1 - s) * (c - a) + s * (d - b)) * perY) / levels.size;
      // Ground that is flat to the last digit would be all line where it lies on a level.
      if (slope < FLAT) continue;
      const cover = Math.min(1, 0.5 + 0.5 * HAIR * ratio - Math.abs(level - nearest) / slope);
      if (cover > 0) over(pixels, at, isStrong(levels, nearest) ? tones.strong : tones.line, Math.min(cover, HAIR * ratio));
    }
  }
  return pixels;
}

/** @param {import("./levels.js").Levels} levels @param {number} index */
function isStrong({ start, size, strong }, index) {
  const whole = (start + index * size) / strong;
  return Math.abs(whole - Math.round(whole)) < 1e-6;
}

/** @param {Uint8ClampedArray} pixels @param {number} at @param {Colour} low @param {Colour} high @param {number} share */
function put(pixels, at, low, high, share) {
  for (let part = 0; part < 3; part += 1) pixels[at + part] = low[part] + (high[part] - low[part]) * share;
  pixels[at + 3] = 255;
}

/** @param {Uint8ClampedArray} pixels @param {number} at @param {Colour} colour @param {number} cover */
function over(pixels, at, [red, green, blue, alpha], cover) {
  const share = alpha * cover;
  pixels[at] += (red - pixels[at]) * share;
  pixels[at + 1] += (green - pixels[at + 1]) * share;
  pixels[at + 2] += (blue - pixels[at + 2]) * share;
}

/**
 * A colour of the style sheet as numbers: #rgb, #rrggbb, rgb(...) or rgba(...).
 * @param {string} text
 * @returns {Colour}
 */
export function parseColour(text) {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (hex) {
    const wide = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
    return [parseInt(wide.slice(0, 2), 16), parseInt(wide.slice(2, 4), 16), parseInt(wide.slice(4, 6), 16), 1];
  }
  const parts = /^rgba?\(([^)]*)\)$/.exec(text.trim())?.[1].split(/[\s,/]+/).filter(Boolean).map(Number) ?? [];
  if (parts.length < 3 || !parts.every(Number.isFinite)) throw new RangeError(`Expected a colour as #rrggbb or rgba(...), got “${text}”.`);
  return [parts[0], parts[1], parts[2], parts[3] ?? 1];
}
