/** The HTTP contract "Web chat" and nothing else. */

const TIMEOUT_MS = 20_000;

/** Why there is no answer: the server's own Dutch sentence and status, or neither when it is out of reach. */
export class ChatError extends Error {
  constructor(message = "", status = 0) {
    super(message);
    this.status = status;
  }
}

/** One conversation. The token lives in this object only, so that leaving the page forgets it. */
export class Conversation {
  #address;
  #context;
  #token = null;
  #ended = false;

  constructor(server, context) {
    this.#address = `${server.replace(/\/+$/, "")}/webhooks/webchat`;
    this.#context = context;
  }

  get started() {
    return this.#token !== null;
  }

  /** Opens the session; returns the messages of welcome. */
  async start() {
    const { session, messages } = await this.#post("/sessions", this.#context);
    this.#token = session;
    if (this.#ended) this.end(); // somebody wiped the talk before it had a token to delete
    return messages;
  }

  /** Sends `{text}` or `{choice}`; returns the messages of the answer. */
  async send(body) {
    return (await this.#post("/messages", body)).messages;
  }

  /** Has the server forget everything. Goes on when the page is left, and is not waited for. */
  end() {
    this.#ended = true;
    if (!this.started) return;
    // When this fails, the server forgets by itself after its idle time.
    this.#fetch("DELETE", "/sessions", { keepalive: true }).catch(() => {});
  }

  async #post(path, body) {
    let response, answer;
    try {
      response = await this.#fetch("POST", path, {
        body: JSON.stringify(body),
        signal: AbortSignal.timeout?.(TIMEOUT_MS),
      });
      answer = await response.json();
    } catch {
      throw new ChatError();
    }
    if (!response.ok) throw new ChatError(answer?.error?.message, response.status);
    if (!answer?.messages?.length) throw new ChatError(); // silence is no answer
    return answer;
  }

  #fetch(method, path, options) {
    const headers = {};
    if (options.body) headers["Content-Type"] = "application/json";
    if (this.started) headers.Authorization = `Bearer ${this.#token}`;
    return fetch(this.#address + path, {
      method,
      headers,
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      ...options,
    });
  }
}
