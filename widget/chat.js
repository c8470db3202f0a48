/**
 * <wegwijs-chat>: a button at the bottom right that opens a conversation with Wegwijs.
 *
 * Attributes: `open` (state, as of <details>), `server` (default: where this script comes from),
 * `exit-url`, and `country`, `role`, `school` in the words of labels.yml.
 * Event: `toggle`, after opening and closing. No event carries words of the conversation.
 * Nothing of the conversation is kept outside this page's memory: no cookies, no storage (but see handover.js).
 */
import { ChatError, Conversation } from "./client.js";
import { h, safeUrl } from "./dom.js";
import { handOver, takeOver } from "./handover.js";
import { renderMessage, renderOwn } from "./render.js";
import { strings } from "./strings.js";

const EXIT_URL = "https://www.wikipedia.org/";
const MAX_LENGTH = 2000;
const COUNT_FROM = 1800;
const TYPING_AFTER_MS = 300; // a quick answer needs no announcement that it is coming

export class WegwijsChat extends HTMLElement {
  static observedAttributes = ["open"];

  #launcher = h(
    "button.launcher",
    { type: "button", "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => this.#show() },
    strings.launcher,
  );
  #log = h("div.log", { role: "log", "aria-live": "polite", "aria-label": strings.log, tabindex: "0" });
  #status = h("p.status", { role: "status" });
  #news = h("p.news", { role: "status" });
  // No spell check: some browsers send what is typed to their maker for it.
  #box = h("textarea.box", {
    rows: "1",
    maxlength: MAX_LENGTH,
    placeholder: strings.placeholder,
    "aria-label": strings.box,
    "aria-describedby": "counter",
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "send",
    oninput: () => this.#fitBox(),
    onkeydown: (event) => this.#onBoxKey(event),
  });
  #counter = h("span.counter", { id: "counter" });
  #send = h("button.send", { type: "submit" }, strings.send);
  #panel = h(
    "section.panel",
    { role: "dialog", "aria-labelledby": "title", hidden: true, onkeydown: (event) => this.#onPanelKey(event) },
    h(
      "header.header",
      {},
      h("button.exit", { type: "button", "aria-label": strings.exitHint, onclick: () => this.#exit() }, strings.exit),
      h("h2.title", { id: "title" }, strings.title),
      h("button.close", { type: "button", "aria-label": strings.close, onclick: () => this.#hide() }, "×"),
    ),
    this.#log,
    h("div.line", {}, this.#status, this.#counter),
    h("form.form", { onsubmit: (event) => this.#onSubmit(event) }, this.#box, this.#send),
    h(
      "footer.footer",
      {},
      h("button.wipe", { type: "button", onclick: () => this.#wipeAndHide() }, strings.wipe),
      h("span.about", {}, strings.about),
    ),
  );

  #talk = null;
  #busy = false;
  #typing = 0; // the timer
  #notice = null; // the one sentence about what went wrong, gone with the next try
  #latest = null; // where reading goes on

  constructor() {
    super();
    // Hidden until styled, so that the page does not jump.
    const root = h("div", { lang: "nl", hidden: true }, this.#launcher, this.#panel, this.#news);
    const reveal = () => (root.hidden = false);
    const href = new URL("wegwijs.css", import.meta.url).href;
    this.attachShadow({ mode: "open" }).append(
      h("link", { rel: "stylesheet", href, onload: reveal, onerror: reveal }),
      root,
    );
  }

  get open() {
    return this.hasAttribute("open");
  }

  set open(value) {
    this.toggleAttribute("open", Boolean(value));
  }

  connectedCallback() {
    window.visualViewport?.addEventListener("resize", this.#fitPanel);
    window.visualViewport?.addEventListener("scroll", this.#fitPanel);
    window.addEventListener("pagehide", this.#leavePage);
    window.addEventListener("pageshow", this.#comeBack);
    this.#takeOver();
    this.#sync();
  }

  disconnectedCallback() {
    window.visualViewport?.removeEventListener("resize", this.#fitPanel);
    window.visualViewport?.removeEventListener("scroll", this.#fitPanel);
    window.removeEventListener("pagehide", this.#leavePage);
    window.removeEventListener("pageshow", this.#comeBack);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#sync();
  }

  // Opening and closing. Focus moves only when the person asked: a page that starts opened does not steal it.

  #sync() {
    if (this.open !== this.#panel.hidden) return;
    this.#panel.hidden = !this.open;
    this.#launcher.hidden = this.open;
    this.#launcher.setAttribute("aria-expanded", this.open);
    if (this.open) {
      this.#news.textContent = "";
      this.#fitBox();
      this.#scroll();
      if (!this.#talk?.begun && !this.#busy) this.#converse();
    }
    this.dispatchEvent(new Event("toggle"));
  }

  #show() {
    this.open = true;
    this.#focus();
  }

  #hide() {
    this.open = false;
    this.#launcher.focus();
  }

  #focus() {
    // On a touch screen the keyboard would come up and hide what is to be read.
    const target = matchMedia("(pointer: coarse)").matches ? this.#log : this.#box;
    target.focus({ preventScroll: true });
  }

  #onPanelKey(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    this.#hide();
  }

  // Talking

  #onSubmit(event) {
    event.preventDefault();
    this.#focus();
    this.#sendText();
  }

  #onBoxKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#sendText();
  }

  #sendText() {
    const text = this.#box.value.trim();
    if (!text || this.#busy) return;
    this.#setText("");
    // What was typed while waiting stays too.
    this.#say({ text }, text, () => this.#setText([text, this.#box.value].filter(Boolean).join("\n")));
  }

  #choose({ id, label }) {
    if (this.#busy) return;
    this.#focus();
    this.#say({ choice: id }, label);
  }

  #say(body, words, restore = () => {}) {
    const own = renderOwn(words);
    const revive = this.#retireChoices();
    this.#append(own);
    this.#converse(body, () => {
      own.remove();
      revive();
      restore();
    });
  }

  /** Starts the conversation if need be, then sends `body`, if any; `undo` gives back what could not be sent. */
  async #converse(body, undo = () => {}) {
    const talk = (this.#talk ??= new Conversation(this.#server, this.#context));
    const receive = (messages) => {
      if (talk === this.#talk) this.#append(...messages.map((m) => renderMessage(m, (choice) => this.#choose(choice), this.#server)));
    };
    this.#notice?.remove();
    this.#setBusy(true);
    try {
      if (!talk.begun) {
        const { messages, again } = await talk.begin();
        receive(messages ?? [{ blocks: [{ type: "paragraph", text: strings.goesOn }] }, ...again]);
      }
      if (body && talk === this.#talk) receive(await talk.send(body));
      if (talk === this.#talk) this.#setBusy(false);
    } catch (error) {
      if (talk !== this.#talk) return; // wiped in the meantime: nobody waits for this answer
      this.#setBusy(false);
      undo();
      if (error instanceof ChatError) return this.#explain(error, body);
      this.#explain(new ChatError(), body);
      throw error; // a fault of ours: for the console, while the person gets the helplines
    }
  }

  #explain({ message, status }, body) {
    const expired = status === 401;
    if (expired) {
      this.#talk = null;
      this.#retireChoices();
    }
    const texts = [
      message || (expired ? strings.expired : strings.unreachable),
      body?.text && strings.kept,
      body && !message && strings.tryAgain,
    ];
    const again = expired ? strings.restart : body ? null : strings.retry;
    this.#notice = renderMessage(
      {
        blocks: texts.filter(Boolean).map((text) => ({ type: "paragraph", text })),
        contacts: message && status < 500 && !expired ? [] : strings.helplines,
        choices: again ? [{ id: "again", label: again }] : [],
      },
      () => {
        this.#focus();
        this.#converse();
      },
    );
    this.#notice.classList.add("notice");
    this.#append(this.#notice);
  }

  /** Only the latest quick replies work; returns the way back. */
  #retireChoices() {
    const choices = [...this.#log.querySelectorAll(".choice:enabled")];
    for (const choice of choices) choice.disabled = true;
    return () => choices.forEach((choice) => (choice.disabled = false));
  }

  #setBusy(busy) {
    this.#busy = this.#send.disabled = busy;
    clearTimeout(this.#typing);
    this.#status.textContent = "";
    if (busy) this.#typing = setTimeout(() => (this.#status.textContent = strings.typing), TYPING_AFTER_MS);
  }

  // Leaving nothing behind

  #wipe() {
    this.#talk?.end();
    this.#talk = this.#notice = this.#latest = null;
    this.#log.replaceChildren();
    this.#setText("");
    this.#setBusy(false);
  }

  #wipeAndHide() {
    this.#wipe();
    this.#hide();
    this.#news.textContent = strings.wiped; // heard, not seen: whoever looks along need not know
  }

  #takeOver() {
    const token = takeOver(this.#server);
    if (token && !this.#talk) this.#talk = new Conversation(this.#server, this.#context, token);
  }

  /** The next page may go on; it stays closed until somebody opens it, and so does this one when one comes back. */
  #leavePage = () => {
    this.open = false;
    if (this.#talk?.token) handOver(this.#server, this.#talk.token);
  };

  #comeBack = ({ persisted }) => {
    if (persisted) this.#takeOver();
  };

  #exit() {
    this.#wipe();
    location.replace(safeUrl(this.getAttribute("exit-url"), ["https:", "http:"]) ?? EXIT_URL);
  }

  // Fitting

  /** Shows new messages from their beginning: the first lines are the help. */
  #append(...nodes) {
    this.#log.append(...nodes);
    this.#latest = nodes[0];
    this.#scroll();
  }

  #scroll() {
    if (this.#latest?.isConnected) this.#log.scrollTop = this.#latest.offsetTop - this.#log.firstChild.offsetTop;
  }

  #setText(text) {
    this.#box.value = text;
    this.#fitBox();
  }

  #fitBox() {
    const { style, value } = this.#box;
    style.height = "auto";
    style.height = `${this.#box.scrollHeight + this.#box.offsetHeight - this.#box.clientHeight}px`;
    this.#counter.textContent = value.length < COUNT_FROM ? "" : strings.left(Math.max(0, MAX_LENGTH - value.length));
  }

  /** Keeps the text box above the keyboard of a phone, which no CSS unit knows about. */
  #fitPanel = () => {
    const { height, offsetTop, scale } = window.visualViewport;
    if (scale > 1.01) return; // somebody zoomed in to read
    this.#panel.style.setProperty("--visible-height", `${height}px`);
    this.#panel.style.setProperty("--visible-top", `${offsetTop}px`);
  };

  get #server() {
    return this.getAttribute("server") ?? new URL(import.meta.url).origin;
  }

  get #context() {
    const names = ["country", "role", "school"].filter((name) => this.getAttribute(name));
    return Object.fromEntries(names.map((name) => [name, this.getAttribute(name)]));
  }
}
