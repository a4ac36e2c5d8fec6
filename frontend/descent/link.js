// Settings <-> the query of a link. Only what differs from the defaults is written; whatever is read is checked.

import { isScheduleKey, readSchedule, sameSchedule, schedulePairs } from "../controls/schedules.js";
import { averageText, readAverage } from "./average-link.js";
import { usualAverage } from "./averages.js";
import { CURVES } from "./curves.js";
import { OVERS } from "./effort.js";
import { openText, readOpen } from "./open-link.js";
import { sameTolerances } from "./stopping.js";
import { areUsual, defaults, firstLook, freshId, newEntry, onLine, optimizerOf, runsOn, sameValues, surfaceOf, usualValues } from "./state.js";

/**
 * @typedef {import("./state.js").Settings} Settings
 * @typedef {import("./state.js").Entry} Entry
 * @typedef {import("./state.js").Catalogue} Catalogue
 * @typedef {import("./state.js").Box} Box
 */

const KEYS = ["surface", "formula", "view", "p", "start", "steps", "noise", "seed", "seeds", "batch", "run", "curve", "over", "stop", "mode", "at", "zoom", "inspect", "inspector", "model", "average", "open", "scene"];

/**
 * @param {Catalogue} catalogue
 * @param {Settings} settings
 * @returns {URLSearchParams}
 */
export function toQuery(catalogue, settings) {
  const usual = defaults(catalogue, settings.surface);
  const query = new URLSearchParams();
  if (settings.surface === null) {
    query.set("formula", settings.formula);
    query.set("view", settings.view.flat().join(","));
  } else if (settings.surface !== catalogue.surfaces[0].name) query.set("surface", settings.surface);
  const parameters = Object.entries(settings.parameters).filter(([name, value]) => value !== usual.parameters[name]);
  if (parameters.length > 0) query.set("p", parameters.map(([name, value]) => `${name}:${value}`).join(","));
  if (settings.start.some((value, i) => value !== usual.start[i])) query.set("start", settings.start.join(","));
  if (settings.steps !== usual.steps) query.set("steps", String(settings.steps));
  if (settings.noise !== 0) query.set("noise", String(settings.noise));
  if (settings.seed !== 0) query.set("seed", String(settings.seed));
  if (settings.seeds !== 1) query.set("seeds", String(settings.seeds));
  if (settings.batch !== 0) query.set("batch", String(settings.batch));
  if (!areUsual(catalogue, settings.surface, settings.entries)) {
    query.set("run", settings.entries.map((entry) => entryText(catalogue, settings.surface, entry)).join(",") || "none");
  }
  if (settings.curve !== "loss") query.set("curve", settings.curve);
  if (settings.over !== "steps") query.set("over", settings.over);
  // What is chosen in a shut drawer, and shows nowhere else, is not a part of what the link shows.
  if (settings.open.includes("stopping") && !sameTolerances(settings.stopping, usual.stopping)) {
    query.set("stop", Object.entries(settings.stopping).map(([rule, tolerance]) => `${rule}:${tolerance}`).join(",") || "none");
  }
  if (settings.mode !== "contour") query.set("mode", settings.mode);
  if (settings.step !== firstLook(settings.steps)) query.set("at", String(settings.step));
  if (settings.zoom) query.set("zoom", settings.zoom.flat().map((value) => Number(value.toPrecision(8))).join(","));
  const chosen = chosenText(settings);
  if (chosen) query.set("inspect", chosen);
  if (settings.inspector !== "one") query.set("inspector", settings.inspector);
  if (settings.overlay) query.set("model", "on");
  const average = averageText(settings.average);
  if (settings.open.includes("averages") && average !== averageText(usualAverage())) query.set("average", average);
  const open = openText(query, settings.open);
  if (open) query.set("open", open);
  if (settings.scene !== null) query.set("scene", settings.scene);
  return query;
}

/**
 * "adam", or "adam:2" for the second Adam of the rail.
 * @param {Settings} settings
 */
