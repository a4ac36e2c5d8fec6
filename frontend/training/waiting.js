// How busy the workers are, and what a race waits for, in words. Pure.

/**
 * @typedef {{device: string | null, workers: number, free: number, waiting: number, waiting_at_most: number}} Capacity
 * @typedef {{id: string, number: number, state: string}} Ahead
 * @typedef {{place: number, of: number, ahead: Ahead[]}} Queue  place: from 1, among those that wait
 * @typedef {{text: string, id?: string}} Part  id: of the race that the words lead to
 */

/** @param {Capacity | null} capacity */
export function busyWords(capacity) {
  if (!capacity || capacity.device === null) return "";
  const busy = capacity.workers - capacity.free;
  return busy === 0 ? "" : `${busy} of ${capacity.workers} ${capacity.workers === 1 ? "worker" : "workers"} busy.`;
}

/**
 * "Race 5 is number 2 of 2 in the queue. It waits for race 3 (paused: resume or stop it) and race 4."
 * @param {string} name
 * @param {Queue} queue
 * @returns {Part[]}
 */
export function waitingParts(name, { place, of, ahead }) {
  const lead = `${name[0].toUpperCase()}${name.slice(1)} is ${of > 1 ? `number ${place} of ${of} in the queue` : "queued"}. It waits for `;
  const said = ahead.flatMap(({ id, number, state }, index) => {
    const before = index === 0 ? "" : index === ahead.length - 1 ? " and " : ", ";
    // One that is paused ends by itself never: somebody has to resume it, or to stop it.
    const after = state === "paused" ? " (paused: resume or stop it)" : "";
    return [{ text: before }, { text: `race ${number}`, id }, { text: after }];
  });
  return [{ text: lead }, ...said.filter(({ text }) => text !== ""), { text: "." }];
}

/**
 * What somebody who is about to start a race should know; "" while it would start at once.
 * @param {Capacity | null} capacity
 * @param {{number: number, state: string}[]} races
 */
export function startWords(capacity, races) {
  const running = races.find(({ state }) => state === "running" || state === "paused");
  if (!capacity || !running) return "";
  const { waiting, waiting_at_most: most } = capacity;
  const busy = busyWords(capacity) || "Its workers are starting.";
  const held = `Race ${running.number} is ${running.state}. ${busy}`;
  if (waiting >= most) return `${held} ${waiting} ${waiting === 1 ? "race waits" : "races wait"} already, and no more may: end one first.`;
  return `${held} The next one waits until it is over${waiting === 0 ? "" : `, behind ${waiting} more`}.`;
}
