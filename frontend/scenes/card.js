// A card: picture, title, what to notice, source. The whole of it is one link.

import { swatch } from "../controls/swatch.js";
import { h } from "../dom.js";
import { number } from "../format.js";
import { fit } from "../frame.js";
import { notation } from "../notation.js";
import { ink, inks } from "../palette.js";
import { chooseLevels } from "../plots/levels.js";
import { askedFrame, heightAt, liftedReply, profileFrame } from "../plots/profile.js";
import { drawThumbnail } from "./thumbnail.js";

/**
 * @typedef {import("../catalogue.js").Catalogue} Catalogue
 * @typedef {import("../catalogue.js").SceneEntry} SceneEntry
 *
 * @typedef {object} Card
 * @property {SceneEntry} scene
 * @property {HTMLElement} element
 * @property {HTMLElement} link
 * @property {() => void} show  ask for the picture, if it has none yet
 * @property {(inks: import("./thumbnail.js").Inks) => void} paint  again, in other colours
 */

const CELL = 2; // CSS pixels of the picture per grid cell

/**
 * @param {SceneEntry} scene
 * @param {object} options
 * @param {Catalogue} options.catalogue
 * @param {(order: import("./questions.js").Order) => void} options.ask
 * @param {() => import("./thumbnail.js").Inks} options.inksNow
 * @param {() => import("../theme.js").Theme} options.theme
 * @param {() => void} options.onDrawn
 * @returns {Card}
 */
export function createCard(scene, { catalogue, ask, inksNow, theme, onDrawn }) {
  const { id, title, sentence, source, picture } = scene;
  const canvas = h("canvas", { class: "card-canvas" });
  const frame = h("div", { class: "card-picture", "aria-hidden": "true" }, picture.race ? entrants(picture.race, catalogue, scene.recorded !== null) : canvas);
  const from = h("p", { class: "card-source" }, [source.document, source.figure].filter(Boolean).join(" · "));
  const link = h(
    "a", { class: "card", href: scene.hash, "data-id": id },
    frame,
    h("h2", { class: "card-title" }, title),
    h("p", { class: "card-sentence" }, notation(sentence)),
    from,
  );
  const recorded = scene.recorded && h("a", { class: "card-recorded", href: scene.recorded }, "Open a recorded run");
  const element = h("li", { class: "card-item" }, link, recorded);
  /** @type {Omit<import("./thumbnail.js").Picture, "lines"> | null} */
  let drawn = null;
  let asked = false;

  /** @param {import("./thumbnail.js").Inks} now */
  function paint(now) {
    if (!drawn || !picture.question) return;
    const lines = inks(picture.question.optimizers.map(({ name }) => name)).map((one) => ({ colour: one[theme()], dash: one.dash }));
    drawThumbnail(canvas, { ...drawn, lines }, now, devicePixelRatio || 1);
  }

  function show() {
    const { question, view, at } = picture;
    const width = frame.clientWidth;
    const height = frame.clientHeight;
    if (asked || !width) return;
    asked = true;
    if (!question || !view || at === undefined) {
      onDrawn();
      return;
    }
    const line = catalogue.surfaces.find(({ name }) => name === question.surface.name)?.variables === 1;
    const box = line ? askedFrame(view, width, height) : fit(view, width, height);
    const grid = { columns: Math.round(width / CELL) + 1, rows: line ? 2 : Math.round(height / CELL) + 1, view: box.box };
    ask({
      question: { ...question, grid },
      done: (reply) => {
        if (reply?.grid) {
          const { start: [x] } = question;
          drawn = line
            ? { frame: profileFrame(reply.grid, box), reply: liftedReply(reply), levels: null, start: [x, heightAt(reply.grid, x)], step: at }
            : { frame: box, reply, levels: chooseLevels(reply.grid, reply.surface.minimum), start: question.start, step: at };
          paint(inksNow());
          const thinned = Math.max(...reply.trajectories.map(({ stride }) => stride));
          if (thinned > 1) from.append(` · 1 of ${thinned} steps drawn`);
        } else frame.replaceChildren(h("span", { class: "card-empty" }, "No picture: the server refused to run it."));
        onDrawn();
      },
    });
  }

  return { scene, element, link, show, paint };
}

/**
 * What races, and nothing of how it ends: that is not known before it is run.
 * @param {import("../catalogue.js").RaceRequest} race
 * @param {Catalogue} catalogue
 * @param {boolean} recorded  a run of it came with Thalweg, one link further
 */
function entrants({ dataset, epochs, optimizers }, catalogue, recorded) {
  const looks = inks(optimizers.map(({ name }) => name));
  const rows = optimizers.map(({ name, ...values }, i) => {
    const known = catalogue.optimizers.find((each) => each.name === name);
    const primary = known ? values[known.primary] : undefined;
    const rate = known?.primary === "lr" && typeof primary === "number" ? ` ${number(primary)}` : "";
    return h("span", { class: "card-entrant" }, swatch(looks[i] ?? ink(name)), `${known?.short ?? name}${rate}`);
  });
  const where = catalogue.datasets.find((each) => each.name === dataset)?.title ?? dataset;
  return h("div", { class: rows.length > 6 ? "card-race many" : "card-race" }, rows, h("span", { class: "card-race-facts" }, `${where} · ${epochs} epochs${recorded ? "" : " · not run yet"}`));
}
