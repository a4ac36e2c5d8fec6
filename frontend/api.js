// HTTP with the server's own sentences: a refusal arrives as an exception that carries them.

export class Refused extends Error {
  /**
   * @param {string} sentence
   * @param {{status: number, field?: string | null, position?: number | null}} where
   */
  constructor(sentence, { status, field = null, position = null }) {
    super(sentence);
    this.status = status;
    this.field = field;
    this.position = position;
  }
}

/**
 * @param {string} path
 * @param {{method?: string, body?: unknown, signal?: AbortSignal}} [options]
 * @returns {Promise<any>}
 */
export async function request(path, { method = "GET", body, signal } = {}) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(path, {
      method,
      signal,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refused("The server does not answer. Is it still running?", { status: 0 });
  }
  const answer = await response.json().catch(() => ({ detail: `The server answered ${response.status} without a sentence.` }));
  if (!response.ok) throw new Refused(answer.detail, { status: response.status, field: answer.field, position: answer.position });
  return answer;
}

/**
 * @param {string} path
 * @returns {string}  the address of a socket on this server
 */
export function socketAddress(path) {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
}
