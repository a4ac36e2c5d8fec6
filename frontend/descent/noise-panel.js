// Noise on the gradient, the same for every optimizer, and the seed that it is drawn from.

import { parseTyped } from "../controls/scale.js";
import { slider } from "../controls/slider.js";
import { h, setText } from "../dom.js";
import { integer, number } from "../format.js";

const MATH = "http://www.w3.org/1998/Math/MathML";
/** Zero is off; a thousandth to a thousand spans the gradients of all surfaces. @type {import("../controls/scale.js").Parameter} */
const SIGMA = {
  name: "noise", symbol: `<math xmlns="${MATH}"><mi>σ</mi></math>`, meaning: "standard deviation of each component of the gradient's noise",
  default: 0, low: 1e-3, high: 1e3, scale: "log", off: true,
};
const FRESH = 10_000; // new seeds lie below: short to read out, and enough of them

/** @param {import("./room-context.js").Context} context */
export function createNoise({ catalogue, store, change }) {
  const most = catalogue.limits.seed ?? 2 ** 32 - 1;
  const says = h("p", { class: "surface-sentence" });
  const fault = h("p", { class: "field-fault", role: "alert", hidden: true });
  const sigma = slider({
    parameter: SIGMA, value: store.get().noise, label: "Noise",
    onInput: (noise) => change({ noise }, "noise", false), onCommit: (noise) => change({ noise }, "noise", true),
  });
  const seed = h("input", { type: "text", inputmode: "numeric", class: "number-box seed-box", "aria-label": "Seed", autocomplete: "off" });
  const fresh = h("button", { type: "button", class: "quiet", title: "Draw other noise of the same strength" }, "New seed");
  const element = h(
    "div", { class: "noise" }, says,
    h("div", { class: "surface-sliders" }, h("div", { class: "row-line" }, sigma.element)),
    h("div", { class: "point-line" }, h("span", { class: "point-name" }, "seed"), seed, fresh), fault,
  );

  seed.addEventListener("change", () => {
    const parsed = parseTyped({ name: "seed", low: 0, high: most, scale: "integer", symbol: "", meaning: "", default: 0 }, seed.value.replaceAll(",", ""));
    const sentence = "fault" in parsed ? parsed.fault : null;
    seed.classList.toggle("faulty", sentence !== null);
    fault.hidden = sentence === null;
    setText(fault, sentence ?? "");
    if ("value" in parsed) change({ seed: parsed.value }, "seed", true);
  });
  fresh.addEventListener("click", () => {
    // One of the others: the same noise again would look like a button that does nothing.
    const next = Math.floor(Math.random() * (FRESH - 1));
    change({ seed: next >= store.get().seed ? next + 1 : next }, "seed", true);
  });

  function update() {
    const { noise, seed: present } = store.get();
    sigma.set(noise);
    if (!(document.activeElement === seed && seed.classList.contains("faulty"))) seed.value = String(present);
    setText(says, noise === 0
      ? "Noise on the gradients: off."
      : `Every gradient is off by normal noise of σ = ${number(noise)}, the same for all; seed ${integer(present)}.`);
  }

  store.watch(["noise", "seed"], update);
  update();
  return { element };
}
