// Below an optimizer's sliders: its limits of stability, and on a quadratic its exact rates and the quickest values to take.

import { fill, h, mathml, setText } from "../dom.js";
import { number } from "../format.js";
import { best, limits, rates, reachable } from "./theory.js";

const AFTER = { taken: " These are taken.", beyond: " That lies beyond the slider.", free: "", none: "" };

/**
 * @param {object} options
 * @param {string} options.title
 * @param {import("../controls/scale.js").Parameter[]} options.parameters
 * @param {(values: Record<string, number>) => void} options.take
 */
export function createTheory({ title, parameters, take }) {
  const stable = h("p", {});
  const factors = h("p", {});
  const before = h("span", {});
  const after = h("span", {});
  const button = h("button", { type: "button", class: "button theory-take", "aria-label": `Take the quickest values for ${title}`, onclick: () => {
    if (optimum) take(optimum);
  } });
  const quickest = h("p", {}, before, button, after);
  const element = h("div", { class: "row-theory" }, stable, factors, quickest);
  /** @type {Record<string, number> | null} */
  let optimum = null;
  let named = "";

  return {
    element,
    /**
     * @param {import("./theory.js").Theory | null} theory  null while the optimizer is off
     * @param {Record<string, number>} values
     */
    update(theory, values) {
      const quadratic = theory?.quadratic ?? null;
      setText(stable, theory ? limits(theory) : "");
      stable.hidden = stable.textContent === "";
      factors.hidden = quadratic === null;
      optimum = quadratic?.optimum ?? null;
      quickest.hidden = optimum === null;
      element.hidden = stable.hidden && factors.hidden;
      if (!quadratic) return;
      setText(factors, rates(quadratic));
      if (!optimum) return;
      const state = reachable(quadratic, values, parameters);
      setText(before, best(quadratic));
      setText(after, AFTER[state]);
      button.disabled = state !== "free";
      const key = JSON.stringify(optimum);
      if (named === key) return;
      named = key;
      const chosen = optimum;
      fill(button, parameters.filter(({ name }) => name in chosen).flatMap(({ name, symbol }, i) => [i > 0 ? ", " : null, mathml(symbol), ` = ${number(chosen[name])}`]));
    },
  };
}
