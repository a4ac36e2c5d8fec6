// Running averages, folded away at first: a sequence with its two means, and below it what such means make of the
// learning rate in each coordinate. What belongs to a run is asked for only while the panel is open.

import { Refused, request } from "../api.js";
import { slider } from "../controls/slider.js";
import { fill, h, mathml, setText } from "../dom.js";
import { givingWay, perFrame } from "../frames.js";
import { integer } from "../format.js";
import { token } from "../theme.js";
import { averagePicture, averageTable } from "./average-drawing.js";
import { BETA, SEQUENCES, given, means, parseNumbers, words } from "./averages.js";
import { gradientsOf } from "./coordinate-rates.js";
import { createCoordinateRates } from "./coordinate-rates-view.js";
import { createDrawer } from "./drawers.js";
import { looks } from "./look.js";
import { question } from "./question.js";
import { inspected } from "./state.js";
import { createStrip } from "./strip.js";

/** @typedef {import("./coordinate-rates.js").CoordinateRates} CoordinateRates */

const MATH = "http://www.w3.org/1998/Math/MathML";
const RULE = `<math xmlns="${MATH}"><msub><mi>v</mi><mi>t</mi></msub><mo>=</mo><mi>β</mi><msub><mi>v</mi><mrow><mi>t</mi><mo>−</mo><mn>1</mn></mrow></msub>`
  + `<mo>+</mo><mo>(</mo><mn>1</mn><mo>−</mo><mi>β</mi><mo>)</mo><msub><mi>x</mi><mi>t</mi></msub><mo>,</mo><mspace width="1em"/>`
  + `<msub><mover><mi>v</mi><mo>^</mo></mover><mi>t</mi></msub><mo>=</mo><msub><mi>v</mi><mi>t</mi></msub><mo>/</mo>`
  + `<mo>(</mo><mn>1</mn><mo>−</mo><msup><mi>β</mi><mi>t</mi></msup><mo>)</mo></math>`;
/** @type {import("../controls/scale.js").Parameter} */
const MEMORY = {
  name: "β", symbol: `<math xmlns="${MATH}"><mi>β</mi></math>`, meaning: "share of the mean that each step keeps", default: BETA.usual, low: BETA.low,
  high: BETA.high, scale: "linear",
};

