// A race on the page: head, charts, leaderboard, set-up; painted at most four times a second, and not at all unseen.

import { h } from "../dom.js";
import { integer, number } from "../format.js";
import { inks } from "../palette.js";
import { onThemeChange, theme } from "../theme.js";
import { createCharts } from "./charts.js";
import { raceTitle } from "./earlier.js";
import { createExports } from "./exports.js";
import { createFacts } from "./facts.js";
import { createFigures } from "./figures.js";
import { createHeading } from "./heading.js";
import { entrantLabels } from "./labels.js";
import { createLeaderboard } from "./leaderboard.js";
import { createLens } from "./lens.js";
import { usualTarget } from "./measures.js";
import { progress, progressWords } from "./progress.js";
import { createQueue } from "./queue.js";
import { createScales } from "./scales.js";
import { raceSentence } from "./sentence.js";
import { createWhy } from "./why.js";

/**
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./axes.js").Against} Against
 *
 * @typedef {object} View  what of a race is looked at, and how
 * @property {Against} against
 * @property {ReadonlySet<number>} hidden
 * @property {number | null} patience  of early stopping, in evaluations; null: off
 * @property {number | null} target  accuracy, a share; null: the race's own
 * @property {import("./axes.js").Range | null} zoom  the part of the x axis that is shown; null: the whole race
 * @property {string | null} gauge  which the drawer of reasons shows; null: it is folded
 */

const BETWEEN = 250; // milliseconds
/** A place on the x axis, in words. @type {Record<Against, (x: number) => string>} */
const PLACES = { epoch: (x) => `epoch ${number(x)}`, time: (x) => `${number(x)} s`, gradients: (x) => `${integer(x)} gradients` };
const CHARACTER = 6.6; // pixels of a character at 12 px, on average
const NAME_MARGIN = 36; // the line's end sign, a leader, and the last tick's word beneath

/**
 * @param {object} options
 * @param {import("../catalogue.js").Catalogue} options.catalogue
 * @param {() => Session | null} options.session
 * @param {() => View} options.view
 * @param {(patch: Partial<View>) => void} options.onView
 * @param {() => void} options.onAnother
 * @param {() => void} options.onDrawn
 */
export function createRaceView({ catalogue, session, view, onView, onAnother, onDrawn }) {
  const heading = createHeading({ onCommand: (command) => session()?.command(command), onAnother });
  const queue = createQueue(() => paint());
  const scales = createScales();
  const lens = createLens((zoom) => onView({ zoom }));
  const charts = createCharts({
    plotly: catalogue.plotly, scales, lens, onAgainst: (against) => onView({ against, zoom: null }), onWhole: () => onView({ zoom: null }),
    onPatience: (patience) => onView({ patience }), onTarget: (target) => onView({ target }), onDrawn,
  });
  const board = createLeaderboard({ onToggle: toggle, onIsolate: isolate });
  const figures = createFigures();
  const why = createWhy({ plotly: catalogue.plotly, scales, onGauge: (gauge) => onView({ gauge }) });
  lens.attach(why.pane, number);
  const facts = createFacts(catalogue);
  const exports = createExports();
  const element = h(
    "div", { class: "room race-view" },
    h("div", { class: "stage" }, heading.element, queue.element, charts.element),
    h("aside", { class: "rail", "aria-label": "Standing of the race" }, board.element, facts.fair, exports.element),
    h("div", { class: "below" }, figures.element, why.element, facts.element),
  );
  let last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {number} entrant */
  function toggle(entrant) {
    const hidden = new Set(view().hidden);
    if (!hidden.delete(entrant)) hidden.add(entrant);
    onView({ hidden });
  }
  /** @param {number} entrant */
  function isolate(entrant) {
    const others = (session()?.race.runs ?? []).map((run) => run.entrant).filter((each) => each !== entrant);
    const alone = !view().hidden.has(entrant) && others.every((each) => view().hidden.has(each));
    onView({ hidden: new Set(alone ? [] : others) });
  }

  function paint() {
    clearTimeout(timer);
    timer = undefined;
    const current = session();
    if (!current || document.hidden) return;
    last = performance.now();
    const { race } = current;
    const names = race.runs.map((run) => run.name);
    const entrants = race.request?.optimizers ?? names.map((name) => ({ name }));
    const titles = entrantLabels(entrants, catalogue.optimizers, "title");
    const shorts = entrantLabels(entrants, catalogue.optimizers, "short");
    const colours = inks(names);
    const dataset = catalogue.datasets.find((each) => each.name === race.request?.dataset);
    heading.update({
      title: raceTitle(race.request, catalogue), name: current.name, race, over: current.over(), pending: current.pending(),
      sentence: raceSentence(race, titles), words: progressWords(race, current.left()), share: progress(race).share,
    });
    queue.update(race, current.name);
    charts.element.hidden = queue.shown();
    if (queue.shown()) onDrawn();
    const target = view().target ?? usualTarget(race.runs);
    const pens = shorts.map((label, index) => ({ label, colour: colours[index][theme()], dash: colours[index].dash, shown: !view().hidden.has(index) }));
    const { against, zoom } = view();
    const all = scales.x(race, against);
    const x = zoom === null ? all : { ...all, range: zoom, end: false };
    const room = NAME_MARGIN + CHARACTER * Math.max(0, ...shorts.map((label) => label.length));
    charts.update(race, pens, against, x, zoom !== null, room, dataset?.classes.length ?? 10, view().patience, target);
    board.update(race, titles, colours, view().hidden, { patience: view().patience, over: current.over() });
    figures.update(race, titles, colours, target);
    why.update(race, pens, titles, against, x, zoom !== null, room, view().gauge);
    lens.update({ labels: shorts, shown: x.range, whole: all.range, place: PLACES[against] });
    facts.update(race, titles, colours);
    const repeatable = names.map((name, entrant) => ({ name, entrant, title: titles[entrant] })).filter(({ name }) => catalogue.optimizers.find((each) => each.name === name)?.script);
    exports.update(race.id, repeatable);
  }

  document.addEventListener("visibilitychange", () => paint());
  onThemeChange(() => paint());

  return {
    element,
    /** Paint now: the hand has changed something. */
    paint,
    /** Paint soon: data has arrived. */
    schedule() {
      if (timer !== undefined) return;
      const wait = last + BETWEEN - performance.now();
      if (wait <= 0) paint();
      else timer = setTimeout(paint, wait);
    },
  };
}
