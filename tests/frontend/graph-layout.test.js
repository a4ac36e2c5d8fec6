// Places and steps of the computational graph: the chapter's example (4.27), whose walk its tables tell.

import assert from "node:assert/strict";
import test from "node:test";
import { known, layout, stepCount } from "../../frontend/descent/graph-layout.js";

/** @param {string} name @param {number} iteration @param {string[]} from @param {string[]} uses */
const node = (name, iteration, from, uses) => ({
  name, iteration, uses, mathml: "", primal: 1, tangent: 1, adjoint: 1, arguments: from.map((each) => ({ name: each, partial: 1 })),
});
const graph = {
  direction: "t1",
  inputs: [node("t1", 0, [], ["a1"]), node("t2", 0, [], ["a1", "a2"]), node("t3", 0, [], ["a2", "a3"])],
  nodes: [
    node("a1", 1, ["t1", "t2"], ["a4"]), node("a2", 1, ["t2", "t3"], ["a5"]), node("a3", 1, ["t3"], ["a6"]),
    node("a4", 2, ["a1"], ["a6"]), node("a5", 2, ["a2"], ["a6"]), node("a6", 3, ["a4", "a5", "a3"], []),
  ],
};

test("every node has a place of its own, right of all that it takes", () => {
  const { places, columns, rows } = layout(graph);
  assert.deepEqual([columns, rows], [4, 3]);
  const taken = new Set();
  for (const each of [...graph.inputs, ...graph.nodes]) {
    const { x, y } = /** @type {{x: number, y: number}} */ (places.get(each.name));
    assert.ok(!taken.has(`${x} ${y}`));
    taken.add(`${x} ${y}`);
    for (const { name } of each.arguments) assert.ok(/** @type {any} */ (places.get(name)).x < x);
  }
});

test("forward by iterations, then backward from the output to the inputs", () => {
  assert.equal(stepCount(graph), 7);
  assert.deepEqual([...known(graph, 0).forward], ["t1", "t2", "t3"]);
  assert.deepEqual([...known(graph, 1).fresh], ["a1", "a2", "a3"]);
  assert.deepEqual([...known(graph, 3).fresh], ["a6"]);
  assert.equal(known(graph, 3).backward.size, 0);
  assert.deepEqual([...known(graph, 4).fresh], ["a6"]);
  assert.deepEqual([...known(graph, 5).fresh], ["a3", "a4", "a5"]);
  assert.deepEqual([...known(graph, 6).fresh], ["a1", "a2"]);
  assert.deepEqual([...known(graph, 7).fresh], ["t1", "t2", "t3"]);
  assert.equal(known(graph, 7).backward.size, 9);
});