/** @param {import("./room-context.js").Context} context */
export function createAverages({ catalogue, store, change }) {
  let shown = store.get().average;
  const option = (/** @type {typeof SEQUENCES[number]} */ { value, text }) => h("option", { value }, text);
  const along = h("optgroup", { label: "Along the path" }, SEQUENCES.filter((each) => each.along).map(option));
  const sequence = h("select", { class: "select", "aria-label": "Sequence" }, SEQUENCES.filter((each) => !each.along).map(option), along);
  const beta = slider({
    parameter: MEMORY, value: shown.beta, label: "β of the mean",
    onInput: (value) => edit({ beta: value }, "beta", false), onCommit: (value) => edit({ beta: value }, "beta", true),
  });
  const square = h("input", { type: "checkbox" });
  const numbers = h("input", { type: "text", class: "graph-formula", "aria-label": "Numbers", "aria-describedby": "average-fault", autocomplete: "off", spellcheck: "false" });
  const fault = h("p", { class: "graph-says bad", id: "average-fault", role: "status" });
  const says = h("p", { class: "average-words", "aria-live": "polite" });
  const strip = createStrip({ height: 190, caption: "x" });
  const table = h("div", { class: "graph-scroll", role: "group", "aria-label": "The numbers", tabindex: 0, hidden: true }); // it scrolls: keys must reach it
  const rates = createCoordinateRates();
  const element = createDrawer({ store, change }, "averages", "Running averages", "with and without bias correction; learning rates per coordinate",
    h("div", { class: "average-head" }, sequence, beta.element,
      h("label", { class: "average-square", title: "Average the squares, as Adam’s v does" }, square, "of the squares")),
    numbers, fault, h("p", { class: "average-rule" }, mathml(RULE)), says, strip.element, table, rates.element);
  element.classList.add("averages-panel");
  /** @type {CoordinateRates | null} */
  let found = null;
  let asked = "";
  let complaint = "";
  let whose = -1; // id of the entry that was asked about
  /** @type {AbortController | null} */
  let asking = null;

  const stands = () => store.get().open.includes("averages");

  /** @param {Partial<import("./averages.js").Average>} patch @param {string} field @param {boolean} commit */
  function edit(patch, field, commit) {
    change({ average: { ...shown, ...patch } }, `average.${field}`, commit);
  }

  /** The face of the run whose gradients are shown. */
  const look = () => {
    const { picture, theme } = store.get();
    return picture ? looks(catalogue, picture.settings.entries, theme).get(whose) : undefined;
  };

  async function ask() {
    const { picture } = store.get();
    if (!stands() || !picture) return;
    const entry = inspected(picture.settings);
    if (!entry) {
      asking?.abort();
      asking = null;
      nothing("No optimizer runs.");
      return;
    }
    const body = question(picture.settings);
    const wanted = JSON.stringify(body);
    if (wanted === asked) return;
    asked = wanted;
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    try {
      const answer = /** @type {CoordinateRates} */ (await request("/api/coordinate-rates", { method: "POST", body, signal: mine.signal }));
      if (asking !== mine) return;
      found = answer;
      whose = entry.id;
      draw();
    } catch (error) {
      if (asking === mine) nothing(error instanceof Refused ? error.message : "The rates could not be shown.");
    }
  }

  /** @param {string} sentence  why there is nothing to show; the next change asks again */
  function nothing(sentence) {
    asked = "";
    found = null;
    complaint = sentence;
    draw();
  }

  function draw() {
    if (!stands()) return;
    drawMeans();
    const { picture } = store.get();
    rates.draw(found, look() ?? { colour: token("ink"), title: found?.optimizer ?? "" }, picture?.settings.steps ?? 1);
    head();
  }

  function drawMeans() {
    const fixed = given(shown);
    const axis = shown.sequence === "gradient_y" ? 1 : 0;
    const values = fixed ?? (found ? gradientsOf(found, axis) : []);
    strip.element.hidden = table.hidden = values.length === 0;
    if (values.length === 0) {
      setText(says, complaint || "No step is taken, so there is no gradient to average.");
      return;
    }
    const averaged = shown.square ? values.map((x) => x * x) : values;
    const both = means(averaged, shown.beta);
    const cut = !fixed && found && values.length < found.count ? ` The first ${integer(values.length)} of ${integer(found.count)} steps are shown.` : "";
    const text = words(shown.beta, values.length) + cut;
    setText(says, text);
    const name = SEQUENCES.find(({ value }) => value === shown.sequence)?.text ?? "";
    const measured = fixed ? "x" : `${name} along ${look()?.title ?? "the path"}`;
    const inks = { sequence: (!fixed && look()?.colour) || token("ink3"), mean: token("ink") };
    strip.draw(averagePicture(averaged, both, shown.square ? "the squares" : "the sequence", inks), `${name} and its running means. ${text}`, shown.square ? `square of ${measured}` : measured);
    fill(table, averageTable(values, both, shown.square));
  }

  function head() {
    if (!stands()) return;
    const { step } = store.get();
    rates.head(step, complaint);
    strip.setCursor(given(shown) === null ? step + 1 : null); // x₁ is the gradient at the start
  }

  /** The store has the last word: a link or Back may have opened the panel, or changed what it shows. */
  function follow() {
    shown = store.get().average;
    sequence.value = shown.sequence;
    beta.set(shown.beta);
    square.checked = shown.square;
    numbers.hidden = shown.sequence !== "numbers";
    if (document.activeElement !== numbers) numbers.value = shown.numbers.join(", ");
    if (numbers.hidden || document.activeElement !== numbers) complain("");
    ask();
    draw();
  }

  /** @param {string} sentence */
  function complain(sentence) {
    setText(fault, sentence);
    numbers.classList.toggle("faulty", sentence !== "");
    numbers.toggleAttribute("aria-invalid", sentence !== "");
  }

  sequence.addEventListener("change", () => edit({ sequence: /** @type {import("./averages.js").Sequence} */ (sequence.value) }, "sequence", true));
  square.addEventListener("change", () => edit({ square: square.checked }, "square", true));
  numbers.addEventListener("input", () => {
    const parsed = parseNumbers(numbers.value);
    complain("fault" in parsed ? parsed.fault : "");
    if ("values" in parsed) edit({ numbers: parsed.values }, "numbers", true);
  });
  store.watch(["average", "open"], perFrame(follow));
  store.watch(["picture", "held"], givingWay(() => store.get().held, ask, 250));
  store.watch(["theme"], perFrame(draw));
  store.watch(["step"], perFrame(head));
  follow();
  return { element };
}
