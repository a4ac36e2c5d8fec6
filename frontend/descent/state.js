// What the Descent room holds, and its defaults. The link leaves out whatever equals a default.

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
 *
 * @typedef {object} Settings  everything a link carries
 * @property {string | null} surface  a name of the catalogue; null = a typed formula
 * @property {string} formula
 * @property {Box} view  of a typed formula; the surface's own else
 * @property {Record<string, number>} parameters
 * @property {[number, number]} start
 * @property {number} steps
 * @property {Entry[]} entries
 * @property {"loss" | "gradient"} curve
 * @property {"contour" | "3d"} mode
 * @property {number} step  the playhead
 * @property {Box | null} zoom
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
  return { id: freshId(), name: optimizer, on: true, values: usualValues(catalogue, surface, optimizer) };
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
    entries: usualOptimizers(catalogue, name).map((optimizer) => newEntry(catalogue, name, optimizer)),
    curve: "loss",
    mode: "contour",
    step: firstLook(steps),
    zoom: null,
    scene: null,
  };
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
    entries.every(({ name, on, values }, i) => name === usual[i] && on && sameValues(values, usualValues(catalogue, surface, name)))
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
    ? old.entries.map((entry) => ({ ...entry, values: usualValues(catalogue, name, entry.name) }))
    : fresh.entries;
  return { ...fresh, entries, curve: old.curve, mode: old.mode };
}

/**
 * The parameter that a slider of a typed formula moves: its range grows with its value.
 * @param {string} name
 * @param {number} value
 * @returns {Parameter & {open: true}}
 */
export function typedParameter(name, value) {
  const most = Math.max(10, 10 ** Math.ceil(Math.log10(Math.abs(value) || 1) - 1e-9));
  return {
    name, symbol: `<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>${name}</mi></math>`, meaning: `the ${name} of your formula`,
    default: 1, low: -most, high: most, scale: "linear", open: true,
  };
}
