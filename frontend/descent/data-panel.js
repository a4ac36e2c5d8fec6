// The data of a sum and what every optimizer's model makes of them at the playhead: a small picture in the map's corner.

import { h } from "../dom.js";
import { typical } from "../ensemble.js";
import { givingWay } from "../frames.js";
import { token } from "../theme.js";
import { COLUMNS, X, Y, rowAt } from "../wire.js";
import { modelLines, scatter } from "./data-view.js";
import { createDrawer } from "./drawers.js";
import { freshPen } from "./local-drawing.js";
import { looks } from "./look.js";
import { surfaceOf } from "./state.js";

const SIZE = { wide: { width: 216, height: 138 }, narrow: { width: 128, height: 80 } };
const DOT = 2.4; // radius
const FONT = "italic 11px";

/** @param {import("./room-context.js").Context} context */
export function createData({ catalogue, store, change }) {
  const { width, height } = matchMedia("(max-width: 760px)").matches ? SIZE.narrow : SIZE.wide;
  const picture = h("canvas", { class: "data-picture", role: "img", "aria-label": "The data, and every optimizer's model of them at the playhead" });
  const drawer = createDrawer({ store, change }, "data", "Data and model", "", picture);
  const element = h("aside", { class: "data-inset", hidden: true, "aria-label": "Data and model" }, drawer);
  /** @type {{of: string, scatter: import("./data-view.js").Scatter} | null} */
  let shown = null;
  let inks = { page: token("bg"), text: token("ink3"), point: token("ink2") };

  function update() {
    const { surface, open, picture: found, step, theme } = store.get();
    const entry = surfaceOf(catalogue, surface);
    const { data } = entry ?? {};
    element.hidden = !data?.model;
    if (!entry || !data?.model || !open.includes("data") || !found) return;
    if (shown?.of !== entry.name) shown = { of: entry.name, scatter: scatter(data, data.model) };
    const { box, axes, points } = shown.scatter;
    const toX = (/** @type {number} */ x) => ((x - box[0][0]) / (box[0][1] - box[0][0])) * width;
    const toY = (/** @type {number} */ y) => height - ((y - box[1][0]) / (box[1][1] - box[1][0])) * height;
    const pen = freshPen(picture, width, height);
    pen.font = `${FONT} ${getComputedStyle(element).fontFamily}`;
    pen.fillStyle = inks.text;
    pen.fillText(axes[1], 4, 11);
    pen.fillText(axes[0], width - 4 - pen.measureText(axes[0]).width, height - 4);
    pen.lineWidth = 1.2;
    for (const { x, y, full } of points) {
      pen.beginPath();
      pen.arc(toX(x), toY(y), DOT, 0, 2 * Math.PI);
      pen.fillStyle = full ? inks.point : inks.page;
      pen.strokeStyle = inks.point;
      pen.fill();
      pen.stroke();
    }
    if (found.settings.surface !== surface) return;
    const look = looks(catalogue, found.settings.entries, theme);
    for (const { entry: { id }, trajectory } of found.runs) {
      const { colour, dash } = /** @type {import("./look.js").Look} */ (look.get(id));
      const seen = typical(trajectory);
      const at = rowAt(seen, step) * COLUMNS;
      pen.strokeStyle = colour;
      pen.lineWidth = 1.6;
      pen.setLineDash(dash);
      pen.beginPath();
      for (const line of modelLines(data.model, box, { x: seen.data[at + X], y: seen.data[at + Y] })) {
        line.forEach(([x, y], i) => pen[i === 0 ? "moveTo" : "lineTo"](toX(x), toY(y)));
      }
      pen.stroke();
    }
    pen.setLineDash([]);
  }

  store.watch(["theme"], () => {
    inks = { page: token("bg"), text: token("ink3"), point: token("ink2") };
  });
  store.watch(["picture", "step", "theme", "open", "surface", "held"], givingWay(() => store.get().held, update, 100));
  update();
  return { element };
}
