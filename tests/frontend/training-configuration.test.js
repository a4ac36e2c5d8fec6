import assert from "node:assert/strict";
import { test } from "node:test";

import { formatHash, parseHash } from "../../frontend/address.js";
import { CATALOGUE as SCHEDULES } from "./catalogue.js";
import { landscapeCost, sharpnessCost } from "../../frontend/training/costs.js";
import { complete, fromQuery, numbers, toQuery } from "../../frontend/training/configuration.js";

const lr = { name: "lr", symbol: "", meaning: "", default: 0.1, low: 1e-5, high: 1, scale: "log" };
const beta = { name: "beta1", symbol: "", meaning: "", default: 0.9, low: 0, high: 0.999, scale: "linear" };
const decay = { name: "weight_decay", symbol: "", meaning: "", default: 0, low: 0, high: 1, scale: "linear" };
const CATALOGUE = {
  optimizers: [
    { name: "momentum", title: "Momentum", training: { lr: 0.01 }, training_parameters: [lr], takes_schedule: true },
    { name: "adam", title: "Adam", training: { lr: 0.002, beta1: 0.9 }, training_parameters: [lr, beta], takes_schedule: true },
    { name: "lbfgs", title: "L-BFGS", training: { lr: 1 }, training_parameters: [lr, decay], takes_schedule: false },
    { name: "newton", title: "Newton", training: null, training_parameters: null },
  ],
  schedules: SCHEDULES.schedules,
  datasets: [{ name: "shapes", train: 4000, validation: 1000 }, { name: "cifar10", train: 50000, validation: 2000 }],
  networks: [{ name: "paper" }, { name: "mlp" }],
  race: { dataset: "shapes", train_size: 2000, validation_size: null, network: "paper", epochs: 8, batch_size: 64, seed: 0, crop: 0, flip: false, sharpness_every: 0, landscape: false, optimizers: [{ name: "momentum" }, { name: "adam" }] },
  limits: { epochs: 100, batch_size: 1024, entrants: 6, crop: 8, seed: 2 ** 31 - 1 },
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
    dataset: "cifar10", train_size: 5000, validation_size: 2000, network: "paper", epochs: 3, batch_size: 32, seed: 7, crop: 0, flip: false, sharpness_every: 0, landscape: false,
    optimizers: [{ name: "adam", lr: 0.002, beta1: 0.9 }, { name: "adam", lr: 1e-5, beta1: 0.95 }, { name: "momentum", lr: 0.03 }],
  };
  const hash = formatHash("training", toQuery(configuration, CATALOGUE));
  assert.equal(hash, "#/training?dataset=cifar10&network=paper&train_size=5000&epochs=3&batch_size=32&seed=7&with=adam&with=adam,lr:0.00001,beta1:0.95&with=momentum,lr:0.03");
  assert.deepEqual(read(hash), { configuration, faults: [] });
});

test("network, held-out images, augmentation, weight decay and schedules go there and back", () => {
  const configuration = {
    dataset: "shapes", train_size: 4500, validation_size: 500, network: "mlp", epochs: 3, batch_size: 32, seed: 7, crop: 4, flip: true, sharpness_every: 2, landscape: true,
    optimizers: [
      { name: "momentum", lr: 0.01, schedule: { name: "cosine", horizon: 0.5, final: 0.01 } },
      { name: "lbfgs", lr: 1, weight_decay: 0.001 },
    ],
  };
  const hash = formatHash("training", toQuery(configuration, CATALOGUE));
  assert.equal(hash, "#/training?dataset=shapes&network=mlp&train_size=4500&epochs=3&batch_size=32&seed=7&validation_size=500&crop=4&flip=1&sharpness_every=2&landscape=1"
    + "&with=momentum,schedule:cosine,schedule.horizon:0.5&with=lbfgs,weight_decay:0.001");
  assert.deepEqual(read(hash), { configuration, faults: [] });
  assert.deepEqual(complete(configuration, CATALOGUE), configuration);
});

