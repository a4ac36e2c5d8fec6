// A race on the page: head, charts, leaderboard, set-up; painted at most four times a second, and not at all unseen.

import { h } from "../dom.js";
import { inks } from "../palette.js";
import { onThemeChange, theme } from "../theme.js";
import { createCharts } from "./charts.js";
import { raceTitle } from "./earlier.js";
import { complete, toQuery } from "./configuration.js";
import { createExports } from "./exports.js";
import { createFacts } from "./facts.js";
import { createGrid } from "./grid-panel.js";
import { bestOf, cells, groups } from "./grid.js";
import { createHeading } from "./heading.js";
import { entrantLabels } from "./labels.js";
import { createLeaderboard } from "./leaderboard.js";
import { createLooks } from "./looks-panel.js";
import { progress, progressWords } from "./progress.js";
import { createQueue } from "./queue.js";
import { raceSentence } from "./sentence.js";

/**
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./axes.js").Against} Against
 * @typedef {{against: Against, hidden: ReadonlySet<number>}} View
 */

const BETWEEN = 250; // milliseconds

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
  const charts = createCharts({ plotly: catalogue.plotly, onAgainst: (against) => onView({ against }), onDrawn });
  const board = createLeaderboard({ onToggle: toggle, onIsolate: isolate });
  const facts = createFacts(catalogue);
  const exports = createExports();
  const looks = createLooks(onDrawn);
  const grid = createGrid({ onIsolate: isolate, linkTo });
  const element = h(
    "div", { class: "room race-view" },
    h("div", { class: "stage" }, heading.element, queue.element, grid.element, charts.element, looks.element),
    h("aside", { class: "rail", "aria-label": "Standing of the race" }, board.element, facts.element, exports.element),
  );
  let last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** What is switched off: in a grid all but the best rates, until the hand chooses. @returns {ReadonlySet<number>} */
  function hiddenNow() {
    const { hidden } = view();
    const race = session()?.race;
    const found = groups(race?.request?.optimizers ?? []);
    if (!race || hidden.size > 0 || found.length === 0) return hidden;
    return new Set(found.flatMap((group) => {
      const best = bestOf(cells(group, race.runs))?.entrant ?? group.entrants[group.entrants.length >> 1];
      return group.entrants.filter((entrant) => entrant !== best);
    }));
  }

  /** @param {number[]} chosen */
  function linkTo(chosen) {
    const request = session()?.race.request;
    if (!request) return "#/training";
    return `#/training?${toQuery(complete({ ...request, optimizers: chosen.map((entrant) => request.optimizers[entrant]) }, catalogue), catalogue)}`;
  }

  /** @param {number} entrant */
  function toggle(entrant) {
    const hidden = new Set(hiddenNow());
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
    const hidden = hiddenNow();
    const dataset = catalogue.datasets.find((each) => each.name === race.request?.dataset);
    heading.update({
      title: raceTitle(race.request, catalogue), name: current.name, race, over: current.over(), pending: current.pending(),
      sentence: raceSentence(race, titles), words: progressWords(race, current.left()), share: progress(race).share,
    });
    queue.update(race, current.name);
    charts.element.hidden = queue.shown();
    if (queue.shown()) onDrawn();
    const pens = shorts.map((label, index) => ({ label, colour: colours[index][theme()], dash: colours[index].dash, shown: !hidden.has(index) }));
    const kinds = names.map((name) => catalogue.optimizers.find((each) => each.name === name)?.title ?? name);
    element.classList.toggle("is-grid", groups(race.request?.optimizers ?? []).length > 0);
    grid.update(race, kinds, colours, hidden, Math.log(dataset?.classes.length ?? 10));
    charts.update(race, pens, view().against, dataset?.classes.length ?? 10);
    board.update(race, titles, colours, hidden);
    facts.update(race, titles, colours);
    looks.update(race, titles, colours);
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
