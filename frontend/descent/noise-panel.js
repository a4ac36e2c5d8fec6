// Noise on the gradient, the same for every optimizer; folded away at first.

import { slider } from "../controls/slider.js";
import { h, setText } from "../dom.js";
import { number } from "../format.js";
import { createDrawer } from "./drawers.js";

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
  const element = createDrawer({ store, change }, "noise", "Noise on the gradients", told, says, h("div", { class: "surface-sliders" }, h("div", { class: "row-line" }, sigma.element)));
  element.classList.add("noise");

  function update() {
    const { noise } = store.get();
    sigma.set(noise);
    setText(told, noise === 0 ? "off" : `σ = ${number(noise)}`);
  }

  store.watch(["noise"], update);
  update();
  return { element };
}
