// Where the nodes of a computational graph stand, and what is known of them after so many steps. Pure.

/**
 * @typedef {object} GraphNode  as POST /api/graphs tells it; a number without a value is null
 * @property {string} name
 * @property {number} iteration  0 for an input
 * @property {string} mathml
 * @property {number | null} primal
 * @property {number | null} tangent
 * @property {number | null} adjoint
 * @property {{name: string, partial: number | null}[]} arguments
 * @property {string[]} uses
 *
 * @typedef {{inputs: GraphNode[], nodes: GraphNode[], direction: string}} Graph
 * @typedef {{x: number, y: number}} Place  centre of a node, in columns and rows
 */

/**
 * Inputs in the first column, every iteration in its own; a column's nodes near the middle of what they take.
 * @param {Graph} graph
 * @returns {{places: Map<string, Place>, columns: number, rows: number}}
 */
export function layout({ inputs, nodes }) {
  /** @type {GraphNode[][]} */
  const columns = [inputs];
  for (const node of nodes) (columns[node.iteration] ??= []).push(node);
  const rows = Math.max(...columns.map((column) => column.length));
  /** @type {Map<string, Place>} */
  const places = new Map();
  columns.forEach((column, x) => {
    const wish = (/** @type {GraphNode} */ node) => {
      const taken = node.arguments.map(({ name }) => places.get(name)?.y ?? 0);
      return taken.length === 0 ? 0 : taken.reduce((sum, y) => sum + y, 0) / taken.length;
    };
    const order = x === 0 ? column : [...column].sort((a, b) => wish(a) - wish(b));
    const gap = rows / column.length;
    order.forEach((node, at) => places.set(node.name, { x, y: gap * (at + 0.5) - 0.5 }));
  });
  return { places, columns: columns.length, rows };
}

/**
 * The walk: every iteration forward, the output's adjoint, then every iteration backward down to the inputs.
 * @param {Graph} graph
 * @returns {number} steps; 0 is the beginning, where only the inputs are known
 */
export function stepCount({ nodes }) {
  return 2 * depth(nodes) + 1;
}

/**
 * What is known after a step, and what that step has found.
 * @param {Graph} graph
 * @param {number} step
 * @returns {{forward: Set<string>, backward: Set<string>, fresh: Set<string>, words: string}}
 */
export function known({ inputs, nodes }, step) {
  const deepest = depth(nodes);
  const all = [...inputs, ...nodes];
  const reached = Math.min(step, deepest);
  const forward = all.filter((node) => node.iteration <= reached);
  // The adjoint of a node needs those of all that use it: backward, a node's turn comes after its last user's.
  const turns = backwardTurns(all);
  const back = step - deepest - 1;
  const backward = back < 0 ? [] : all.filter((node) => /** @type {number} */ (turns.get(node.name)) <= back);
  const fresh = step <= deepest ? forward.filter((node) => node.iteration === reached && step > 0) : backward.filter((node) => turns.get(node.name) === back);
  const words = step === 0 ? "The inputs" : step <= deepest ? `Forward, iteration ${step} of ${deepest}` : back === 0 ? "Backward: the output’s adjoint is 1" : `Backward, iteration ${back} of ${deepest}`;
  const names = (/** @type {GraphNode[]} */ some) => new Set(some.map((node) => node.name));
  return { forward: names(forward), backward: names(backward), fresh: names(fresh), words };
}

/** @param {GraphNode[]} nodes */
function depth(nodes) {
  return Math.max(...nodes.map((node) => node.iteration));
}

/** @param {GraphNode[]} all  arguments before their users */
function backwardTurns(all) {
  /** @type {Map<string, number>} */
  const turns = new Map();
  for (const node of [...all].reverse()) {
    turns.set(node.name, node.uses.length === 0 ? 0 : 1 + Math.max(...node.uses.map((name) => turns.get(name) ?? 0)));
  }
  return turns;
}
