// The seed of noise and minibatches, and how many seeds every optimizer runs with. Shown where chance plays at all.

import { MOST_WAYS } from "../cloud.js";
import { parseTyped } from "../controls/scale.js";
import { slider } from "../controls/slider.js";
import { h, setText } from "../dom.js";
import { integer } from "../format.js";
import { isRandom } from "./state.js";

const SYMBOL = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>n</mi></math>';
const FRESH = 10_000; // new seeds lie below: short to read out, and enough of them

/** @param {number} count */
const ordinal = (count) => (count === 2 ? "other" : count === 3 ? "3rd" : `${integer(count)}th`);

/** @param {import("./room-context.js").Context} context */
export function createSeeds({ catalogue, store, change }) {
  const most = catalogue.limits.seed ?? 2 ** 32 - 1;
  const says = h("p", { class: "surface-sentence" });
  const fault = h("p", { class: "field-fault", role: "alert", hidden: true });
  const seed = h("input", { type: "text", inputmode: "numeric", class: "number-box seed-box", "aria-label": "Seed", autocomplete: "off" });
  const fresh = h("button", { type: "button", class: "quiet", title: "Draw other noise and minibatches of the same kind" }, "New seed");
  const count = slider({
    parameter: { name: "seeds", symbol: SYMBOL, meaning: "runs of every optimizer, each with a seed of its own", default: 1, low: 1, high: catalogue.limits.seeds ?? 1, scale: "integer" },
    value: store.get().seeds, label: "Seeds", onInput: (seeds) => change({ seeds }, "seeds", false), onCommit: (seeds) => change({ seeds }, "seeds", true),
  });
  const element = h(
    "div", { class: "chance seeds", hidden: true },
    h("div", { class: "point-line" }, h("span", { class: "point-name" }, "seed"), seed, fresh), fault,
    h("div", { class: "surface-sliders" }, h("div", { class: "row-line" }, count.element)), says,
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
    const state = store.get();
    element.hidden = !isRandom(state);
    if (element.hidden) return;
    count.set(state.seeds);
    if (!(document.activeElement === seed && seed.classList.contains("faulty"))) seed.value = String(state.seed);
    setText(says, words(state));
  }

  /** @param {import("./session.js").State} state */
  function words({ seeds, seed: first, picture }) {
    if (seeds === 1) return `Everybody draws from seed ${integer(first)}. More seeds show what was luck.`;
    const stride = picture?.runs[0]?.trajectory.ensemble?.singles[0].stride ?? 1;
    const ways = seeds > MOST_WAYS ? `the first ${MOST_WAYS} runs` : "the runs";
    const thinned = stride > 1 ? ` (every ${ordinal(stride)} step)` : "";
    return `Seeds ${integer(first)} to ${integer(first + seeds - 1)}. Thick: their median at each step, in x and in y, which no run need follow; `
      + `thin: ${ways}${thinned}; dots: all of them; band: the middle 80 %. A run that has ended stays where it did.`;
  }

  store.watch(["noise", "batch", "entries", "seed", "seeds", "picture"], update);
  update();
  return { element };
}
