// The stopping rules, folded away at first: chosen ones are asked for, marked on the curves and told in a table.

import { slider } from "../controls/slider.js";
import { fill, h, mathml, setText } from "../dom.js";
import { givingWay } from "../frames.js";
import { createDrawer } from "./drawers.js";
import { looks } from "./look.js";
import { SIGNS, askedRules, cell, words } from "./stopping.js";
import { swatch } from "./swatch.js";

/** @typedef {import("./stopping.js").Tolerances} Tolerances */

/** @param {number} index */
const sign = (index) => h("span", { class: `chart-sign stop-sign ${SIGNS[index]}`, "aria-hidden": "true" });

/** @param {import("./room-context.js").Context} context */
export function createStopping({ catalogue, store, change }) {
  const rules = catalogue.stopping;
  /** @type {Tolerances} */
  let remembered = Object.fromEntries(rules.map(({ name, tolerance }) => [name, tolerance.default]));
  const says = h("p", { class: "stopping-says", "aria-live": "polite" });
  const head = h("thead");
  const body = h("tbody");
  const caption = h("caption");
  const table = h("table", { class: "inspector stopping-table" }, caption, head, body);
  const scroll = h("div", { class: "stopping-scroll", role: "group", "aria-label": "Stops", tabindex: 0, hidden: true }, table); // keys must reach what scrolls

  /** @param {Tolerances} patch @param {boolean} commit */
  function choose(patch, commit) {
    remembered = { ...remembered, ...patch };
    change({ stopping: { ...store.get().stopping, ...patch } }, `stopping ${Object.keys(patch).join()}`, commit);
  }

  const lines = rules.map((rule, i) => {
    const { name, title, tolerance } = rule;
    const box = h("input", { type: "checkbox", onchange: () => {
      if (box.checked) return choose({ [name]: remembered[name] }, true);
      const { [name]: _, ...others } = store.get().stopping;
      change({ stopping: others }, `stopping ${name}`, true);
    } });
    const control = slider({
      parameter: tolerance, value: tolerance.default, label: tolerance.meaning,
      onInput: (value) => choose({ [name]: value }, false), onCommit: (value) => choose({ [name]: value }, true),
    });
    const well = h("div", { class: "stopping-tolerance" }, control.element);
    const element = h("li", { class: "stopping-rule" },
      h("label", { class: "stopping-name" }, box, sign(i), title), h("span", { class: "stopping-formula", title: rule.words }, mathml(rule.formula_mathml)), well,
      h("p", { class: "stopping-words" }, rule.words));
    return { name, element, box, control, well };
  });
  const element = createDrawer({ store, change }, "stopping", "Stopping rules", "where each would have ended the runs",
    h("ul", { class: "stopping-rules" }, lines.map((line) => line.element)), says, scroll);
  element.classList.add("stopping-panel");

  function controls() {
    const { stopping } = store.get();
    remembered = { ...remembered, ...stopping };
    for (const { name, box, control, well } of lines) {
      box.checked = name in stopping;
      well.classList.toggle("away", !box.checked);
      well.inert = !box.checked;
      control.set(remembered[name]);
    }
  }

  function tell() {
    const { picture, theme } = store.get();
    const chosen = (picture && askedRules(picture.settings)) ?? {};
    const asked = rules.filter(({ name }) => chosen[name] !== undefined);
    scroll.hidden = !picture || asked.length === 0 || picture.runs.length === 0;
    says.hidden = scroll.hidden;
    if (!picture || scroll.hidden) return;
    const look = looks(catalogue, picture.settings.entries, theme);
    const told = picture.runs.map(({ entry, trajectory }) => ({ .../** @type {import("./look.js").Look} */ (look.get(entry.id)), trajectory }));
    const { minimum } = picture.reply.surface;
    setText(says, words(told, asked));
    const whose = picture.runs.some(({ trajectory }) => trajectory.ensemble) ? `Runs of seed ${picture.settings.seed}. ` : "";
    setText(caption, `${whose}The step at which each rule would have ended each run, and ${minimum === null ? "f" : "how far f lies above its minimum"} there.`);
    fill(head, h("tr", {}, h("th", { scope: "col" }, "optimizer"), asked.map((rule) => h("th", { scope: "col" }, sign(rules.indexOf(rule)), " ", rule.title.toLowerCase()))));
    fill(body, told.map(({ colour, dash, short, trajectory }) => h("tr", {},
      h("th", { scope: "row" }, h("span", { class: "inspector-name" }, swatch(colour, dash, true), short)),
      asked.map(({ name }) => {
        const { step, height, late, words: spoken } = cell(trajectory.stops?.[name], trajectory, minimum);
        return h("td", { "aria-label": spoken }, h("span", { class: "stopping-step" }, step), h("span", { class: "stopping-height" }, height), late ? h("span", { class: "stopping-height" }, late) : null);
      }))));
  }

  store.watch(["stopping"], controls);
  store.watch(["picture", "held", "theme"], givingWay(() => store.get().held, () => {
    if (store.get().open.includes("stopping")) tell();
  }, 100));
  controls();
  return { element };
}
