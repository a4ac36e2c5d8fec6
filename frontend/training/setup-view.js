// The room before a race: one button that starts it, what it will be, who takes part, and the races that were.

import { fill, h, setText, svg } from "../dom.js";
import { createEarlier } from "./earlier.js";
import { createEntrants } from "./entrants.js";
import { word } from "./sentence.js";
import { createSetupForm } from "./setup-form.js";

/**
 * @typedef {import("./configuration.js").Configuration} Configuration
 * @typedef {import("./configuration.js").Catalogue} Catalogue
 */

/**
 * @param {object} options
 * @param {Catalogue} options.catalogue
 * @param {() => Configuration} options.configuration
 * @param {(patch: Partial<Configuration>, commit: boolean) => void} options.onChange
 * @param {(how: {rates: boolean}) => void} options.onStart  rates: each optimizer at several learning rates
 */
export function createSetupView({ catalogue, configuration, onChange, onStart }) {
  const form = createSetupForm({ catalogue, configuration, onChange: (patch) => onChange(patch, true) });
  const entrants = createEntrants({ catalogue, configuration, onChange: (optimizers, commit) => onChange({ optimizers }, commit), onGrid: () => begin(true) });
  const earlier = createEarlier(catalogue);
  const word_ = h("span", {}, "Start");
  const start = h("button", { type: "submit", class: "primary race-start" },
    svg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: "M5 3.200 12.500 8 5 12.800z", fill: "currentColor" })), word_);
  const sentence = h("p", { class: "sentence race-sentence" });
  const faults = h("div", { class: "setup-faults", role: "alert" });
  const device = h("p", { class: "setup-device" });
  const busy = h("p", { class: "setup-busy", role: "status" });
  const element = h(
    "form", { class: "room setup-view", novalidate: true, "aria-label": "A race to start" },
    h("div", { class: "stage" },
      h("header", { class: "race-head" },
        h("div", { class: "title-line" }, h("h1", { class: "room-title" }, "Train a network"), h("div", { class: "title-actions" }, start)),
        sentence, busy, faults),
      form.element, device, earlier.element),
    h("aside", { class: "rail", "aria-label": "Optimizers of the race" }, entrants.element),
  );
  /** @param {boolean} rates */
  function begin(rates) {
    if (form.focusFault() || entrants.focusFault()) return;
    onStart({ rates });
  }
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    begin(false);
  });

  return {
    element,
    update() {
      const count = configuration().optimizers.length;
      setText(sentence, count === 1
        ? "One optimizer trains the network. Add others to see them race."
        : `${word(count)} optimizers train the same network, from the same weights, on the same batches.`);
      form.update();
      entrants.update();
    },
    /** @param {string} text  what races are computed on */
    showDevice: (text) => setText(device, text),
    /** @param {string} words  whether a race would have to wait */
    showBusy: (words) => setText(busy, words),
    /** @param {import("./earlier.js").Listed[]} races */
    showEarlier: (races) => earlier.update(races),
    /** @param {boolean} busy  the request is under way */
    starting(busy) {
      start.disabled = busy;
      setText(word_, busy ? "Starting" : "Start");
    },
    /**
     * Sentences under the title, or at the field that one of them is about.
     * @param {string[]} sentences
     * @param {string | null} [field]
     */
    fault(sentences, field = null) {
      fill(faults);
      if (field !== null && sentences.length === 1) {
        if (form.fault(field, sentences[0])) return;
        if (field.startsWith("optimizers")) return entrants.fault(sentences[0]);
      }
      fill(faults, sentences.map((text) => h("p", { class: "field-fault" }, text)));
    },
  };
}
