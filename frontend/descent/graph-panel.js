// How a gradient comes about: the computational graph of a formula, walked forward and backward, step by step.

import { Refused, request } from "../api.js";
import { fill, h, setText } from "../dom.js";
import { createDrawer } from "./drawers.js";
import { drawing, table } from "./graph-drawing.js";
import { known, stepCount } from "./graph-layout.js";

/** @typedef {import("./graph-layout.js").Graph} Graph */

const EXAMPLE = { formula: "sin(t1*t2) + exp(t2 + t3) - 2*t3", values: { t1: Math.PI / 6, t2: 2, t3: 5 }, direction: "t2" };

/** @param {import("./room-context.js").Context} context */
export function createGraph({ catalogue, store, change }) {
  const text = h("input", { type: "text", class: "graph-formula", id: "graph-formula", spellcheck: "false", autocapitalize: "off", autocomplete: "off", maxlength: catalogue.limits.formula_characters ?? 400, "aria-describedby": "graph-says" });
  const says = h("p", { class: "graph-says bad", id: "graph-says", role: "status" });
  const values = h("div", { class: "graph-values" });
  const direction = h("select", { class: "select", "aria-label": "Tangents for" });
  const words = h("span", { class: "graph-words", "aria-live": "polite" });
  const back = h("button", { type: "button", class: "button", onclick: () => go(step - 1) }, "Back");
  const on = h("button", { type: "button", class: "button", onclick: () => go(step + 1) }, "Step");
  const end = h("button", { type: "button", class: "quiet", onclick: () => go(Infinity) }, "To the end");
  const picture = h("div", { class: "graph-scroll", role: "group", "aria-label": "Graph" });
  const numbers = h("div", { class: "graph-scroll" });
  const element = createDrawer({ store, change }, "graph", "Computational graph", "how the gradient comes about, step by step",
    h("div", { class: "graph-head" },
      h("label", { class: "formula-label", for: "graph-formula" }, "f ="), text,
      h("button", { type: "button", class: "quiet", onclick: take }, "This surface"),
      h("button", { type: "button", class: "quiet", onclick: () => show(EXAMPLE) }, "Example (4.27)")),
    says, values,
    h("div", { class: "graph-steps" }, back, on, end, words), picture, numbers);
  element.classList.add("graph-panel");

  /** @type {{formula: string, values: Record<string, number>, direction: string | null}} */
  let asked = { formula: "", values: {}, direction: null };
  /** @type {Graph | null} */
  let graph = null;
  let step = 0;
  /** @type {AbortController | null} */
  let running = null;
  let follows = true; // what is shown is the picture's formula, until the reader chooses another

  /** The formula of the picture, at its start. */
  function take() {
    const { surface, formula, parameters, start } = store.get();
    const found = catalogue.surfaces.find((each) => each.name === surface);
    const next = { formula: found?.formula ?? formula, values: { ...parameters, x: start[0], y: start[1] }, direction: asked.direction };
    follows = true;
    if (next.formula !== text.value) show(next);
    else if (JSON.stringify(next) !== JSON.stringify(asked)) ask(next);
  }

  /** What the reader chose stays, whatever becomes of the picture. @param {typeof asked} next */
  function keep(next) {
    follows = false;
    ask(next);
  }

  /** @param {typeof asked} next */
  function show(next) {
    follows = next !== EXAMPLE;
    text.value = next.formula;
    step = 0;
    ask(next);
  }

  /** @param {{formula: string, values: Record<string, number>, direction: string | null}} next */
  async function ask(next) {
    asked = next;
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      // Values of names that the formula does not have (any more) are kept here, and not sent.
      const bare = await request("/api/graphs", { method: "POST", body: { formula: next.formula }, signal });
      const names = bare.inputs.map((/** @type {{name: string}} */ each) => each.name);
      const sent = Object.fromEntries(names.filter((/** @type {string} */ name) => name in next.values).map((/** @type {string} */ name) => [name, next.values[name]]));
      const along = names.includes(next.direction) ? next.direction : names.includes("x") ? "x" : names[0];
      /** @type {Graph} */
      const found = await request("/api/graphs", { method: "POST", body: { formula: next.formula, values: sent, direction: along }, signal });
      setText(says, "");
      text.classList.remove("faulty");
      const same = graph !== null && graph.inputs.map((each) => each.name).join() === names.join();
      graph = found;
      if (!same) controls(found);
      else if (follows) for (const { name, primal } of found.inputs) setValue(name, primal);
      direction.value = found.direction;
      go(step);
    } catch (error) {
      if (signal.aborted || !(error instanceof Refused)) return;
      text.classList.add("faulty");
      setText(says, error.message);
    }
  }

  /** @param {Graph} found */
  function controls(found) {
    fill(direction, found.inputs.map(({ name }) => h("option", { value: name }, name)));
    fill(values, found.inputs.map(({ name, primal }) => {
      const box = h("input", { type: "number", step: "any", class: "graph-value", name, value: primal ?? 1, "aria-label": `Value of ${name}` });
      box.addEventListener("input", () => {
        if (Number.isFinite(box.valueAsNumber)) keep({ ...asked, values: { ...asked.values, [name]: box.valueAsNumber } });
      });
      return h("label", {}, `${name} = `, box);
    }), h("label", {}, "tangents for ", direction));
  }

  /** @param {string} name @param {number | null} primal */
  function setValue(name, primal) {
    const box = /** @type {HTMLInputElement | null} */ (values.querySelector(`[name="${name}"]`));
    if (box) box.value = String(primal ?? 1);
  }

  /** @param {number} to */
  function go(to) {
    if (!graph) return;
    const last = stepCount(graph);
    step = Math.max(0, Math.min(last, to));
    back.disabled = step === 0;
    on.disabled = end.disabled = step === last;
    setText(words, known(graph, step).words);
    picture.tabIndex = 0; // it scrolls, and the keyboard must reach it; an empty one is no stop
    fill(picture, drawing(graph, step));
    fill(numbers, table(graph, step));
  }

  text.addEventListener("input", () => keep({ ...asked, formula: text.value }));
  direction.addEventListener("change", () => ask({ ...asked, direction: direction.value }));
  store.watch(["open", "surface", "formula", "parameters", "start", "held"], ({ open, held }) => {
    if (follows && !held && open.includes("graph")) take();
  });
  // Another scene tells of its own formula, not of the one that was typed here.
  store.watch(["scene"], ({ scene, open }) => {
    if (scene !== null && open.includes("graph")) take();
  });
  return { element };
}
