// What is to race, between the catalogue, the form and the address bar. A configuration is a race request with nothing left out.

import { asked, fromAsked, isScheduleKey, readSchedule, schedulePairs } from "../controls/schedules.js";
import { typed } from "../format.js";

/**
 * @typedef {import("../catalogue.js").RaceRequest} Configuration
 * @typedef {import("../catalogue.js").Catalogue} Catalogue
 * @typedef {import("../catalogue.js").OptimizerEntry} OptimizerEntry
 * @typedef {Configuration["optimizers"][number]} Entrant
 * @typedef {import("../controls/scale.js").Parameter} Parameter
 * @typedef {"train_size" | "epochs" | "batch_size" | "seed" | "validation_size" | "crop" | "sharpness_every" | "repeats"} NumberField
 */

/**
 * The optimizers that can train a network.
 * @param {Catalogue} catalogue
 */
export function trainable(catalogue) {
  return catalogue.optimizers.filter((each) => each.training !== null && each.training_parameters !== null);
}

/**
 * @param {OptimizerEntry} optimizer
 * @param {Record<string, any>} [values]  the others take their defaults for training
 * @returns {Entrant}
 */
export function entrant(optimizer, values = {}) {
  /** @type {Entrant} */
  const made = { name: optimizer.name };
  for (const { name, default: usual } of optimizer.training_parameters ?? []) {
    made[name] = values[name] ?? optimizer.training?.[name] ?? usual;
  }
  return made;
}

/**
 * A race request with every hyperparameter written out.
 * @param {Configuration} request
 * @param {Catalogue} catalogue
 * @returns {Configuration}
 */
export function complete(request, catalogue) {
  const optimizers = request.optimizers.flatMap((each) => {
    const known = trainable(catalogue).find((optimizer) => optimizer.name === each.name);
    return known ? [{ ...entrant(known, each), ...asked(fromAsked(catalogue, known.takes_schedule ? each.schedule : null)) }] : [];
  });
  const validation_size = request.validation_size ?? heldOut(request.dataset, catalogue);
  return { ...catalogue.race, ...request, train_size: request.train_size ?? trainSize(request.dataset, catalogue), validation_size, optimizers };
}

/**
 * All training images of a data set.
 * @param {string} dataset
 * @param {Catalogue} catalogue
 */
export function trainSize(dataset, catalogue) {
  return catalogue.datasets.find((each) => each.name === dataset)?.train ?? null;
}

/**
 * The images that a data set usually holds out.
 * @param {string} dataset
 * @param {Catalogue} catalogue
 */
export function heldOut(dataset, catalogue) {
  return catalogue.datasets.find((each) => each.name === dataset)?.validation ?? null;
}

/**
 * The whole numbers of the form, with the bounds that the catalogue sets.
 * @param {Configuration} configuration
 * @param {Catalogue} catalogue
 * @returns {(Parameter & {field: NumberField})[]}  validation_size first, since the others' bounds follow from it
 */
export function numbers({ dataset, train_size, validation_size, optimizers }, { race, limits, datasets }) {
  const known = datasets.find((each) => each.name === dataset);
  const all = known ? known.train + known.validation : 2;
  const images = Math.max(1, all - (validation_size ?? known?.validation ?? 1));
  const whole = (/** @type {NumberField} */ field, /** @type {string} */ name, /** @type {string} */ meaning, /** @type {number} */ high, low = 1) => ({
    field, name, symbol: "", meaning, default: Number(race[field] ?? (field === "validation_size" ? known?.validation : images)), low, high, scale: /** @type {const} */ ("integer"),
  });
  return [
    whole("validation_size", "validation images", "How many images are held out to judge by, after every part of an epoch", all - 1),
    whole("train_size", "training images", "How many images the network learns from", images),
    whole("epochs", "epochs", "How often it sees each of them", limits.epochs ?? 1000),
    whole("batch_size", "batch size", "Images per step", Math.min(limits.batch_size ?? Infinity, train_size ?? images)),
    whole("seed", "seed", "Fixes the initial weights and the order of the batches", limits.seed ?? 2 ** 32 - 1, 0),
    whole("repeats", "repeats", "How often each optimizer runs, with another seed each time: as median and band", mostRepeats(limits, optimizers?.length ?? 1)),
    whole("crop", "crop in pixels", "By how much every training image is moved at random; 0 leaves them in place", limits.crop ?? 8, 0),
    whole("sharpness_every", "sharpness every n epochs", "How many epochs lie between two measurements of the curvature; 0 measures none", limits.epochs ?? 1000, 0),
  ];
}

/**
 * Every repeat of an optimizer is an entrant, and a race has room for so many.
 * @param {Record<string, number>} limits
 * @param {number} optimizers
 */
function mostRepeats(limits, optimizers) {
  return Math.max(1, Math.min(limits.repeats ?? 1, Math.floor((limits.entrants ?? 1) / optimizers)));
}

/**
 * @param {Configuration} configuration
 * @param {Catalogue} catalogue
 * @returns {URLSearchParams}  one `with` per entrant, e.g. with=adam,lr:0.01
 */
