// The inspector at the playhead: one optimizer explained, or the table of all. It follows the scrubber without asking the server.

import { segmented } from "../controls/segmented.js";
import { fill, h, setText } from "../dom.js";
import { givingWay } from "../frames.js";
import { integer } from "../format.js";
import { createOne } from "./inspector-one.js";
import { createTable } from "./inspector-table.js";
import { looks } from "./look.js";
import { inspected } from "./state.js";

/** @param {import("./room-context.js").Context} context */
export function createInspector(context) {
  const { catalogue, store, change } = context;
  const title = h("span", { class: "inspector-step" });
  const dot = h("span", { class: "inspector-dot", "aria-hidden": "true" });
  const picker = h("select", { class: "inspector-picker", "aria-label": "Optimizer to inspect", onchange: () => change({ chosen: Number(picker.value) }, "chosen", true) });
  const who = h("span", { class: "inspector-who" }, dot, picker);
  const choice = segmented({
    label: "Inspect", choices: [{ value: "one", text: "One" }, { value: "all", text: "All" }], value: store.get().inspector,
    onChange: (inspector) => change({ inspector: /** @type {"one" | "all"} */ (inspector) }, "inspector", true),
  });
  const one = createOne(context);
  const all = createTable(catalogue);
  const element = h(
    "section", { class: "rail-section", "aria-label": "Inspector" },
    h("h2", { class: "section-head inspector-head" }, title, who, choice.element), one.element, all.element,
  );
  let offered = "";

  function update() {
    const state = store.get();
    const { inspector, entries, step, theme } = state;
    setText(title, `At step ${integer(step)}`);
    choice.set(inspector);
    one.element.hidden = inspector !== "one";
    all.element.hidden = inspector !== "all";
    const looked = inspected(state);
    who.hidden = inspector !== "one" || !looked;
    const look = looks(catalogue, entries, theme);
    const offer = entries.filter((entry) => entry.on).map(({ id }) => ({ id, title: look.get(id)?.title ?? "" }));
    const key = JSON.stringify(offer);
    if (key !== offered) {
      offered = key;
      fill(picker, offer.map(({ id, title: name }) => h("option", { value: id }, name)));
    }
    if (looked) {
      picker.value = String(looked.id);
      dot.style.setProperty("--colour", look.get(looked.id)?.colour ?? "");
    }
    if (inspector === "one") one.update();
    else all.update(state);
  }

  store.watch(["picture", "step", "theme", "held", "entries", "chosen", "inspector", "overlay", "mode", "open"], givingWay(() => store.get().held, update, 250));
  update();
  return { element };
}
