// One race being watched: its socket, its events folded as they come, its commands until the workers have answered.

import { Refused, request, socketAddress } from "../api.js";
import { clearToast, toast } from "../controls/toast.js";
import { integer, duration } from "../format.js";
import { connect } from "./connection.js";
import { emptyRace, FINAL, fold } from "./fold.js";
import { createPace, progress } from "./progress.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./heading.js").Command} Command
 *
 * @typedef {object} Session
 * @property {Race} race
 * @property {string} name  "race 12"
 * @property {() => Command | null} pending  sent, and not yet acknowledged by an event
 * @property {() => number | null} left  seconds to go, measured
 * @property {() => boolean} over
 * @property {(command: Command) => Promise<void>} command
 * @property {(order: import("./orders.js").Order) => Promise<Record<string, any>>} order  to one entrant; gives what the log says of it, raises Refused
 * @property {() => void} connect  (again) after the last event folded
 * @property {() => void} disconnect
 */

const BATCH = 500; // the server's largest: a full one means that there is more history to come

/** @type {Record<Command, (race: Race) => boolean>} what acknowledges a command */
const ANSWERED = {
  pause: (race) => race.state === "paused", resume: (race) => race.state === "running", stop: () => false,
};

/**
 * @param {{id: string, number: number, race: import("../catalogue.js").RaceRequest}} described  as the server does
 * @param {object} on
 * @param {() => void} on.data  events have arrived: soon is soon enough
 * @param {() => void} on.hand  the reader's own doing: to be shown in this frame
 * @returns {Session}
 */
export function createSession({ id, number, race: asked }, on) {
  const race = emptyRace(id, asked);
  const pace = createPace();
  /** @type {Command | null} */
  let pending = null;
  /** @type {{close: () => void} | null} */
  let connection = null;
  const over = () => FINAL.has(race.state) || race.state === "interrupted";

  /**
   * @param {import("./fold.js").RaceEvent[]} events
   * @param {string} state
   */
  function receive(events, state) {
    const before = race.state;
    const { gap } = fold(race, events);
    // An interrupted race ends with a failure in its log; only the server knows that it was its own end.
    if (state === "interrupted" && FINAL.has(race.state)) race.state = "interrupted";
    if (pending && (over() || ANSWERED[pending](race))) pending = null;
    if (race.state !== before || events.length >= BATCH) pace.restart();
    if (race.state === "running" && events.length < BATCH) pace.see(progress(race).share, performance.now() / 1000);
    on.data();
    return { gap };
  }

  /**
   * @param {number} seconds
   * @param {() => void} retry
   */
  function tellLoss(seconds, retry) {
    const { step } = progress(race);
    const shown = step > 0 ? ` Showing data up to step ${integer(step)}.` : "";
    toast(`Connection lost.${shown} Trying again in ${duration(seconds).replace(".0", "")}.`, { bad: true, action: { text: "Try now", run: retry } });
    lost = true;
  }
  let lost = false;

  return {
    race,
    name: `race ${number}`,
    pending: () => pending,
    left: () => pace.left(),
    over,
    async command(command) {
      pending = command;
      on.hand();
      try {
        await request(`/api/races/${id}/commands`, { method: "POST", body: { command } });
      } catch (error) {
        pending = null;
        if (!(error instanceof Refused)) throw error;
        toast(error.message, { bad: true });
        on.hand();
      }
    },
    async order(order) {
      const { event } = await request(`/api/races/${id}/commands`, { method: "POST", body: order });
      return event;
    },
    connect() {
      if (connection || (over() && race.seq > 0)) return;
      connection = connect({
        address: (after) => socketAddress(`/ws/races/${id}?after=${after}`),
        last: () => race.seq,
        receive, over,
        onOpen() {
          pace.restart();
          if (lost) clearToast();
          lost = false;
        },
        onLost: tellLoss,
      });
    },
    disconnect() {
      connection?.close();
      connection = null;
      pace.restart();
    },
  };
}
