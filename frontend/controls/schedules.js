// Learning-rate schedules on the page: the same in words, in a question and in a link. Pure.
// No schedule (null) and a constant one are the same; the page keeps null.

/**
 * @typedef {import("../catalogue.js").Catalogue} Catalogue
 * @typedef {import("../catalogue.js").ScheduleEntry} ScheduleEntry
 * @typedef {import("../catalogue.js").OptimizerEntry} OptimizerEntry
 * @typedef {{name: string, values: Record<string, number>}} Schedule
 */

export const CONSTANT = "constant";
const KEY = "schedule"; // in a link: adam:lr:0.1:schedule:cosine:schedule.final:0.1

/** @param {Catalogue} catalogue @param {string | undefined} name @returns {ScheduleEntry | undefined} */
export function scheduleOf(catalogue, name) {
  return catalogue.schedules.find((schedule) => schedule.name === name);
}

/** @param {ScheduleEntry} declared @returns {Record<string, number>} */
const plainValues = ({ parameters }) => Object.fromEntries(parameters.map(({ name, default: plain }) => [name, plain]));

/**
 * @param {Catalogue} catalogue
 * @param {string} name
 * @returns {Schedule | null}
 */
export function newSchedule(catalogue, name) {
  const declared = scheduleOf(catalogue, name);
  return !declared || name === CONSTANT ? null : { name, values: plainValues(declared) };
}

/** @param {Schedule | null} a @param {Schedule | null} b */
export function sameSchedule(a, b) {
  if (a === null || b === null) return a === b;
  const names = Object.keys(a.values);
  return a.name === b.name && names.length === Object.keys(b.values).length && names.every((name) => Object.is(a.values[name], b.values[name]));
}

/**
 * "η falls along half a cosine to 1 %, over 100 % of the steps"; nothing for a constant rate.
 * @param {Catalogue} catalogue
 * @param {Schedule | null} schedule
 */
export function inWords(catalogue, schedule) {
  const declared = schedule && scheduleOf(catalogue, schedule.name);
  if (!declared) return "";
  return `η ${declared.words.replace(/\{(\w+)(%?)\}/g, (_, name, percent) => {
    const value = schedule.values[name];
    return percent ? `${Number((100 * value).toPrecision(3))}\u2009%` : String(Number(value.toPrecision(4)));
  })}`;
}

/**
 * The part of a question; nothing for a constant rate.
 * @param {Schedule | null} schedule
 * @returns {{schedule?: Record<string, string | number>}}
 */
export function asked(schedule) {
  return schedule === null ? {} : { schedule: { name: schedule.name, ...schedule.values } };
}

/**
 * The other way round: what a question, or a race, has for a schedule.
 * @param {Catalogue} catalogue
 * @param {Record<string, string | number> | null | undefined} said
 * @returns {Schedule | null}
 */
export function fromAsked(catalogue, said) {
  const fresh = said ? newSchedule(catalogue, String(said.name)) : null;
  if (!said || fresh === null) return null;
  return { ...fresh, values: Object.fromEntries(Object.entries(fresh.values).map(([name, usual]) => [name, Number(said[name] ?? usual)])) };
}

/**
 * @param {Catalogue} catalogue
 * @param {Schedule | null} schedule
 * @returns {string[]}  what stands behind an entry of a link, in pairs of key:value
 */
export function schedulePairs(catalogue, schedule) {
  const declared = schedule && scheduleOf(catalogue, schedule.name);
  if (!declared) return [];
  const usual = plainValues(declared);
  const changed = Object.entries(schedule.values).filter(([name, value]) => value !== usual[name]);
  return [`${KEY}:${schedule.name}`, ...changed.map(([name, value]) => `${KEY}.${name}:${value}`)];
}

/** @param {string} key  of a pair of a link */
export function isScheduleKey(key) {
  return key === KEY || key.startsWith(`${KEY}.`);
}

/**
 * Take one pair of a link into a schedule.
 * @param {Catalogue} catalogue
 * @param {OptimizerEntry} optimizer  whose schedule it is
 * @param {Schedule | null} schedule  as the pairs before have left it
 * @param {string} key
 * @param {string} text
 * @param {string[]} faults  gets a sentence about what could not be used
 * @returns {Schedule | null}
 */
export function readSchedule(catalogue, optimizer, schedule, key, text, faults) {
  const { title } = optimizer;
  if (key === KEY) {
    if (!scheduleOf(catalogue, text)) faults.push(`The link asks for a schedule “${text}” of ${title}, which is not known here.`);
    else if (!optimizer.takes_schedule && text !== CONSTANT) faults.push(`The link gives ${title} a schedule, but it sets the length of its steps by itself.`);
    else return newSchedule(catalogue, text);
    return schedule;
  }
  const name = key.slice(KEY.length + 1);
  const declared = schedule && scheduleOf(catalogue, schedule.name)?.parameters.find((parameter) => parameter.name === name);
  const value = text === "" ? NaN : Number(text);
  if (!schedule || !declared) faults.push(`The link sets “${name}” of a schedule of ${title}, which has no such number.`);
  else if (!(value >= declared.low && value <= declared.high) || (declared.scale === "integer" && !Number.isInteger(value))) {
    faults.push(`Expected ${name} of the schedule of ${title} from ${declared.low} to ${declared.high} in the link, got “${text}”.`);
  } else return { ...schedule, values: { ...schedule.values, [name]: value } };
  return schedule;
}
