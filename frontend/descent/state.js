// What the Descent room holds, and its defaults. The link leaves out whatever equals a default.

import { usualAverage } from "./averages.js";

/**
 * @typedef {import("../catalogue.js").Catalogue} Catalogue
 * @typedef {import("../catalogue.js").SurfaceEntry} SurfaceEntry
 * @typedef {import("../catalogue.js").OptimizerEntry} OptimizerEntry
 * @typedef {import("../frame.js").Box} Box
 * @typedef {import("../controls/scale.js").Parameter} Parameter
 *
 * @typedef {object} Entry  one optimizer on the rail; the same optimizer may stand there twice
 * @property {number} id  stable while the page lives, never in a link
 * @property {string} name
 * @property {boolean} on
 * @property {Record<string, number>} values  every hyperparameter
 * @property {import("../controls/schedules.js").Schedule | null} schedule  of the learning rate; null = constant
 *
 * @typedef {object} Settings  everything a link carries
 * @property {string | null} surface  a name of the catalogue; null = a typed formula
 * @property {string} formula
 * @property {Box} view  of a typed formula; the surface's own else
 * @property {Record<string, number>} parameters
 * @property {[number, number]} start
 * @property {number} steps
 * @property {number} noise  standard deviation on the gradient; 0 = none
 * @property {number} seed  of noise and minibatches
 * @property {number} seeds  runs of every optimizer, each with a seed of its own, from `seed` on
 * @property {number} batch  rows of the data that a step sees; 0 = all
 * @property {Entry[]} entries
 * @property {import("./curves.js").Curve} curve
 * @property {import("./effort.js").Over} over  what the curves are drawn over
 * @property {import("./stopping.js").Tolerances} stopping  rules whose stops are told while their drawer is open
 * @property {"contour" | "3d"} mode
 * @property {number} step  the playhead
 * @property {Box | null} zoom
 * @property {number | null} chosen  the entry that the inspector explains; null = the first that runs
 * @property {"one" | "all"} inspector
 * @property {boolean} overlay  the local model on the map
 * @property {import("./averages.js").Average} average  what its drawer averages
 * @property {string[]} open  the drawers that stand open (drawers.js)
 * @property {string | null} scene  the scene that stands here untouched
 */

const USUAL_STEPS = 500;
const FIRST_LOOK = 0.12; // share of the steps at which the playhead first stands: heads apart, the way ahead in thin lines
let lastId = 0;

/** @returns {number} */
export function freshId() {
  lastId += 1;
  return lastId;
}

/** @param {number} steps */
export function firstLook(steps) {
  return Math.max(1, Math.round(FIRST_LOOK * steps));
}

/**
 * @param {Catalogue} catalogue
 * @param {string | null} name
 * @returns {SurfaceEntry | undefined}
 */
export function surfaceOf(catalogue, name) {
  return catalogue.surfaces.find((surface) => surface.name === name);
}

/**
 * @param {Catalogue} catalogue
 * @param {string} name
 * @returns {OptimizerEntry | undefined}
 */
export function optimizerOf(catalogue, name) {
  return catalogue.optimizers.find((optimizer) => optimizer.name === name);
}

/**
 * Is it a function of one variable, whose graph is drawn over x?
 * @param {Catalogue} catalogue
 * @param {string | null} surface
 */
export function onLine(catalogue, surface) {
  return surfaceOf(catalogue, surface)?.variables === 1;
}

/**
 * Does the optimizer run on this surface?
 * @param {Catalogue} catalogue
 * @param {string | null} surface
 * @param {string} optimizer
 */
export function runsOn(catalogue, surface, optimizer) {
  return optimizerOf(catalogue, optimizer)?.variables.includes(onLine(catalogue, surface) ? 1 : 2) ?? true;
}

/**
 * The hyperparameters an optimizer starts with on a surface: tuned ones where the catalogue has them.
 * @param {Catalogue} catalogue
 * @param {string | null} surface
 * @param {string} optimizer
 * @returns {Record<string, number>}
 */
export function usualValues(catalogue, surface, optimizer) {
  const declared = optimizerOf(catalogue, optimizer)?.parameters ?? [];
  const tuned = surfaceOf(catalogue, surface)?.defaults[optimizer] ?? {};
  return Object.fromEntries(declared.map(({ name, default: plain }) => [name, tuned[name] ?? plain]));
}

/**
 * @param {Catalogue} catalogue
 * @param {string | null} surface
 * @param {string} optimizer
 * @returns {Entry}
 */
export function newEntry(catalogue, surface, optimizer) {
  return { id: freshId(), name: optimizer, on: true, values: usualValues(catalogue, surface, optimizer), schedule: null };
}

