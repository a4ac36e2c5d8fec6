// A channel on which only the newest question counts: one in flight, the newest waiting, all others forgotten.
// The socket and the clock come from outside, so that this is tested without either.

/**
 * @typedef {object} Socket  the part of WebSocket that is used
 * @property {(text: string) => void} send
 * @property {() => void} close
 * @property {string} binaryType
 * @property {((event: any) => void) | null} onopen
 * @property {((event: any) => void) | null} onclose
 * @property {((event: any) => void) | null} onmessage
 *
 * @typedef {{sequence: number, detail: string, field?: string | null, position?: number | null}} Refusal
 * @typedef {{connected: true} | {connected: false, seconds: number}} Connection  seconds until the next attempt
 */

const FIRST_WAIT = 500; // ms; doubled at each failure
const LONGEST_WAIT = 8000;
const SILENCE = 20_000; // ms without a reply after which the connection is taken for dead

/**
 * @param {object} options
 * @param {() => Socket} options.open
 * @param {(data: ArrayBuffer) => void} options.onReply
 * @param {(refusal: Refusal) => void} options.onRefusal
 * @param {(connection: Connection) => void} options.onConnection  on every loss and on every return
 * @param {(run: () => void, wait: number) => any} [options.later]
 * @param {(timer: any) => void} [options.cancel]
 */
export function createLatest({
  open, onReply, onRefusal, onConnection, later = (run, wait) => setTimeout(run, wait), cancel = (timer) => clearTimeout(timer),
}) {
  /** @type {Socket | null} */
  let socket = null;
  let ready = false;
  let lost = false;
  let wait = FIRST_WAIT;
  let sequence = 0;
  /** @type {(Record<string, unknown> & {sequence: number}) | null} */
  let inFlight = null;
  /** @type {(Record<string, unknown> & {sequence: number}) | null} */
  let waiting = null;
  /** @type {any} */
  let timer = null;
  /** @type {any} */
  let watchdog = null;
  let closed = false;

  function connect() {
    cancel(timer);
    timer = null;
    if (closed || socket) return;
    const mine = open();
    socket = mine;
    mine.binaryType = "arraybuffer";
    mine.onopen = () => {
      ready = true;
      wait = FIRST_WAIT;
      if (lost) onConnection({ connected: true });
      lost = false;
      pump();
    };
    mine.onmessage = ({ data }) => {
      if (socket !== mine) return;
      cancel(watchdog);
      inFlight = null;
      // The next question leaves before this reply is worked on: the server computes while the page draws.
      pump();
      if (typeof data === "string") onRefusal(JSON.parse(data));
      else onReply(data);
    };
    mine.onclose = () => {
      if (socket !== mine) return;
      drop();
    };
  }

  function drop() {
    socket = null;
    ready = false;
    cancel(watchdog);
    waiting ??= inFlight; // nothing asked is lost: the newest question is put again
    inFlight = null;
    if (closed) return;
    lost = true;
    onConnection({ connected: false, seconds: wait / 1000 });
    timer = later(connect, wait);
    wait = Math.min(2 * wait, LONGEST_WAIT);
  }

  function pump() {
    if (!socket || !ready || inFlight || !waiting) return;
    inFlight = waiting;
    waiting = null;
    socket.send(JSON.stringify(inFlight));
    watchdog = later(() => {
      const silent = socket;
      drop();
      silent?.close();
    }, SILENCE);
  }

  return {
    connect,
    /**
     * @param {Record<string, unknown>} question
     * @returns {number}  the sequence number that its reply will carry
     */
    send(question) {
      sequence += 1;
      waiting = { ...question, sequence };
      pump();
      return sequence;
    },
    idle: () => inFlight === null && waiting === null,
    close() {
      closed = true;
      cancel(timer);
      cancel(watchdog);
      socket?.close();
    },
  };
}