test("a constant schedule is none, and who takes none has none", () => {
  const optimizers = [{ name: "momentum", schedule: { name: "constant" } }, { name: "lbfgs", schedule: { name: "cosine", horizon: 1, final: 0 } }];
  assert.deepEqual(complete({ ...CATALOGUE.race, optimizers }, CATALOGUE).optimizers, [{ name: "momentum", lr: 0.01 }, { name: "lbfgs", lr: 1, weight_decay: 0 }]);
});

test("what a link says of schedules and augmentation is checked", () => {
  const { configuration, faults } = read("#/training?crop=9&flip=yes&sharpness_every=-1&landscape=2&validation_size=5000&with=lbfgs,schedule:cosine&with=adam,schedule:spiral&with=momentum,schedule:cosine,schedule.final:7");
  assert.deepEqual([configuration.crop, configuration.flip, configuration.validation_size], [0, false, 1000]);
  assert.deepEqual(configuration.optimizers.map((each) => each.schedule?.name), [undefined, undefined, "cosine"]);
  assert.equal(configuration.optimizers[2].schedule.final, 0.01);
  assert.deepEqual(faults.map((text) => text.split(",")[0]), [
    "Expected validation images from 1 to 4999", "Expected crop in pixels from 0 to 8", "Expected sharpness every n epochs from 0 to 100",
    "Expected flip 0 or 1", "Expected landscape 0 or 1",
    "The link gives L-BFGS a schedule", "The link asks for a schedule “spiral” of Adam", "Expected final of the schedule of Momentum from 0.000001 to 1 in the link",
  ]);
});

test("holding out more images leaves fewer to train on", () => {
  const most = (validation_size) => numbers({ dataset: "shapes", train_size: 100, validation_size }, CATALOGUE).find((each) => each.field === "train_size")?.high;
  assert.deepEqual([most(1000), most(500), most(null)], [4000, 4500, 4000]);
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

test("repeats go there and back, and share the room of a race with its optimizers", () => {
  const catalogue = { ...CATALOGUE, race: { ...CATALOGUE.race, repeats: 1 }, limits: { ...CATALOGUE.limits, repeats: 5 } };
  const configuration = { ...complete(catalogue.race, catalogue), repeats: 3 };
  const query = toQuery(configuration, catalogue);
  assert.equal(query.get("repeats"), "3");
  assert.deepEqual(fromQuery(query, catalogue), { configuration, faults: [] });
  assert.equal(toQuery({ ...configuration, repeats: 1 }, catalogue).has("repeats"), false);
  const most = (count) => numbers({ ...configuration, optimizers: configuration.optimizers.slice(0, count) }, catalogue).find((each) => each.field === "repeats").high;
  assert.deepEqual([most(1), most(2)], [5, 3]); // 6 entrants in all
  const { faults } = fromQuery(new URLSearchParams("repeats=3&with=adam&with=adam&with=adam"), catalogue);
  assert.deepEqual(faults, ["Expected at most 2 optimizers, got 3: the first 2 are kept."]);
});

test("what a closer look costs is said in steps of this race", () => {
  const costs = { sharpness_images: 256, sharpness_products: 30, landscape_images: 512, landscape_points: 706 };
  const asked = { batch_size: 64, epochs: 8, sharpness_every: 0 };
  assert.match(sharpnessCost(asked, costs), /up to 30 products .* over 256 images, each as long as about 8 steps, .* 0: never\.$/);
  assert.match(sharpnessCost({ ...asked, sharpness_every: 3 }, costs), / 3 times: at most as long as 720 steps\.$/);
  assert.match(sharpnessCost({ ...asked, batch_size: 512 }, costs), /about 1 step,/);
  assert.match(landscapeCost(asked, costs), /at 706 points .* about 1,900 steps\.$/);
});

test("the batch is never larger than the images", () => {
  const bounds = (train_size) => numbers({ dataset: "shapes", train_size }, CATALOGUE).find((each) => each.field === "batch_size")?.high;
  assert.deepEqual([bounds(100), bounds(4000)], [100, 1024]);
});
