// A choice of a few, shown as one bar of buttons (radio semantics: arrows move, one is always chosen).

import { h } from "../dom.js";

/**
 * @template {string} T
 * @param {object} options
 * @param {string} options.label  accessible name of the group
 * @param {{value: T, text: string}[]} options.choices
 * @param {T} options.value
 * @param {(value: T) => void} options.onChange
 * @returns {{element: HTMLElement, set: (value: T) => void}}
 */
export function segmented({ label, choices, value, onChange }) {
  const buttons = choices.map((choice) =>
    h("button", { type: "button", role: "radio", class: "segment", "data-value": choice.value }, choice.text),
  );
  const element = h("div", { class: "segmented", role: "radiogroup", "aria-label": label }, buttons);
  let current = value;

  /** @param {T} next */
  function set(next) {
    current = next;
    const any = choices.some((choice) => choice.value === next);
    buttons.forEach((button, index) => {
      const chosen = choices[index].value === next;
      button.setAttribute("aria-checked", String(chosen));
      // Where the choice lies elsewhere, the first button is the way in.
      button.tabIndex = chosen || (!any && index === 0) ? 0 : -1;
    });
  }

  /** @param {number} index */
  function choose(index) {
    const next = choices[(index + choices.length) % choices.length].value;
    if (next === current) return;
    set(next);
    onChange(next);
  }

  buttons.forEach((button, index) => {
    button.addEventListener("click", () => choose(index));
    button.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      choose(index + by);
      buttons[(index + by + buttons.length) % buttons.length].focus();
    });
  });
  set(value);
  return { element, set };
}
