// The map: ground by the adapter, paths by the overlay, a start point that follows the hand, labels on free ground.

import { h } from "../dom.js";
import { typical } from "../ensemble.js";
import { point as pointText } from "../format.js";
import { atRest } from "../frames.js";
import { fit, inside, toPixel, zoomed } from "../frame.js";
import { createOverlay } from "../overlay.js";
import { createGround } from "../place.js";
import { draw, geometry, loadPlotly } from "../plotly-adapter.js";
import { MARGIN, layout, traces } from "../plots/contour.js";
import { token } from "../theme.js";
import { dataLandmark, dataPoints } from "./data-points.js";
import { groundInks, localInks } from "./inks.js";
import { landmarks } from "./landmarks.js";
import { createLocalLayer } from "./local-layer.js";
import { looks } from "./look.js";
import { createLabels } from "./map-labels.js";
import { createPace } from "./pace.js";
import { createPointsLayer } from "./points-layer.js";
import { takeHand } from "./start-hand.js";
import { onLine, surfaceOf } from "./state.js";

/**
 * @typedef {import("./session.js").State} State
 * @typedef {import("./room-context.js").Context} Context
 */

const RING = 13; // radius of the start ring

/** @param {Context} context */
export function createMap(context) {
  const { catalogue, store, change, signals } = context;
  const figure = h("div", { class: "map-figure" });
  const overlay = createOverlay();
  const local = createLocalLayer(catalogue);
  const data = createPointsLayer();
  const labels = createLabels();
  const handle = h("div", { class: "start-handle", role: "slider", tabindex: 0, "aria-label": "Start point", "aria-orientation": "horizontal", "aria-valuenow": 0 });
  const plane = h("div", { class: "map-plane" }, data.element, overlay.lower, local.element, overlay.upper, labels.element, handle);
  const zoomOut = h("button", { type: "button", class: "quiet map-zoom", hidden: true, onclick: () => change({ zoom: null }, "zoom", true) }, "Whole view");
  const element = h(
    "div", { class: "map", role: "group", "aria-label": "Map of the surface. The table of all optimizers, under All in the inspector, says the same in words." },
    figure, plane, h("span", { class: "axis-letter x", "aria-hidden": "true" }, "x"), h("span", { class: "axis-letter y", "aria-hidden": "true" }, "y"), zoomOut,
  );
  /** @type {import("../frame.js").Frame | null} */
  let drawn = null; // the frame of the ground that stands now: everything above it uses this one
  let inks = { page: token("bg"), ink: token("ink") };
  let modelInks = localInks();
  let placed = ""; // start and frame for which the handle stands
  /** @type {[number, number] | null} */
  let labelled = null; // the start for which the labels stand
  const placeSoon = atRest(() => placeLabels(), 125);

  const pace = createPace({
    wanted() {
      const { ground } = store.get();
      return ground !== null && !ground.frame.line && mine();
    },
    dragged() {
      const { ground } = store.get();
      return drawn !== null && ground !== null && sameBox(drawn, ground.frame);
    },
    drawGround, render,
  });

  function size() {
    const width = element.clientWidth - MARGIN.left - MARGIN.right;
    const height = element.clientHeight - MARGIN.top - MARGIN.bottom;
    return width > 40 && height > 40 ? { width, height } : null;
  }

  const mine = () => !onLine(catalogue, store.get().surface); // a function of one variable is the profile's affair

  function reframe() {
    if (!mine()) return;
    const available = size();
    if (!available) return;
    const { zoom, view, frame } = store.get();
    const next = fit(zoom ?? view, available.width, available.height);
    if (JSON.stringify(next) !== JSON.stringify(frame)) store.set({ frame: next });
  }

  async function drawGround() {
    const { ground } = store.get();
    if (!ground) return;
    await loadPlotly(catalogue.plotly);
    const tones = groundInks();
    await draw(figure, traces(ground.grid, ground.levels, tones), layout(ground.frame, tones));
    drawn = ground.frame;
    plane.style.width = `${drawn.width}px`;
    plane.style.height = `${drawn.height}px`;
    zoomOut.hidden = store.get().zoom === null;
  }

  /** @param {boolean} fresh */
  function render(fresh) {
    const { picture, step, start, held } = store.get();
    if (!drawn || !mine()) return true;
    if (placed !== `${start} ${JSON.stringify(drawn)}`) placeHandle(start);
    if (!picture || picture.frame.line || !sameBox(picture.frame, drawn)) return false; // paths of another view wait for their ground
    if (fresh) {
      const look = looks(catalogue, picture.settings.entries, store.get().theme);
      overlay.setPaths(drawn, picture.runs.map(({ entry, trajectory }) => ({ trajectory: typical(trajectory), singles: trajectory.ensemble?.singles, .../** @type {import("./look.js").Look} */ (look.get(entry.id)) })));
    }
    overlay.setStep(step, picture.reply.surface, inks);
    local.draw(drawn, store.get(), modelInks);
    data.draw(drawn, points(), inks);
    if (fresh) {
      // The start's own label goes with the hand; the others look for free ground less often while one drags.
      if (!held || labelled !== start) placeLabels();
      else placeSoon();
      signals.dispatchEvent(new CustomEvent("painted", { detail: picture.sequence }));
    }
    return true;
  }

  /** Of the picture that stands, which may lag behind the settings. */
  function points() {
    const settings = store.get().picture?.settings;
    return settings ? dataPoints(surfaceOf(catalogue, settings.surface), settings.parameters) : [];
  }

  /** @param {[number, number]} start */
  function placeHandle(start) {
    if (!drawn) return;
    placed = `${start} ${JSON.stringify(drawn)}`;
    const [x, y] = toPixel(drawn, ...start);
    handle.hidden = !inside(drawn.box, ...start);
    handle.style.transform = `translate(${x}px, ${y}px)`;
    handle.setAttribute("aria-valuetext", `x ${start[0]}, y ${start[1]}`);
    handle.setAttribute("aria-valuenow", String(start[0]));
  }

  function placeLabels() {
    const { start, picture } = store.get();
    if (!drawn || !picture) return;
    labelled = start;
    const ground = createGround(drawn.width, drawn.height);
    for (const path of overlay.paths()) ground.takePath(path);
    const { box: seen } = drawn;
    const visible = (/** @type {[number, number]} */ at) => inside(seen, ...at);
    const origin = { key: "start", text: drawn.width < 480 ? "start" : `start ${pointText(start)}`, at: start, clear: RING + 6 };
    const wanted = [...(visible(start) ? [origin] : []), ...landmarks(picture.reply.surface, visible), ...dataLandmark(points()).filter(({ at }) => visible(at))];
    labels.write(drawn, ground, wanted);
  }

  takeHand({
    plane, handle, context, frame: () => drawn,
    keys: { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] },
    closer: (point, factor) => zoomed((store.get().frame ?? /** @type {import("../frame.js").Frame} */ (drawn)).box, point, factor),
  });

  new ResizeObserver(reframe).observe(element);
  store.watch(["view", "zoom", "surface"], reframe);
  store.watch(["surface"], labels.forget);
  store.watch(["theme"], () => {
    inks = { page: token("bg"), ink: token("ink") };
    modelInks = localInks();
  });
  store.watch(["ground", "theme"], pace.ground);
  store.watch(["picture", "theme"], () => (mine() ? pace.paths() : pace.frame()));
  store.watch(["step", "start", "overlay", "inspector"], pace.frame);

  return {
    element,
    /** Where a point of the plane stands on the page, for tests. @param {number} x @param {number} y */
    pixel(x, y) {
      if (!drawn) return null;
      const bounds = plane.getBoundingClientRect();
      const [left, top] = toPixel(drawn, x, y);
      return [bounds.left + left, bounds.top + top];
    },
    geometry: () => geometry(figure),
    rested: pace.rested,
  };
}

/** @param {import("../frame.js").Frame} a @param {import("../frame.js").Frame} b */
function sameBox(a, b) {
  return a.width === b.width && a.height === b.height && a.box.every((side, i) => side.every((value, j) => value === b.box[i][j]));
}
