// One line of the rail: symbol, track, reset, number box. Everything that can be dragged can be typed and reached by keys.

import { h, mathml } from "../dom.js";
import { typed } from "../format.js";
import { decades, keyStep, parseTyped, toPosition, toValue } from "./scale.js";

/**
 * @typedef {import("./scale.js").Parameter} Parameter
 * @typedef {{value: number, label: string, subscript?: string, tail?: string} | null} Limit  where theory draws its line on this track
 *
 * @typedef {object} Slider
 * @property {HTMLElement} element
 * @property {(value: number) => void} set
 * @property {(limit: Limit, atMinimum?: number | null) => void} setLimit  a line with its name, and where theory draws it at the minimum, marked +
 */

/**
 * @param {object} options
 * @param {Parameter} options.parameter
 * @param {number} options.value
 * @param {number} [options.initial]  what reset returns to; the parameter's default when left out
 * @param {string} options.label  the accessible name, e.g. "lr of Adam"
 * @param {(value: number) => void} options.onInput  while dragging, once per event
 * @param {(value: number) => void} options.onCommit  on letting go, Enter, reset
 * @returns {Slider}
 */
export function slider({ parameter, value, initial = parameter.default, label, onInput, onCommit }) {
  const range = h("input", {
    type: "range", class: "slider-range", min: 0, max: 1, step: "any", "aria-label": label,
  });
  const box = h("input", {
    type: "text", inputmode: "decimal", class: "number-box", "aria-label": `${label}, number`, autocomplete: "off", spellcheck: "false",
  });
  const reset = h("button", { type: "button", class: "reset", "aria-label": `Reset ${label}`, title: `Back to ${typed(initial)}` }, "↺");
  const tick = h("span", { class: "slider-limit", hidden: true });
  const tickLabel = h("span", { class: "slider-limit-label", hidden: true });
  const second = h("span", { class: "slider-limit-minimum", hidden: true });
  const marks = decades(parameter).map((at) => h("span", { class: "slider-mark", "--at": at }));
  const track = h("span", { class: "slider-track", "aria-hidden": "true" }, marks, second, tick, tickLabel);
  const fault = h("p", { class: "field-fault", role: "alert", hidden: true });
  const element = h(
    "div", { class: "slider" },
    h("span", { class: "slider-symbol", title: parameter.meaning }, mathml(parameter.symbol)),
    h("span", { class: "slider-well" }, track, range),
    reset, box, fault,
  );
  let current = value;
  let limitShown = "";

  /** @param {number} next */
  function set(next) {
    current = next;
    const position = toPosition(parameter, next);
    range.value = String(position);
    range.setAttribute("aria-valuetext", typed(next));
    element.style.setProperty("--position", String(position));
    element.classList.toggle("changed", next !== initial);
    reset.disabled = next === initial;
    if (document.activeElement !== box) box.value = typed(next);
    showFault(null);
  }

  /** @param {string | null} sentence */
  function showFault(sentence) {
    fault.hidden = sentence === null;
    fault.textContent = sentence ?? "";
    box.classList.toggle("faulty", sentence !== null);
    box.toggleAttribute("aria-invalid", sentence !== null);
  }

  /**
   * @param {number} next
   * @param {boolean} commit
   */
  function change(next, commit) {
    box.value = typed(next);
    if (next !== current) {
      set(next);
      onInput(next);
    }
    if (commit) onCommit(next);
  }

  range.addEventListener("input", () => change(toValue(parameter, Number(range.value)), false));
  range.addEventListener("change", () => onCommit(current));
  range.addEventListener("dblclick", () => change(initial, true));
  range.addEventListener("keydown", (event) => {
    const step = keyStep(parameter, event.shiftKey);
    const position = toPosition(parameter, current);
    /** @type {Record<string, number>} */
    const moves = {
      ArrowRight: position + step, ArrowUp: position + step, ArrowLeft: position - step, ArrowDown: position - step,
      Home: 0, End: 1,
    };
    if (event.key === "Delete" || event.key === "Backspace") change(initial, true);
    else if (event.key in moves) change(toValue(parameter, moves[event.key]), true);
    else return;
    event.preventDefault();
  });
  reset.addEventListener("click", () => change(initial, true));
  box.addEventListener("input", () => {
    const parsed = parseTyped(parameter, box.value);
    if ("value" in parsed && parsed.value !== current) {
      const text = box.value;
      set(parsed.value);
      box.value = text;
      onInput(parsed.value);
    }
  });
  box.addEventListener("change", () => {
    const parsed = parseTyped(parameter, box.value);
    if ("fault" in parsed) showFault(parsed.fault);
    else change(parsed.value, true);
  });
  box.addEventListener("blur", () => {
    if (!box.classList.contains("faulty")) box.value = typed(current);
  });

  set(value);
  return {
    element,
    set,
    setLimit(limit, atMinimum = null) {
      const key = `${limit?.value} ${limit?.label} ${atMinimum}`;
      if (key === limitShown) return; // it is told with every reply, and seldom changes
      limitShown = key;
      second.hidden = atMinimum === null || atMinimum <= parameter.low || atMinimum >= parameter.high;
      if (atMinimum !== null) second.style.setProperty("--at", String(toPosition(parameter, atMinimum)));
      const shown = limit !== null && limit.value > parameter.low && limit.value < parameter.high;
      tick.hidden = !shown;
      tickLabel.hidden = !shown;
      element.classList.toggle("limited", shown);
      if (!shown) return;
      const at = toPosition(parameter, limit.value);
      element.style.setProperty("--limit", String(at));
      tickLabel.replaceChildren(limit.label, h("sub", {}, limit.subscript ?? ""), limit.tail ?? "");
    },
  };
}
