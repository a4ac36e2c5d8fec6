// One optimizer on the rail: its legend, its outcome, its sliders. The legend is the switch.

import { icon } from "../controls/icons.js";
import { createScheduleControl } from "../controls/schedule-control.js";
import { inWords } from "../controls/schedules.js";
import { slider } from "../controls/slider.js";
import { fill, h, setText } from "../dom.js";
import { equations } from "../equations.js";
import { outcomeOf } from "./outcome.js";
import { usualValues } from "./state.js";
import { swatch } from "./swatch.js";
import { createTheory } from "./theory-view.js";
import { limitAtMinimum } from "./theory.js";

/**
 * @typedef {import("./state.js").Entry} Entry
 * @typedef {import("../wire.js").Trajectory} Trajectory
 *
 * @typedef {object} RowActions
 * @property {() => void} toggle
 * @property {() => void} isolate
 * @property {() => void} remove
 * @property {() => void} duplicate
 * @property {(name: string, value: number, commit: boolean) => void} set
 * @property {(values: Record<string, number>) => void} assign  several values as one gesture
 * @property {(schedule: import("../controls/schedules.js").Schedule | null, commit: boolean) => void} reschedule
 */

/**
 * @param {object} options
 * @param {import("../catalogue.js").OptimizerEntry} options.optimizer
 * @param {import("../catalogue.js").Catalogue} options.catalogue
 * @param {string | null} options.surface  whose tuned values reset returns to
 * @param {Entry} options.entry
 * @param {RowActions} options.actions
 */
export function createRow({ optimizer, catalogue, surface, entry, actions }) {
  const { title, primary, parameters, formula_mathml, reference } = optimizer;
  const usual = usualValues(catalogue, surface, optimizer.name);
  const show = h("button", { type: "button", class: "swatch", "aria-label": `Show ${title}`, onclick: actions.toggle });
  const name = h("button", { type: "button", class: "row-name", title: `Only ${title}, and back`, onclick: actions.isolate }, title);
  const outcomeText = h("span", { class: "outcome-text" });
  const outcomeSign = h("span", { class: "outcome-sign" });
  const end = h("span", { class: "outcome" }, outcomeSign, outcomeText);
  const sliders = new Map(
    parameters.map((parameter) => [
      parameter.name,
      slider({
        parameter, value: entry.values[parameter.name], initial: usual[parameter.name], label: `${parameter.name} of ${title}`,
        onInput: (value) => actions.set(parameter.name, value, false), onCommit: (value) => actions.set(parameter.name, value, true),
      }),
    ]),
  );
  const schedule = optimizer.takes_schedule
    ? createScheduleControl({ catalogue, title, schedule: entry.schedule, onChange: actions.reschedule }) : null;
  const theory = createTheory({ title, parameters, take: actions.assign });
  const words = h("p", { class: "row-schedule", hidden: true });
  const others = parameters.filter((parameter) => parameter.name !== primary);
  const folded = h(
    "div", { class: "row-more", hidden: true },
    others.map((parameter) => h("div", { class: "row-line" }, sliders.get(parameter.name)?.element)),
    schedule?.element ?? null, theory.element,
    h("dl", { class: "facts" },
      h("dt", {}, "Update"), h("dd", { class: "row-formula" }, equations(formula_mathml).map((line) => h("div", {}, line))),
      h("dt", {}, "Source"), h("dd", {}, reference)),
    h("div", { class: "row-actions" },
      h("button", { type: "button", class: "quiet", onclick: actions.duplicate }, "Add a second one"),
      h("button", { type: "button", class: "quiet", onclick: actions.remove }, "Remove")),
  );
  const count = others.length > 0 ? `+${others.length}` : "";
  const hidden = others.map((parameter) => parameter.name).join(", ");
  const more = h("button", {
    type: "button", class: "quiet row-fold", "aria-expanded": "false", title: others.length ? `${others.length} more: ${hidden}${schedule ? "; schedule" : ""}` : schedule ? "Schedule, update rule and source" : "Update rule and source",
    "aria-label": others.length ? `${others.length} more of ${title}: ${hidden}` : `Update rule and source of ${title}`,
    onclick: () => {
      folded.hidden = !folded.hidden;
      more.setAttribute("aria-expanded", String(!folded.hidden));
      tell();
    },
  }, count, icon("right"));
  const element = h(
    "li", { class: "row" },
    h("div", { class: "row-head" }, show, name, end),
    h("div", { class: "row-line" }, sliders.get(primary)?.element, more),
    words,
    folded,
  );
  let drawnAs = "";
  /** @type {Trajectory | null} */
  let running = null;

  function tell() {
    if (!folded.hidden) theory.update(running, entry.values);
  }
  // The whole sentence of the ending waits for the pointer: written with every reply it would cost each frame a little.
  let message = "";
  end.addEventListener("pointerenter", () => {
    end.title = message;
  });

  return {
    element,
    /**
     * @param {Entry} next
     * @param {Trajectory | null} trajectory
     * @param {import("./look.js").Look} face
     */
    update(next, trajectory, { colour, dash, apart }) {
      const look = `${colour} ${dash} ${next.on}`;
      if (look !== drawnAs) {
        drawnAs = look;
        fill(show, swatch(colour, dash, next.on));
        show.setAttribute("aria-pressed", String(next.on));
        element.classList.toggle("off", !next.on);
        element.style.setProperty("--colour", colour);
      }
      if (next !== entry) {
        for (const [key, control] of sliders) if (next.values[key] !== entry.values[key]) control.set(next.values[key]);
        schedule?.set(next.schedule);
        entry = next;
      }
      const told = !next.on ? { sign: "", text: "off", bad: false, message: "" } : trajectory ? outcomeOf(trajectory) : { sign: "", text: "", bad: false, message: "" };
      setText(words, inWords(catalogue, next.schedule));
      words.hidden = next.schedule === null;
      setText(outcomeText, told.text);
      setText(name, apart ? `${title} ${apart}` : title);
      ({ message } = told);
      if (end.dataset.sign !== told.sign) {
        end.dataset.sign = told.sign;
        fill(outcomeSign, told.sign ? icon(told.sign) : null);
      }
      end.classList.toggle("bad", told.bad);
      end.classList.toggle("arrived", told.sign === "tick");
      running = next.on ? trajectory : null;
      sliders.get(primary)?.setLimit(running?.stability ? limitOf(running.stability) : null, running && limitAtMinimum(running));
      tell();
    },
  };
}

/**
 * "2(1+β)/((1−d)λmax)" with its index set low.
 * @param {import("../wire.js").Stability} stability
 */
function limitOf({ limit, label }) {
  const [before, after] = label.split("max", 2);
  return after === undefined ? { value: limit, label } : { value: limit, label: before, subscript: "max", tail: after };
}