/**
 * @param {Catalogue} catalogue
 * @param {string | null} surface
 * @returns {string[]}
 */
export function usualOptimizers(catalogue, surface) {
  return (surfaceOf(catalogue, surface) ?? catalogue.surfaces[0]).shown;
}

/**
 * @param {Catalogue} catalogue
 * @param {string | null} [name]  null = a typed formula
 * @returns {Settings}
 */
export function defaults(catalogue, name = catalogue.surfaces[0].name) {
  const surface = surfaceOf(catalogue, name);
  const steps = surface?.steps ?? USUAL_STEPS;
  return {
    surface: surface?.name ?? null,
    formula: "",
    view: surface?.view ?? [[-5, 5], [-5, 5]],
    parameters: Object.fromEntries((surface?.parameters ?? []).map((parameter) => [parameter.name, parameter.default])),
    start: surface?.start ?? [-3, 2],
    steps,
    noise: 0,
    seed: 0,
    seeds: 1,
    batch: 0,
    entries: usualOptimizers(catalogue, name).map((optimizer) => newEntry(catalogue, name, optimizer)),
    curve: "loss",
    over: "steps",
    stopping: Object.fromEntries(catalogue.stopping.map(({ name: rule, tolerance }) => [rule, tolerance.default])),
    mode: "contour",
    step: firstLook(steps),
    zoom: null,
    chosen: null,
    inspector: "one",
    overlay: false,
    average: usualAverage(),
    open: [],
    scene: null,
  };
}

/**
 * The entry that the inspector explains: the chosen one while it runs, the first that runs else.
 * @param {Pick<Settings, "entries" | "chosen">} settings
 * @returns {Entry | undefined}
 */
export function inspected({ entries, chosen }) {
  const running = entries.filter((entry) => entry.on);
  return running.find((entry) => entry.id === chosen) ?? running[0];
}

/**
 * Does anything depend on the seed: noise, minibatches, random probes for the Hessian's diagonal?
 * @param {Pick<Settings, "noise" | "batch" | "entries">} settings
 */
export function isRandom({ noise, batch, entries }) {
  return noise > 0 || batch > 0 || entries.some(({ on, values }) => on && values.probes > 0);
}

/**
 * Are these the entries that the surface starts with, untouched?
 * @param {Catalogue} catalogue
 * @param {string | null} surface
 * @param {Entry[]} entries
 */
export function areUsual(catalogue, surface, entries) {
  const usual = usualOptimizers(catalogue, surface);
  return (
    entries.length === usual.length &&
    entries.every(({ name, on, values, schedule }, i) => name === usual[i] && on && schedule === null && sameValues(values, usualValues(catalogue, surface, name)))
  );
}

/** @param {Record<string, number>} a @param {Record<string, number>} b */
export function sameValues(a, b) {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]));
}

/**
 * Another surface under the same runners: who runs stays, unless nobody touched the list; their values become the tuned ones.
 * @param {Catalogue} catalogue
 * @param {Settings} old
 * @param {string} name
 * @returns {Settings}
 */
export function onSurface(catalogue, old, name) {
  const fresh = defaults(catalogue, name);
  const touched = !areUsual(catalogue, old.surface, old.entries);
  const entries = touched
    ? old.entries.filter((entry) => runsOn(catalogue, name, entry.name)).map((entry) => ({ ...entry, values: usualValues(catalogue, name, entry.name) }))
    : fresh.entries;
  const looked = old.entries.find((entry) => entry.id === old.chosen)?.name;
  const chosen = entries.find((entry) => entry.id === old.chosen || entry.name === looked)?.id ?? null;
  const mode = onLine(catalogue, name) ? "contour" : old.mode;
  return { ...fresh, entries, chosen, curve: old.curve, over: old.over, stopping: old.stopping, mode, inspector: old.inspector, overlay: old.overlay, average: old.average, open: old.open, noise: old.noise, seed: old.seed, seeds: old.seeds };
}

/**
 * The parameter that a slider of a typed formula moves: its range grows with its value.
 * @param {string} name
 * @param {number} value
 * @returns {Parameter & {open: true}}
 */
export function typedParameter(name, value) {
  const most = Math.max(10, 10 ** Math.ceil(Math.log10(Math.abs(value) || 1) - 1e-9));
  const [, letters, digits] = /** @type {RegExpMatchArray} */ (name.match(/^(.*?)(\d*)$/));
  const symbol = digits && letters ? `<msub><mi>${letters}</mi><mn>${digits}</mn></msub>` : `<mi>${name}</mi>`;
  return {
    name, symbol: `<math xmlns="http://www.w3.org/1998/Math/MathML">${symbol}</math>`, meaning: `the ${name} of your formula`,
    default: 1, low: -most, high: most, scale: "linear", open: true,
  };
}
