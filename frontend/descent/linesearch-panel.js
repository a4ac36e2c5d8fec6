// The line search under the playhead, folded away at first: asks the server only while it is open, the newest step wins.

import { Refused, request } from "../api.js";
import { h, setText } from "../dom.js";
import { givingWay } from "../frames.js";
import { token } from "../theme.js";
import { createDrawer } from "./drawers.js";
import { glance } from "./inspected.js";
import { drawLineSearch } from "./linesearch-drawing.js";
import { words } from "./linesearch-view.js";
import { looks } from "./look.js";
import { question } from "./question.js";

/** @typedef {import("./linesearch-view.js").LineSearch} LineSearch */

const NARROWEST = 120;

/** @param {import("./room-context.js").Context} context */
export function createLineSearch({ catalogue, store, change }) {
  const picture = h("canvas", { class: "linesearch-picture", role: "img", "aria-label": "f along the step" });
  const says = h("p", { class: "one-sentence", "aria-live": "polite" });
  const key = h("p", { class: "one-source" }, "Across: the way along the step; up: f. Dashed: Armijo’s line, and upright the line’s minimum. Stripes, from above: sufficient decrease, weak and strong Wolfe slope condition. Filled: step taken; rings: trials rejected; wedges: trials outside.");
  const body = h("div", {}, says, picture, key);
  const element = h("section", { class: "line-search", "aria-label": "Line search" }, createDrawer({ store, change }, "linesearch", "Line search", "f along the next step", body));
  /** @type {AbortController | null} */
  let asking = null;
  let asked = "";
  /** @type {LineSearch | null} */
  let found = null;
  let colour = "";

  async function ask() {
    const state = store.get();
    const seen = glance(state);
    if (!state.open.includes("linesearch") || !state.picture || state.held) return;
    if (!seen) {
      asking?.abort();
      asking = null;
      asked = "";
      return nothing("Nobody runs, so there is no step to search along.");
    }
    const { run: { trajectory, entry }, row } = seen;
    const step = Math.min(row * trajectory.stride, trajectory.lastStep);
    const body_ = { ...question(state.picture.settings), step };
    const wanted = JSON.stringify([body_, state.theme]);
    if (wanted === asked) return;
    asked = wanted;
    asking?.abort();
    if (step === trajectory.lastStep) {
      asking = null;
      return nothing("The run ends here: no step follows.");
    }
    const mine = new AbortController();
    asking = mine;
    try {
      const answer = /** @type {LineSearch} */ (await request("/api/line-searches", { method: "POST", body: body_, signal: mine.signal }));
      if (asking !== mine) return;
      picture.hidden = key.hidden = false;
      setText(says, words(answer));
      found = answer;
      colour = looks(catalogue, state.picture.settings.entries, state.theme).get(entry.id)?.colour ?? token("ink");
      draw();
    } catch (error) {
      if (asking === mine) nothing(error instanceof Refused ? error.message : "The line search could not be shown.");
    }
  }

  /** @param {string} sentence  why there is nothing to show */
  function nothing(sentence) {
    picture.hidden = key.hidden = true;
    setText(says, sentence);
  }

  function draw() {
    if (!found || !store.get().open.includes("linesearch")) return;
    const inks = { curve: token("ink"), line: token("ink3"), stripe: token("edge"), axis: token("ink3"), rule: token("line"), step: colour };
    drawLineSearch(picture, found, Math.max(NARROWEST, body.clientWidth), inks);
  }

  new ResizeObserver(draw).observe(body);
  store.watch(["picture", "step", "theme", "held", "chosen", "entries", "open"], givingWay(() => store.get().held, ask, 250));
  return { element };
}
