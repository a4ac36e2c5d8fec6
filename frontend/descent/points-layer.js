// The rows of a sum that are points of the plane, with their convex hull: a layer between the ground and the paths.

import { h } from "../dom.js";
import { toPixel } from "../frame.js";
import { hull } from "../hull.js";
import { freshPen } from "./local-drawing.js";

const SIDE = 6; // of the square that stands for a weight of 1, CSS pixels
const SHADE = 0.07;

export function createPointsLayer() {
  const element = h("canvas", { class: "points-layer", "aria-hidden": "true", hidden: true });
  let drawn = "";

  /**
   * @param {import("../frame.js").Frame} frame
   * @param {import("./data-points.js").DataPoint[]} points
   * @param {{page: string, ink: string}} inks
   */
  function draw(frame, points, inks) {
    const key = JSON.stringify([frame, points, inks]);
    if (key === drawn) return;
    drawn = key;
    element.hidden = points.length === 0;
    if (points.length === 0) return;
    const pen = freshPen(element, frame.width, frame.height);
    const corners = hull(points.map(({ at }) => at)).map(([x, y]) => toPixel(frame, x, y));
    pen.beginPath();
    corners.forEach(([x, y]) => pen.lineTo(x, y));
    pen.closePath();
    pen.globalAlpha = SHADE;
    pen.fillStyle = inks.ink;
    pen.fill();
    pen.globalAlpha = 1;
    pen.lineWidth = 1.2;
    pen.strokeStyle = inks.ink;
    pen.setLineDash([4, 3]);
    pen.stroke();
    pen.setLineDash([]);
    for (const { at, weight } of points) {
      const [x, y] = toPixel(frame, ...at);
      const side = SIDE * Math.sqrt(weight); // the area is the weight
      pen.fillStyle = inks.page;
      pen.fillRect(x - side / 2 - 1.2, y - side / 2 - 1.2, side + 2.4, side + 2.4);
      pen.fillStyle = inks.ink;
      pen.fillRect(x - side / 2, y - side / 2, side, side);
    }
  }

  return { element, draw };
}
