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
 * @property {Place} place
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
    const found = run.changes.map((change) => ({
      entrant, place: change, words: `${shorts[entrant]}: ${change.hyperparameter} ${typed(change.value)}`,
      sentence: changedWords(titles[entrant], change),
    }));
    if (origin) {
      const gathered = origin.kept ? "with all that its optimizer had gathered" : "with a fresh optimizer";
      found.push({
        entrant, place: origin, words: `fork of ${shorts[origin.parent]}`,
        sentence: `${titles[entrant]} starts with the weights of ${titles[origin.parent]} at step ${integer(origin.step)}, ${gathered}.`,
      });
    }
    if (run.ending?.reason === "withdrawn") {
      found.push({ entrant, place: run.at, words: `${shorts[entrant]}: stopped`, sentence: stoppedWords(titles[entrant], run.ending.step) });
    }
    return found;
  });
  return done.sort((a, b) => a.place.step - b.place.step);
}

/**
 * @param {string} title
 * @param {{hyperparameter: string, before: number | null, value: number, step: number}} change
 */
export function changedWords(title, { hyperparameter, before, value, step }) {
  const was = before === null ? "" : `; it was ${typed(before)}`;
  return `${title}’s ${hyperparameter} is ${typed(value)} from step ${integer(step)}${was}.`;
}

/**
 * @param {string} title
 * @param {number} step
 */
export function stoppedWords(title, step) {
  return `${title} stopped at step ${integer(step)}.`;
}

/**
 * @param {Deed[]} done
 * @param {import("./curves.js").Pen[]} pens  by entrant; those that are switched off have no marks
 * @param {Against} against
 * @param {number} stepsPerEpoch
 * @returns {Rule[]}
 */
export function rules(done, pens, against, stepsPerEpoch) {
  return done.filter(({ entrant }) => pens[entrant].shown).map(({ entrant, place, words, sentence }) => ({
    x: { epoch: place.step / (stepsPerEpoch || 1), time: place.seconds, gradients: place.gradients }[against],
    colour: pens[entrant].colour, text: words, sentence,
  }));
}

/**
 * @param {Rule[]} all
 * @param {[number, number]} range  what is shown of the x axis
 */
export const rulesWithin = (all, [low, high]) => all.filter(({ x }) => x >= low && x <= high);
