// Which known points of a surface are named on the map, and how. Pure.

const MANY = 9; // points in the picture: beyond that only the lowest minima are named, the others keep their signs

/**
 * @typedef {{key: string, text: string, at: [number, number], clear: number}} Landmark  clear: pixels kept free around it
 *
 * @param {{minima: [number, number][], minima_values?: number[], saddles: [number, number][]}} surface
 * @param {(point: [number, number]) => boolean} visible
 * @returns {Landmark[]}
 */
export function landmarks({ minima, minima_values: heights = [], saddles }, visible) {
  const lowest = Math.min(...heights);
  const span = Math.max(...heights.map(Math.abs), 1);
  const named = [
    ...minima.map((at, i) => {
      const deep = heights.length === 0 || heights[i] - lowest <= 1e-9 * span;
      return { key: `minimum ${i}`, text: deep ? "minimum" : "local minimum", at, clear: 20, deep };
    }),
    ...saddles.map((at, i) => ({ key: `saddle ${i}`, text: "saddle", at, clear: 12, deep: false })),
  ].filter(({ at }) => visible(at));
  return named.filter(({ deep }) => deep || named.length <= MANY).map(({ deep, ...landmark }) => landmark);
}
