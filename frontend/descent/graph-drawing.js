// The computational graph as a picture and a table; told which numbers are known, it shows those alone.

import { fill, h, mathml, svg } from "../dom.js";
import { number } from "../format.js";
import { known, layout } from "./graph-layout.js";

/** @typedef {import("./graph-layout.js").Graph} Graph */
/** @typedef {import("./graph-layout.js").GraphNode} GraphNode */

const COLUMN = 160; // pixels
const ROW = 76;
const CARD = { width: 124, height: 60 };

/** “a12” with its index set low, as the formulas beside it have it. @param {string} name */
function indexed(name) {
  const [, letters, digits] = /** @type {RegExpMatchArray} */ (name.match(/^(.*?)(\d*)$/));
  return [letters, digits ? h("sub", {}, digits) : null];
}

/**
 * @param {Graph} graph
 * @param {number} step
 * @returns {HTMLElement}
 */
export function drawing(graph, step) {
  const { places, columns, rows } = layout(graph);
  const { forward, backward, fresh } = known(graph, step);
  const [width, height] = [columns * COLUMN, rows * ROW];
  const at = (/** @type {string} */ name) => {
    const place = /** @type {import("./graph-layout.js").Place} */ (places.get(name));
    return { x: (place.x + 0.5) * COLUMN, y: (place.y + 0.5) * ROW };
  };
  const edges = graph.nodes.flatMap((node) => node.arguments.map(({ name }) => {
    const [from, to] = [at(name), at(node.name)];
    const [x1, x2] = [from.x + CARD.width / 2, to.x - CARD.width / 2];
    const bend = (x2 - x1) / 2;
    const live = backward.size > 0 ? backward.has(name) && fresh.has(name) : fresh.has(node.name);
    return svg("path", { d: `M${x1} ${from.y}C${x1 + bend} ${from.y} ${x2 - bend} ${to.y} ${x2} ${to.y}`, class: live ? "graph-edge live" : "graph-edge" });
  }));
  const cards = [...graph.inputs, ...graph.nodes].map((node) => {
    const { x, y } = at(node.name);
    const card = h("div", { class: "graph-node", "--x": `${x - CARD.width / 2}px`, "--y": `${y - CARD.height / 2}px` },
      h("div", { class: "graph-name" }, node.iteration > 0 && [...indexed(node.name), " = "], mathml(node.mathml)),
      h("div", { class: "graph-primal" }, forward.has(node.name) ? told(node.primal) : "\u00a0"),
      h("div", { class: "graph-adjoint" }, backward.has(node.name) ? `ζ ${told(node.adjoint)}` : "\u00a0"));
    card.classList.toggle("fresh", fresh.has(node.name));
    return card;
  });
  // The table below says the same in words and numbers.
  return h("div", { class: "graph-picture", "aria-hidden": "true", "--width": `${width}px`, "--height": `${height}px` },
    svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height }, ...edges), ...cards);
}

/**
 * @param {Graph} graph
 * @param {number} step
 * @returns {HTMLElement}
 */
export function table(graph, step) {
  const { forward, backward, fresh } = known(graph, step);
  const head = ["node", "operation", "primal", `tangent, d/d${graph.direction}`, "adjoint ζ"];
  const rows = [...graph.inputs, ...graph.nodes].map((node) => {
    const row = h("tr", {},
      h("th", { scope: "row" }, indexed(node.name)), h("td", {}, node.iteration > 0 ? mathml(node.mathml) : "input"),
      h("td", {}, forward.has(node.name) ? told(node.primal) : ""),
      h("td", {}, forward.has(node.name) ? told(node.tangent) : ""),
      h("td", {}, backward.has(node.name) ? told(node.adjoint) : ""));
    row.classList.toggle("fresh", fresh.has(node.name));
    return row;
  });
  const body = h("tbody");
  fill(body, rows);
  return h("table", { class: "graph-table" }, h("thead", {}, h("tr", {}, head.map((text) => h("th", { scope: "col" }, text)))), body);
}

/** @param {number | null} value */
function told(value) {
  if (value === null) return "no value";
  return Math.abs(value) >= 1000 && Math.abs(value) < 1e7 ? value.toFixed(3) : number(value, 5);
}
