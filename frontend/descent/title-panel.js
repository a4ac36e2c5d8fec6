// The title row: which surface, its formula, the key of the levels, map or 3-D.

import { icon } from "../controls/icons.js";
import { segmented } from "../controls/segmented.js";
import { toast } from "../controls/toast.js";
import { fill, h, mathml, setText } from "../dom.js";
import { number } from "../format.js";
import { bands, valueAt } from "../plots/levels.js";
import { areUsual, onLine, onSurface, optimizerOf, runsOn, surfaceOf } from "./state.js";

/** @param {import("./room-context.js").Context} context */
export function createTitle({ catalogue, store, change }) {
  const title = h("span", {});
  const button = h(
    "button", { type: "button", class: "picker", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => open(Boolean(menu.hidden)) },
    h("h1", { class: "room-title" }, title), icon("down"),
  );
  const items = [
    ...catalogue.surfaces.map((surface) => item(surface.name, surface.title, surface.mathml, () => choose(surface.name))),
    item("typed", "Type a formula…", null, typeFormula),
  ];
  const menu = h("div", { class: "menu", role: "menu", "aria-label": "Surface", hidden: true }, items);
  const formula = h("span", { class: "title-formula" });
  const keyLabels = h("span", { class: "key-labels" });
  const keyTones = h("span", { class: "key-tones" });
  const keyName = h("span", { class: "key-name" });
  const key = h("span", { class: "level-key" }, keyName, h("span", { class: "key-bar" }, keyTones, keyLabels));
  const switcher = segmented({
    label: "View", choices: [{ value: "contour", text: "Contour" }, { value: "3d", text: "3-D" }], value: store.get().mode,
    onChange: (mode) => change({ mode: /** @type {"contour" | "3d"} */ (mode) }, "mode", true),
  });
  const element = h("div", { class: "title-row" }, h("div", { class: "picker-slot" }, button, menu), formula, key, switcher.element);

  /** @param {string} name @param {string} text @param {string | null} math @param {() => void} choose */
  function item(name, text, math, choose) {
    return h(
      "button", { type: "button", class: "menu-item", role: "menuitemradio", "data-value": name, tabindex: -1, onclick: () => { open(false); choose(); } },
      h("span", {}, text), math ? h("span", { class: "menu-formula" }, mathml(math)) : null,
    );
  }

  /** @param {string} name */
  function choose(name) {
    const old = store.get();
    change(onSurface(catalogue, old, name), "surface", true);
    if (!areUsual(catalogue, old.surface, old.entries)) sayGone(old.entries, name); // an untouched list makes room for another
  }

  /** Who does not run on a function of so many variables was taken off the list, and is named. @param {import("./state.js").Entry[]} before @param {string | null} name */
  function sayGone(before, name) {
    const gone = before.filter((entry) => !runsOn(catalogue, name, entry.name)).map((entry) => optimizerOf(catalogue, entry.name)?.title);
    if (gone.length > 0) toast(`${gone.join(", ")}: for functions of ${onLine(catalogue, name) ? "two variables" : "one variable"} alone, and off the list here.`);
  }

  /** The formula field starts from the surface that is shown: nothing on the map changes until something is typed.
   * A sum over data cannot be typed: a plain bowl stands in for it. */
  function typeFormula() {
    const { surface, view, entries } = store.get();
    const shown = surfaceOf(catalogue, surface);
    if (shown) {
      const staying = entries.filter((entry) => runsOn(catalogue, null, entry.name));
      change({ surface: null, formula: shown.data ? "x^2 + y^2" : shown.formula, view, batch: 0, entries: staying }, "surface", true);
      sayGone(entries, null);
    }
    // The field is shown by the same change; the caret goes there.
    /** @type {HTMLElement | null} */ (document.querySelector(".formula-input"))?.focus();
  }

  /** @param {boolean} shown */
  function open(shown) {
    if (menu.hidden !== shown) return;
    menu.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
    if (shown) (items.find((one) => one.getAttribute("aria-checked") === "true") ?? items[0]).focus();
    else if (menu.contains(document.activeElement)) button.focus();
  }

  menu.addEventListener("keydown", (event) => {
    const at = items.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === "Escape") open(false);
    if (to === undefined && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (to !== undefined) items[(to + items.length) % items.length].focus();
  });
  element.addEventListener("focusout", (event) => {
    if (!(event.relatedTarget instanceof Node) || !menu.parentElement?.contains(event.relatedTarget)) open(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !menu.parentElement?.contains(event.target)) open(false);
  });

  function name() {
    const { surface, info, mode } = store.get();
    const shown = surfaceOf(catalogue, surface);
    setText(title, shown?.title ?? "Your formula");
    for (const one of items) one.setAttribute("aria-checked", String(one.dataset.value === (surface ?? "typed")));
    const math = shown?.mathml ?? info?.mathml ?? "";
    if (!math) fill(formula);
    const known = formula.dataset.math === math;
    formula.dataset.math = math;
    if (math && !known) {
      const typeset = mathml(math);
      // In one line of text, brackets that grow with what they hold only push the line apart.
      for (const sign of typeset.querySelectorAll("mo")) sign.setAttribute("stretchy", "false");
      fill(formula, h("i", {}, "f"), "\u2009(", h("i", {}, "x"), onLine(catalogue, surface) ? null : [", ", h("i", {}, "y")], ") = ", typeset);
    }
    switcher.set(mode);
    switcher.element.hidden = onLine(catalogue, surface);
  }

  function levels() {
    const { ground } = store.get();
    key.hidden = !ground?.levels || Boolean(ground.frame.line);
    if (key.hidden || !ground?.levels) return;
    const { start, end, size, strong, scale } = ground.levels;
    const count = bands(ground.levels);
    keyTones.style.setProperty("--bands", String(count));
    fill(keyTones, Array.from({ length: count }, (_, i) => h("span", { "--tone": i / Math.max(1, count - 1) })));
    fill(keyName, "f", scale === "log" && ground.levels.base !== 0 ? [" − f", h("sub", {}, "min")] : null);
    key.title = `${scale === "log" ? "Levels on a logarithmic scale" : "Levels in even steps"}${ground.frame.square ? "" : "; axes not to the same scale"}.`;
    // Labels at strong levels, at most three, so that they never touch.
    const all = [];
    for (let z = Math.ceil(start / strong - 1e-9) * strong; z <= end + size / 10; z += strong) all.push(z);
    const picked = all.length <= 3 ? all : [all[0], all[Math.floor((all.length - 1) / 2)], all[all.length - 1]];
    fill(keyLabels, picked.map((z) => h("span", { "--at": ((z - start) / size + 1) / count }, number(valueAt(ground.levels ?? never(), z), 2))));
  }

  store.watch(["surface", "info", "mode"], name);
  store.watch(["ground"], levels);
  name();
  levels();
  return { element };
}

/** @returns {never} */
function never() {
  throw new Error("The key of the levels was drawn without levels.");
}
