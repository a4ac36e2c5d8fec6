// A whole number with its name above and, where it is out of bounds, a sentence below.

import { parseTyped } from "../controls/scale.js";
import { h } from "../dom.js";
import { integer } from "../format.js";

/**
 * @typedef {import("../controls/scale.js").Parameter} Parameter
 *
 * @typedef {object} NumberField
 * @property {HTMLElement} element
 * @property {(value: number) => void} set
 * @property {(bounds: Parameter) => void} bound  new bounds; what is typed is read again
 * @property {(sentence: string | null) => void} fault  the server's own sentence
 * @property {() => boolean} faulty
 * @property {() => void} focus
 */

/**
 * @param {object} options
 * @param {Parameter} options.parameter
 * @param {number} options.value
 * @param {(value: number) => void} options.onChange
 * @returns {NumberField}
 */
export function numberField({ parameter, value, onChange }) {
  let bounds = parameter;
  let current = value;
  const box = h("input", { type: "text", inputmode: "numeric", class: "number-box", autocomplete: "off", spellcheck: "false", "aria-label": capital(parameter.name) });
  const range = h("span", { class: "number-range" });
  const fault = h("span", { class: "field-fault", role: "alert", hidden: true });
  const element = h("label", { class: "field number-field" }, h("span", { class: "label" }, capital(parameter.name)), box, range, fault);

  /** @param {string | null} sentence */
  function showFault(sentence) {
    fault.hidden = sentence === null;
    fault.textContent = sentence ?? "";
    range.hidden = sentence !== null;
    box.classList.toggle("faulty", sentence !== null);
    box.setAttribute("aria-invalid", String(sentence !== null));
  }
  function read() {
    const parsed = parseTyped(bounds, box.value);
    if ("fault" in parsed) return showFault(parsed.fault);
    showFault(null);
    if (parsed.value === current) return;
    current = parsed.value;
    onChange(current);
  }
  function sayRange() {
    range.textContent = bounds.high < 1e6 ? `${integer(bounds.low)} to ${integer(bounds.high)}` : `${integer(bounds.low)} or more`;
  }
  box.addEventListener("change", read);
  box.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    box.value = String(Math.min(bounds.high, Math.max(bounds.low, current + by * (event.shiftKey ? 10 : 1))));
    read();
  });
  box.value = String(value);
  sayRange();
  return {
    element,
    set(next) {
      if (next === current && !box.classList.contains("faulty")) return;
      current = next;
      box.value = String(next);
      showFault(null);
    },
    bound(next) {
      bounds = next;
      sayRange();
      const parsed = parseTyped(bounds, box.value);
      showFault("fault" in parsed ? parsed.fault : null);
    },
    fault: showFault,
    faulty: () => box.classList.contains("faulty"),
    focus: () => box.focus(),
  };
}

/** @param {string} text */
const capital = (text) => text[0].toUpperCase() + text.slice(1);
