// The schedule of one optimizer: which one, and its numbers.

import { fill, h } from "../dom.js";
import { equations } from "../equations.js";
import { CONSTANT, newSchedule, sameSchedule, scheduleOf } from "./schedules.js";
import { slider } from "./slider.js";

/**
 * @typedef {import("./schedules.js").Schedule} Schedule
 */

/**
 * @param {object} options
 * @param {import("../catalogue.js").Catalogue} options.catalogue
 * @param {string} options.title  of the optimizer
 * @param {Schedule | null} options.schedule
 * @param {(schedule: Schedule | null, commit: boolean) => void} options.onChange
 */
export function createScheduleControl({ catalogue, title, schedule, onChange }) {
  const pick = h(
    "select", { class: "select schedule-pick", "aria-label": `Schedule of ${title}` },
    catalogue.schedules.map((one) => h("option", { value: one.name }, one.title)),
  );
  const formula = h("div", { class: "schedule-formula" });
  const numbers = h("div", {});
  const element = h("div", { class: "schedule" }, h("div", { class: "schedule-line" }, h("span", {}, "Schedule"), pick), formula, numbers);
  /** @type {Map<string, import("./slider.js").Slider>} */
  const sliders = new Map();
  let builtFor = "";

  /** @param {string} name @param {number} value @param {boolean} commit */
  function change(name, value, commit) {
    if (!schedule) return;
    schedule = { ...schedule, values: { ...schedule.values, [name]: value } };
    onChange(schedule, commit);
  }

  function show() {
    const name = schedule?.name ?? CONSTANT;
    const declared = scheduleOf(catalogue, name);
    pick.value = name;
    if (name !== builtFor) {
      builtFor = name;
      sliders.clear();
      for (const parameter of declared?.parameters ?? []) {
        sliders.set(parameter.name, slider({
          parameter, value: schedule?.values[parameter.name] ?? parameter.default, label: `${parameter.name} of the schedule of ${title}`,
          onInput: (value) => change(parameter.name, value, false), onCommit: (value) => change(parameter.name, value, true),
        }));
      }
      fill(formula, declared ? equations(declared.formula_mathml).map((line) => h("div", {}, line)) : null);
      fill(numbers, [...sliders.values()].map((control) => h("div", { class: "row-line" }, control.element)));
    }
    for (const [key, control] of sliders) control.set(schedule?.values[key] ?? 0);
  }

  pick.addEventListener("change", () => {
    schedule = newSchedule(catalogue, pick.value);
    show();
    onChange(schedule, true);
  });
  show();
  return {
    element,
    /** @param {Schedule | null} next */
    set(next) {
      if (sameSchedule(next, schedule)) return;
      schedule = next;
      show();
    },
  };
}
