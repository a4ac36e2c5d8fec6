// A race on the page: head, charts, leaderboard, set-up; painted at most four times a second, and not at all unseen.

import { h } from "../dom.js";
import { number } from "../format.js";
import { onThemeChange } from "../theme.js";
import { createCharts } from "./charts.js";
import { createDeeds } from "./deeds-panel.js";
import { raceTitle } from "./earlier.js";
import { complete, toQuery } from "./configuration.js";
import { createEachSeed } from "./each-seed.js";
import { createExports } from "./exports.js";
import { createFacts } from "./facts.js";
import { createFigures } from "./figures.js";
import { createGrid } from "./grid-panel.js";
import { bestOf, cells, groups } from "./grid.js";
import { createHeading } from "./heading.js";
import { createLandscape } from "./landscape-panel.js";
import { createLeaderboard } from "./leaderboard.js";
import { createLens } from "./lens.js";
import { createLooks } from "./looks-panel.js";
import { createOrders } from "./orders-panel.js";
import { PLACES, pictureOf } from "./picture.js";
import { progress, progressWords } from "./progress.js";
import { createQueue } from "./queue.js";
import { replayEnd } from "./replay.js";
import { rows, together } from "./repeats.js";
import { createReplayBar } from "./replay-bar.js";
import { createScales } from "./scales.js";
import { repeatable } from "./run.js";
import { raceSentence } from "./sentence.js";
import { createWhy } from "./why.js";

/**
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./axes.js").Against} Against
 * @typedef {import("./picture.js").View} View
 */

const BETWEEN = 250; // milliseconds
const AGAINST = { epoch: "epochs", time: "own training seconds", gradients: "gradient evaluations" };
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
  const replay = createReplayBar((at) => onView({ at }));
  const heading = createHeading({ onCommand: (command) => session()?.command(command), onAnother, replay: replay.button });
  const queue = createQueue(() => paint());
  const scales = createScales();
  const lens = createLens((zoom) => onView({ zoom }));
  const charts = createCharts({
    plotly: catalogue.plotly, scales, lens, onAgainst: (against) => onView({ against, zoom: null }), onWhole: () => onView({ zoom: null }),
    onPatience: (patience) => onView({ patience }), onTarget: (target) => onView({ target }), onDrawn,
  });
  const orders = createOrders({ catalogue, onOrder: (order) => /** @type {Session} */ (session()).order(order), onChange: () => paint() });
  const board = createLeaderboard({ onToggle: toggle, onIsolate: isolate, orders });
  const deeds = createDeeds();
  const seeds = createEachSeed();
  const figures = createFigures();
  const why = createWhy({ plotly: catalogue.plotly, scales, onGauge: (gauge) => onView({ gauge }) });
  lens.attach(why.pane, number);
  const facts = createFacts(catalogue);
  const exports = createExports([...charts.panes, why.pane]);
  const looks = createLooks(onDrawn);
  const landscape = createLandscape({ plotly: catalogue.plotly, onDrawn });
  const grid = createGrid({ onIsolate: isolate, linkTo });
  const element = h(
    "div", { class: "room race-view" },
    h("div", { class: "stage" }, heading.element, replay.element, queue.element, grid.element, charts.element),
    h("aside", { class: "rail", "aria-label": "Standing of the race" }, board.element, seeds.element, deeds.element, facts.fair, facts.element, exports.element),
    h("div", { class: "below" }, figures.element, why.element, landscape.element, looks.element, facts.found),
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
    const { runs } = together(race);
    return new Set(found.flatMap((group) => {
      const best = bestOf(cells(group, runs))?.entrant ?? group.entrants[group.entrants.length >> 1];
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
    const race = session()?.race;
    const others = (race ? rows(race) : []).map((_, row) => row).filter((each) => each !== entrant);
    const alone = !view().hidden.has(entrant) && others.every((each) => view().hidden.has(each));
    onView({ hidden: new Set(alone ? [] : others) });
  }

  function paint() {
    clearTimeout(timer);
    timer = undefined;
    const current = session();
    if (!current || document.hidden) return;
    last = performance.now();
    const hidden = hiddenNow();
    const picture = pictureOf(current.race, current.over(), { ...view(), hidden }, catalogue, scales);
    const { race, whole, titles, colours } = picture;
    heading.update({
      title: raceTitle(race.request, catalogue), name: current.name, race, over: current.over(), pending: current.pending(),
      sentence: raceSentence(race, titles), words: progressWords(picture.lanes, current.over() ? null : current.left()), share: progress(picture.lanes).share,
    });
    queue.update(race, current.name);
    replay.update(current.over(), replayEnd(current.race), view().at);
    charts.element.hidden = queue.shown();
    if (queue.shown()) onDrawn();
    const kinds = race.runs.map(({ name }) => catalogue.optimizers.find((each) => each.name === name)?.title ?? name);
    element.classList.toggle("is-grid", groups(race.request?.optimizers ?? []).length > 0);
    grid.update(race, kinds, colours, hidden, Math.log(picture.classes));
    charts.update(picture);
    orders.update(race, titles);
    deeds.update(picture.done, colours);
    board.update(race, titles, colours, hidden, { patience: view().patience, over: picture.over });
    seeds.update(race, titles, colours);
    figures.update(race, titles, colours, picture.target);
    why.update(picture);
    lens.update({ labels: picture.shorts, shown: picture.x.range, whole: picture.all.range, place: PLACES[view().against] });
    facts.update(race, titles, colours);
    // These two have a time of their own to scrub through.
    looks.update(whole, titles, colours);
    landscape.update(whole, titles, colours, hidden);
    const plain = (/** @type {string} */ name) => catalogue.optimizers.find((each) => each.name === name)?.script ?? false;
    exports.update(race.id, repeatable(race.runs, plain).map(({ entrant }) => ({ entrant: rows(current.race)[entrant][0], title: titles[entrant] })), `${raceTitle(race.request, catalogue)} · ${current.name} · against ${AGAINST[view().against]}`);
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
