// The surface's own numbers: its parameters, the start point, and the view of a typed formula.

import { parseTyped } from "../controls/scale.js";
import { slider } from "../controls/slider.js";
import { fill, h, setText } from "../dom.js";
import { typed } from "../format.js";
import { notation } from "../notation.js";
import { onLine, surfaceOf, typedParameter } from "./state.js";

/** @typedef {import("../controls/scale.js").Parameter} Parameter */

/** @param {import("./room-context.js").Context} context */
export function createSurfacePanel({ catalogue, store, change }) {
  const sliders = h("div", { class: "surface-sliders" });
  const aside = h("p", { class: "surface-sentence" });
  const fault = h("p", { class: "field-fault", role: "alert", hidden: true });
  const start = [box("x of the start", 0), box("y of the start", 1)];
  const across = h("span", { class: "start-across" }, h("span", {}, "y"), start[1]); // where there is a y
  const sides = [viewBox("lower x", 0, 0), viewBox("upper x", 0, 1), viewBox("lower y", 1, 0), viewBox("upper y", 1, 1)];
  const view = h(
    "div", { class: "point-line", hidden: true }, h("span", { class: "point-name" }, "view"),
    h("span", {}, "x"), sides[0], h("span", {}, "to"), sides[1], h("span", {}, "y"), sides[2], h("span", {}, "to"), sides[3],
  );
  const element = h(
    "section", { class: "rail-section", "aria-label": "Surface" },
    h("h2", { class: "section-head" }, "Surface"), aside, sliders,
    h("div", { class: "point-line" }, h("span", { class: "point-name" }, "start"), h("span", {}, "x"), start[0], across),
    view, fault,
  );
  /** @type {Map<string, {control: import("../controls/slider.js").Slider, parameter: Parameter}>} */
  const built = new Map();
  let builtFor = "";

  /** @param {string} label @param {(value: number) => string | null} use  returns a fault */
  function number(label, use) {
    const input = h("input", { type: "text", inputmode: "decimal", class: "number-box", "aria-label": label, autocomplete: "off" });
    input.addEventListener("change", () => {
      const parsed = parseTyped({ name: label, low: -Infinity, high: Infinity, scale: "linear", open: true, symbol: "", meaning: "", default: 0 }, input.value);
      const sentence = "fault" in parsed ? parsed.fault : use(parsed.value);
      input.classList.toggle("faulty", sentence !== null);
      fault.hidden = sentence === null;
      setText(fault, sentence ?? "");
    });
    return input;
  }

  /** @param {string} label @param {0 | 1} axis */
  function box(label, axis) {
    return number(label, (value) => {
      const [x, y] = store.get().start;
      change({ start: axis === 0 ? [value, y] : [x, value] }, "start", true);
      return null;
    });
  }

  /** @param {string} label @param {0 | 1} axis @param {0 | 1} side */
  function viewBox(label, axis, side) {
    return number(`${label} of the view`, (value) => {
      const next = /** @type {import("../frame.js").Box} */ (store.get().view.map((pair) => [...pair]));
      next[axis][side] = value;
      if (!(next[axis][0] < next[axis][1])) return `Expected the lower side below the upper one, got ${typed(next[axis][0])} to ${typed(next[axis][1])}.`;
      change({ view: next, zoom: null }, "view", true);
      return null;
    });
  }

  /** @returns {Parameter[]} */
  function declared() {
    const { surface, parameters } = store.get();
    return surfaceOf(catalogue, surface)?.parameters ?? Object.entries(parameters).map(([name, value]) => typedParameter(name, value));
  }

  function list() {
    const { surface, parameters } = store.get();
    const wanted = declared();
    const key = [surface ?? "", ...wanted.map(({ name }) => name)].join(" ");
    // The slider of a typed formula's parameter grows with its value; it is built anew when that leaves its range.
    const outgrown = [...built.values()].some(({ parameter }) => parameter.open && Math.abs(parameters[parameter.name]) > parameter.high);
    if (key !== builtFor || outgrown) {
      built.clear();
      for (const parameter of wanted) {
        built.set(parameter.name, {
          parameter,
          control: slider({
            parameter, value: parameters[parameter.name], label: `${parameter.name}: ${parameter.meaning}`,
            onInput: (value) => set(parameter.name, value, false), onCommit: (value) => set(parameter.name, value, true),
          }),
        });
      }
      builtFor = key;
      fill(sliders, [...built.values()].map(({ control }) => h("div", { class: "row-line" }, control.element)));
    }
    for (const [name, { control }] of built) control.set(parameters[name]);
  }

  /** @param {string} name @param {number} value @param {boolean} commit */
  function set(name, value, commit) {
    const { parameters } = store.get();
    change(parameters[name] === value ? {} : { parameters: { ...parameters, [name]: value } }, `parameter ${name}`, commit);
  }

  function place() {
    const { start: point, view: box, surface } = store.get();
    start.forEach((input, i) => show(input, point[i]));
    view.hidden = surface !== null;
    across.hidden = onLine(catalogue, surface);
    sides.forEach((input, i) => show(input, box[i >> 1][i & 1]));
    fill(aside, notation(surfaceOf(catalogue, surface)?.sentence ?? ""));
    aside.hidden = aside.childNodes.length === 0;
  }

  /** @param {HTMLInputElement} input @param {number} value */
  function show(input, value) {
    if (document.activeElement === input && input.classList.contains("faulty")) return;
    const text = typed(value);
    if (input.value !== text && !(document.activeElement === input && Number(input.value) === value)) input.value = text;
  }

  store.watch(["surface", "parameters", "formula"], list);
  store.watch(["start", "view", "surface"], place);
  list();
  place();
  return { element };
}
