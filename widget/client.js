/** The HTTP contract "Web chat" and nothing else. */

const TIMEOUT_MS = 20_000;
const END_AGAIN_MS = [3_000, 10_000, 30_000, 70_000]; // who asks too fast is refused for a minute

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

  /**
   * Has the server forget everything. Goes on when the page is left; as long as it is there, what fails is tried again.
   * After the last time the server forgets by itself, when its idle time is over.
   */
  async end([wait, ...others] = END_AGAIN_MS) {
    this.#ended = true;
    if (this.#token && !(await this.#isForgotten()) && wait) setTimeout(() => this.end(others), wait);
  }

  async #isForgotten() {
    try {
      const signal = AbortSignal.timeout?.(TIMEOUT_MS);
      const { ok, status } = await this.#fetch("DELETE", "/sessions", { keepalive: true, signal });
      return ok || status === 401;
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