function chosenText({ entries, chosen }) {
  const entry = entries.find(({ id }) => id === chosen);
  if (!entry) return "";
  const place = entries.filter(({ name }) => name === entry.name).indexOf(entry);
  return place > 0 ? `${entry.name}:${place + 1}` : entry.name;
}

/** @param {URLSearchParams} query @param {Settings} settings @param {string[]} faults */
function readChosen(query, settings, faults) {
  const text = query.get("inspect");
  if (text === null) return;
  const [name, place = "1"] = text.split(":");
  const entry = settings.entries.filter((one) => one.name === name)[Number(place) - 1];
  if (entry) settings.chosen = entry.id;
  else faults.push(`The link inspects “${text}”, which is not among its optimizers.`);
}

/** @param {Catalogue} catalogue @param {string | null} surface @param {Entry} entry */
function entryText(catalogue, surface, { name, on, values, schedule }) {
  const usual = usualValues(catalogue, surface, name);
  const changed = Object.entries(values).filter(([key, value]) => value !== usual[key]);
  return [`${on ? "" : "-"}${name}`, ...changed.map(([key, value]) => `${key}:${value}`), ...schedulePairs(catalogue, schedule)].join(":");
}

/**
 * @param {Catalogue} catalogue
 * @param {URLSearchParams} query
 * @returns {{settings: Settings, faults: string[]}}  faults are sentences about what could not be used
 */
export function fromQuery(catalogue, query) {
  /** @type {string[]} */
  const faults = [];
  for (const key of query.keys()) if (!KEYS.includes(key)) faults.push(`The link says “${key}”, which means nothing here.`);
  const asked = query.get("surface");
  const formula = query.get("formula");
  if (asked !== null && !surfaceOf(catalogue, asked)) faults.push(`The link asks for a surface “${asked}”, which is not known here.`);
  const name = formula !== null ? null : surfaceOf(catalogue, asked)?.name ?? catalogue.surfaces[0].name;
  const settings = defaults(catalogue, name);
  if (formula !== null) {
    const most = catalogue.limits.formula_characters ?? Infinity;
    if (formula.length > most) faults.push(`The link's formula has ${formula.length} characters, the most is ${most}.`);
    else settings.formula = formula;
    if (settings.formula.trim() === "") return { ...fromQuery(catalogue, new URLSearchParams()), faults: [...faults, "The link's formula is empty."] };
  }
  readNumbers(query, "start", 2, faults, ([x, y]) => {
    if (y !== 0 && onLine(catalogue, settings.surface)) faults.push(`Expected a start “x,0” on a function of one variable in the link, got “${query.get("start")}”.`);
    else settings.start = [x, y];
  });
  readNumbers(query, "steps", 1, faults, ([steps]) => {
    const most = catalogue.limits.steps ?? Infinity;
    if (!Number.isInteger(steps) || steps < 1 || steps > most) faults.push(`Expected a whole number of steps from 1 to ${most} in the link, got ${steps}.`);
    else settings.steps = steps;
  });
  settings.step = firstLook(settings.steps);
  readNumbers(query, "at", 1, faults, ([step]) => {
    if (!Number.isInteger(step) || step < 0 || step > settings.steps) faults.push(`Expected a step from 0 to ${settings.steps} in the link, got ${step}.`);
    else settings.step = step;
  });
  readNumbers(query, "noise", 1, faults, ([noise]) => {
    const most = catalogue.limits.noise ?? Infinity;
    if (noise < 0 || noise > most) faults.push(`Expected noise from 0 to ${most} in the link, got ${noise}.`);
    else settings.noise = noise;
  });
  readNumbers(query, "seed", 1, faults, ([seed]) => {
    const most = catalogue.limits.seed ?? 2 ** 32 - 1;
    if (!Number.isInteger(seed) || seed < 0 || seed > most) faults.push(`Expected a whole number from 0 to ${most} for the seed in the link, got ${seed}.`);
    else settings.seed = seed;
  });
  readNumbers(query, "seeds", 1, faults, ([seeds]) => {
    const most = catalogue.limits.seeds ?? 1;
    if (!Number.isInteger(seeds) || seeds < 1 || seeds > most) faults.push(`Expected a whole number of seeds from 1 to ${most} in the link, got ${seeds}.`);
    else settings.seeds = seeds;
  });
  readNumbers(query, "batch", 1, faults, ([batch]) => {
    const rows = surfaceOf(catalogue, settings.surface)?.data?.rows.length ?? 0;
    if (rows === 0) faults.push("Expected a surface that is a sum over data for the link's batch size; it is left out.");
    else if (!Number.isInteger(batch) || batch < 1 || batch > rows) faults.push(`Expected a batch size from 1 to ${rows} in the link, got ${batch}.`);
    else settings.batch = batch === rows ? 0 : batch;
  });
  if (formula !== null) readBox(query, "view", faults, (box) => (settings.view = box));
  readBox(query, "zoom", faults, (box) => (settings.zoom = box));
  readParameters(catalogue, query, settings, faults);
  readEntries(catalogue, query, settings, faults);
  readChoice(query, "curve", CURVES, faults, (curve) => (settings.curve = curve));
  readChoice(query, "over", OVERS, faults, (over) => (settings.over = over));
  readStopping(catalogue, query, settings, faults);
  readChoice(query, "mode", ["contour", "3d"], faults, (mode) => {
    if (mode === "3d" && onLine(catalogue, settings.surface)) faults.push("A function of one variable has no 3-D view, which the link asks for.");
    else settings.mode = mode;
  });
  readChosen(query, settings, faults);
  readChoice(query, "inspector", ["one", "all"], faults, (inspector) => (settings.inspector = inspector));
  readChoice(query, "model", ["on", "off"], faults, (model) => (settings.overlay = model === "on"));
  const average = query.get("average");
  if (average !== null) settings.average = readAverage(average, faults) ?? usualAverage();
  settings.open = readOpen(query, faults);
  const scene = query.get("scene");
  if (scene !== null && /^[a-z0-9-]{1,64}$/.test(scene)) settings.scene = scene;
  else if (scene !== null) faults.push(`Expected the id of a scene in the link, got “${scene}”.`);
  return { settings, faults };
}

