import assert from "node:assert/strict";
import { test } from "node:test";
import { formatHash, parseHash } from "../../frontend/address.js";
import { usualAverage } from "../../frontend/descent/averages.js";
import { DRAWERS } from "../../frontend/descent/drawers.js";
import { fromQuery, keepIds, toQuery } from "../../frontend/descent/link.js";
import { question } from "../../frontend/descent/question.js";
import { newSchedule } from "../../frontend/controls/schedules.js";
import { defaults, firstLook, newEntry, onLine, onSurface, runsOn } from "../../frontend/descent/state.js";
import { CATALOGUE } from "./catalogue.js";
import { generator } from "./generate.js";

const bare = ({ entries, ...rest }) => ({ ...rest, entries: entries.map(({ name, on, values, schedule }) => ({ name, on, values, schedule })) });
/** Through the text of the address, as a person would copy it. */
const through = (settings) => fromQuery(CATALOGUE, parseHash(formatHash("descent", toQuery(CATALOGUE, settings))).query);

test("the default picture has an empty query, and an empty query the default picture", () => {
  assert.equal(toQuery(CATALOGUE, defaults(CATALOGUE)).toString(), "");
  assert.deepEqual(bare(fromQuery(CATALOGUE, new URLSearchParams()).settings), bare(defaults(CATALOGUE)));
});

test("two thousand generated states come back from their links exactly", () => {
  const random = generator(20);
  for (let n = 0; n < 2000; n += 1) {
    const typed = random.next() < 0.3;
    const name = typed ? null : random.pick(CATALOGUE.surfaces).name;
    const settings = defaults(CATALOGUE, name);
    if (typed) {
      settings.formula = random.pick(["x^2+k*y**2", "sin(x)*cos(y) + 100%2", "a & b = # ? / , : é λ", "-x,y:z+1"]);
      settings.parameters = { k: random.between(-5, 5) };
      settings.view = [[-random.next() - 1e-3, random.next() * 1e6], [-3, random.between(-2.9, 9)]];
    } else if (name === "rosenbrock") settings.parameters = { a: random.between(-1.2, 1.2), b: random.pick([100, random.between(1, 1000)]) };
    settings.start = [random.between(-1e3, 1e3), onLine(CATALOGUE, name) ? 0 : random.pick([0, 1e-9, -1.2])];
    settings.steps = random.whole(1, 5000);
    settings.step = random.pick([firstLook(settings.steps), random.whole(0, settings.steps)]);
    settings.noise = random.pick([0, random.between(1e-3, 1e3), 1e6]);
    settings.seed = random.pick([0, random.whole(0, 2 ** 32 - 1)]);
    settings.seeds = random.pick([1, random.whole(2, 64)]);
    settings.batch = name === "line" ? random.whole(0, 3) : 0;
    settings.curve = random.pick(["loss", "gradient"]);
    settings.mode = onLine(CATALOGUE, name) ? "contour" : random.pick(["contour", "3d"]);
    settings.open = random.pick([[], ["noise"], ["graph"], ["linesearch", "graph"], ["curvature", "stopping"], DRAWERS]);
    // What is chosen in these two is in the link while they are open.
    if (settings.open.includes("stopping")) settings.stopping = random.pick([settings.stopping, {}, { step_size: random.between(1e-12, 1e3) }, { gradient_norm: 1e-2, step_size: 1e-9 }]);
    settings.over = random.pick(["steps", "evaluations"]);
    settings.overlay = random.pick([false, true]);
    if (settings.open.includes("averages")) settings.average = random.pick([usualAverage(), { sequence: "five_y", beta: random.between(0, 0.999), square: true, numbers: usualAverage().numbers }]);
    settings.zoom = random.pick([null, [[-0.5, 0.25], [0.125, 3]]]);
    settings.entries = Array.from({ length: random.whole(0, 5) }, () => {
      const entry = newEntry(CATALOGUE, name, random.pick(CATALOGUE.optimizers.filter((one) => runsOn(CATALOGUE, name, one.name))).name);
      entry.on = random.next() < 0.7;
      if (!["lbfgs", "secant"].includes(entry.name)) {
        entry.schedule = newSchedule(CATALOGUE, random.pick(["constant", "step", "cosine"]));
        if (entry.schedule?.name === "step" && random.next() < 0.5) entry.schedule.values = { every: random.whole(1, 1000), gamma: random.between(0.01, 1) };
        if (entry.schedule?.name === "cosine" && random.next() < 0.5) entry.schedule.values.final = random.between(1e-6, 1);
      }
      for (const parameter of CATALOGUE.optimizers.find((one) => one.name === entry.name).parameters) {
        if (random.next() < 0.5) entry.values[parameter.name] = parameter.scale === "integer" ? random.whole(1, 100) : random.between(parameter.low, parameter.high);
      }
      return entry;
    });
    const { settings: back, faults } = through(settings);
    assert.deepEqual(faults, []);
    assert.deepEqual(bare(back), bare(settings));
  }
});

