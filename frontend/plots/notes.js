// Words beside a sign, on free ground: of a few places round it, the one that covers the least. Pure.

/** @typedef {{left: number, top: number, width: number, height: number}} Rectangle */

const AWAY = 9; // pixels between the sign and its words

/** The cost of words beneath words. */
export const WORDS = 50;

/**
 * @param {{x: number, y: number}} sign
 * @param {{width: number, height: number}} size
 * @param {number[][][]} lines  points [x, y] in pixels
 * @param {Rectangle[]} taken  words that stand already
 * @param {{left: number, right: number, top: number, bottom: number}} box  where words may stand
 * @returns {Rectangle & {cost: number}}  cost: 0 on free ground, 1 for each line beneath, `WORDS` for each word; Infinity where the sign itself is covered
 */
export function freeSpot(sign, { width, height }, lines, taken, box) {
  const rises = [0, 14, -14, 30, -30, 46, -46, 64, -62, -78];
  const places = rises.flatMap((rise) => [sign.x + AWAY, sign.x - AWAY - width].map((left) => ({ left, top: sign.y + rise - height / 2, width, height })));
  const inside = places.filter((place) => place.left >= box.left && place.left + width <= box.right && place.top >= box.top && place.top + height <= box.bottom);
  let best = inside[0] ?? { left: Math.max(box.left, Math.min(sign.x + AWAY, box.right - width)), top: Math.max(box.top, sign.y - height / 2), width, height };
  let least = Infinity;
  for (const place of inside) {
    const cost = WORDS * taken.filter((other) => overlap(place, other)).length + lines.filter((line) => crosses(line, place)).length;
    if (cost < least) {
      least = cost;
      best = place;
    }
  }
  return { ...best, cost: least };
}

/**
 * @param {Rectangle} a
 * @param {Rectangle} b
 */
function overlap(a, b) {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}

/**
 * @param {number[][]} line
 * @param {Rectangle} place
 */
function crosses(line, { left, top, width, height }) {
  for (let i = 1; i < line.length; i += 1) {
    const [[x0, y0], [x1, y1]] = [line[i - 1], line[i]];
    if (!(x1 >= left && x0 <= left + width)) continue;
    // The part of the segment over the rectangle's width, and the heights it takes there.
    const at = (/** @type {number} */ x) => y0 + ((y1 - y0) * (Math.min(Math.max(x, x0), x1) - x0)) / (x1 - x0);
    const [a, b] = x1 === x0 ? [y0, y1] : [at(left), at(left + width)];
    if (Math.max(a, b) >= top && Math.min(a, b) <= top + height) return true;
  }
  return false;
}
