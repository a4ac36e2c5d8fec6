// Play, back to the start, speed, steps; and what the curves below show.

import { icon, playIcon } from "../controls/icons.js";
import { parseTyped } from "../controls/scale.js";
import { segmented } from "../controls/segmented.js";
import { toast } from "../controls/toast.js";
import { fill, h, setText } from "../dom.js";
import { integer } from "../format.js";
import { COUNTED } from "./effort.js";

const SPEEDS = [1, 2, 4];

/** What the curves show beside loss and gradient norm; the caption above the curves says it in full. */
const OTHERS = [["step", "step size"], ["distance", "distance"], ["angle", "angle"]];

/** @param {import("./room-context.js").Context & {togglePlay: () => void}} context */
export function createTransport({ catalogue, store, change, seek, togglePlay }) {
  const word = h("span", {});
  const sign = h("span", { class: "play-sign" });
  const play = h("button", { type: "button", class: "primary play", onclick: togglePlay, title: "Space" }, sign, word);
  const back = h("button", { type: "button", class: "quiet", "aria-label": "Back to the start", title: "Back to the start", onclick: () => seek(0) }, icon("back"));
  const speed = h(
    "select", { class: "select speed", "aria-label": "Speed", onchange: () => store.set({ speed: Number(speed.value) }) },
    SPEEDS.map((value) => h("option", { value }, `${value}×`)),
  );
  const at = h("strong", { class: "step-now" });
  const steps = h("input", { type: "text", inputmode: "numeric", class: "number-box steps-box", "aria-label": "Number of steps", autocomplete: "off" });
  const curve = segmented({
    label: "Curves show", value: store.get().curve, choices: [{ value: "loss", text: "Loss" }, { value: "gradient", text: "Gradient norm" }],
    onChange: (value) => change({ curve: /** @type {"loss" | "gradient"} */ (value) }, "curve", true),
  });
  const other = h(
    "select", { class: "select curve-other", "aria-label": "Curves show another number", onchange: () => change({ curve: /** @type {import("./curves.js").Curve} */ (other.value) }, "curve", true) },
    h("option", { value: "", disabled: true, hidden: true }, "more"), OTHERS.map(([value, text]) => h("option", { value }, text)),
  );
  const over = h(
    "select", { class: "select curve-over", "aria-label": "Curves are drawn over", title: COUNTED, onchange: () => change({ over: /** @type {import("./effort.js").Over} */ (over.value) }, "over", true) },
    h("option", { value: "steps" }, "over steps"), h("option", { value: "evaluations" }, "over evaluations"),
  );
  const element = h(
    "div", { class: "transport" }, play, back, speed,
    h("label", { class: "steps" }, "step ", at, " of ", steps), h("span", { class: "curve-choice" }, curve.element, other, over),
  );

  steps.addEventListener("change", () => {
    const high = catalogue.limits.steps ?? 100_000;
    const parsed = parseTyped({ name: "steps", low: 1, high, scale: "integer", symbol: "", meaning: "", default: 1 }, steps.value.replaceAll(",", ""));
    if ("fault" in parsed) toast(parsed.fault, { bad: true });
    steps.classList.toggle("faulty", "fault" in parsed);
    if ("value" in parsed) {
      const { step } = store.get();
      change({ steps: parsed.value, step: Math.min(step, parsed.value) }, "steps", true);
      update();
    }
  });

  function update() {
    const { playing, step, steps: all, curve: shown, over: under } = store.get();
    if (word.textContent !== (playing ? "Pause" : "Play")) {
      word.textContent = playing ? "Pause" : "Play";
      fill(sign, playIcon(playing));
    }
    setText(at, integer(step));
    at.style.minWidth = `${integer(all).length}ch`;
    if (document.activeElement !== steps) steps.value = integer(all);
    curve.set(/** @type {"loss" | "gradient"} */ (shown));
    const among = OTHERS.some(([value]) => value === shown);
    over.value = under;
    other.value = among ? shown : "";
    other.classList.toggle("chosen", among);
  }

  store.watch(["playing", "step", "steps", "curve", "over"], update);
  update();
  return { element };
}
