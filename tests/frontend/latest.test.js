import assert from "node:assert/strict";
import { test } from "node:test";
import { createLatest } from "../../frontend/latest.js";

function bench() {
  const sockets = [];
  const timers = [];
  const heard = { replies: [], refusals: [], connections: [] };
  const channel = createLatest({
    open() {
      const socket = { sent: [], send: (text) => socket.sent.push(JSON.parse(text)), close: () => socket.onclose?.({}), binaryType: "" };
      sockets.push(socket);
      return socket;
    },
    onReply: (data) => heard.replies.push(data),
    onRefusal: (refusal) => heard.refusals.push(refusal),
    onConnection: (connection) => heard.connections.push(connection),
    later(run, wait) {
      const timer = { run, wait, alive: true };
      timers.push(timer);
      return timer;
    },
    cancel: (timer) => timer && (timer.alive = false),
  });
  const fire = () => {
    const timer = timers.filter((one) => one.alive && one.wait < 20_000).pop();
    timer.alive = false;
    timer.run();
    return timer.wait;
  };
  return { channel, sockets, timers, heard, fire };
}

const reply = (socket) => socket.onmessage({ data: new ArrayBuffer(8) });

test("one question is in flight; of those that wait only the newest is ever sent", () => {
  const { channel, sockets, heard } = bench();
  channel.connect();
  channel.send({ n: 1 });
  assert.equal(sockets[0].sent.length, 0, "nothing leaves before the socket is open");
  sockets[0].onopen();
  for (let n = 2; n <= 50; n += 1) channel.send({ n });
  assert.deepEqual(sockets[0].sent.map(({ n }) => n), [1]);
  reply(sockets[0]);
  assert.deepEqual(sockets[0].sent.map(({ n }) => n), [1, 50]);
  reply(sockets[0]);
  assert.equal(sockets[0].sent.length, 2);
  assert.equal(heard.replies.length, 2);
  assert.ok(channel.idle());
});

test("sequence numbers rise, and a reply carries the number that send() gave", () => {
  const { channel, sockets } = bench();
  channel.connect();
  sockets[0].onopen();
  const first = channel.send({});
  assert.equal(sockets[0].sent[0].sequence, first);
  assert.ok(channel.send({}) > first);
});

test("a refusal frees the line like a reply", () => {
  const { channel, sockets, heard } = bench();
  channel.connect();
  sockets[0].onopen();
  channel.send({ n: 1 });
  channel.send({ n: 2 });
  sockets[0].onmessage({ data: JSON.stringify({ sequence: 1, detail: "No." }) });
  assert.equal(heard.refusals[0].detail, "No.");
  assert.equal(sockets[0].sent.length, 2);
});

test("a lost connection comes back with longer and longer waits and asks the newest question again", () => {
  const { channel, sockets, heard, fire } = bench();
  channel.connect();
  sockets[0].onopen();
  channel.send({ n: 1 });
  sockets[0].onclose({});
  assert.deepEqual(heard.connections, [{ connected: false, seconds: 0.5 }]);
  const waits = [];
  for (let i = 0; i < 6; i += 1) {
    waits.push(fire());
    sockets.at(-1).onclose({});
  }
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 8000]);
  fire();
  sockets.at(-1).onopen();
  assert.deepEqual(heard.connections.at(-1), { connected: true });
  assert.deepEqual(sockets.at(-1).sent.map(({ n }) => n), [1]);
});

test("what is asked while the line is down replaces what was in flight", () => {
  const { channel, sockets, fire } = bench();
  channel.connect();
  sockets[0].onopen();
  channel.send({ n: 1 });
  sockets[0].onclose({});
  channel.send({ n: 2 });
  fire();
  sockets[1].onopen();
  assert.deepEqual(sockets[1].sent.map(({ n }) => n), [2]);
});

test("a server that says nothing for long is taken for gone", () => {
  const { channel, sockets, timers, heard } = bench();
  channel.connect();
  sockets[0].onopen();
  channel.send({ n: 1 });
  timers.find((timer) => timer.alive && timer.wait >= 20_000).run();
  assert.equal(heard.connections.at(-1).connected, false);
});

test("a late message of a replaced socket is not taken for an answer", () => {
  const { channel, sockets, heard, fire } = bench();
  channel.connect();
  sockets[0].onopen();
  channel.send({ n: 1 });
  sockets[0].onclose({});
  fire();
  sockets[1].onopen();
  reply(sockets[0]);
  assert.equal(heard.replies.length, 0);
  assert.ok(!channel.idle());
});