test("a link to a function of one variable keeps to its line", () => {
  const { settings, faults } = fromQuery(CATALOGUE, new URLSearchParams("surface=parabola&start=2,1&mode=3d&run=secant:offset:1,adam"));
  assert.deepEqual(settings.start, [-3, 0]);
  assert.equal(settings.mode, "contour");
  assert.deepEqual(settings.entries.map(({ name, values }) => [name, values.offset]), [["secant", 1], ["adam", undefined]]);
  assert.match(faults.join(" "), /a start “x,0” on a function of one variable in the link, got “2,1”.*no 3-D view/);
});

test("another surface takes off the list who cannot run there, and leaves 3-D where there is none", () => {
  const there = fromQuery(CATALOGUE, new URLSearchParams("surface=parabola&run=secant,adam:lr:3")).settings;
  const plane = onSurface(CATALOGUE, there, "saddle");
  assert.deepEqual(plane.entries.map(({ name }) => name), ["adam"]);
  const back = onSurface(CATALOGUE, { ...plane, mode: "3d" }, "parabola");
  assert.deepEqual([back.mode, back.start], ["contour", [-3, 0]]);
});

test("whatever cannot be used is said in a sentence, and the rest is used", () => {
  for (const [query, said] of [
    ["surface=mars", /“mars”/], ["start=1", /2 numbers/], ["start=1,x", /2 numbers/], ["start=NaN,Infinity", /2 numbers/], ["steps=0", /from 1 to/], ["steps=1e9", /from 1 to/],
    ["steps=2.5", /whole number/], ["at=1001", /from 0 to 1000/], ["p=b:1e400", /number for “b”/], ["p=b:5000", /from 1 to 1000/], ["p=q:1", /“q”/], ["run=adamm", /“adamm”/],
    ["run=adam:lr:99", /lr of Adam/], ["run=adam:speed:1", /“speed” of Adam/], ["run=lbfgs:history:2.5", /history of L-BFGS/], ["run=adam:lr", /lr of Adam/], ["run=secant,adam", /Secant, which is for functions of one variable alone/], ["curve=x", /“curve”/], ["noise=-1", /noise from 0/], ["noise=2e6", /noise from 0/], ["noise=x", /number for “noise”/], ["seed=-1", /whole number/], ["seed=1.5", /whole number/], ["seed=1e12", /whole number/], ["seeds=0", /seeds from 1 to 64/], ["seeds=65", /seeds from 1 to 64/], ["seeds=2.5", /seeds from 1 to 64/],
    ["run=adam:schedule:cosin", /“cosin” of Adam/], ["run=lbfgs:schedule:step", /L-BFGS a schedule/], ["run=adam:schedule.gamma:1", /“gamma” of a schedule/], ["run=adam:schedule:step:schedule.gamma:9", /from 0.01 to 1/],
    ["run=adam:schedule:step:schedule.every:1.5", /every of the schedule of Adam/], ["run=adam:schedule:step:schedule.speed:1", /“speed” of a schedule/], ["run=adam:schedule:step:schedule.every", /every of the schedule/],
    ["mode=4d", /“mode”/], ["open=graph,cellar", /panel “cellar”/], ["zoom=1,0,0,1", /“zoom”/], ["colour=red", /“colour”/], ["formula=", /empty/], [`formula=${"x".repeat(300)}`, /300 characters/],
  ]) {
    const { settings, faults } = fromQuery(CATALOGUE, new URLSearchParams(query));
    assert.equal(faults.length >= 1, true, query);
    assert.match(faults.join(" "), said);
    assert.equal(settings.surface, "rosenbrock");
    assert.deepEqual(settings.start, [-1.2, 1]);
  }
});

test("a thousand links of random rubbish never throw and always give settings within the limits", () => {
  const random = generator(4);
  const keys = ["surface", "formula", "view", "p", "start", "steps", "noise", "seed", "seeds", "batch", "run", "curve", "mode", "at", "zoom", "__proto__"];
  const letters = ["-", ":", ",", "adam", "lr", "1e999", "x", "", "constructor", "schedule", "schedule.gamma", "step", "%", "é", "0", "NaN", "\u0000"];
  for (let n = 0; n < 1000; n += 1) {
    const query = new URLSearchParams(Array.from({ length: random.whole(0, 6) }, () => [random.pick(keys), Array.from({ length: random.whole(0, 6) }, () => random.pick(letters)).join("")]));
    const { settings } = fromQuery(CATALOGUE, query);
    assert.ok(Number.isInteger(settings.steps) && settings.steps >= 1 && settings.steps <= 100000);
    assert.ok(settings.step >= 0 && settings.step <= settings.steps);
    assert.ok([...settings.start, ...Object.values(settings.parameters), ...settings.entries.flatMap(({ values }) => Object.values(values))].every(Number.isFinite));
  }
});

