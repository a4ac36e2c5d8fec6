// The convex hull of points in the plane. Pure.

/** @typedef {[number, number]} Point */

/**
 * Andrew's monotone chain: the corners counter-clockwise from the leftmost one; points on an edge are no corners.
 * @param {Point[]} points
 * @returns {Point[]}
 */
export function hull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]).filter((point, i, all) => i === 0 || point[0] !== all[i - 1][0] || point[1] !== all[i - 1][1]);
  if (sorted.length < 3) return sorted;
  /** @param {Point[]} ordered */
  const chain = (ordered) => {
    /** @type {Point[]} */
    const kept = [];
    for (const point of ordered) {
      while (kept.length > 1 && turn(kept[kept.length - 2], kept[kept.length - 1], point) <= 0) kept.pop();
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  return [...chain(sorted), ...chain(sorted.reverse())];
}

/** Above 0 where the way from a by b to c turns left. @param {Point} a @param {Point} b @param {Point} c */
const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
