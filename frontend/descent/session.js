// From settings to pictures: asks the server whenever something that matters changes, keeps the last good answer.

import { socketAddress } from "../api.js";
import { clearToast, toast } from "../controls/toast.js";
import { createLatest } from "../latest.js";
import { chooseLevels } from "../plots/levels.js";
import { decode } from "../wire.js";
import { measureOf } from "./curves.js";
import { gridQuestion, groundKey, question } from "./question.js";
import { askedRules } from "./stopping.js";

/**
 * @typedef {import("./state.js").Settings} Settings
 * @typedef {import("./state.js").Entry} Entry
 * @typedef {import("../frame.js").Frame} Frame
 * @typedef {import("../wire.js").Reply} Reply
 * @typedef {import("../wire.js").Trajectory} Trajectory
 *
 * @typedef {{entry: Entry, trajectory: Trajectory}} Run
 * @typedef {{sequence: number, settings: Settings, frame: Frame, runs: Run[], reply: Reply}} Picture
 * @typedef {{key: string, frame: Frame, grid: import("../wire.js").Grid, levels: import("../plots/levels.js").Levels | null, minimum: number | null}} Ground
 * @typedef {{detail: string, field: string | null, position: number | null}} Fault
 *
 * @typedef {Settings & {
 *   frame: Frame | null, picture: Picture | null, ground: Ground | null, fault: Fault | null,
 *   info: import("./formula-panel.js").Info | null, playing: boolean, speed: number, held: boolean, theme: import("../theme.js").Theme,
 * }} State
 */

/**
 * @param {import("../store.js").Store<State>} store
 * @param {EventTarget} signals  "sent" events with the sequence number, for measurements
 */
export function createSession(store, signals) {
  /** @type {Map<number, {settings: Settings, frame: Frame, key: string}>} */
  const asked = new Map();
  let complaint = "";
  const channel = createLatest({
    open: () => /** @type {any} */ (new WebSocket(socketAddress("/ws/descents"))),
    onReply: (data) => receive(decode(data)),
    onRefusal: ({ sequence, detail, field = null, position = null }) => {
      asked.delete(sequence);
      store.set({ fault: { detail, field, position } });
      complaint = detail;
      if (!(field ?? "").startsWith("surface.formula")) toast(detail, { bad: true });
    },
    onConnection: (connection) => {
      if (connection.connected) toast("Connected again.");
      else {
        const seconds = connection.seconds < 1 ? "a moment" : `${connection.seconds} s`;
        toast(`Connection lost. The last picture stays. Trying again in ${seconds}.`, { bad: true, action: { text: "Try now", run: channel.connect } });
      }
    },
  });

  function ask() {
    const state = store.get();
    if (!state.frame || (state.surface === null && state.formula === "")) return;
    const key = groundKey(state, state.frame);
    const needed = key !== state.ground?.key;
    const sequence = channel.send(needed ? { ...question(state), grid: gridQuestion(state.frame) } : question(state));
    asked.set(sequence, { settings: state, frame: state.frame, key });
    signals.dispatchEvent(new CustomEvent("sent", { detail: sequence }));
  }

  /** @param {Reply} reply */
  function receive(reply) {
    const then = asked.get(reply.sequence);
    if (!then) return;
    for (const sequence of asked.keys()) if (sequence <= reply.sequence) asked.delete(sequence);
    const running = then.settings.entries.filter((entry) => entry.on);
    const picture = {
      sequence: reply.sequence, settings: then.settings, frame: then.frame, reply,
      runs: running.map((entry, i) => ({ entry, trajectory: reply.trajectories[i] })),
    };
    if (complaint) clearToast();
    complaint = "";
    const { grid, surface: { minimum } } = reply;
    if (!grid) store.set({ picture, fault: null });
    else store.set({ picture, fault: null, ground: { key: then.key, frame: then.frame, grid, levels: chooseLevels(grid, minimum), minimum } });
  }

  store.watch(["surface", "formula", "view", "parameters", "start", "steps", "noise", "seed", "seeds", "batch", "entries", "chosen", "frame"], ask);
  let rules = askedRules(store.get());
  store.watch(["stopping", "open"], (state) => {
    const next = askedRules(state);
    if (next === rules) return;
    rules = next;
    ask();
  });
  // Loss and gradient norm are in every answer; the other curves are measured on the server.
  store.watch(["curve"], () => {
    if (measureOf(store.get().curve) !== null) ask();
  });
  return { connect: channel.connect, idle: channel.idle };
}
