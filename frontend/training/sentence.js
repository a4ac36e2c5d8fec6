// The race in a sentence or two: who leads, who was quick, who overfits, who is out.

import { integer, number, percent } from "../format.js";
import { overfitting, usualTarget } from "./measures.js";
import { firstPast, rank } from "./ranking.js";
import { best, diverged } from "./run.js";
import { apart, score } from "./spread.js";

/**
 * @typedef {import("./run.js").Run} Run
 * @typedef {import("./fold.js").Race} Race
 * @typedef {{text: string, strong?: boolean}} Part
 */

const MOST_CHARACTERS = 118; // one line of the stage at 1440 px

/**
 * @param {Race} race
 * @param {string[]} labels  by entrant
 * @returns {Part[]}
 */
export function raceSentence(race, labels) {
  if (race.state === "queued") return [];
  if (race.state === "failed") return [{ text: `The race failed. ${race.message}` }];
  const out = divergedPart(race, labels);
  const lead = leadPart(race, labels);
  const optional = [firstPart(race, labels), overfitPart(race, labels)];
  const length = (/** @type {Part[][]} */ parts) => parts.flat().reduce((sum, part) => sum + part.text.length, 0);
  while (optional.length > 0 && length([lead, ...optional, out]) > MOST_CHARACTERS) optional.pop();
  return [lead, ...optional, out].filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : [{ text: " " }, ...part]));
}

/** @param {Part[]} parts */
export const plain = (parts) => parts.map((part) => part.text).join("");

/**
 * @param {Race} race
 * @param {string[]} labels
 * @returns {Part[]}
 */
function leadPart(race, labels) {
  const [leader] = rank(race.runs);
  const top = leader && !diverged(leader) ? best(leader) : null;
  const over = race.state === "finished";
  if (!top) {
    if (race.runs.length > 0 && race.runs.every(diverged)) return [];
    if (over || race.state === "stopped") return [{ text: "The race ended before its first validation." }];
    return [{ text: race.runs.length === 1 ? "Training has begun." : `${word(race.runs.length)} optimizers start from the same weights.` }];
  }
  if (leader.many) return medianPart(race, labels, leader, over);
  if (race.runs.length === 1) return [{ text: labels[0], strong: true }, { text: ` has reached ${percent(top.accuracy)}.` }];
  return [{ text: labels[leader.entrant], strong: true }, { text: ` ${over ? "is best" : "leads"} with ${percent(top.accuracy)}.` }];
}

/**
 * Of repeats: who leads in the median, and whether the repeats tell it from the next.
 * @param {Race} race
 * @param {string[]} labels
 * @param {Run} leader
 * @param {boolean} over
 * @returns {Part[]}
 */
function medianPart(race, labels, leader, over) {
  const found = score(leader);
  if (!found) return [];
  const next = rank(race.runs)[1];
  const told = `median of ${integer(found.all.length)} seeds`;
  if (next && !apart(leader, next)) {
    return [{ text: labels[leader.entrant], strong: true }, { text: " and " }, { text: labels[next.entrant], strong: true },
      { text: ` are in front with ${percent(found.middle)}: ${integer(found.all.length)} seeds do not tell them apart.` }];
  }
  const verb = race.runs.length === 1 ? "has reached" : over ? "is best with" : "leads with";
  return [{ text: labels[leader.entrant], strong: true }, { text: ` ${verb} ${percent(found.middle)}, ${told}.` }];
}

/**
 * @param {Race} race
 * @param {string[]} labels
 * @returns {Part[]}
 */
function firstPart(race, labels) {
  const [leader] = rank(race.runs);
  const top = leader && !diverged(leader) ? best(leader) : null;
  if (!top || race.runs.length === 1) return [];
  const target = usualTarget(race.runs);
  if (target === null) return [];
  const first = firstPast(race.runs, target);
  if (first.length > 2 || first.some(diverged)) return [];
  const alone = !leader.many || apart(leader, rank(race.runs)[1]);
  const names = alone && first.length === 1 && first[0] === leader ? "It" : first.map((run) => labels[run.entrant]).join(" and ");
  return [{ text: `${names} ${first.length === 1 ? "was" : "were"} first past ${percent(target, 0)}.` }];
}

/**
 * @param {Race} race
 * @param {string[]} labels
 * @returns {Part[]}  the entrant whose validation loss has risen most, if any has risen clearly
 */
function overfitPart(race, labels) {
  const risen = race.runs.flatMap((run) => {
    const least = overfitting(run);
    return least ? [{ run, least, rise: (run.evaluations.at(-1)?.loss ?? NaN) / least.loss }] : [];
  });
  if (risen.length === 0) return [];
  const { run, least } = risen.reduce((a, b) => (b.rise > a.rise ? b : a));
  return [{ text: `${labels[run.entrant]} has overfitted since epoch ${number(least.epoch)}.` }];
}

/**
 * @param {Race} race
 * @param {string[]} labels
 * @returns {Part[]}
 */
function divergedPart(race, labels) {
  const out = race.runs.filter(diverged);
  return out.flatMap((run, index) => [
    { text: labels[run.entrant], strong: true },
    { text: `${index === 0 ? " diverged" : ""} at step ${integer(run.ending?.step ?? 0)}${index === out.length - 1 ? "." : ", "}` },
  ]);
}

/** @param {number} count */
export function word(count) {
  return ["No", "One", "Two", "Three", "Four", "Five", "Six"][count] ?? String(count);
}
