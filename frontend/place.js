// Where a label finds free ground beside its point. Pure.

/** @typedef {{left: number, top: number, width: number, height: number}} Rectangle */

const CELL = 6; // CSS pixels

/**
 * What is taken of a picture: cells that a path runs through, and whole rectangles.
 * @param {number} width
 * @param {number} height
 */
export function createGround(width, height) {
  const columns = Math.max(1, Math.ceil(width / CELL));
  const rows = Math.max(1, Math.ceil(height / CELL));
  const taken = new Uint8Array(columns * rows);
  /** @param {number} x @param {number} y */
  const take = (x, y) => {
    const column = Math.floor(x / CELL);
    const row = Math.floor(y / CELL);
    if (column >= 0 && column < columns && row >= 0 && row < rows) taken[row * columns + column] = 1;
  };
  return {
    width,
    height,
    /** @param {import("./path.js").PixelPath} path */
    takePath({ xy, length }) {
      for (let i = 1; i < length; i += 1) {
        const [x0, y0, x1, y1] = [xy[2 * i - 2], xy[2 * i - 1], xy[2 * i], xy[2 * i + 1]];
        const parts = Math.min(400, Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)) / (CELL / 2)));
        for (let part = 0; part <= parts; part += 1) take(x0 + ((x1 - x0) * part) / parts, y0 + ((y1 - y0) * part) / parts);
      }
    },
    /** @param {Rectangle} rectangle */
    takeRectangle({ left, top, width: wide, height: tall }) {
      for (let y = top; y <= top + tall; y += CELL) for (let x = left; x <= left + wide; x += CELL) take(x, y);
    },
    /** @param {Rectangle} rectangle @returns {number}  share of taken cells, 0 = free */
    crowd({ left, top, width: wide, height: tall }) {
      let count = 0;
      let all = 0;
      for (let row = Math.floor(top / CELL); row <= (top + tall) / CELL; row += 1) {
        for (let column = Math.floor(left / CELL); column <= (left + wide) / CELL; column += 1) {
          all += 1;
          if (row >= 0 && row < rows && column >= 0 && column < columns && taken[row * columns + column]) count += 1;
        }
      }
      return count / Math.max(1, all);
    },
  };
}

/**
 * @param {ReturnType<typeof createGround>} ground
 * @param {{x: number, y: number}} point
 * @param {{width: number, height: number}} size  of the label
 * @param {number} clear  distance from the point
 * @param {{left: number, top: number} | null} [before]  where it stood (relative to its point): kept while it is free
 * @returns {{left: number, top: number} | null}  null when no free place is left: the rail and the table say it
 */
export function placeLabel(ground, { x, y }, { width, height }, clear, before = null) {
  const near = clear * 0.75;
  /** @type {{left: number, top: number}[]} */
  const places = [
    { left: -clear - width, top: -height / 2 }, { left: clear, top: -height / 2 },
    { left: -near - width, top: -near - height }, { left: near, top: -near - height },
    { left: near, top: near }, { left: -near - width, top: near },
    { left: -width / 2, top: -clear - height }, { left: -width / 2, top: clear },
    { left: 2 * clear, top: -height / 2 }, { left: -2 * clear - width, top: -height / 2 },
    { left: -width / 2, top: -2 * clear - height }, { left: -width / 2, top: 2 * clear },
  ];
  if (before) places.unshift(before);
  let best = null;
  let least = 0.12;
  for (const place of places) {
    const rectangle = { left: x + place.left, top: y + place.top, width, height };
    if (rectangle.left < 4 || rectangle.top < 4 || rectangle.left + width > ground.width - 4 || rectangle.top + height > ground.height - 4) continue;
    const crowd = ground.crowd(rectangle);
    if (crowd === 0) return place;
    if (crowd < least) {
      least = crowd;
      best = place;
    }
  }
  return best;
}
