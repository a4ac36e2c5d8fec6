// What was done to a race under way, as dotted verticals at the exact step and in sentences: changes, forks, stops. Pure.

import { integer, typed } from "../format.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./run.js").Place} Place
 * @typedef {import("./axes.js").Against} Against
 * @typedef {import("../plots/lines.js").Rule} Rule
 *
 * @typedef {object} Deed
 * @property {number} entrant  whom it is about; of a fork the new one
 * @property {Place[]} places  one for each repeat, the earliest first
 * @property {string} words  few, for the foot of a chart
 * @property {string} sentence
 */

/**
 * @param {Race} race
 * @param {string[]} titles  by entrant
 * @param {string[]} shorts
 * @returns {Deed[]}  in the order of their steps
 */
export function deeds(race, titles, shorts) {
  const done = race.runs.flatMap((run) => {
    const { entrant, origin } = run;
    /** @type {Deed[]} */
    const found = alike(run.changes, run.many !== undefined).map((changes) => ({
      entrant, places: changes, words: `${shorts[entrant]}: ${changes[0].hyperparameter} ${typed(changes[0].value)}`,
      sentence: changedWords(titles[entrant], changes[0], changes.map(({ step }) => step)),
    }));
    if (origin) {
      const gathered = origin.kept ? "with all that its optimizer had gathered" : "with a fresh optimizer";
      found.push({
        entrant, places: [origin], words: `fork of ${shorts[origin.parent]}`,
        sentence: `${titles[entrant]} starts with the weights of ${titles[origin.parent]} at step ${integer(origin.step)}, ${gathered}.`,
      });
    }
    if (run.ending?.reason === "withdrawn") {
      const left = (run.many?.runs ?? [run]).filter((each) => each.ending?.reason === "withdrawn").map(({ at }) => at).sort((a, b) => a.step - b.step);
      found.push({ entrant, places: left, words: `${shorts[entrant]}: stopped`, sentence: stoppedWords(titles[entrant], left.map(({ step }) => step)) });
    }
    return found;
  });
  return done.sort((a, b) => a.places[0].step - b.places[0].step);
}

/**
 * Changes that are one order to several repeats; without repeats each alone.
 * @param {import("./run.js").Change[]} changes
 * @param {boolean} together
 */
function alike(changes, together) {
  if (!together) return changes.map((each) => [each]);
  /** @type {Map<string, import("./run.js").Change[]>} */
  const found = new Map();
  for (const each of [...changes].sort((a, b) => a.step - b.step)) {
    const key = `${each.hyperparameter} ${each.before} ${each.value}`;
    found.set(key, [...(found.get(key) ?? []), each]);
  }
  return [...found.values()];
}

/**
 * "step 7", or where repeats took the same order "steps 7, 9 and 12".
 * @param {number[]} steps
 */
function stepWords(steps) {
  const said = [...steps].sort((a, b) => a - b).map(integer);
  return said.length === 1 ? `step ${said[0]}` : `steps ${said.slice(0, -1).join(", ")} and ${said[said.length - 1]}`;
}

/**
 * @param {string} title
 * @param {{hyperparameter: string, before: number | null, value: number}} change
 * @param {number[]} steps  one for each repeat
 */
export function changedWords(title, { hyperparameter, before, value }, steps) {
  const was = before === null ? "" : `; it was ${typed(before)}`;
  return `${title}’s ${hyperparameter} is ${typed(value)} from ${stepWords(steps)}${was}.`;
}

/**
 * @param {string} title
 * @param {number[]} steps  one for each repeat
 */
export function stoppedWords(title, steps) {
  return `${title} stopped at ${stepWords(steps)}.`;
}

/**
 * @param {Deed[]} done
 * @param {import("./curves.js").Pen[]} pens  by entrant; those that are switched off have no marks
 * @param {Against} against
 * @param {number} stepsPerEpoch
 * @returns {Rule[]}
 */
export function rules(done, pens, against, stepsPerEpoch) {
  return done.filter(({ entrant }) => pens[entrant].shown).flatMap(({ entrant, places, words, sentence }) => places.map((place, at) => ({
    x: { epoch: place.step / (stepsPerEpoch || 1), time: place.seconds, gradients: place.gradients }[against],
    colour: pens[entrant].colour, text: at === 0 ? words : "", sentence,
  })));
}

/**
 * @param {Rule[]} all
 * @param {[number, number]} range  what is shown of the x axis
 */
export const rulesWithin = (all, [low, high]) => all.filter(({ x }) => x >= low && x <= high);
