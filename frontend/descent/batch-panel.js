// How many rows of a sum over data each step sees. Shown for such surfaces alone.

import { slider } from "../controls/slider.js";
import { fill, h, setText } from "../dom.js";
import { integer } from "../format.js";
import { surfaceOf } from "./state.js";

const SYMBOL = '<math xmlns="http://www.w3.org/1998/Math/MathML"><msub><mi>n</mi><mi>b</mi></msub></math>';

/** @param {import("./room-context.js").Context} context */
export function createBatch({ catalogue, store, change }) {
  const says = h("p", { class: "surface-sentence" });
  const line = h("div", { class: "row-line" });
  const element = h("div", { class: "chance batch", hidden: true }, says, h("div", { class: "surface-sliders" }, line));
  /** @type {import("../controls/slider.js").Slider | null} */
  let size = null;
  let builtFor = 0;

  /** @param {number} rows */
  function build(rows) {
    // All rows are no minibatch: the slider's upper end is the whole sum, and the usual state.
    /** @param {number} value @param {boolean} commit */
    const take = (value, commit) => change({ batch: value === rows ? 0 : value }, "batch", commit);
    size = slider({
      parameter: { name: "batch", symbol: SYMBOL, meaning: "rows of the data that a step sees", default: rows, low: 1, high: rows, scale: "integer" },
      value: rows, label: "Batch size", onInput: (value) => take(value, false), onCommit: (value) => take(value, true),
    });
    builtFor = rows;
    fill(line, size.element);
  }

  function update() {
    const { surface, batch } = store.get();
    const rows = surfaceOf(catalogue, surface)?.data?.rows.length ?? 0;
    element.hidden = rows === 0;
    if (rows === 0) return;
    if (rows !== builtFor) build(rows);
    size?.set(batch || rows);
    setText(says, batch === 0
      ? `Every step sees all ${integer(rows)} rows of the data.`
      : `Every step sees ${integer(batch)} of ${integer(rows)} rows, drawn from the seed, the same for all; the curves show the whole sum.`);
  }

  store.watch(["surface", "batch"], update);
  update();
  return { element };
}
