/** The HTTP contract "Web chat" and nothing else. */

const TIMEOUT_MS = 20_000;
const END_TRIES = 5;
const END_AGAIN_MS = 3_000;
const TOO_FAST = 429; // from this status on it is worth another try

/** Why there is no answer: the server's own Dutch sentence and status, or neither when it is out of reach. */
export class ChatError extends Error {
  constructor(message = "", status = 0) {
    super(message);
    this.status = status;
  }
}

/** One conversation. The token lives in this object, and on its way to the next page of this tab (handover.js). */
export class Conversation {
  #address;
  #context;
  #token;
  #ended = false;
  #begun = false; // something of it was shown on this page

  /** `token`: of a session that the page before had. */
  constructor(server, context, token = null) {
    this.#address = `${server.replace(/\/+$/, "")}/webhooks/webchat`;
    this.#context = context;
    this.#token = token;
  }

  get token() {
    return this.#token;
  }

  get begun() {
    return this.#begun;
  }

  /** Takes up the session of the page before: its last answer, as `again`. Or opens one: the welcome, as `messages`. */
  async begin() {
    const again = this.#token && (await this.#takeUp());
    const said = again ? { again } : { messages: await this.#open() };
    this.#begun = true;
    return said;
  }

  /** Sends `{text}` or `{choice}`; returns the messages of the answer. */
  async send(body) {
    return (await this.#ask("POST", "/messages", body)).messages;
  }

  /** Tells the server that somebody is still there. */
  async stay() {
    await this.#ask("GET", "/sessions");
  }

  /** Has the server forget everything, some seconds later if it cannot now. Is not waited for when the page is left. */
  async end(tries = END_TRIES) {
    this.#ended = true;
    if (!this.#token || (await this.#isForgotten())) return;
    // After the last try the server forgets by itself, when its idle time is over.
    if (tries > 1) setTimeout(() => this.end(tries - 1), END_AGAIN_MS);
  }

  async #isForgotten() {
    try {
      const { status } = await this.#fetch("DELETE", "/sessions", { keepalive: true });
      return status < TOO_FAST;
    } catch {
      return false;
    }
  }

  async #takeUp() {
    try {
      return (await this.#ask("GET", "/sessions")).messages;
    } catch (error) {
      if (error.status !== 401) throw error;
      return (this.#token = null); // it ended in the meantime
    }
  }

  async #open() {
    const { session, messages } = await this.#ask("POST", "/sessions", this.#context);
    this.#token = session;
    if (this.#ended) this.end(); // somebody wiped the talk before it had a token to delete
    return messages;
  }

  async #ask(method, path, body) {
    let response, answer;
    try {
      response = await this.#fetch(method, path, {
        body: body && JSON.stringify(body),
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
    if (this.#token) headers.Authorization = `Bearer ${this.#token}`;
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
