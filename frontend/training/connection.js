// The socket of one race: exact continuation after the last event folded, again and again until the race is over.

/**
 * @typedef {import("./fold.js").RaceEvent} RaceEvent
 *
 * @typedef {object} Clock  what a test replaces
 * @property {(address: string) => WebSocket} open
 * @property {(run: () => void, milliseconds: number) => any} later
 * @property {(timer: any) => void} cancel
 */

const WAITS = [1000, 2000, 4000, 8000, 15000];

/** @type {Clock} */
const BROWSER = {
  open: (address) => new WebSocket(address),
  later: (run, milliseconds) => setTimeout(run, milliseconds),
  cancel: (timer) => clearTimeout(timer),
};

/**
 * @param {object} options
 * @param {(after: number) => string} options.address
 * @param {() => number} options.last  the last event folded
 * @param {(events: RaceEvent[], state: string) => {gap: boolean}} options.receive  folds a batch; gap: an event is missing
 * @param {() => boolean} options.over  whether the race has reached its end
 * @param {() => void} [options.onOpen]  connected, also after a loss
 * @param {(seconds: number, retry: () => void) => void} [options.onLost]  the next attempt comes in so many seconds
 * @param {Clock} [options.clock]
 * @returns {{close: () => void}}
 */
export function connect({ address, last, receive, over, onOpen, onLost, clock = BROWSER }) {
  /** @type {WebSocket | null} */
  let socket = null;
  /** @type {any} */
  let timer;
  let losses = 0;
  let closed = false;

  function open() {
    clock.cancel(timer);
    const mine = clock.open(address(last()));
    socket = mine;
    mine.onopen = () => onOpen?.();
    mine.onmessage = ({ data }) => {
      if (mine !== socket) return;
      losses = 0;
      const { events, state } = JSON.parse(data);
      if (!receive(events, state).gap) return;
      drop(mine);
      open(); // what is missing lies in the log: ask for it at once
    };
    mine.onclose = ({ code }) => {
      if (mine !== socket || closed) return;
      socket = null;
      if (code === 1000 && over()) return; // all of it has arrived
      const wait = WAITS[Math.min(losses, WAITS.length - 1)];
      losses += 1;
      timer = clock.later(open, wait);
      onLost?.(wait / 1000, open);
    };
  }

  /** @param {WebSocket} old */
  function drop(old) {
    socket = null;
    old.onclose = old.onmessage = old.onopen = null;
    old.close();
  }

  open();
  return {
    close() {
      closed = true;
      clock.cancel(timer);
      if (socket) drop(socket);
    },
  };
}
