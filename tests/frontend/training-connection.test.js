import assert from "node:assert/strict";
import { test } from "node:test";

import { connect } from "../../frontend/training/connection.js";
import { emptyRace, FINAL, fold } from "../../frontend/training/fold.js";
import { events } from "./race_events.js";

/** A world of sockets and timers that the test moves by hand. */
function world() {
  const sockets = [];
  const timers = [];
  const race = emptyRace("r");
  const lost = [];
  const connection = connect({
    address: (after) => `/ws/races/r?after=${after}`,
    last: () => race.seq,
    receive: (batch) => fold(race, batch),
    over: () => FINAL.has(race.state),
    onLost: (seconds, retry) => lost.push({ seconds, retry }),
    clock: {
      open: (address) => {
        const socket = { address, closed: false, close() { this.closed = true; } };
        sockets.push(socket);
        return socket;
      },
      later: (run, milliseconds) => timers.push({ run, milliseconds }) - 1,
      cancel: (timer) => { if (timer !== undefined) timers[timer].run = () => {}; },
    },
  });
  const send = (batch, state = "running") => sockets.at(-1).onmessage?.({ data: JSON.stringify({ events: batch, state }) });
  return { sockets, timers, race, lost, connection, send };
}

test("a lost connection goes on after the last event, with longer and longer waits", () => {
  const { sockets, timers, race, lost, send } = world();
  const all = events();
  send(all.slice(0, 6));
  sockets[0].onclose({ code: 1006 });
  assert.equal(lost[0].seconds, 1);
  timers[0].run();
  assert.equal(sockets[1].address, "/ws/races/r?after=6");
  sockets[1].onclose({ code: 1006 });
  assert.equal(lost[1].seconds, 2);
  timers[1].run();
  send(all.slice(4)); // an overlap does no harm
  assert.equal(race.seq, all.length);
  sockets.at(-1).onclose({ code: 1000 });
  assert.equal(sockets.length, 3);
  assert.equal(lost.length, 2);
});

test("a message heals the waits", () => {
  const { sockets, timers, lost, send } = world();
  sockets[0].onclose({ code: 1006 });
  timers[0].run();
  send(events().slice(0, 2));
  sockets[1].onclose({ code: 1006 });
  assert.deepEqual(lost.map((each) => each.seconds), [1, 1]);
});

test("a gap closes the socket and asks at once for what is missing", () => {
  const { sockets, race, lost, send } = world();
  const all = events();
  send(all.slice(0, 3));
  send(all.slice(5));
  assert.equal(sockets[0].closed, true);
  assert.equal(sockets[1].address, "/ws/races/r?after=3");
  assert.deepEqual(lost, []);
  send(all.slice(3));
  assert.equal(race.seq, all.length);
});

test("an orderly end before the race's end is a loss", () => {
  const { sockets, lost, send } = world();
  send(events().slice(0, 3));
  sockets[0].onclose({ code: 1000 });
  assert.equal(lost.length, 1);
});

test("closed by hand it stays closed", () => {
  const { sockets, timers, connection, lost } = world();
  sockets[0].onclose({ code: 1006 });
  connection.close();
  timers.forEach((timer) => timer.run());
  assert.equal(sockets.length, 1);
  const other = world();
  other.connection.close();
  assert.equal(other.sockets[0].closed, true);
  other.send(events());
  assert.equal(other.race.seq, 0);
  assert.equal(lost.length, 1);
});
