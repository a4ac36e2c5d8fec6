// The picture of a function of one variable: its graph over x, the iterates on it, a start that slides along. It stands in
// the page only while there is such a function, in the map's place.

import { h } from "../dom.js";
import { number } from "../format.js";
import { fromPixel, inside, toPixel, zoomed } from "../frame.js";
import { atRest } from "../frames.js";
import { createOverlay } from "../overlay.js";
import { createGround } from "../place.js";
import { draw, geometry, loadPlotly } from "../plotly-adapter.js";
import { MARGIN, layout } from "../plots/contour.js";
import { askedFrame, heightAt, lifted, liftedPoints, profileFrame, traces } from "../plots/profile.js";
import { token } from "../theme.js";
import { groundInks, localInks } from "./inks.js";
import { landmarks } from "./landmarks.js";
import { looks } from "./look.js";
import { createLabels } from "./map-labels.js";
import { createPace } from "./pace.js";
import { createProfileLayer } from "./profile-layer.js";
import { takeHand } from "./start-hand.js";
import { inspected, onLine } from "./state.js";

/** @typedef {import("./room-context.js").Context} Context */

const RING = 13; // radius of the start ring

/** @param {Context} context */
export function createProfile(context) {
  const { catalogue, store, change, signals } = context;
  const figure = h("div", { class: "map-figure" });
  const overlay = createOverlay();
  const layer = createProfileLayer();
  const labels = createLabels();
  const handle = h("div", { class: "start-handle", role: "slider", tabindex: 0, "aria-label": "Start point", "aria-orientation": "horizontal", "aria-valuenow": 0 });
  const plane = h("div", { class: "map-plane" }, overlay.lower, overlay.upper, layer.element, labels.element, handle);
  const zoomOut = h("button", { type: "button", class: "quiet map-zoom", hidden: true, onclick: () => change({ zoom: null }, "zoom", true) }, "Whole view");
  const element = h(
    "div", { class: "map profile", role: "group", "aria-label": "Graph of the function. The table of all optimizers, under All in the inspector, says the same in words." },
    figure, plane, h("span", { class: "axis-letter x", "aria-hidden": "true" }, "x"), h("span", { class: "axis-letter y", "aria-hidden": "true" }, "f"), zoomOut,
  );
  /** @type {{ground: import("./session.js").Ground, frame: import("../frame.js").Frame} | null} */
  let drawn = null; // the graph that stands now: everything above it uses its frame
  let inks = { page: token("bg"), ink: token("ink") };
  let modelInks = localInks();
  /** @type {{trajectory: import("../wire.js").Trajectory, colour: string, dash: number[]}[]} */
  let runs = [];
  const placeSoon = atRest(() => placeLabels(), 125);
  const mine = () => onLine(catalogue, store.get().surface);

  const pace = createPace({
    wanted: () => Boolean(store.get().ground?.frame.line) && mine(),
    dragged: () => drawn !== null && drawn.ground.frame.width === store.get().ground?.frame.width,
    drawGround, render,
  });

  function reframe() {
    if (!mine()) return;
    const width = element.clientWidth - MARGIN.left - MARGIN.right;
    const height = element.clientHeight - MARGIN.top - MARGIN.bottom;
    if (width <= 40 || height <= 40) return;
    const { zoom, view, frame } = store.get();
    const next = askedFrame(zoom ?? view, width, height);
    if (JSON.stringify(next) !== JSON.stringify(frame)) store.set({ frame: next });
  }

  async function drawGround() {
    const { ground, overlay: model } = store.get();
    if (!ground) return;
    const frame = profileFrame(ground.grid, ground.frame, model);
    await loadPlotly(catalogue.plotly);
    const tones = groundInks();
    await draw(figure, traces(ground.grid, frame, { ground: token("profile"), graph: token("ink2") }), layout(frame, tones));
    drawn = { ground, frame };
    plane.style.width = `${frame.width}px`;
    plane.style.height = `${frame.height}px`;
    zoomOut.hidden = store.get().zoom === null;
  }

  /** @param {boolean} fresh */
  function render(fresh) {
    const state = store.get();
    const { picture, step, start, held } = state;
    if (!mine() || !drawn) return true;
    placeHandle(start);
    if (!picture?.frame.line || JSON.stringify(picture.frame) !== JSON.stringify(drawn.ground.frame)) return false; // paths of another view wait for their graph
    if (fresh) {
      const look = looks(catalogue, picture.settings.entries, state.theme);
      runs = picture.runs.map(({ entry, trajectory }) => ({ trajectory: lifted(trajectory), .../** @type {import("./look.js").Look} */ (look.get(entry.id)) }));
      overlay.setPaths(drawn.frame, runs);
    }
    const { minima, minima_values: heights = [] } = picture.reply.surface;
    const crosses = liftedPoints(minima, heights);
    overlay.setStep(step, { minima: crosses, saddles: [] }, inks);
    const chosen = inspected(picture.settings);
    const colour = (chosen && looks(catalogue, picture.settings.entries, state.theme).get(chosen.id)?.colour) ?? inks.ink;
    layer.draw(drawn.frame, runs, state, modelInks, colour, crosses);
    if (!fresh) return true;
    if (held) placeSoon();
    else placeLabels();
    signals.dispatchEvent(new CustomEvent("painted", { detail: picture.sequence }));
    return true;
  }

  /** @param {[number, number]} start */
  function placeHandle([x]) {
    if (!drawn) return;
    const f = heightAt(drawn.ground.grid, x);
    handle.hidden = !inside(drawn.frame.box, x, f);
    const [left, top] = toPixel(drawn.frame, x, f);
    handle.style.transform = `translate(${left}px, ${top}px)`;
    handle.setAttribute("aria-valuetext", `x ${x}`);
    handle.setAttribute("aria-valuenow", String(x));
  }

  function placeLabels() {
    const { start: [x], picture } = store.get();
    if (!drawn || !picture?.frame.line || !mine()) return;
    const { frame, ground: { grid } } = drawn;
    const taken = createGround(frame.width, frame.height);
    for (const path of overlay.paths()) taken.takePath(path);
    for (let left = 0; left < frame.width; left += 4) {
      const [at] = fromPixel(frame, left, 0);
      taken.takeRectangle({ left, top: toPixel(frame, at, heightAt(grid, at))[1] - 2, width: 4, height: 4 });
    }
    const { minima, minima_values: heights = [] } = picture.reply.surface;
    const visible = (/** @type {[number, number]} */ at) => inside(frame.box, ...at);
    const at = /** @type {[number, number]} */ ([x, heightAt(grid, x)]);
    const origin = { key: "start", text: frame.width < 480 ? "start" : `start ${number(x)}`, at, clear: RING + 6 };
    const rings = 12 + 3.4 * runs.length; // px, where all have come to one minimum
    const wanted = [
      ...(visible(at) ? [origin] : []),
      ...landmarks({ minima: liftedPoints(minima, heights), minima_values: heights, saddles: [] }, visible).map((one) => ({ ...one, clear: Math.max(one.clear, rings) })),
    ];
    labels.write(frame, taken, wanted);
  }

  takeHand({
    plane, handle, context, frame: () => drawn?.frame ?? null, onto: ([x]) => [x, 0],
    keys: { ArrowRight: [1, 0], ArrowUp: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [-1, 0] },
    // Closer along x alone.
    closer(point, factor) {
      const { box } = store.get().frame ?? /** @type {NonNullable<typeof drawn>} */ (drawn).ground.frame;
      return [zoomed(box, point, factor)[0], box[1]];
    },
  });

  new ResizeObserver(reframe).observe(element);
  store.watch(["view", "zoom", "surface"], reframe);
  store.watch(["surface"], labels.forget);
  store.watch(["theme"], () => {
    inks = { page: token("bg"), ink: token("ink") };
    modelInks = localInks();
  });
  store.watch(["ground", "theme", "overlay"], pace.ground);
  store.watch(["picture", "theme"], () => (mine() ? pace.paths() : pace.frame()));
  store.watch(["step", "start", "overlay", "inspector"], pace.frame);

  return {
    element,
    /** Where x stands on the graph, on the page, for tests. @param {number} x */
    pixel(x) {
      if (!drawn) return null;
      const bounds = plane.getBoundingClientRect();
      const [left, top] = toPixel(drawn.frame, x, heightAt(drawn.ground.grid, x));
      return [bounds.left + left, bounds.top + top];
    },
    geometry: () => geometry(figure),
    rested: pace.rested,
  };
}
