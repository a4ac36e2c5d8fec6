// Questions of many cards over one socket, one after the other. The socket is open while there is something to ask.

import { socketAddress } from "../api.js";
import { createLatest } from "../latest.js";
import { decode } from "../wire.js";

/** @typedef {{question: Record<string, unknown>, done: (reply: import("../wire.js").Reply | null) => void}} Order */

/** A line of orders; null is given to an order that the server refuses. */
export function createQuestions() {
  /** @type {Order[]} */
  const waiting = [];
  /** @type {Order | null} */
  let asked = null;
  /** @type {ReturnType<typeof createLatest> | null} */
  let channel = null;

  function next() {
    asked = waiting.shift() ?? null;
    if (!asked) {
      channel?.close();
      channel = null;
      return;
    }
    if (!channel) {
      channel = createLatest({
        open: () => /** @type {any} */ (new WebSocket(socketAddress("/ws/descents"))),
        onReply: (data) => finish(decode(data)),
        onRefusal: () => finish(null),
        // A lost socket is opened again, and the question in flight put anew; the card stays empty until then.
        onConnection: () => {},
      });
      channel.connect();
    }
    channel.send(asked.question);
  }

  /** @param {import("../wire.js").Reply | null} reply */
  function finish(reply) {
    const order = asked;
    asked = null;
    order?.done(reply);
    next();
  }

  return {
    /** @param {Order} order */
    put(order) {
      waiting.push(order);
      if (!asked) next();
    },
    idle: () => asked === null,
  };
}
