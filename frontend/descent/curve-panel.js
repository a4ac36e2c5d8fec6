// The curves below the map. Their x axis is the scrub track: one playhead, shared with the map.

import { createChart } from "../chart.js";
import { fill, h } from "../dom.js";
import { extent, typical } from "../ensemble.js";
import { givingWay, perFrame } from "../frames.js";
import { integer, number } from "../format.js";
import { scrubKey } from "../player.js";
import { MARGIN } from "../plots/contour.js";
import { linearTicks } from "../ticks.js";
import { rowAt } from "../wire.js";
import { drawing, heightAt, isLog, range, settle } from "./curves.js";
import { stopMarks } from "./stopping.js";
import { HESSIAN, abscissa, across } from "./effort.js";
import { looks } from "./look.js";

const WORDS = { loss: "f", gradient: "‖∇f‖", step: "length of the step", distance: "distance to the nearest minimum", angle: "degrees between two steps" };
const OWN_AXIS = 28; // pixels that the evaluations' own axis takes below the plot; static/descent.css makes room for it
const ROOM = 17; // characters of a name beside the curve; a longer one has its short form there

const LABEL = "Curves of all running optimizers; the inspector says the values at the playhead.";

/** @param {import("./room-context.js").Context} context */
export function createCurves({ catalogue, store, seek }) {
  const narrow = matchMedia("(max-width: 760px)").matches;
  const gutter = { left: MARGIN.left, right: narrow ? 16 : 110, top: 18, bottom: 28 };
  const chart = createChart({ label: LABEL, plotly: catalogue.plotly, gutter, onDrawn: ready });
  const scrub = h("input", { type: "range", class: "scrub", min: 0, step: 1, "aria-label": "Step" });
  const ticks = h("div", { class: "scrub-ticks", "aria-hidden": "true" });
  const caption = h("p", { class: "curve-caption" });
  const element = h("div", { class: "curves" }, caption, chart.element, ticks, scrub);
  element.style.setProperty("--gutter-left", `${gutter.left}px`);
  element.style.setProperty("--gutter-right", `${gutter.right}px`);
  /** @type {{key: string, range: [number, number]} | null} */
  let axis = null;
  let end = 1; // of the x axis
  /** @type {HTMLElement[]} */
  let marks = [];
  let width = 1;

  const kind = () => {
    const { curve, picture } = store.get();
    return { curve, minimum: picture?.reply.surface.minimum ?? null };
  };

  /** @returns {import("./curves.js").Line[]} */
  function lines() {
    const { picture, theme } = store.get();
    if (!picture) return [];
    const look = looks(catalogue, picture.settings.entries, theme);
    return picture.runs.map(({ entry, trajectory }) => {
      const { title, short, colour, dash } = /** @type {import("./look.js").Look} */ (look.get(entry.id));
      const name = title.length > ROOM ? short : title;
      return { key: String(entry.id), label: narrow ? "" : name, colour, dash, trajectory: typical(trajectory), band: trajectory.ensemble };
    });
  }

  function update() {
    const { picture, held, over, steps: wantedSteps } = store.get();
    if (!picture) {
      setSteps(wantedSteps);
      return;
    }
    const shown = kind();
    const log = isLog(shown);
    const wanted = range(picture.runs.flatMap(({ trajectory }) => extent(trajectory)), shown);
    const key = `${shown.curve} ${over} ${picture.settings.surface ?? picture.settings.formula} ${log}`;
    const { steps } = picture.settings;
    const under = across(picture.runs.map(({ trajectory }) => typical(trajectory)), over, steps);
    if (!axis || axis.key !== key) axis = { key, range: wanted };
    else if (held && over === "evaluations") under.end = end;
    else if (!held) {
      axis = { key, range: settle(axis.range, wanted, log) };
      if (over === "evaluations") under.end = settle([0, end], [0, under.end], false)[1];
    }
    ({ end } = under);
    setSteps(steps);
    element.classList.toggle("over-evaluations", over === "evaluations");
    chart.footing(gutter.bottom + (over === "evaluations" ? OWN_AXIS : 0));
    const drawn = drawing(lines(), shown, axis.range, under, (value) => number(value, 2));
    const next = {
      ...drawn, marks: [...drawn.marks, ...stopMarks(lines(), shown, axis.range, over, catalogue.stopping.map(({ name }) => name))],
      x: /** @type {import("../plots/lines.js").Axis} */ ({ scale: "linear", range: [0, end], ...(over === "steps" ? { text: () => "" } : { line: true }) }),
      y: /** @type {import("../plots/lines.js").Axis} */ ({ scale: log ? "log" : "linear", range: axis.range }),
    };
    if (held) chart.sketch(next);
    else chart.update(next);
    const words = WORDS[shown.curve];
    if (caption.dataset.words !== words + log + over) {
      caption.dataset.words = words + log + over;
      fill(caption, words, shown.curve === "loss" && log ? [" − f", h("sub", {}, "min")] : null, over === "steps" ? null : narrow ? " over evaluations" : ` over evaluations: f and ∇f count 1, H counts ${HESSIAN}`);
      chart.element.setAttribute("aria-label", `${LABEL} They are drawn over ${over}.`);
    }
    head();
  }

  /** @param {number} steps */
  function setSteps(steps) {
    if (scrub.max === String(steps)) return;
    scrub.max = String(steps);
    drawTicks(steps);
  }

  /** @param {number} steps */
  function drawTicks(steps) {
    width = element.clientWidth - gutter.left - gutter.right; // read here only: reading it makes the browser lay out
    const { values } = linearTicks(0, steps, Math.max(2, Math.floor(width / 130)));
    marks = values.filter((value) => Number.isInteger(value)).map((value) => h("span", { "--at": value / steps, "data-step": value }, integer(value)));
    fill(ticks, marks);
    head();
  }

  function head() {
    const { picture, over, step, steps } = store.get();
    scrub.value = String(step);
    scrub.setAttribute("aria-valuetext", `step ${integer(step)} of ${integer(steps)}`);
    const share = step / Math.max(1, steps);
    scrub.style.setProperty("--share", String(share));
    ticks.style.setProperty("--share", String(share));
    ticks.dataset.step = integer(step);
    // The playhead's own number stands under the knob; round numbers make room for it.
    for (const mark of marks) mark.classList.toggle("covered", Math.abs(Number(mark.dataset.step) / Math.max(1, steps) - share) * width < 34);
    if (!picture) return;
    const shown = kind();
    // At one step everybody has spent another number of evaluations: then there is no common line.
    chart.setCursor(over === "steps" ? step : null, lines().map((line) => ({
      colour: line.colour, x: over === "steps" ? step : abscissa(line.trajectory, over, rowAt(line.trajectory, step)), y: heightAt(line, shown, step),
    })));
  }

  function ready() {
    element.dataset.drawn = "true";
  }

  scrub.addEventListener("input", () => seek(Number(scrub.value)));
  scrub.addEventListener("keydown", (event) => {
    const { step, steps } = store.get();
    const to = scrubKey(event.key, event.shiftKey, step, steps);
    if (to === null) return;
    event.preventDefault();
    seek(to);
  });
  new ResizeObserver(() => drawTicks(Number(scrub.max) || store.get().steps)).observe(element);
  store.watch(["picture", "curve", "over", "held", "theme", "steps"], givingWay(() => store.get().held, update, 50));
  store.watch(["step", "steps"], perFrame(head));
  setSteps(store.get().steps);
  return { element };
}

