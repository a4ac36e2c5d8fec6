// One entrant of the race to come: swatch, name, the hyperparameter that matters most; the others folded behind "+n".

import { slider } from "../controls/slider.js";
import { createScheduleControl } from "../controls/schedule-control.js";
import { asked, fromAsked, inWords } from "../controls/schedules.js";
import { inked, swatch } from "../controls/swatch.js";
import { h, setText } from "../dom.js";

/**
 * @typedef {import("./configuration.js").OptimizerEntry} OptimizerEntry
 * @typedef {import("./configuration.js").Entrant} Entrant
 * @typedef {import("../palette.js").Ink} Ink
 */

/**
 * @param {object} options
 * @param {import("../catalogue.js").Catalogue} options.catalogue
 * @param {OptimizerEntry} options.optimizer
 * @param {Entrant} options.values
 * @param {boolean} options.open  the folded hyperparameters are shown
 * @param {(name: string, value: number, commit: boolean) => void} options.onChange
 * @param {(schedule: import("../catalogue.js").AskedSchedule | undefined, commit: boolean) => void} options.onSchedule
 * @param {() => void} options.onRemove
 * @param {(open: boolean) => void} options.onFold
 */
export function entrantRow({ catalogue, optimizer, values, open, onChange, onSchedule, onRemove, onFold }) {
  const parameters = optimizer.training_parameters ?? [];
  const primary = parameters.find((each) => each.name === optimizer.primary) ?? parameters[0];
  const others = parameters.filter((each) => each !== primary);
  /** @type {Record<string, number | string>} what the sliders show; setting one anew would wipe a fault that is being mended */
  const shown = { ...values };
  /** @type {(name: string, value: number, commit: boolean) => void} */
  const change = (name, value, commit) => {
    shown[name] = value;
    onChange(name, value, commit);
  };
  const sliders = new Map(parameters.map((parameter) => [parameter.name, slider({
    parameter, value: Number(values[parameter.name]), initial: optimizer.training?.[parameter.name] ?? parameter.default,
    label: `${parameter.name} of ${optimizer.title}`,
    onInput: (value) => change(parameter.name, value, false),
    onCommit: (value) => change(parameter.name, value, true),
  })]));
  const schedule = optimizer.takes_schedule ? createScheduleControl({
    catalogue, title: optimizer.title, schedule: fromAsked(catalogue, values.schedule),
    onChange: (next, commit) => onSchedule(asked(next).schedule, commit),
  }) : null;
  const scheduled = h("p", { class: "entrant-schedule", hidden: true });
  const hidden = [...others.map((each) => each.name), ...(schedule ? ["schedule"] : [])];
  const name = h("span", { class: "entrant-name" });
  const sign = h("span", { class: "entrant-sign" });
  const rest = h("div", { class: "entrant-rest", hidden: !open }, others.map((each) => sliders.get(each.name)?.element), schedule?.element);
  const more = h("button", {
    type: "button", class: "quiet entrant-more", hidden: hidden.length === 0, "aria-expanded": String(open), title: `${hidden.length} more: ${hidden.join(", ")}`,
    onclick: () => {
      const now = Boolean(rest.hidden);
      rest.hidden = !now;
      more.setAttribute("aria-expanded", String(now));
      onFold(now);
    },
  }, `+${hidden.length}`, h("span", { class: "chevron", "aria-hidden": "true" }, "›"));
  const remove = h("button", { type: "button", class: "quiet entrant-remove", onclick: onRemove }, "Remove");
  const element = h(
    "li", { class: "entrant" },
    h("div", { class: "entrant-line" }, sign, name, remove),
    h("div", { class: "entrant-line entrant-primary" }, primary && sliders.get(primary.name)?.element, more),
    scheduled, rest,
  );

  return {
    element,
    /**
     * @param {Entrant} next
     * @param {string} label
     * @param {Ink} ink
     * @param {boolean} alone  the last entrant cannot go
     */
    update(next, label, ink, alone) {
      for (const [key, control] of sliders) {
        if (next[key] === shown[key]) continue;
        shown[key] = next[key];
        control.set(Number(next[key]));
      }
      const now = fromAsked(catalogue, next.schedule);
      schedule?.set(now);
      setText(scheduled, inWords(catalogue, now));
      scheduled.hidden = now === null;
      setText(name, label);
      remove.hidden = alone;
      remove.setAttribute("aria-label", `Remove ${label}`);
      inked(element, ink);
      sign.replaceChildren(swatch(ink));
    },
  };
}
