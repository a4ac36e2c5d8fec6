// The formula field: typed live, its faults shown at the very character, the last good picture kept.

import { Refused, request } from "../api.js";
import { fill, h, setText } from "../dom.js";

/** @typedef {{formula: string, mathml: string, parameters: string[], hints: string[], view: import("../frame.js").Box}} Info */

/** @param {import("./room-context.js").Context} context */
export function createFormula({ catalogue, store, change }) {
  const input = h("input", {
    type: "text", class: "formula-input", id: "formula", spellcheck: "false", autocapitalize: "off", autocomplete: "off",
    maxlength: catalogue.limits.formula_characters ?? 2000, "aria-describedby": "formula-says",
  });
  const under = h("div", { class: "formula-under", "aria-hidden": "true" });
  const says = h("p", { class: "formula-says", id: "formula-says", role: "status" });
  const element = h(
    "div", { class: "formula-row", hidden: true },
    h("label", { class: "formula-label", for: "formula" }, h("i", {}, "f"), "(", h("i", {}, "x"), ", ", h("i", {}, "y"), ") ="),
    h("div", { class: "formula-field" }, input, under), says,
  );
  let asked = "";
  /** @type {AbortController | null} */
  let running = null;

  /**
   * @param {string} text
   * @param {boolean} mine  typed here; else the text came with a link and only its face is asked for
   */
  async function look(text, mine) {
    asked = text;
    running?.abort();
    running = new AbortController();
    try {
      /** @type {Info} */
      const info = await request("/api/formulas", { method: "POST", body: { formula: text }, signal: running.signal });
      if (asked !== text) return;
      clear(info.hints);
      const { parameters } = store.get();
      const next = Object.fromEntries(info.parameters.map((name) => [name, parameters[name] ?? 1]));
      const same = info.parameters.length === Object.keys(parameters).length && info.parameters.every((name) => name in parameters);
      store.set({ info });
      if (mine) change({ surface: null, formula: text, ...(same ? {} : { parameters: next }) }, "formula", false);
      else if (!same) store.set({ parameters: next });
    } catch (error) {
      if (asked !== text || !(error instanceof Refused)) return;
      complain(text, error.message, error.position);
    }
  }

  /** @param {string[]} hints */
  function clear(hints) {
    input.classList.remove("faulty");
    input.removeAttribute("aria-invalid");
    says.classList.remove("bad");
    setText(says, hints.join(" "));
    fill(under);
  }

  /** @param {string} text @param {string} sentence @param {number | null} position */
  function complain(text, sentence, position) {
    input.classList.add("faulty");
    input.setAttribute("aria-invalid", "true");
    says.classList.add("bad");
    setText(says, sentence);
    if (position === null) fill(under);
    else fill(under, text.slice(0, position), h("span", { class: "fault-mark" }, text.slice(position, position + 1) || "\u00a0"));
    under.scrollLeft = input.scrollLeft;
  }

  input.addEventListener("input", () => look(input.value, true));
  input.addEventListener("change", () => {
    if (!input.classList.contains("faulty")) change({}, "formula", true);
  });
  input.addEventListener("scroll", () => {
    under.scrollLeft = input.scrollLeft;
  });

  function follow() {
    const { surface, formula } = store.get();
    element.hidden = surface !== null;
    if (surface !== null || formula === "") return;
    if (asked !== formula && input.value !== formula) input.value = formula;
    if (asked !== formula && document.activeElement !== input) look(formula, false);
    else if (asked !== formula && input.value === formula) look(formula, false);
  }

  store.watch(["surface", "formula"], follow);
  store.watch(["fault"], () => {
    const { fault, surface } = store.get();
    const { formula, info } = store.get();
    if (surface === null && fault && (fault.field ?? "").startsWith("surface.formula")) complain(formula, fault.detail, fault.position);
    else if (!fault && input.value === formula) clear(info?.hints ?? []);
  });
  follow();
  return { element };
}
