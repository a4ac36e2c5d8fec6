// One optimizer at the playhead: what its step does in a sentence, the numbers of the step, the curvature under it, its rule.

import { fill, h, setText } from "../dom.js";
import { integer, number, point } from "../format.js";
import { COLUMNS, FUNCTIONS, GRADIENTS, GRADIENT_NORM, HESSIANS, VALUE, X, Y } from "../wire.js";
import { createBend } from "./bend-view.js";
import { createCurvature } from "./curvature-view.js";
import { createDrawer } from "./drawers.js";
import { glance } from "./inspected.js";
import { bend as bendOfPlane, degrees, explain } from "./local-words.js";
import { looks } from "./look.js";
import { equations } from "../equations.js";
import { bendWords, explainOnCurve } from "./profile-words.js";
import { bendOf } from "./profile-model.js";
import { onLine, optimizerOf } from "./state.js";

/** @param {import("./room-context.js").Context} context */
export function createOne(context) {
  const { catalogue, store } = context;
  const sentence = h("p", { class: "one-sentence" });
  const value = () => h("dd", {});
  const [theta, height, length, slope, turn, gradients, off, values, hessians, fresh, kept] = Array.from({ length: 11 }, value);
  const i = (/** @type {string} */ letter) => h("i", {}, letter);
  const parts = [
    h("dt", { title: "length of the step's part that this gradient brings" }, "new gradient"), fresh,
    h("dt", { title: "length of the step's part that the method remembers of earlier gradients" }, "memory"), kept,
  ];
  const pairs = h(
    "dl", { class: "one-numbers" },
    h("dt", {}, i("θ")), theta,
    h("dt", {}, i("f")), height, h("dt", {}, "step length"), length,
    h("dt", {}, "‖∇", i("f"), "‖"), slope, h("dt", { class: "angle" }, "angle to −∇", i("f")), turn,
    h("dt", { title: "gradient evaluations so far" }, "gradients"), gradients, h("dt", { class: "angle", title: "angle between the step and the Newton step" }, "angle to Newton"), off,
    h("dt", { title: "evaluations of f so far" }, "values"), values, h("dt", { title: "Hessian evaluations so far" }, "Hessians"), hessians,
    parts,
  );
  const curvature = createCurvature(context);
  const bend = createBend(context);
  const bends = h("span", {});
  const under = createDrawer(context, "curvature", "Curvature", bends, curvature.element);
  const rule = h("div", { class: "one-rule" });
  const drawers = h("div", { class: "drawers" }, under, createDrawer(context, "rule", "Update rule", "formula and source", rule));
  const shown = h("div", {}, sentence, pairs, drawers);
  const nobody = h("p", { class: "one-sentence" }, "Nobody runs, so there is no step to explain.");
  const element = h("div", { class: "one" }, shown, nobody);
  let ruled = "";

  /** @param {import("./session.js").State} state */
  function update(state) {
    const seen = glance(state);
    shown.hidden = !seen;
    nobody.hidden = Boolean(seen) || !state.picture;
    if (!seen || !state.picture) return;
    const { run: { entry, trajectory: { data, ensemble } }, row, local, ending, rate } = seen;
    const optimizer = optimizerOf(catalogue, entry.name);
    const look = looks(catalogue, state.picture.settings.entries, state.theme).get(entry.id);
    const family = optimizer?.family ?? "";
    const line = onLine(catalogue, state.picture.settings.surface);
    const whose = ensemble ? `The run of seed ${state.picture.settings.seed}: ` : "";
    setText(sentence, whose + (line ? explainOnCurve({ bend: bendOf(local), limit: local.limit, family, rate, ending }) : explain({ local, family, rate, ending })));
    const at = row * COLUMNS;
    setText(theta, line ? number(data[at + X]) : point([data[at + X], data[at + Y]]));
    setText(height, number(data[at + VALUE]));
    setText(slope, number(data[at + GRADIENT_NORM]));
    setText(length, number(local.stepLength));
    setText(gradients, integer(data[at + GRADIENTS]));
    pairs.classList.toggle("on-line", line); // where no step turns, no angle says anything
    setText(turn, local.turn === null ? "—" : degrees(local.turn));
    setText(values, integer(data[at + FUNCTIONS]));
    setText(hessians, integer(data[at + HESSIANS]));
    setText(off, local.offNewton === null ? "—" : degrees(local.offNewton));
    for (const part of parts) part.hidden = !local.splits;
    setText(fresh, number(local.parts && Math.hypot(...local.parts.fresh)));
    setText(kept, number(local.parts && Math.hypot(...local.parts.kept)));
    setText(bends, line ? bendWords(bendOf(local)) : bendOfPlane(local.eigen));
    const [seenUnder, other] = line ? [bend, curvature] : [curvature, bend];
    if (other.element.parentNode) other.element.replaceWith(seenUnder.element);
    if (state.open.includes("curvature")) seenUnder.update(local, entry, rate, look?.colour ?? "currentColor");
    if (optimizer && ruled !== optimizer.name) {
      ruled = optimizer.name;
      fill(rule, equations(optimizer.formula_mathml).map((line) => h("div", {}, line)), h("p", { class: "one-source" }, optimizer.reference));
    }
  }

  return { element, update: () => update(store.get()) };
}
