// How far the race is, and how long it still takes at the pace measured here.

import { duration, integer, number } from "../format.js";
import { begun, diverged, withdrawn } from "./run.js";

/** @typedef {import("./fold.js").Race} Race */

const LEAST_SECONDS = 3; // of measuring, before a time left is named
const LEAST_SHARE = 0.01;

/**
 * @param {Race} race
 * @returns {{share: number, epoch: number, step: number}}  share of all minibatches, 0..1; the epoch and step that every entrant
 *   still in the race has reached
 */
export function progress(race) {
  if (race.steps === 0) return { share: 0, epoch: 0, step: 0 };
  const running = race.runs.filter((run) => !diverged(run) && !withdrawn(run) && run.at.step >= begun(run));
  if (running.length === 0) return { share: 1, epoch: 0, step: Math.max(0, ...race.runs.map((run) => run.at.step)) };
  const step = Math.min(...running.map((run) => run.at.step));
  const done = running.reduce((sum, run) => sum + run.at.step, 0);
  return { share: Math.min(1, done / (running.length * race.steps)), epoch: step / race.stepsPerEpoch, step };
}

/**
 * Measures the pace of a race while it is watched. History that arrives in one piece, and pauses, are no pace.
 * @returns {{see: (share: number, seconds: number) => void, restart: () => void, left: () => number | null}}
 */
export function createPace() {
  /** @type {{share: number, seconds: number} | null} */
  let first = null;
  let last = { share: 0, seconds: 0 };
  return {
    see(share, seconds) {
      last = { share, seconds };
      first ??= last;
    },
    restart() {
      first = null;
    },
    left() {
      if (!first) return null;
      const share = last.share - first.share;
      const seconds = last.seconds - first.seconds;
      if (seconds < LEAST_SECONDS || share < LEAST_SHARE) return null;
      return ((1 - last.share) * seconds) / share;
    },
  };
}

/**
 * @param {Race} race
 * @param {number | null} left  seconds
 * @returns {{strong: string, rest: string, left: string}}
 */
export function progressWords(race, left) {
  const { epoch, step } = progress(race);
  if (race.download) return { strong: "Downloading", rest: ` ${downloaded(race.download)}`, left: "" };
  if (race.steps === 0) return { strong: "", rest: WAITING[race.state] ?? "", left: "" };
  const over = { finished: "finished", stopped: "stopped", failed: "failed", interrupted: "interrupted", paused: "paused" }[/** @type {string} */ (race.state)];
  const now = Math.min(race.epochs, Math.floor(epoch + 1e-9) + (step < race.steps ? 1 : 0));
  return {
    strong: `epoch ${integer(now)}`,
    rest: ` of ${integer(race.epochs)} · step ${integer(step)} of ${integer(race.steps)}`,
    left: over ?? (left === null || step >= race.steps ? "" : `about ${duration(left)} left`),
  };
}

/** @type {Record<string, string>} */
const WAITING = {
  queued: "waiting for its turn", running: "starting", stopped: "stopped before its first step", failed: "failed before its first step",
  interrupted: "interrupted before its first step",
};

/** @param {{received: number, total: number | null}} download  in bytes */
function downloaded({ received, total }) {
  const megabytes = (/** @type {number} */ bytes) => number(bytes / 1e6);
  return total ? `${megabytes(received)} of ${megabytes(total)} MB` : `${megabytes(received)} MB`;
}