export function toQuery(configuration, catalogue) {
  const query = new URLSearchParams();
  for (const key of /** @type {const} */ (["dataset", "network", "train_size", "epochs", "batch_size", "seed"])) {
    query.set(key, String(configuration[key]));
  }
  if (configuration.validation_size !== heldOut(configuration.dataset, catalogue)) query.set("validation_size", String(configuration.validation_size));
  if (configuration.crop > 0) query.set("crop", String(configuration.crop));
  if ((configuration.repeats ?? 1) > 1) query.set("repeats", String(configuration.repeats));
  if (configuration.flip) query.set("flip", "1");
  if (configuration.sharpness_every > 0) query.set("sharpness_every", String(configuration.sharpness_every));
  if (configuration.landscape) query.set("landscape", "1");
  for (const { name, schedule, ...values } of configuration.optimizers) {
    const known = catalogue.optimizers.find((each) => each.name === name);
    /** @type {Record<string, any>} */
    const usual = known ? entrant(known) : {};
    const changed = Object.entries(values).filter(([key, value]) => typeof value === "number" && value !== usual[key]);
    query.append("with", [name, ...changed.map(([key, value]) => `${key}:${value}`), ...schedulePairs(catalogue, fromAsked(catalogue, schedule))].join(","));
  }
  return query;
}

/**
 * Read a link. What it does not say, or says beyond the bounds, keeps the catalogue's own value, and a sentence tells of it.
 * @param {URLSearchParams} query
 * @param {Catalogue} catalogue
 * @returns {{configuration: Configuration, faults: string[]}}
 */
export function fromQuery(query, catalogue) {
  const configuration = complete(catalogue.race, catalogue);
  /** @type {string[]} */
  const faults = [];
  for (const [key, known] of /** @type {const} */ ([["dataset", catalogue.datasets], ["network", catalogue.networks]])) {
    const said = query.get(key);
    if (said === null) continue;
    if (known.some((each) => each.name === said)) configuration[key] = said;
    else faults.push(`Expected ${key} ${known.map((each) => each.name).join(" or ")}, got “${said}”.`);
  }
  if (configuration.dataset !== catalogue.race.dataset) {
    configuration.train_size = defaultImages(configuration.dataset, catalogue);
    configuration.validation_size = heldOut(configuration.dataset, catalogue);
  }
  for (const { field } of numbers(configuration, catalogue)) {
    // The bounds are read anew each time: the batch cannot be larger than the images just read.
    const bounds = numbers(configuration, catalogue).find((each) => each.field === field);
    const said = query.get(field);
    if (said === null || !bounds) continue;
    const value = Number(said);
    if (said.trim() !== "" && Number.isInteger(value) && value >= bounds.low && value <= bounds.high) configuration[field] = value;
    else faults.push(`Expected ${bounds.name} from ${bounds.low} to ${bounds.high}, got “${said}”.`);
  }
  for (const key of /** @type {const} */ (["flip", "landscape"])) {
    const said = query.get(key);
    if (said === "1" || said === "0") configuration[key] = said === "1";
    else if (said !== null) faults.push(`Expected ${key} 0 or 1, got “${said}”.`);
  }
  if (query.has("with")) readEntrants(query.getAll("with"), configuration, catalogue, faults);
  return { configuration, faults };
}

const USUAL_IMAGES = 10_000; // enough to tell optimizers apart, and a race of a minute or two on two cores

/**
 * How many images to begin with: the catalogue's own number, else at most the usual one.
 * @param {string} dataset
 * @param {Catalogue} catalogue
 */
export function defaultImages(dataset, catalogue) {
  const all = trainSize(dataset, catalogue) ?? 1;
  return Math.min(all, catalogue.race.train_size ?? USUAL_IMAGES);
}

/**
 * @param {string[]} texts
 * @param {Configuration} configuration
 * @param {Catalogue} catalogue
 * @param {string[]} faults
 */
function readEntrants(texts, configuration, catalogue, faults) {
  const read = texts.flatMap((text) => {
    const [name, ...pairs] = text.split(",");
    const known = trainable(catalogue).find((each) => each.name === name);
    if (!known) {
      faults.push(`Expected an optimizer that trains networks, got “${name}”.`);
      return [];
    }
    /** @type {Record<string, number>} */
    const values = {};
    /** @type {import("../controls/schedules.js").Schedule | null} */
    let schedule = null;
    for (const pair of pairs) {
      const [key, said = ""] = pair.split(":");
      if (isScheduleKey(key)) {
        schedule = readSchedule(catalogue, known, schedule, key, said, faults);
        continue;
      }
      const parameter = known.training_parameters?.find((each) => each.name === key);
      const value = Number(said);
      if (parameter && said !== "" && value >= parameter.low && value <= parameter.high) values[key] = value;
      else if (parameter) faults.push(`Expected ${key} of ${known.title} from ${typed(parameter.low)} to ${typed(parameter.high)}, got “${said}”.`);
      else faults.push(`${known.title} has no “${key}” to train with.`);
    }
    return [{ ...entrant(known, values), ...asked(schedule) }];
  });
  const most = Math.floor((catalogue.limits.entrants ?? 6) / (configuration.repeats ?? 1));
  if (read.length > most) faults.push(`Expected at most ${most} optimizers, got ${read.length}: the first ${most} are kept.`);
  if (read.length > 0) configuration.optimizers = read.slice(0, most);
}
