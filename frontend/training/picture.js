// What is to be drawn of a race: the session and the reader's view of it, put together once for all charts and tables.

import { integer, number } from "../format.js";
import { inks } from "../palette.js";
import { theme } from "../theme.js";
import { entrantLabels } from "./labels.js";
import { usualTarget } from "./measures.js";
import { together } from "./repeats.js";
import { raceAt } from "./replay.js";
import { deeds, rules } from "./rules.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./axes.js").Against} Against
 * @typedef {import("./axes.js").Range} Range
 *
 * @typedef {object} View  what of a race is looked at, and how
 * @property {Against} against
 * @property {ReadonlySet<number>} hidden
 * @property {number | null} patience  of early stopping, in evaluations; null: off
 * @property {number | null} target  accuracy, a share; null: the race's own
 * @property {Range | null} zoom  the part of the x axis that is shown; null: the whole race
 * @property {string | null} gauge  which the drawer of reasons shows; null: it is folded
 * @property {number | null} at  own training seconds that a replay stands at; null: all of the race
 *
 * @typedef {object} RacePicture
 * @property {Race} race  as it is shown: in a replay, as it was then; of repeats one run stands for all
 * @property {Race} whole  that at its end
 * @property {Race} lanes  as it is shown, every repeat by itself
 * @property {Race} wide  at its end, every repeat by itself: the axes hold all of it
 * @property {View} view
 * @property {string[]} titles  by entrant
 * @property {string[]} shorts
 * @property {import("../palette.js").Ink[]} colours
 * @property {import("./curves.js").Pen[]} pens
 * @property {import("../plots/lines.js").Axis} all  the x axis of the whole race
 * @property {import("../plots/lines.js").Axis} x  the part of it that is shown
 * @property {number} room  pixels to keep for the names at the line ends
 * @property {number} classes  of the data set: guessing has the loss ln(classes)
 * @property {number | null} target  accuracy, a share
 * @property {import("./rules.js").Deed[]} done  under way, to single entrants
 * @property {import("../plots/lines.js").Rule[]} rules  the same as marks on the charts
 * @property {boolean} over  nothing follows what is shown
 */

const CHARACTER = 6.6; // pixels of a character at 12 px, on average
const NAME_MARGIN = 36; // the line's end sign, a leader, and the last tick's word beneath

/** A place on the x axis, in words. @type {Record<Against, (x: number) => string>} */
export const PLACES = { epoch: (x) => `epoch ${number(x)}`, time: (x) => `${number(x)} s`, gradients: (x) => `${integer(x)} gradients` };

/**
 * @param {Race} wide
 * @param {boolean} over
 * @param {View} view
 * @param {import("../catalogue.js").Catalogue} catalogue
 * @param {import("./scales.js").Scales} scales
 * @returns {RacePicture}
 */
export function pictureOf(wide, over, view, catalogue, scales) {
  const whole = together(wide);
  const lanes = over && view.at !== null ? raceAt(wide, view.at) : wide;
  const race = lanes === wide ? whole : together(lanes);
  const names = race.runs.map((run) => run.name);
  const entrants = names.map((name, index) => race.entrants[index] ?? { name });
  const from = race.runs.map(({ origin }) => origin?.step ?? null);
  const shorts = entrantLabels(entrants, catalogue.optimizers, "short", from);
  const titles = entrantLabels(entrants, catalogue.optimizers, "title", from);
  const colours = inks(names);
  const all = scales.x(wide, view.against);
  const pens = shorts.map((label, index) => ({ label, colour: colours[index][theme()], dash: colours[index].dash, shown: !view.hidden.has(index) }));
  const done = deeds(race, titles, shorts);
  return {
    race, whole, lanes, wide, view, shorts, titles, colours, all, pens, done, over: over && race.state !== "running",
    rules: rules(done, pens, view.against, race.stepsPerEpoch),
    x: view.zoom === null ? all : { ...all, range: view.zoom, end: false },
    room: NAME_MARGIN + CHARACTER * Math.max(0, ...shorts.map((label) => label.length)),
    classes: catalogue.datasets.find((each) => each.name === race.request?.dataset)?.classes.length ?? 10,
    target: view.target ?? usualTarget(race.runs),
  };
}
