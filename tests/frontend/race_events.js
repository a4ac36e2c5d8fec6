// A short race as the log tells it, for tests: three entrants, four steps an epoch, two epochs; the third diverges at step 3.

const REQUEST = {
  dataset: "shapes", train_size: 256, network: "paper", epochs: 2, batch_size: 64, seed: 7,
  optimizers: [{ name: "momentum", lr: 0.01 }, { name: "adam", lr: 0.001 }, { name: "lbfgs", lr: 1 }],
};

const steps = (entrant, step, loss, seconds, gradients = step.at(-1)) => ({ type: "steps", entrant, step, loss, seconds, gradients });
const evaluation = (entrant, step, loss, accuracy, seconds) => ({
  type: "evaluation", entrant, step, epoch: step / 4, loss, accuracy, seconds, gradients: step,
});

const EVENTS = [
  { type: "queued", race: REQUEST },
  { type: "started", device: "CPU", workers: 2, fingerprint: "3f9ac21e", parameters: 52000, steps_per_epoch: 4, steps: 8, epochs: 2,
    entrants: [
      { entrant: 0, name: "momentum", title: "Momentum", hyperparameters: { lr: 0.01, momentum: 0.9 } },
      { entrant: 1, name: "adam", title: "Adam", hyperparameters: { lr: 0.001 } },
      { entrant: 2, name: "lbfgs", title: "L-BFGS", hyperparameters: { lr: 1 } },
    ] },
  steps(0, [1, 2, 3, 4], [2.3, 2.2, 2.1, 2.0], 0.4),
  steps(1, [1, 2], [2.3, 2.0], 0.2),
  steps(2, [1, 2], [2.3, null], 0.6, 8),
  { type: "diverged", entrant: 2, step: 3, reason: "Loss is not finite at step 3.", last_loss: null },
  evaluation(0, 4, 1.9, 0.4, 0.4),
  { type: "epoch", entrant: 0, epoch: 1, seconds: 0.4 },
  steps(1, [3, 4], [1.8, 1.6], 0.4),
  evaluation(1, 4, 1.7, 0.62, 0.4),
  steps(0, [5, 6, 7, 8], [1.8, 1.6, 1.5, 1.3], 0.8),
  evaluation(0, 8, 1.4, 0.656, 0.8),
  { type: "done", entrant: 0, step: 8, seconds: 0.8, gradients: 8 },
  steps(1, [5, 6, 7, 8], [1.4, 1.3, 1.2, 1.1], 0.8),
  evaluation(1, 8, 2.1, 0.621, 0.8),
  { type: "done", entrant: 1, step: 8, seconds: 0.8, gradients: 8 },
  { type: "finished" },
].map((event, index) => ({ seq: index + 1, ...event }));

export const request = () => structuredClone(REQUEST);
export const events = () => structuredClone(EVENTS);
export const LABELS = ["Momentum", "Adam", "L-BFGS"];
