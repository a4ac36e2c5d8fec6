import assert from "node:assert/strict";
import { test } from "node:test";

import { formatHash, parseHash } from "../../frontend/address.js";
import { complete, fromQuery, numbers, toQuery } from "../../frontend/training/configuration.js";

const lr = { name: "lr", symbol: "", meaning: "", default: 0.1, low: 1e-5, high: 1, scale: "log" };
const beta = { name: "beta1", symbol: "", meaning: "", default: 0.9, low: 0, high: 0.999, scale: "linear" };
const CATALOGUE = {
  optimizers: [
    { name: "momentum", title: "Momentum", training: { lr: 0.01 }, training_parameters: [lr] },
    { name: "adam", title: "Adam", training: { lr: 0.002, beta1: 0.9 }, training_parameters: [lr, beta] },
    { name: "newton", title: "Newton", training: null, training_parameters: null },
  ],
  datasets: [{ name: "shapes", train: 4000 }, { name: "cifar10", train: 50000 }],
  networks: [{ name: "paper" }],
  race: { dataset: "shapes", train_size: 2000, network: "paper", epochs: 8, batch_size: 64, seed: 0, optimizers: [{ name: "momentum" }, { name: "adam" }] },
  limits: { epochs: 100, batch_size: 1024, entrants: 6, seed: 2 ** 31 - 1 },
};
const read = (hash) => fromQuery(parseHash(hash).query, CATALOGUE);

test("an empty link is the catalogue's race, written out", () => {
  const { configuration, faults } = read("#/training");
  assert.deepEqual(faults, []);
  assert.deepEqual(configuration.optimizers, [{ name: "momentum", lr: 0.01 }, { name: "adam", lr: 0.002, beta1: 0.9 }]);
  assert.deepEqual(configuration, complete(CATALOGUE.race, CATALOGUE));
});

test("to the address bar and back", () => {
  const configuration = {
    dataset: "cifar10", train_size: 5000, network: "paper", epochs: 3, batch_size: 32, seed: 7,
    optimizers: [{ name: "adam", lr: 0.002, beta1: 0.9 }, { name: "adam", lr: 1e-5, beta1: 0.95 }, { name: "momentum", lr: 0.03 }],
  };
  const hash = formatHash("training", toQuery(configuration, CATALOGUE));
  assert.equal(hash, "#/training?dataset=cifar10&network=paper&train_size=5000&epochs=3&batch_size=32&seed=7&with=adam&with=adam,lr:0.00001,beta1:0.95&with=momentum,lr:0.03");
  assert.deepEqual(read(hash), { configuration, faults: [] });
});

test("a damaged link keeps what is good and tells the rest", () => {
  const { configuration, faults } = read("#/training?dataset=cats&epochs=1e9&seed=-1&batch_size=&train_size=12.5&with=newton&with=adam,lr:7,power:2");
  assert.deepEqual(configuration, { ...complete(CATALOGUE.race, CATALOGUE), optimizers: [{ name: "adam", lr: 0.002, beta1: 0.9 }] });
  assert.deepEqual(faults, [
    "Expected dataset shapes or cifar10, got “cats”.",
    "Expected training images from 1 to 4000, got “12.5”.",
    "Expected epochs from 1 to 100, got “1e9”.",
    "Expected batch size from 1 to 1024, got “”.",
    "Expected seed from 0 to 2147483647, got “-1”.",
    "Expected an optimizer that trains networks, got “newton”.",
    "Expected lr of Adam from 0.00001 to 1, got “7”.",
    "Adam has no “power” to train with.",
  ]);
});

test("more entrants than a race holds", () => {
  const { configuration, faults } = read(`#/training?${Array.from({ length: 8 }, () => "with=adam").join("&")}`);
  assert.equal(configuration.optimizers.length, 6);
  assert.deepEqual(faults, ["Expected at most 6 optimizers, got 8: the first 6 are kept."]);
});

test("the batch is never larger than the images", () => {
  const bounds = (train_size) => numbers({ dataset: "shapes", train_size }, CATALOGUE).find((each) => each.field === "batch_size")?.high;
  assert.deepEqual([bounds(100), bounds(4000)], [100, 1024]);
});
