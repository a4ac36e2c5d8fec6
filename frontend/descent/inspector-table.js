// Every running optimizer at the playhead: the picture in numbers, and its alternative for those who do not see it.

import { fill, h, setText } from "../dom.js";
import { typical } from "../ensemble.js";
import { integer, number, point } from "../format.js";
import { COLUMNS, GRADIENTS, GRADIENT_NORM, VALUE, X, Y, rowAt } from "../wire.js";
import { looks } from "./look.js";
import { onLine } from "./state.js";
import { swatch } from "./swatch.js";

/** @param {import("../catalogue.js").Catalogue} catalogue */
export function createTable(catalogue) {
  const body = h("tbody");
  const where = h("th", { scope: "col" }, "(x, y)");
  const curvature = h("p", { class: "curvature" });
  const medians = h("p", { class: "curvature" });
  const table = h(
    "table", { class: "inspector" },
    h("caption", { class: "visually-hidden" }, "Where every running optimizer stands at the playhead"),
    h("thead", {}, h("tr", {},
      h("th", { scope: "col" }, "optimizer"), h("th", { scope: "col" }, h("i", {}, "f")),
      h("th", { scope: "col", title: "norm of the gradient" }, "‖∇f‖"),
      h("th", { scope: "col", title: "gradient evaluations so far" }, "grads"), where)),
    body,
  );
  const element = h("div", {}, table, medians, curvature);
  /** @type {HTMLTableCellElement[][]} */
  let cells = [];
  let shape = "";

  /** @param {import("./session.js").State} state */
  function update({ picture, step, theme }) {
    if (!picture) return;
    const look = looks(catalogue, picture.settings.entries, theme);
    const runs = picture.runs.map(({ entry }) => /** @type {import("./look.js").Look} */ (look.get(entry.id)));
    const line = onLine(catalogue, picture.settings.surface);
    setText(where, line ? "x" : "(x, y)");
    const key = JSON.stringify(runs);
    if (key !== shape) {
      shape = key;
      cells = picture.runs.map(() => Array.from({ length: 4 }, () => h("td")));
      fill(body, runs.map(({ colour, dash, short }, i) => h(
        "tr", {}, h("th", { scope: "row" }, h("span", { class: "inspector-name" }, swatch(colour, dash, true), short)), cells[i],
      )));
    }
    picture.runs.forEach(({ trajectory: one }, i) => {
      const trajectory = typical(one);
      const at = rowAt(trajectory, step) * COLUMNS;
      const { data } = trajectory;
      [number(data[at + VALUE]), number(data[at + GRADIENT_NORM]), integer(data[at + GRADIENTS]), line ? number(data[at + X]) : point([data[at + X], data[at + Y]])]
        .forEach((text, column) => setText(cells[i][column], text));
    });
    const [low, high] = picture.reply.start.eigenvalues;
    const many = picture.runs[0]?.trajectory.ensemble;
    medians.hidden = !many;
    setText(medians, many ? `Medians of ${many.seeds} seeds, number by number.` : "");
    if (line) setText(curvature, high === null ? "" : `Curvature at the start: f″ = ${number(high)}${high < 0 ? ", bent downwards" : ""}.`);
    else setText(curvature, low === null || high === null ? "" : `Curvature at the start: λ from ${number(low)} to ${number(high)}${low > 0 ? `, κ = ${number(high / low)}` : low < 0 ? ", bent downwards one way" : ""}.`);
  }

  return { element, update };
}
