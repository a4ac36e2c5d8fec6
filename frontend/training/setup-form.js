// The stage of a race that is yet to start: images, network, a few whole numbers, and folded away what few will change.

import { drawer } from "../controls/drawer.js";
import { fill, h, setText } from "../dom.js";
import { integer } from "../format.js";
import { createCloser } from "./closer.js";
import { defaultImages, heldOut, numbers } from "./configuration.js";
import { numberField } from "./number-field.js";

/**
 * @typedef {import("./configuration.js").Configuration} Configuration
 * @typedef {import("./configuration.js").Catalogue} Catalogue
 */

const FOLDED = ["validation_size", "crop"];
const CLOSER = "sharpness_every"; // stands folded, too, beside what else a race may look at

/**
 * @param {object} options
 * @param {Catalogue} options.catalogue
 * @param {() => Configuration} options.configuration
 * @param {(patch: Partial<Configuration>) => void} options.onChange
 */
export function createSetupForm({ catalogue, configuration, onChange }) {
  const datasets = choices("Images", "dataset", catalogue.datasets, (dataset) =>
    onChange({ dataset, train_size: defaultImages(dataset, catalogue), validation_size: heldOut(dataset, catalogue) }));
  const networks = choices("Network", "network", catalogue.networks, (network) => onChange({ network }));
  const fields = Object.fromEntries(numbers(configuration(), catalogue).map((parameter) => [
    parameter.field,
    numberField({ parameter, value: Number(configuration()[parameter.field]), onChange: (value) => onChange({ [parameter.field]: value }) }),
  ]));
  const flip = h("input", { type: "checkbox", class: "choice-input", onchange: () => onChange({ flip: flip.checked }) });
  const shown = (/** @type {boolean} */ folded) => Object.entries(fields).filter(([name]) => name !== CLOSER && FOLDED.includes(name) === folded).map(([, field]) => field.element);
  const closer = createCloser({ catalogue, field: fields[CLOSER].element, onChange });
  const more = drawer(
    "Validation and augmentation", "images held out, crop, mirror",
    h("div", { class: "setup-numbers" }, shown(true)),
    h("label", { class: "choice setup-flip" }, flip, h("span", { class: "choice-title" }, "Mirror images"),
      h("span", { class: "choice-sentence" }, "Half of the training images. Like the crop, a random shift, it is the same for every optimizer.")),
  );
  const work = h("p", { class: "setup-work", role: "status" });
  const layers = h("ol", { class: "setup-layers" });
  const element = h(
    "div", { class: "setup-form" },
    datasets.element,
    networks.element, layers,
    h("fieldset", { class: "setup-group" }, h("legend", { class: "section-head" }, "Run"),
      h("div", { class: "setup-numbers" }, shown(false)), work, more, closer.element),
  );

  /** @param {string} name  of a field that must be seen */
  function unfold(name) {
    if (FOLDED.includes(name)) more.open = true;
    if (name === CLOSER) closer.element.open = true;
  }

  let opened = "";

  return {
    element,
    /** Show the configuration, bounds included. */
    update() {
      const now = configuration();
      datasets.set(now.dataset);
      networks.set(now.network);
      flip.checked = now.flip;
      // What a link has changed must be seen; what the hand folds stays folded until something else has changed.
      const changed = [now.crop, now.flip, now.validation_size !== heldOut(now.dataset, catalogue)].join(" ");
      if (changed !== opened && changed !== "0 false false") more.open = true;
      opened = changed;
      closer.update(now);
      const network = catalogue.networks.find((each) => each.name === now.network);
      fill(layers, (network?.layers ?? []).map((layer) => h("li", {}, layer)));
      for (const parameter of numbers(now, catalogue)) {
        fields[parameter.field].set(Number(now[parameter.field]));
        fields[parameter.field].bound(parameter);
      }
      const perEpoch = Math.floor(Number(now.train_size) / now.batch_size);
      setText(work, perEpoch < 1 ? "" : `${integer(perEpoch)} steps an epoch, ${integer(perEpoch * now.epochs)} steps for each optimizer${repeatedWords(now)}`);
    },
    /**
     * @param {string} field
     * @param {string} sentence
     * @returns {boolean}  whether the field stands here
     */
    fault(field, sentence) {
      if (!(field in fields)) return false;
      unfold(field);
      fields[field].fault(sentence);
      fields[field].focus();
      return true;
    },
    /** Put the focus on the first box that holds no good number. @returns {boolean} whether there is one */
    focusFault() {
      const [name, faulty] = Object.entries(fields).find(([, field]) => field.faulty()) ?? ["", undefined];
      unfold(name);
      faulty?.focus();
      return faulty !== undefined;
    },
  };
}

/** What repeats cost. @param {Configuration} configuration */
function repeatedWords({ repeats = 1, seed, optimizers }) {
  if (repeats === 1) return "";
  return `; ${integer(repeats)} times over, with the seeds ${seed} to ${seed + repeats - 1}: ${integer(repeats * optimizers.length)} runs, ${integer(repeats)} times the work`;
}

/**
 * One of a few, each with its sentence. A single one is told, not asked.
 * @param {string} title
 * @param {string} name
 * @param {{name: string, title: string, sentence: string}[]} entries
 * @param {(name: string) => void} onChoose
 */
function choices(title, name, entries, onChoose) {
  const inputs = entries.map((entry) =>
    h("input", { type: "radio", name, value: entry.name, class: "choice-input", onchange: () => onChoose(entry.name) }));
  const element = h(
    "fieldset", { class: "setup-group" },
    h("legend", { class: "section-head" }, title),
    entries.map((entry, index) => h(
      "label", { class: "choice" },
      entries.length > 1 && inputs[index],
      h("span", { class: "choice-title" }, entry.title),
      h("span", { class: "choice-sentence" }, entry.sentence),
    )),
  );
  return {
    element,
    /** @param {string} chosen */
    set(chosen) {
      for (const input of inputs) input.checked = input.value === chosen;
    },
  };
}
