// The surface in three dimensions. Built when first opened, hidden when left, redrawn at most four times a second.

import { h } from "../dom.js";
import { ink } from "../palette.js";
import { draw, loadPlotly, purge } from "../plotly-adapter.js";
import { layout, paths, surface } from "../plots/surface3d.js";
import { groundInks } from "./inks.js";

const REST = 250; // ms

/** @param {import("./room-context.js").Context} context */
export function createScene({ catalogue, store }) {
  const figure = h("div", { class: "scene-figure" });
  const note = h("p", { class: "scene-note" });
  const missing = h("p", { class: "notice", hidden: true }, "This browser offers no WebGL, which the 3-D view needs. The contour view shows the same surface.");
  const element = h("div", { class: "scene", hidden: true, role: "img", "aria-label": "The surface in three dimensions with the paths on it" }, figure, note, missing);
  let built = false;
  let drawing = false;
  let wanted = false;
  let last = -Infinity;

  async function redraw() {
    const { mode, picture, ground, step, theme } = store.get();
    element.hidden = mode !== "3d";
    if (mode !== "3d" || !picture || !ground?.levels) return;
    if (!built && !canDraw()) {
      missing.hidden = false;
      return;
    }
    wanted = true;
    if (drawing) return;
    drawing = true;
    const wait = last + REST - performance.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    while (wanted && store.get().mode === "3d") {
      wanted = false;
      await once(store.get());
      last = performance.now();
    }
    drawing = false;
    void [step, theme];
  }

  /** @param {import("./session.js").State} state */
  async function once({ picture, ground, step, theme }) {
    if (!picture || !ground?.levels) return;
    const { grid, levels } = ground;
    await loadPlotly(catalogue.plotly);
    const inks = groundInks();
    const skin = surface(grid, levels, inks);
    const runs = picture.runs.map(({ entry, trajectory }) => ({ trajectory, colour: ink(entry.name)[theme] })); // dashes do not show in 3-D
    await draw(figure, [skin.trace, ...paths(runs, levels, grid, skin.range, step)], layout(grid, inks, { width: element.clientWidth, height: element.clientHeight }), { plotGlPixelRatio: 1 });
    built = true;
    element.dataset.drawn = String(picture.sequence);
    note.textContent = `Height: ${levels.scale === "log" ? "log₁₀(f − f min), the scale of the contours" : "f"}. ${picture.reply.trajectories.some(({ ensemble }) => ensemble) ? `The runs of seed ${picture.settings.seed}. ` : ""}Drag to turn.`;
  }

  new ResizeObserver(() => {
    if (built) redraw();
  }).observe(element);
  store.watch(["mode", "picture", "ground", "step", "theme"], redraw);
  return {
    element,
    leave() {
      if (built) purge(figure);
      built = false;
    },
  };
}

function canDraw() {
  return h("canvas").getContext("webgl") !== null;
}
