// The field that sets the patience of early stopping, and the sentence that says what it would do. Empty is off.

import { parseTyped } from "../controls/scale.js";
import { h, setText } from "../dom.js";
import { MOST_PATIENCE, stoppingSentence } from "./stopping.js";

const BOUNDS = { name: "patience", symbol: "", meaning: "", default: 10, low: 1, high: MOST_PATIENCE, scale: /** @type {const} */ ("integer") };

/**
 * @param {(patience: number | null) => void} onChange
 */
export function createPatience(onChange) {
  const box = h("input", {
    type: "text", inputmode: "numeric", class: "number-box patience-box", placeholder: "off", autocomplete: "off", spellcheck: "false",
    "aria-label": "Patience of early stopping, in evaluations; empty is off", onchange: read, onkeydown: step,
  });
  const fault = h("p", { class: "field-fault", role: "alert", hidden: true });
  const field = h("label", { class: "patience right" }, h("span", { class: "aside" }, "patience"), box, h("span", { class: "aside patience-unit" }, "evaluations"));
  const words = h("p", { class: "stopping-words", role: "status", hidden: true });
  /** @type {number | null} */
  let current = null;

  /** @param {string | null} sentence */
  function showFault(sentence) {
    fault.hidden = sentence === null;
    setText(fault, sentence ?? "");
    box.classList.toggle("faulty", sentence !== null);
    box.setAttribute("aria-invalid", String(sentence !== null));
  }
  function read() {
    const text = box.value.trim();
    const parsed = text === "" || text === "off" ? { value: null } : parseTyped(BOUNDS, text);
    if ("fault" in parsed) return showFault(parsed.fault);
    showFault(null);
    if (parsed.value !== current) onChange(parsed.value);
  }
  /** @param {Event} event */
  function step(event) {
    const { key } = /** @type {KeyboardEvent} */ (event);
    const by = { ArrowUp: 1, ArrowDown: -1 }[key];
    if (by === undefined) return;
    event.preventDefault();
    // From off, the first press gives the usual number; below one it is off again.
    const next = current === null ? BOUNDS.default : current + by;
    box.value = next < BOUNDS.low ? "" : String(Math.min(BOUNDS.high, next));
    read();
  }

  return {
    field,
    /** Below the charts: a fault, or what the patience would do. */
    element: h("div", {}, fault, words),
    /**
     * @param {number | null} patience
     * @param {import("./run.js").Run[]} runs
     * @param {string[]} labels
     */
    update(patience, runs, labels) {
      if (patience !== current) {
        current = patience;
        box.value = patience === null ? "" : String(patience);
        showFault(null);
      }
      words.hidden = patience === null;
      setText(words, patience === null ? "" : stoppingSentence(runs, labels, patience));
    },
  };
}
