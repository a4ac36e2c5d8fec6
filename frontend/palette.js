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
  lion: { light: "#1F252B", dark: "#EFF6FE", dash: [] },
  rprop: { light: "#525960", dark: "#C1C8CF", dash: [2, 3] },
  rmsprop: { light: "#624001", dark: "#EBC38C", dash: [] },
  adagrad: { light: "#785C06", dark: "#D0B470", dash: [6, 3] },
  adadelta: { light: "#713F05", dark: "#D69E6C", dash: [2, 3] },
  adam: { light: "#D83A1A", dark: "#F97358", dash: [] },
  adamw: { light: "#B63325", dark: "#E06F5E", dash: [6, 3] },
  nadam: { light: "#BE4B13", dark: "#F99269", dash: [2, 3] },
  adamax: { light: "#A50E19", dark: "#E76E65", dash: [9, 3, 2, 3] },
  amsgrad: { light: "#9C3917", dark: "#FEA387", dash: [12, 4] },
  radam: { light: "#C13B42", dark: "#F57F7E", dash: [4, 2, 1, 2, 1, 2] },
  adahessian: { light: "#94045D", dark: "#FF99C7", dash: [] },
  exact_line_search: { light: "#11813C", dark: "#9DEEAE", dash: [] },
  backtracking: { light: "#0E5D1F", dark: "#93D096", dash: [6, 3] },
  barzilai_borwein: { light: "#1A8656", dark: "#A3F3C4", dash: [2, 3] },
  fletcher_reeves: { light: "#086660", dark: "#A2EFE7", dash: [6, 3] },
  polak_ribiere: { light: "#0E7F7C", dark: "#8AD8D4", dash: [2, 3] },
  lbfgs: { light: "#8641C7", dark: "#CBA0FF", dash: [] },
  newton: { light: "#6233AB", dark: "#A888F2", dash: [6, 3] },
  damped_newton: { light: "#865FC1", dark: "#D3BDFE", dash: [2, 3] },
  bfgs: { light: "#632A85", dark: "#C393E7", dash: [9, 3, 2, 3] },
  saddle_free_newton: { light: "#350675", dark: "#D173F4", dash: [12, 4] },
  trust_region: { light: "#7A488E", dark: "#AE87BE", dash: [4, 2, 1, 2, 1, 2] },
  sr1: { light: "#9B30B5", dark: "#E3B6F5", dash: [9, 3, 2, 3, 2, 3] },
  secant: { light: "#A02B8F", dark: "#F0A6E8", dash: [4, 3] },
  dfp: { light: "#49099D", dark: "#B5AAE9", dash: [1, 2] },
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

/** What twins of one optimizer are dashed with, in turn; more of them begin again. @type {number[][]} */
const TWINS = [[6, 3], [2, 3], [9, 3, 2, 3], [12, 4], [4, 2, 1, 2, 1, 2], [1, 2]];

/**
 * The ink of every line of a list; the same optimizer again keeps its colour and takes a dash that none before it has.
 * @param {string[]} optimizers
 * @returns {Ink[]}
 */
export function inks(optimizers) {
  return optimizers.map((name, index) => {
    const earlier = optimizers.slice(0, index).filter((other) => other === name).length;
    if (earlier === 0) return ink(name);
    const own = String(ink(name).dash);
    const dashes = TWINS.filter((dash) => String(dash) !== own);
    return { ...ink(name), dash: dashes[(earlier - 1) % dashes.length] };
  });
}

/**
 * A dash as Plotly writes it.
 * @param {number[]} dash
 */
export function plotlyDash(dash) {
  return dash.length === 0 ? "solid" : dash.map((part) => `${part}px`).join(",");
}
