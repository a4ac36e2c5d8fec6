// Playing a descent: the playhead as a pure function of time. Who calls it owns the clock.

const WHOLE = 10; // seconds for a whole descent at 1x
const SLOWEST = 4; // steps per second, so that a descent of eight steps can be followed

/** @typedef {{step: number, playing: boolean, speed: number}} Playhead  step may have a fraction while playing */

/**
 * @param {number} steps
 * @param {number} speed
 * @returns {number}  steps per second
 */
export function rate(steps, speed) {
  return Math.max(steps / WHOLE, SLOWEST) * speed;
}

/**
 * @param {Playhead} head
 * @param {number} seconds  since the last frame
 * @param {number} steps  where the descent ends
 * @returns {Playhead}  stopped at the end
 */
export function advance(head, seconds, steps) {
  if (!head.playing) return head;
  // A tab that was hidden comes back with one long frame; it goes on where it was instead of leaping.
  const step = Math.min(head.step + rate(steps, head.speed) * Math.min(seconds, 0.1), steps);
  return { ...head, step, playing: step < steps };
}

/**
 * Play from here, from the start when at the end; with reduced motion the end is shown at once.
 * @param {Playhead} head
 * @param {number} steps
 * @param {boolean} reduced
 * @returns {Playhead}
 */
export function play(head, steps, reduced) {
  if (reduced) return { ...head, step: steps, playing: false };
  return { ...head, step: head.step >= steps ? 0 : head.step, playing: true };
}

/**
 * Where a key takes the playhead; null for keys that are not its own.
 * @param {string} key
 * @param {boolean} large
 * @param {number} step
 * @param {number} steps
 * @returns {number | null}
 */
export function scrubKey(key, large, step, steps) {
  const by = large ? Math.max(1, Math.round(steps / 20)) : 1;
  /** @type {Record<string, number>} */
  const to = {
    ArrowRight: step + by, ArrowUp: step + by, ArrowLeft: step - by, ArrowDown: step - by,
    PageUp: step + Math.max(1, Math.round(steps / 10)), PageDown: step - Math.max(1, Math.round(steps / 10)), Home: 0, End: steps,
  };
  return key in to ? Math.min(steps, Math.max(0, to[key])) : null;
}
