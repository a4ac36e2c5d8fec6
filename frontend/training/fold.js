// Events -> race. Each event is folded exactly once: one seen before is passed over, a missing one is reported.

import { addSteps, createRun, note, smoothedAt } from "./run.js";

/**
 * @typedef {import("./run.js").Run} Run
 * @typedef {import("../catalogue.js").RaceRequest} RaceRequest
 * @typedef {"queued" | "running" | "paused" | "finished" | "stopped" | "failed" | "interrupted"} RaceState
 * @typedef {{seq: number, type: string} & Record<string, any>} RaceEvent  as the log holds it
 *
 * @typedef {object} Race  all that this page knows of one race; grown in place, since a long one has 10⁵ points
 * @property {string} id
 * @property {number} seq  the last event folded in
 * @property {RaceState} state
 * @property {RaceRequest | null} request
 * @property {string} device  "" until the worker has said it
 * @property {number} workers
 * @property {string} fingerprint  of the initial weights and the order of the batches
 * @property {string[]} fingerprints  of each repeat's; one where there are no repeats
 * @property {number} parameters  weights of the network
 * @property {number} stepsPerEpoch  0 until the race has started
 * @property {number} steps
 * @property {number} epochs
 * @property {RaceRequest["optimizers"]} entrants  as they were asked for: those of the request, then the forks
 * @property {Run[]} runs  one per entrant, in the same order
 * @property {{received: number, total: number | null} | null} download
 * @property {string} message  why it failed, "" otherwise
 * @property {string} recorded  where a race that came with Thalweg was run, "" for one of this server's own
 * @property {{train: number, validation: number} | null} images  as the workers counted them; null until the race has started
 * @property {string[]} classes  of the images
 * @property {{labels: number[], pixels: string} | null} strip  the images that every network is asked about
 * @property {import("./landscape.js").Landscape | null} landscape  the finest so far, where it was asked for
 * @property {string[]} findings  what a recorded race shows, in sentences
 */

const KEPT = 3; // of an entrant's checkpoints the newest lie on the disk, as the server's ledger has it

/** States that nothing follows. */
export const FINAL = new Set(["finished", "stopped", "failed"]);

/**
 * @param {string} id
 * @param {RaceRequest | null} [request]
 * @returns {Race}
 */
export function emptyRace(id, request = null) {
  return {
    id, request, seq: 0, state: "queued", device: "", workers: 0, fingerprint: "", fingerprints: [], parameters: 0,
    stepsPerEpoch: 0, steps: 0, epochs: request?.epochs ?? 0,
    entrants: lanes(request),
    runs: lanes(request).map((each, entrant) => createRun(entrant, each.name)),
    download: null, message: "", recorded: "", findings: [], images: null, classes: [], strip: null, landscape: null,
  };
}

/** The optimizers of a request, once in each repeat: its entrants. @param {RaceRequest | null} request */
function lanes(request) {
  return Array.from({ length: request?.repeats ?? 1 }, () => request?.optimizers ?? []).flat();
}

/**
 * Fold a batch into the race.
 * @param {Race} race  changed in place
 * @param {RaceEvent[]} events
 * @returns {{folded: number, gap: boolean}}  gap: an event is missing before the rest, which is left out; ask for it again
 */
export function fold(race, events) {
  let folded = 0;
  for (const event of events) {
    if (event.seq <= race.seq) continue;
    if (event.seq > race.seq + 1) return { folded, gap: true };
    race.seq = event.seq;
    FOLDS[event.type]?.(race, event);
    folded += 1;
  }
  return { folded, gap: false };
}

