import assert from "node:assert/strict";
import { test } from "node:test";
import { fromQuery, toQuery } from "../../frontend/descent/link.js";
import { glance } from "../../frontend/descent/inspected.js";
import { question } from "../../frontend/descent/question.js";
import { defaults, inspected, newEntry, onSurface } from "../../frontend/descent/state.js";
import { decode } from "../../frontend/wire.js";
import { CATALOGUE } from "./catalogue.js";

test("the inspected optimizer, One or All, and the model on the map survive a link; defaults leave no trace", () => {
  assert.equal(toQuery(CATALOGUE, defaults(CATALOGUE)).toString(), "");
  const settings = defaults(CATALOGUE);
  settings.entries = [...settings.entries, newEntry(CATALOGUE, "rosenbrock", "adam")];
  for (const at of [0, 1, 2]) {
    settings.chosen = settings.entries[at].id;
    settings.inspector = "all";
    settings.overlay = true;
    const query = toQuery(CATALOGUE, settings);
    const { settings: read, faults } = fromQuery(CATALOGUE, query);
    assert.deepEqual(faults, []);
    assert.equal(read.entries.findIndex(({ id }) => id === read.chosen), at);
    assert.deepEqual([read.inspector, read.overlay], ["all", true]);
    assert.equal(toQuery(CATALOGUE, read).toString(), query.toString());
  }
  assert.equal(toQuery(CATALOGUE, settings).get("inspect"), "adam:2");
});

test("a link that inspects nobody, or in no known way, says so", () => {
  for (const text of ["inspect=lbfgs", "inspect=adam:2", "inspect=adam:x", "inspect=", "inspector=two", "model=maybe"]) {
    const { settings, faults } = fromQuery(CATALOGUE, new URLSearchParams(text));
    assert.equal(faults.length, 1, text);
    assert.deepEqual([settings.chosen, settings.inspector, settings.overlay], [null, "one", false]);
  }
});

test("the first that runs is inspected until one is chosen; one that is off is not", () => {
  const settings = defaults(CATALOGUE);
  assert.equal(inspected(settings)?.name, "gradient_descent");
  settings.chosen = settings.entries[1].id;
  assert.equal(inspected(settings)?.name, "adam");
  settings.entries = settings.entries.map((entry) => ({ ...entry, on: entry.name !== "adam" }));
  assert.equal(inspected(settings)?.name, "gradient_descent");
  settings.entries = settings.entries.map((entry) => ({ ...entry, on: false }));
  assert.equal(inspected(settings), undefined);
});

test("the question names the inspected one by its place among those that run", () => {
  const settings = defaults(CATALOGUE);
  settings.chosen = settings.entries[1].id;
  assert.equal(question(settings).inspect, 1);
  settings.entries = settings.entries.map((entry) => ({ ...entry, on: entry.name === "adam" }));
  assert.equal(question(settings).inspect, 0);
  settings.entries = [];
  assert.equal(question(settings).inspect, null);
});

test("another surface keeps the choice where the optimizer runs there too", () => {
  const old = defaults(CATALOGUE);
  old.chosen = old.entries[1].id;
  const next = onSurface(CATALOGUE, old, "saddle");
  assert.equal(next.entries.find(({ id }) => id === next.chosen)?.name, "adam");
  old.chosen = old.entries[0].id;
  assert.equal(onSurface(CATALOGUE, old, "saddle").chosen, null);
});

test("the reply's inspection is a view, and the playhead reads its row without asking", () => {
  const header = {
    sequence: 1, surface: {}, start: {}, seconds: 0, grid: undefined,
    trajectories: [{ optimizer: "adam", offset: 0, rows: 2, stride: 1, last_step: 1, ending: { reason: "converged", step: 1, message: "" }, stability: null, final: {} }],
    inspection: { trajectory: 0, columns: ["gx", "gy", "hxx", "hxy", "hyy", "dx", "dy"], offset: 14, rows: 2, stability: { limit: 2, label: "2/λmax" } },
  };
  let text = JSON.stringify(header);
  while (Buffer.byteLength(text) % 4 !== 0) text += " ";
  const floats = Float32Array.from([...Array(14).keys(), 1, 0, 4, 0, 2, -1, 0, 0, 0, 4, 0, 2, NaN, NaN]);
  const bytes = new Uint8Array(4 + Buffer.byteLength(text) + floats.byteLength);
  new DataView(bytes.buffer).setUint32(0, Buffer.byteLength(text), true);
  bytes.set(Buffer.from(text), 4);
  bytes.set(new Uint8Array(floats.buffer), 4 + Buffer.byteLength(text));
  const reply = decode(bytes.buffer);
  const picture = { reply, runs: [{ entry: { values: { lr: 0.1 } }, trajectory: reply.trajectories[0] }] };
  const first = glance({ picture, step: 0 });
  assert.deepEqual([first.local.stepLength, first.local.limit.limit, first.ending, first.rate], [1, 0.5, null, 0.1]);
  // With a schedule it is the rate of this very step.
  const scheduled = { ...reply.trajectories[0], rates: Float32Array.from([0.5, 0.25]) };
  assert.equal(glance({ picture: { ...picture, runs: [{ ...picture.runs[0], trajectory: scheduled }] }, step: 1 }).rate, 0.25);
  const last = glance({ picture, step: 700 });
  assert.equal(last.ending.reason, "converged");
  assert.equal(last.local.step, null);
  assert.equal(glance({ picture: null, step: 0 }), null);
  assert.equal(glance({ picture: { ...picture, reply: { ...reply, inspection: null } }, step: 0 }), null);
});
