// Where the rows of a sum stand, if they are points of the plane, and how heavy they are. Pure.

import { hull } from "../hull.js";
import { evaluate } from "../program.js";

/** @typedef {{at: [number, number], weight: number}} DataPoint */

/**
 * @param {import("../catalogue.js").SurfaceEntry | undefined} surface
 * @param {Record<string, number>} parameters
 * @returns {DataPoint[]}
 */
export function dataPoints(surface, parameters) {
  const points = surface?.data?.points;
  if (!points || !surface.data) return [];
  const { columns, rows } = surface.data;
  return rows.map((row) => {
    const values = { ...parameters, ...Object.fromEntries(columns.map((name, i) => [name, row[i]])) };
    return { at: [evaluate(points.x, values), evaluate(points.y, values)], weight: values[points.weight] };
  });
}

/**
 * The name beside the highest of them.
 * @param {DataPoint[]} points
 * @returns {import("./landmarks.js").Landmark[]}
 */
export function dataLandmark(points) {
  if (points.length === 0) return [];
  const [top] = [...points].sort((a, b) => b.at[1] - a.at[1]);
  const corners = hull(points.map(({ at }) => at)).length;
  return [{ key: "data", text: corners > 2 ? "data, convex hull" : "data", at: top.at, clear: 12 }];
}