/** @param {URLSearchParams} query @param {string} key @param {number} count @param {string[]} faults @param {(values: number[]) => void} use */
function readNumbers(query, key, count, faults, use) {
  const text = query.get(key);
  if (text === null) return;
  const values = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (values.length === count && values.every(Number.isFinite)) use(values);
  else faults.push(`Expected ${count === 1 ? "a number" : `${count} numbers`} for “${key}” in the link, got “${text}”.`);
}

/** @param {URLSearchParams} query @param {string} key @param {string[]} faults @param {(box: Box) => void} use */
function readBox(query, key, faults, use) {
  readNumbers(query, key, 4, faults, ([xLow, xHigh, yLow, yHigh]) => {
    if (xLow < xHigh && yLow < yHigh) use([[xLow, xHigh], [yLow, yHigh]]);
    else faults.push(`Expected “${key}” in the link as lower x, upper x, lower y, upper y, got “${query.get(key)}”.`);
  });
}

/** @template {string} T @param {URLSearchParams} query @param {string} key @param {T[]} choices @param {string[]} faults @param {(choice: T) => void} use */
function readChoice(query, key, choices, faults, use) {
  const text = query.get(key);
  if (text === null) return;
  const choice = choices.find((one) => one === text);
  if (choice) use(choice);
  else faults.push(`Expected ${choices.join(" or ")} for “${key}” in the link, got “${text}”.`);
}

/** @param {Catalogue} catalogue @param {URLSearchParams} query @param {Settings} settings @param {string[]} faults */
function readParameters(catalogue, query, settings, faults) {
  const surface = surfaceOf(catalogue, settings.surface);
  for (const part of (query.get("p") ?? "").split(",").filter(Boolean)) {
    const [name, text = ""] = part.split(":");
    const declared = surface?.parameters.find((parameter) => parameter.name === name);
    const value = text === "" ? NaN : Number(text);
    if (surface ? !declared : !/^[A-Za-z]\w*$/.test(name)) faults.push(`The link sets a parameter “${name}”, which this surface does not have.`);
    else if (!Number.isFinite(value)) faults.push(`Expected a number for “${name}” in the link, got “${text}”.`);
    else if (declared && (value < declared.low || value > declared.high)) {
      faults.push(`Expected ${name} from ${declared.low} to ${declared.high} in the link, got ${text}.`);
    } else settings.parameters = { ...settings.parameters, [name]: value };
  }
}

