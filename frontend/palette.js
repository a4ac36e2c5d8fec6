// One fixed colour and dash per optimizer, in both themes. Family = hue, member = lightness and dash.
// Every colour keeps 3:1 against all ground tones of the map and 4.5:1 as text on the page.

/**
 * @typedef {object} Ink
 * @property {string} light
 * @property {string} dark
 * @property {number[]} dash  canvas dash, empty = solid
 */

/** @type {Record<string, Ink>} */
const INKS = {
  gradient_descent: { light: "#143CA1", dark: "#6A95F1", dash: [] },
  momentum: { light: "#03809E", dark: "#6FDBFE", dash: [] },
  nesterov: { light: "#006495", dark: "#6BBAF0", dash: [6, 3] },
  rmsprop: { light: "#624001", dark: "#EBC38C", dash: [] },
  adagrad: { light: "#785C06", dark: "#D0B470", dash: [6, 3] },
  adam: { light: "#D83A1A", dark: "#F97358", dash: [] },
  barzilai_borwein: { light: "#1A8656", dark: "#A3F3C4", dash: [2, 3] },
  lbfgs: { light: "#8641C7", dark: "#CBA0FF", dash: [] },
  newton: { light: "#6233AB", dark: "#A888F2", dash: [6, 3] },
  bfgs: { light: "#632A85", dark: "#C393E7", dash: [9, 3, 2, 3] },
};

/** @type {Ink} */
const UNKNOWN = { light: "#434B54", dark: "#B9C0C8", dash: [2, 3] };

/**
 * @param {string} optimizer
 * @returns {Ink}
 */
export function ink(optimizer) {
  return INKS[optimizer] ?? UNKNOWN;
}

/**
 * The ink of every line of a list; the same optimizer a second time keeps its colour and is dashed.
 * @param {string[]} optimizers
 * @returns {Ink[]}
 */
export function inks(optimizers) {
  return optimizers.map((name, index) => {
    const earlier = optimizers.slice(0, index).filter((other) => other === name).length;
    if (earlier === 0) return ink(name);
    return { ...ink(name), dash: earlier === 1 ? [6, 3] : [2, 3] };
  });
}

/**
 * A dash as Plotly writes it.
 * @param {number[]} dash
 */
export function plotlyDash(dash) {
  return dash.length === 0 ? "solid" : dash.map((part) => `${part}px`).join(",");
}
