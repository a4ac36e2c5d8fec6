// The playhead's clock: play, pause, seek, and the space bar.

import { advance, play } from "../player.js";

const SPACE_KEEPERS = "button, a, select, textarea, summary, [role=menu], [role=radio]"; // space means something of its own there

/**
 * @param {import("../store.js").Store<import("./session.js").State>} store
 * @param {() => void} onSettled  the playhead has come to rest
 */
export function createPlayback(store, onSettled) {
  let last = 0;
  let fine = 0; // the playhead with its fraction of a step

  /** @param {number} time */
  function frame(time) {
    const { playing, steps, speed, step } = store.get();
    if (!playing) return;
    if (Math.floor(fine) !== step) fine = step; // somebody has moved it meanwhile
    const next = advance({ step: fine, playing, speed }, (time - last) / 1000, steps);
    last = time;
    fine = next.step;
    store.set({ step: Math.floor(next.step), playing: next.playing });
    if (next.playing) requestAnimationFrame(frame);
    else onSettled();
  }

  function pause() {
    if (!store.get().playing) return;
    store.set({ playing: false });
    onSettled();
  }

  function toggle() {
    const { playing, step, steps, speed } = store.get();
    if (playing) return pause();
    const next = play({ step, playing, speed }, steps, matchMedia("(prefers-reduced-motion: reduce)").matches);
    fine = next.step;
    store.set({ step: next.step, playing: next.playing });
    if (!next.playing) return onSettled();
    last = performance.now();
    requestAnimationFrame(frame);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return;
    if (!document.querySelector(".room.descent")) return;
    if (event.target.closest(SPACE_KEEPERS) || event.target.matches("input:not([type=range])")) return;
    event.preventDefault();
    toggle();
  });

  return {
    toggle,
    pause,
    /** @param {number} step */
    seek(step) {
      const { steps } = store.get();
      store.set({ step: Math.min(steps, Math.max(0, Math.round(step))) });
      onSettled();
    },
  };
}