/** @param {Catalogue} catalogue @param {URLSearchParams} query @param {Settings} settings @param {string[]} faults */
function readStopping(catalogue, query, settings, faults) {
  const asked = query.get("stop");
  if (asked === null) return;
  settings.stopping = {};
  for (const part of asked === "none" ? [] : asked.split(",").filter(Boolean)) {
    const [name, text = ""] = part.split(":");
    const rule = catalogue.stopping.find((one) => one.name === name);
    const value = text === "" ? NaN : Number(text);
    if (!rule) faults.push(`The link asks for a stopping rule “${name}”, which is not known here.`);
    else if (!(value >= rule.tolerance.low && value <= rule.tolerance.high)) faults.push(`Expected a tolerance from ${rule.tolerance.low} to ${rule.tolerance.high} for ${name} in the link, got “${text}”.`);
    else settings.stopping = { ...settings.stopping, [name]: value };
  }
}

/** @param {Catalogue} catalogue @param {URLSearchParams} query @param {Settings} settings @param {string[]} faults */
function readEntries(catalogue, query, settings, faults) {
  const text = query.get("run");
  if (text === null) return;
  /** @type {Entry[]} */
  const entries = [];
  for (const part of text === "none" ? [] : text.split(",")) {
    const [head, ...pairs] = part.replace(/^-/, "").split(":");
    const optimizer = optimizerOf(catalogue, head);
    if (!optimizer) {
      faults.push(`The link asks for an optimizer “${head}”, which is not known here.`);
      continue;
    }
    if (!runsOn(catalogue, settings.surface, head)) {
      faults.push(`The link runs ${optimizer.title}, which is for functions of ${optimizer.variables.includes(1) ? "one variable" : "two variables"} alone; it was left out.`);
      continue;
    }
    const entry = newEntry(catalogue, settings.surface, head);
    entry.on = !part.startsWith("-");
    for (let i = 0; i < pairs.length; i += 2) {
      const given = pairs[i + 1] ?? "";
      if (isScheduleKey(pairs[i])) {
        entry.schedule = readSchedule(catalogue, optimizer, entry.schedule, pairs[i], given, faults);
        continue;
      }
      const declared = optimizer.parameters.find(({ name }) => name === pairs[i]);
      const value = given === "" ? NaN : Number(given);
      if (!declared) faults.push(`The link sets “${pairs[i]}” of ${optimizer.title}, which it does not have.`);
      else if (!(value >= declared.low && value <= declared.high) || (declared.scale === "integer" && !Number.isInteger(value))) {
        faults.push(`Expected ${declared.name} of ${optimizer.title} from ${declared.low} to ${declared.high} in the link, got “${given}”.`);
      } else entry.values[declared.name] = value;
    }
    entries.push(entry);
  }
  const most = catalogue.limits.optimizers ?? 16;
  if (entries.length > most) faults.push(`The link runs ${entries.length} optimizers, the most is ${most}; the others were left out.`);
  settings.entries = entries.slice(0, most);
}

/**
 * Entries of a link that equal those on the page keep their identity, so that Back does not rebuild the rail.
 * @param {Entry[]} old
 * @param {Entry[]} next
 * @returns {Entry[]}
 */
export function keepIds(old, next) {
  const free = [...old];
  return next.map((entry) => {
    const at = free.findIndex((one) => one.name === entry.name);
    if (at < 0) return { ...entry, id: freshId() };
    const [same] = free.splice(at, 1);
    return same.on === entry.on && sameValues(same.values, entry.values) && sameSchedule(same.schedule, entry.schedule) ? same : { ...entry, id: same.id };
  });
}
