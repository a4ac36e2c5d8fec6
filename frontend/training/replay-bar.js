// Play a finished race again, or scrub through it: every entrant on its own clock of training seconds.

import { h, setText, svg } from "../dom.js";
import { number } from "../format.js";
import { advance, play } from "../player.js";

const PARTS = 1000; // of the whole race, the unit of the playhead
const BETWEEN = 120; // milliseconds from one picture to the next while it plays
const ICONS = { play: "M5 3.200 12.500 8 5 12.800z", pause: "M5 3.500v9M11 3.500v9" };

/**
 * @param {(at: number | null) => void} onAt  own training seconds; null: the end, nothing is replayed
 */
export function createReplayBar(onAt) {
  const path = svg("path", { d: ICONS.play });
  const word = h("span", {}, "Replay");
  const button = h("button", { type: "button", class: "button replay-play", onclick: toggle }, svg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, path), word);
  const scrub = h("input", { type: "range", class: "replay-scrub", min: 0, max: PARTS, step: 1, "aria-label": "Seconds of training", oninput: () => seek(Number(scrub.value)) });
  const words = h("span", { class: "replay-words" });
  const close = h("button", { type: "button", class: "quiet", onclick: () => { stop(); onAt(null); } }, "Show the end");
  const element = h("div", { class: "replay", hidden: true }, scrub, words, close);
  let end = 0;
  /** @type {import("../player.js").Playhead} */
  let head = { step: PARTS, playing: false, speed: 1 };
  let frame = 0;
  let last = 0; // when the newest picture was asked for

  const seconds = () => (head.step >= PARTS ? end : Number(((end * head.step) / PARTS).toPrecision(4)));

  /** @param {number} step */
  function seek(step) {
    stop();
    head = { ...head, step };
    onAt(seconds());
  }
  function stop() {
    cancelAnimationFrame(frame);
    head = { ...head, playing: false };
    show();
  }
  function toggle() {
    if (head.playing) return seek(head.step);
    head = play(head, PARTS, matchMedia("(prefers-reduced-motion: reduce)").matches);
    onAt(seconds());
    last = performance.now();
    if (head.playing) frame = requestAnimationFrame((now) => go(now, now));
    show();
  }
  /**
   * @param {number} now
   * @param {number} before  the frame before
   */
  function go(now, before) {
    // Gone from the page, or the hand has taken the race to its end.
    if (!head.playing || button.offsetParent === null) return stop();
    head = advance(head, (now - before) / 1000, PARTS);
    if (now - last >= BETWEEN || !head.playing) {
      last = now;
      onAt(seconds());
    }
    if (head.playing) frame = requestAnimationFrame((next) => go(next, now));
    else show();
  }
  function show() {
    path.setAttribute("d", head.playing ? ICONS.pause : ICONS.play);
    button.dataset.icon = head.playing ? "pause" : "resume";
    setText(word, head.playing ? "Pause" : "Replay");
  }

  return {
    /** Replay and Pause, for the head of the race. */
    button,
    element,
    /**
     * @param {boolean} over  the race is: before that there is nothing to replay
     * @param {number} until  seconds of its slowest entrant
     * @param {number | null} at
     */
    update(over, until, at) {
      button.hidden = !over || !(until > 0);
      element.hidden = button.hidden || at === null;
      end = until;
      if (at === null && head.playing) stop();
      if (!head.playing) head = { ...head, step: at === null || until <= 0 ? PARTS : Math.min(PARTS, (PARTS * at) / until) };
      scrub.value = String(Math.round(head.step));
      const text = `${number(at ?? until)} of ${number(until)} s of training`;
      scrub.setAttribute("aria-valuetext", text);
      setText(words, text);
      show();
    },
  };
}