test("Back keeps the identity of rows that did not change", () => {
  const { entries } = defaults(CATALOGUE);
  const again = fromQuery(CATALOGUE, new URLSearchParams("run=gradient_descent:lr:0.5,adam")).settings.entries;
  const kept = keepIds(entries, again);
  assert.equal(kept[0].id, entries[0].id);
  assert.notEqual(kept[0], entries[0]);
  assert.equal(kept[1], entries[1]);
});

test("another surface keeps a touched list of runners and gives it that surface's values", () => {
  const untouched = onSurface(CATALOGUE, defaults(CATALOGUE), "saddle");
  assert.deepEqual(untouched.entries.map(({ name }) => name), ["adam", "lbfgs"]);
  const old = defaults(CATALOGUE);
  old.entries = [newEntry(CATALOGUE, "rosenbrock", "adam")];
  const touched = onSurface(CATALOGUE, old, "saddle");
  assert.deepEqual(touched.entries.map(({ name, values }) => [name, values.lr]), [["adam", 0.05]]);
});

test("a schedule or noise is no default; Back keeps the row whose schedule alone changed", () => {
  const settings = defaults(CATALOGUE);
  settings.entries[1].schedule = newSchedule(CATALOGUE, "cosine");
  settings.noise = 0.5;
  settings.seed = 7;
  const query = toQuery(CATALOGUE, settings);
  assert.equal(query.get("run"), "gradient_descent,adam:schedule:cosine");
  assert.equal(query.get("noise"), "0.5");
  assert.equal(query.get("seed"), "7");
  const back = through(settings).settings.entries;
  const kept = keepIds(settings.entries, back);
  assert.equal(kept[1], settings.entries[1]);
  const without = keepIds(settings.entries, defaults(CATALOGUE).entries);
  assert.equal(without[1].id, settings.entries[1].id);
  assert.equal(without[1].schedule, null);
});

test("another surface keeps schedules and noise", () => {
  const old = { ...defaults(CATALOGUE), noise: 2, seed: 3, seeds: 8 };
  old.entries[0].schedule = newSchedule(CATALOGUE, "step");
  const next = onSurface(CATALOGUE, old, "saddle");
  assert.deepEqual([next.noise, next.seed, next.seeds, next.entries[0].schedule?.name], [2, 3, 8, "step"]);
});

test("a batch size belongs to sums over data, and all rows are none", () => {
  const read = (text) => fromQuery(CATALOGUE, new URLSearchParams(text));
  assert.equal(read("surface=line&batch=3").settings.batch, 3);
  assert.equal(read("surface=line&batch=4").settings.batch, 0);
  assert.match(read("surface=line&batch=5").faults.join(), /from 1 to 4/);
  assert.match(read("surface=saddle&batch=2").faults.join(), /sum over data/);
  assert.equal(onSurface(CATALOGUE, { ...defaults(CATALOGUE, "line"), batch: 2 }, "saddle").batch, 0);
  assert.equal(question({ ...defaults(CATALOGUE, "line"), batch: 2 }).batch_size, 2);
  assert.equal(question(defaults(CATALOGUE, "line")).batch_size, null);
});

test("stopping rules in a link are checked, and asked for only where one is chosen", () => {
  const read = (text) => fromQuery(CATALOGUE, new URLSearchParams(text));
  assert.deepEqual(read("stop=step_size:0.5").settings.stopping, { step_size: 0.5 });
  assert.match(read("stop=patience:3").faults.join(), /stopping rule “patience”/);
  assert.match(read("stop=step_size:0").faults.join(), /from 1e-12 to 1000 for step_size/);
  assert.deepEqual(read("stop=step_size").settings.stopping, {});
  assert.equal(question(defaults(CATALOGUE)).stopping, null);
  const chosen = { ...defaults(CATALOGUE), stopping: { step_size: 0.5 } };
  assert.equal(question(chosen).stopping, null, "nobody looks");
  assert.deepEqual(question({ ...chosen, open: ["stopping"] }).stopping, { step_size: 0.5 });
  assert.equal(question({ ...chosen, stopping: {}, open: ["stopping"] }).stopping, null);
  assert.equal(toQuery(CATALOGUE, { ...chosen, stopping: {}, open: ["stopping"] }).get("stop"), "none");
  assert.deepEqual(read("stop=none").settings.stopping, {});
});

test("what a link sets in a drawer opens it, unless the link keeps it shut", () => {
  const open = (text) => fromQuery(CATALOGUE, new URLSearchParams(text)).settings.open;
  assert.deepEqual(open(""), []);
  assert.deepEqual(open("noise=1&stop=step_size:0.5&average=sine:0.9&model=on"), ["curvature", "noise", "stopping", "averages"]);
  assert.deepEqual(open("noise=0&model=off&open=graph"), ["graph"]);
  assert.deepEqual(open("noise=1&model=on&open=rule,-noise"), ["curvature", "rule"]);
  const noisy = { ...defaults(CATALOGUE), noise: 1 };
  assert.equal(toQuery(CATALOGUE, noisy).get("open"), "-noise");
  assert.equal(toQuery(CATALOGUE, { ...noisy, open: ["noise"] }).toString(), "noise=1");
});
