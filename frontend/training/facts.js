// What a race was run with: the line that says it is fair, and the figures that would repeat it.

import { fromAsked, inWords } from "../controls/schedules.js";
import { inked, swatch } from "../controls/swatch.js";
import { fill, h, setText } from "../dom.js";
import { integer, typed } from "../format.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("../catalogue.js").Catalogue} Catalogue
 * @typedef {import("../palette.js").Ink} Ink
 */

/** @param {Catalogue} catalogue */
export function createFacts(catalogue) {
  const fair = h("p", { class: "fair" });
  const figures = h("p", { class: "fact-figures" });
  const list = h("ul", { class: "race-facts" });
  const findings = h("ul", { class: "race-findings" });
  const found = h("div", { class: "below-section", hidden: true }, h("h2", { class: "section-head" }, "What it shows"), findings);
  const element = h("section", { class: "rail-section", "aria-label": "Set-up of the race" }, h("h2", { class: "section-head" }, "Set-up"), figures, list);
  let built = "";

  return {
    fair,
    found,
    element,
    /**
     * @param {Race} race
     * @param {string[]} labels
     * @param {Ink[]} inks
     */
    update(race, labels, inks) {
      const { request } = race;
      if (!request) return;
      setText(fair, `Same initial weights, same batches in the same order. ${fairness(race)}`);
      const key = [race.id, race.parameters, race.images?.train, ...labels, race.runs.length].join("\n");
      if (key === built) return;
      built = key;
      found.hidden = race.findings.length === 0;
      fill(findings, race.findings.map((text) => h("li", {}, text)));
      const dataset = catalogue.datasets.find((each) => each.name === request.dataset);
      const network = catalogue.networks.find((each) => each.name === request.network);
      const images = race.images?.train ?? request.train_size ?? dataset?.train;
      const held = race.images?.validation ?? dataset?.validation;
      setText(figures, [
        images && `${integer(images)} training images`, held && `${integer(held)} for validation`,
        `batches of ${integer(request.batch_size)}`, network && `${integer(network.parameters)} weights`,
      ].filter(Boolean).map((text) => String(text).replaceAll(" ", "\u00a0")).join(" · "));
      fill(list, race.runs.map((run) => {
        const values = race.entrants[run.entrant];
        const known = catalogue.optimizers.find((each) => each.name === run.name);
        const numbers = (known?.training_parameters ?? []).filter(({ name, default: usual }) => name in (known?.training ?? {}) || values[name] !== usual).map(({ name }) => `${name} ${typed(Number(values[name]))}`);
        const words = [...numbers, inWords(catalogue, fromAsked(catalogue, values.schedule))].filter(Boolean).join(", ");
        const row = h("li", {}, swatch(inks[run.entrant]), h("span", { class: "fact-name" }, known?.title ?? run.title), h("span", { class: "fact-values" }, run.origin ? `${words}, from step ${integer(run.origin.step)} of ${labels[run.origin.parent]}` : words));
        inked(row, inks[run.entrant]);
        return row;
      }));
    },
  };
}

/** @param {Race} race */
function fairness({ request, fingerprint, fingerprints }) {
  const spaced = fingerprints.map((each) => each.replace(/(.{4})(?=.)/g, "$1\u2009")).join(", ");
  const repeats = request?.repeats ?? 1;
  const seed = Number(request?.seed);
  if (repeats > 1) return `In each repeat its own: seeds ${seed} to ${seed + repeats - 1}${fingerprint ? `, fingerprints ${spaced}` : ""}.`;
  return fingerprint ? `Seed ${request?.seed}, fingerprint ${spaced}.` : `Seed ${request?.seed}.`;
}
