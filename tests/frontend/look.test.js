import assert from "node:assert/strict";
import test from "node:test";

import { looks } from "../../frontend/descent/look.js";
import { newEntry } from "../../frontend/descent/state.js";
import { newSchedule, scheduleOf } from "../../frontend/controls/schedules.js";
import { inks } from "../../frontend/palette.js";
import { CATALOGUE } from "./catalogue.js";

const titles = (catalogue, ...changes) => {
  const entries = changes.map(([name, values]) => {
    const entry = newEntry(catalogue, "rosenbrock", name);
    return { ...entry, values: { ...entry.values, ...values } };
  });
  const found = looks(catalogue, entries, "light");
  return entries.map(({ id }) => found.get(id).title);
};

test("one of a kind has its bare name, twins the number in which they differ", () => {
  assert.deepEqual(titles(CATALOGUE, ["adam"], ["lbfgs"]), ["Adam", "L-BFGS"]);
  assert.deepEqual(titles(CATALOGUE, ["adam", { lr: 0.1 }], ["adam", { lr: 0.2, eps: 1 }]), ["Adam 0.1", "Adam 0.2"]);
  assert.deepEqual(titles(CATALOGUE, ["adam", { beta1: 0.5 }], ["adam", { beta1: 0.9 }]), ["Adam beta1 = 0.5", "Adam beta1 = 0.9"]);
  assert.deepEqual(titles(CATALOGUE, ["adam", { lr: 0.1 }], ["adam", { lr: 0.1 }]), ["Adam 0.1", "Adam 0.1"]);
});

test("twins that differ by their schedule alone are told by it, and no two look alike", () => {
  const rates = [null, newSchedule(CATALOGUE, "step"), newSchedule(CATALOGUE, "step"), null, null, null];
  const entries = rates.map((schedule) => ({ ...newEntry(CATALOGUE, "rosenbrock", "adam"), schedule }));
  const found = looks(CATALOGUE, entries.slice(0, 2), "light");
  const title = scheduleOf(CATALOGUE, "step").title.toLowerCase();
  assert.deepEqual(entries.slice(0, 2).map(({ id }) => found.get(id).title).map((words) => words.endsWith(` ${title}`)), [false, true]);
  assert.ok([...looks(CATALOGUE, entries.slice(1, 3), "light").values()].every((look) => !look.title.includes(title)));
  for (const name of ["adam", "newton", "gradient_descent"]) {
    assert.equal(new Set(inks(Array(6).fill(name)).map(({ dash }) => String(dash))).size, 6);
  }
});

test("a symbol that the server wrote as an entity is read as its letter", () => {
  const greek = structuredClone(CATALOGUE);
  greek.optimizers[1].parameters[1].symbol = "<math><mrow><msub><mi>&#x003B2;</mi><mn>1</mn></msub></mrow></math>";
  assert.deepEqual(titles(greek, ["adam", { beta1: 0.5 }], ["adam", { beta1: 0.9 }]), ["Adam β1 = 0.5", "Adam β1 = 0.9"]);
});