/** One function per type of event; a type that is unknown here only counts. @type {Record<string, (race: Race, event: RaceEvent) => void>} */
const FOLDS = {
  queued(race, { race: request }) {
    Object.assign(race, { ...emptyRace(race.id, request), seq: race.seq });
  },
  recorded(race, { sentence, findings }) {
    race.recorded = sentence;
    race.findings = findings;
  },
  download(race, { received, total }) {
    race.download = { received, total };
  },
  started(race, event) {
    race.state = "running";
    race.download = null;
    race.device = event.device;
    race.workers = event.workers;
    race.fingerprint = event.fingerprint;
    race.fingerprints = event.fingerprints ?? [event.fingerprint];
    race.parameters = event.parameters;
    race.stepsPerEpoch = event.steps_per_epoch;
    race.steps = event.steps;
    race.epochs = event.epochs;
    race.classes = event.classes ?? [];
    race.strip = event.strip ?? null; // a race that was recorded before there were strips has none
    race.images = { train: event.train, validation: event.validation };
    for (const { entrant, name, title, hyperparameters } of event.entrants) {
      race.runs[entrant] ??= createRun(entrant, name);
      Object.assign(race.runs[entrant], { name, title, hyperparameters, window: smoothingWindow(event.steps) });
    }
  },
  steps: (race, event) => addSteps(race.runs[event.entrant], /** @type {any} */ (event)),
  evaluation(race, { entrant, step, epoch, loss, accuracy, seconds, gradients, gauges }) {
    const run = race.runs[entrant];
    run.evaluations.push({ step, epoch, loss: loss ?? NaN, accuracy: accuracy ?? NaN, seconds, gradients, gauges: gauges ?? {} });
    note(run, step, seconds, gradients);
  },
  portrait: (race, event) => void race.runs[event.entrant].portraits.push(/** @type {any} */ (event)),
  sharpness: (race, event) => void race.runs[event.entrant].sharpness.push({ .../** @type {any} */ (event), value: event.value ?? NaN }),
  landscape: (race, event) => void (race.landscape = /** @type {any} */ (event)),
  epoch(race, { entrant, epoch, seconds }) {
    race.runs[entrant].epochs.push({ epoch, seconds });
  },
  tested(race, { entrant, images, best, last }) {
    race.runs[entrant].tested = { images, best, last };
  },
  diverged(race, { entrant, step, reason, last_loss }) {
    race.runs[entrant].ending = { reason: "diverged", step, sentence: reason, lastLoss: last_loss ?? NaN };
  },
  done: (race, event) => end(race.runs[event.entrant], "done", event),
  withdrawn: (race, event) => end(race.runs[event.entrant], "withdrawn", event),
  changed(race, { entrant, step, hyperparameter, before, value }) {
    const { seconds, gradients } = race.runs[entrant].at; // a change is told right after the step that it follows
    race.runs[entrant].changes.push({ step, seconds, gradients, hyperparameter, before, value });
  },
  checkpoint(race, { entrant, step }) {
    const run = race.runs[entrant];
    run.checkpoints = [...new Set([...run.checkpoints, step])].sort((a, b) => a - b).slice(-KEPT);
  },
  forked(race, { entrant, parent, step, seconds, gradients, kept, name, title, hyperparameters, optimizer }) {
    const { window } = race.runs[parent];
    const origin = { parent, step, seconds, gradients, kept };
    const average = smoothedAt(race.runs[parent], step);
    race.entrants[entrant] = optimizer;
    race.runs[entrant] = { ...createRun(entrant, name), title, hyperparameters, window, origin, average, at: { step, seconds, gradients } };
  },
  paused: (race) => void (race.state = "paused"),
  resumed: (race) => void (race.state = "running"),
  finished: (race) => void (race.state = "finished"),
  stopped: (race) => void (race.state = "stopped"),
  failed(race, { message }) {
    race.state = "failed";
    race.message = message ?? "";
  },
};

/**
 * @param {Run} run
 * @param {"done" | "withdrawn"} reason
 * @param {RaceEvent} event
 */
function end(run, reason, { step, seconds, gradients }) {
  run.ending = { reason, step, sentence: "", lastLoss: NaN };
  note(run, step, seconds, gradients);
}

/**
 * Over how many steps the bold training loss is smoothed: a thirtieth of the race, so that its shape does not depend on the race's length.
 * @param {number} steps
 */
function smoothingWindow(steps) {
  return Math.min(400, Math.max(4, Math.round(steps / 30)));
}
