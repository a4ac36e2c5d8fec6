// Noise on the gradient, the same for every optimizer; folded away while there is none.

import { slider } from "../controls/slider.js";
import { h, setText } from "../dom.js";
import { number } from "../format.js";

const MATH = "http://www.w3.org/1998/Math/MathML";
/** Zero is off; a thousandth to a thousand spans the gradients of all surfaces. @type {import("../controls/scale.js").Parameter} */
const SIGMA = {
  name: "noise", symbol: `<math xmlns="${MATH}"><mi>σ</mi></math>`, meaning: "standard deviation of each component of the gradient's noise",
  default: 0, low: 1e-3, high: 1e3, scale: "log", off: true,
};

/** @param {import("./room-context.js").Context} context */
export function createNoise({ store, change }) {
  const told = h("span", { class: "noise-told" });
  const says = h("p", { class: "surface-sentence" }, "Every gradient is off by normal noise of this σ, the same for all optimizers.");
  const sigma = slider({
    parameter: SIGMA, value: store.get().noise, label: "Noise",
    onInput: (noise) => change({ noise }, "noise", false), onCommit: (noise) => change({ noise }, "noise", true),
  });
  const element = h(
    "details", { class: "noise", open: store.get().noise > 0 }, h("summary", {}, "Noise on the gradients", told),
    says, h("div", { class: "surface-sliders" }, h("div", { class: "row-line" }, sigma.element)),
  );
  let before = store.get().noise;

  function update() {
    const { noise } = store.get();
    sigma.set(noise);
    setText(told, noise === 0 ? "off" : `σ = ${number(noise)}`);
    // Noise that a link brings is in sight; what goes with Back folds away, unless a hand is on the slider.
    if (noise > 0 && before === 0) element.open = true;
    if (noise === 0 && before > 0 && !element.contains(document.activeElement)) element.open = false;
    before = noise;
  }

  store.watch(["noise"], update);
  update();
  return { element };
}
