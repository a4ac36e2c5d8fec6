// The local quadratic model on the map, around the inspected head: a lens that goes with the scrubber. Off unless asked for.

import { h } from "../dom.js";
import { inside, toPixel } from "../frame.js";
import { COLUMNS, X, Y } from "../wire.js";
import { glance } from "./inspected.js";
import { drawLanding, drawLocal, freshPen } from "./local-drawing.js";
import { looks } from "./look.js";

const LENS = 78; // radius, CSS pixels; less on a small map
const ARROW = 0.55; // of the radius

/** @param {import("../catalogue.js").Catalogue} catalogue */
export function createLocalLayer(catalogue) {
  const element = h("canvas", { class: "local-layer", "aria-hidden": "true", hidden: true });

  /**
   * @param {import("../frame.js").Frame} frame
   * @param {import("./session.js").State} state
   * @param {import("./local-drawing.js").Inks} inks  all but the step's own
   */
  function draw(frame, state, inks) {
    const seen = state.overlay && state.inspector === "one" ? glance(state) : null;
    if (element.hidden !== !seen) element.hidden = !seen;
    if (!seen || !state.picture) return;
    const pen = freshPen(element, frame.width, frame.height);
    const at = seen.row * COLUMNS;
    const { data } = seen.run.trajectory;
    if (!inside(frame.box, data[at + X], data[at + Y]) || !seen.local.hessian.every(Number.isFinite)) return;
    const [x, y] = toPixel(frame, data[at + X], data[at + Y]);
    const [[xLow, xHigh], [yLow, yHigh]] = frame.box;
    const colour = looks(catalogue, state.picture.settings.entries, state.theme).get(seen.run.entry.id)?.colour ?? inks.step;
    const lens = Math.min(LENS, 0.2 * Math.min(frame.width, frame.height));
    const place = { x, y, perX: frame.width / (xHigh - xLow), perY: frame.height / (yHigh - yLow), reach: lens, arrow: ARROW * lens };
    const own = { ...inks, step: colour };
    pen.save();
    pen.beginPath();
    pen.arc(x, y, lens, 0, 2 * Math.PI);
    pen.globalAlpha = 0.66;
    pen.fillStyle = inks.page;
    pen.fill();
    pen.globalAlpha = 1;
    pen.clip();
    drawLocal(pen, seen.local, place, own);
    pen.restore();
    pen.beginPath();
    pen.arc(x, y, lens, 0, 2 * Math.PI);
    pen.lineWidth = 1;
    pen.strokeStyle = inks.gradient;
    pen.stroke();
    drawLanding(pen, seen.local, place, own);
  }

  return { element, draw };
}
