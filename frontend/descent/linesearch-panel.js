// The line search under the playhead, folded away at first: asks the server only while it is open, the newest step wins.

import { Refused, request } from "../api.js";
import { h, setText } from "../dom.js";
import { givingWay } from "../frames.js";
import { token } from "../theme.js";
import { createDrawer } from "./drawers.js";
import { glance } from "./inspected.js";
import { freshPen } from "./local-drawing.js";
import { looks } from "./look.js";
import { intervals, words } from "./linesearch-view.js";
import { question } from "./question.js";

/** @typedef {import("./linesearch-view.js").LineSearch} LineSearch */

const HEIGHT = 150;
const EDGE = 8;
const BAND = 7; // of each condition's stripe below the curve
const STRIPES = /** @type {const} */ (["armijo", "weak", "strong"]);

/** @param {import("./room-context.js").Context} context */
export function createLineSearch({ catalogue, store, change }) {
  const picture = h("canvas", { class: "linesearch-picture", role: "img", "aria-label": "f along the step" });
  const says = h("p", { class: "one-sentence", "aria-live": "polite" });
  const key = h("p", { class: "one-source" }, "Dashed: Armijo's line. Stripes, from above: sufficient decrease, weak and strong Wolfe slope condition. Filled: step taken; rings: trials rejected; bar: the line's minimum.");
  const body = h("div", {}, says, picture, key);
  const element = h("section", { class: "rail-section", "aria-label": "Line search" }, createDrawer({ store, change }, "linesearch", "Line search", body));
  /** @type {AbortController | null} */
  let asking = null;
  let asked = "";

  async function ask() {
    const state = store.get();
    const seen = glance(state);
    if (!state.open.includes("linesearch") || !seen || !state.picture || state.held) return;
    const { run: { trajectory, entry }, row } = seen;
    const step = Math.min(row * trajectory.stride, trajectory.lastStep);
    const body_ = { ...question(state.picture.settings), step };
    const wanted = JSON.stringify([body_, state.theme]);
    if (wanted === asked) return;
    asked = wanted;
    asking?.abort();
    if (step === trajectory.lastStep) {
      asking = null;
      picture.hidden = true;
      setText(says, "The run ends here: no step follows.");
      return;
    }
    const mine = new AbortController();
    asking = mine;
    try {
      const found = /** @type {LineSearch} */ (await request("/api/line-searches", { method: "POST", body: body_, signal: mine.signal }));
      if (asking !== mine) return;
      picture.hidden = false;
      setText(says, words(found));
      draw(found, looks(catalogue, state.picture.settings.entries, state.theme).get(entry.id)?.colour ?? token("ink"));
    } catch (error) {
      if (asking !== mine) return;
      picture.hidden = true;
      setText(says, error instanceof Refused ? error.message : "The line search could not be shown.");
    }
  }

  /** @param {LineSearch} found @param {string} colour */
  function draw(found, colour) {
    const width = Math.max(120, body.clientWidth);
    const pen = freshPen(picture, width, HEIGHT);
    const { distances, phi, slopes, c1, trials } = found;
    const known = /** @type {number[]} */ (phi.filter((value) => value !== null));
    const [low, high] = [Math.min(...known), Math.max(...known)];
    const floor = HEIGHT - EDGE - STRIPES.length * BAND;
    const toX = (/** @type {number} */ s) => EDGE + (s / distances[distances.length - 1]) * (width - 2 * EDGE);
    const toY = (/** @type {number} */ value) => floor - 6 - ((value - low) / (high - low || 1)) * (floor - 6 - EDGE);
    STRIPES.forEach((name, i) => {
      pen.fillStyle = token("line2");
      for (const [from, to] of intervals(found[name], distances)) pen.fillRect(toX(from), floor + i * BAND, Math.max(1, toX(to) - toX(from)), BAND - 2);
    });
    pen.strokeStyle = token("ink3");
    pen.setLineDash([4, 3]);
    pen.beginPath();
    const end = distances[distances.length - 1];
    pen.moveTo(toX(0), toY(phi[0] ?? NaN));
    pen.lineTo(toX(end), toY((phi[0] ?? NaN) + c1 * end * (slopes[0] ?? NaN)));
    if (found.minimiser !== null) {
      pen.moveTo(toX(found.minimiser), EDGE);
      pen.lineTo(toX(found.minimiser), floor);
    }
    pen.stroke();
    pen.setLineDash([]);
    pen.strokeStyle = token("ink");
    pen.lineWidth = 1.6;
    pen.beginPath();
    phi.forEach((value, i) => value !== null && pen[i > 0 && phi[i - 1] !== null ? "lineTo" : "moveTo"](toX(distances[i]), toY(value)));
    pen.stroke();
    const taken = { distance: found.step, phi: phi[Math.round((found.step / end) * (phi.length - 1))], accepted: true };
    pen.strokeStyle = pen.fillStyle = colour;
    for (const trial of trials.length > 0 ? trials : [taken]) {
      if (trial.phi === null) continue;
      pen.beginPath();
      pen.arc(toX(trial.distance), toY(trial.phi), 4, 0, 2 * Math.PI);
      if (trial.accepted) pen.fill();
      else pen.stroke();
    }
  }

  store.watch(["picture", "step", "theme", "held", "chosen", "entries", "open"], givingWay(() => store.get().held, ask, 250));
  return { element };
}
