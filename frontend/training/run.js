// One entrant's numbers as they arrive: every step's loss, its smoothed course, the cost of each point, the validations.

/**
 * @typedef {object} Evaluation  on the validation images; loss and accuracy are NaN where they were not finite
 * @property {number} step
 * @property {number} epoch
 * @property {number} loss
 * @property {number} accuracy  0..1
 * @property {Record<string, number | null>} gauges  what the optimizer tells of itself; null where it has nothing yet
 * @property {number} seconds
 * @property {number} gradients
 *
 * @typedef {{step: number, epoch: number, test_loss: number | null, test_accuracy: number}} Tested
 * @typedef {{step: number, seconds: number, gradients: number}} Place  on the way: minibatches consumed, own training seconds, gradient evaluations
 * @typedef {{hyperparameter: string, before: number | null, value: number} & Place} Change  from this place on
 * @typedef {{parent: number, kept: boolean} & Place} Origin  of a fork; kept: what its parent's optimizer had gathered came along
 *
 * @typedef {object} Run
 * @property {number} entrant
 * @property {string} name
 * @property {string} title
 * @property {Record<string, number>} hyperparameters
 * @property {number[]} step  minibatches consumed, per point of the training loss
 * @property {number[]} loss  NaN where it was not finite
 * @property {number[]} smoothed
 * @property {number[]} seconds  own training seconds, per point
 * @property {number[]} gradients  gradient evaluations in minibatches, per point
 * @property {Evaluation[]} evaluations
 * @property {import("./looks.js").Portrait[]} portraits  one an epoch
 * @property {import("./looks.js").Sharpness[]} sharpness  where it was asked for
 * @property {{epoch: number, seconds: number}[]} epochs
 * @property {Place} at  the furthest point heard of
 * @property {Origin | null} origin  of a fork; null: it began at the race's initial weights
 * @property {Change[]} changes  of hyperparameters, under way
 * @property {number[]} checkpoints  steps that a fork may begin at
 * @property {{images: number, best: Tested, last: Tested} | null} tested  at the end, on the official test split: the weights best in validation, and the last
 * @property {{reason: "done" | "diverged" | "withdrawn", step: number, sentence: string, lastLoss: number} | null} ending
 * @property {import("./repeats.js").Many} [many]  where it stands for the repeats of one optimizer
 * @property {number} window  steps that the smoothing reaches back
 * @property {{mean: number, mass: number}} average
 */

/**
 * @param {number} entrant
 * @param {string} name
 * @returns {Run}
 */
export function createRun(entrant, name) {
  return {
    entrant, name, title: name, hyperparameters: {}, step: [], loss: [], smoothed: [], seconds: [], gradients: [],
    evaluations: [], portraits: [], sharpness: [], epochs: [], at: { step: 0, seconds: 0, gradients: 0 }, origin: null, changes: [], checkpoints: [],
    tested: null, ending: null, window: 10, average: { mean: 0, mass: 0 },
  };
}

/**
 * Seconds and gradients are told once a message, for its last step; the points before it lie evenly between.
 * @param {Run} run
 * @param {{step: number[], loss: (number | null)[], seconds: number, gradients: number} & Record<string, unknown>} message
 */
export function addSteps(run, { step, loss, seconds, gradients }) {
  if (step.length === 0) return;
  const before = run.at;
  const reach = step[step.length - 1] - before.step;
  step.forEach((at, index) => {
    const share = reach > 0 ? (at - before.step) / reach : 1;
    const value = loss[index] ?? NaN;
    run.smoothed.push(smoothed(run, value, at - (run.step.at(-1) ?? begun(run))));
    run.step.push(at);
    run.loss.push(value);
    run.seconds.push(before.seconds + share * (seconds - before.seconds));
    run.gradients.push(before.gradients + share * (gradients - before.gradients));
  });
  note(run, step[step.length - 1], seconds, gradients);
}

/**
 * @param {Run} run
 * @param {number} step
 * @param {number} seconds
 * @param {number} gradients
 */
export function note(run, step, seconds, gradients) {
  if (step >= run.at.step) run.at = { step, seconds, gradients };
}

/**
 * Exponential smoothing without the bias of its start, one value at a time; blind to NaN (see decimate.js).
 * It reaches back over steps, not points: an optimizer that tells a loss every eighth step is smoothed no more than the others.
 * @param {Run} run
 * @param {number} value
 * @param {number} steps  since the point before
 */
function smoothed({ average, window }, value, steps) {
  if (!Number.isFinite(value)) return NaN;
  const weight = Math.exp(-steps / window);
  average.mean = weight * average.mean + (1 - weight) * value;
  average.mass = weight * average.mass + (1 - weight);
  return average.mean / average.mass;
}

/**
 * Where the smoothing stands at a step, for a fork to go on from: as if it had made all steps before.
 * @param {Run} run
 * @param {number} step
 */
export function smoothedAt(run, step) {
  const value = run.smoothed[run.step.filter((each) => each <= step).length - 1];
  const mass = Number.isFinite(value) ? 1 - Math.exp(-step / run.window) : 0;
  return { mean: mass === 0 ? 0 : mass * value, mass };
}

/**
 * The evaluation of the highest accuracy, the earliest of equals. The one before the first step belongs to no optimizer, or to the parent.
 * @param {Run} run
 * @returns {Evaluation | null}
 */
export function best(run) {
  return extreme(run, (a, b) => a.accuracy > b.accuracy);
}

/**
 * The evaluation of the lowest validation loss.
 * @param {Run} run
 * @returns {Evaluation | null}
 */
export function lowest(run) {
  return extreme(run, (a, b) => a.loss < b.loss);
}

/**
 * @param {Run} run
 * @param {(a: Evaluation, b: Evaluation) => boolean} better
 */
function extreme(run, better) {
  /** @type {Evaluation | null} */
  let found = null;
  for (const each of run.evaluations) {
    if (each.step <= begun(run) || !Number.isFinite(each.accuracy) || !Number.isFinite(each.loss)) continue;
    if (found === null || better(each, found)) found = each;
  }
  return found;
}

/**
 * Own training seconds of an epoch: the mean of those finished, null before the first.
 * @param {Run} run
 */
export function secondsPerEpoch(run) {
  if (run.epochs.length === 0) return null;
  return run.epochs.reduce((sum, each) => sum + each.seconds, 0) / run.epochs.length;
}

/**
 * The step that a run's own steps come after: nought, or where a fork begins.
 * @param {Run} run
 */
export function begun(run) {
  return run.origin?.step ?? 0;
}

/**
 * A hyperparameter's value now: the newest change of it, else the one it began with.
 * @param {Run} run
 * @param {string} hyperparameter
 */
export function valueNow(run, hyperparameter) {
  return run.changes.filter((each) => each.hyperparameter === hyperparameter).at(-1)?.value ?? run.hyperparameters[hyperparameter];
}

/** @param {Run} run */
export function withdrawn(run) {
  return run.ending?.reason === "withdrawn";
}

/** @param {Run} run */
export function diverged(run) {
  return run.ending?.reason === "diverged";
}

/**
 * The entrants whose way from the first step on is plain torch: a fork's begins with its parent's.
 * @param {Run[]} runs
 * @param {(name: string) => boolean} plain  whether an optimizer is torch's own
 */
export function repeatable(runs, plain) {
  return runs.filter((run) => {
    /** @type {Run | null} */
    let at = run;
    while (at && plain(at.name)) at = at.origin && runs[at.origin.parent];
    return at === null;
  });
}
