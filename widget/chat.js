/**
 * <wegwijs-chat>: a button at the bottom right that opens a conversation with Wegwijs.
 *
 * Attributes: `open` (state, as of <details>), `full` (the whole page, always open), `server` (default: where this
 * script comes from), `exit-url`, `school`, and `country` and `audience` in the words that labels.yml has for
 * countries and roles (`role` belongs to ARIA).
 * Event: `toggle`, after opening and closing. No event carries words of the conversation.
 * Nothing of the conversation is kept outside this page's memory: no cookies, no storage (but see handover.js).
 */
import { ChatError, Conversation } from "./client.js";
import { h } from "./dom.js";
import { countShifts, exitUrl, leave, SHIFT_EVENTS } from "./exit.js";
import { handOver, takeOver } from "./handover.js";
import { renderMessage, renderOwn } from "./render.js";
import { strings } from "./strings.js";

const MAX_LENGTH = 2000;
const COUNT_FROM = 1800;
const TYPING_AFTER_MS = 300; // a quick answer needs no announcement that it is coming
const TALK_MS = 30 * 60_000; // the server ends what is idle for so long
const WARN_MS = 5 * 60_000; // before that
const LOOK_MS = 5_000; // for the moment to warn, and for the end
const STYLED_MS = 3_000; // who waits for the style sheet any longer gets the chat without
// What the person can mend by typing something else: a text that is too long, a button that no longer works.
const WITHOUT_HELPLINES = new Set([400, 413]);
const ATTRIBUTES = { country: "country", audience: "role", school: "school" }; // as the server calls them

export class WegwijsChat extends HTMLElement {
  static observedAttributes = ["open", "exit-url"];

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
  #close = h("button.close", { type: "button", "aria-label": strings.close, onclick: () => this.#hide() }, "×");
  #more = h(
    "button.more",
    { type: "button", "aria-expanded": "false", "aria-controls": "tools", onclick: () => this.#toggleTools() },
    strings.more,
  );
  #tools = h("div.tools", { id: "tools", hidden: true });
  #conversation = h(
    "div.conversation",
    {},
    this.#log,
    h("div.line", {}, this.#status, this.#counter),
    h("form.form", { onsubmit: (event) => this.#onSubmit(event) }, this.#box, this.#send),
  );
  #back = h("button.back", { type: "button", onclick: () => this.#leaveView() }, strings.back);
  #view = h("div.view", { tabindex: "-1", hidden: true });
  // A link, which leads away by itself should this code fail.
  #leave = h(
    "a.exit",
    { rel: "noreferrer", "aria-label": strings.exitHint, onclick: (event) => this.#exit(event) },
    strings.exit,
  );
  #panel = h(
    "section.panel",
    { role: "dialog", "aria-labelledby": "title", hidden: true, onkeydown: (event) => this.#onPanelKey(event) },
    h(
      "div.header",
      {},
      this.#leave,
      h("h2.title", { id: "title" }, strings.title),
      this.#close,
    ),
    this.#conversation,
    this.#view,
    this.#tools,
    h(
      "div.footer",
      {},
      h("button.wipe", { type: "button", onclick: () => this.#wipeAndHide() }, strings.wipe),
      this.#more,
      h("span.about", {}, strings.about),
    ),
  );

  #root;
  #talk = null;
  #busy = false;
  #typing = 0; // the timer
  #notice = null; // the one sentence about what went wrong, gone with the next try
  #lost = null; // what could not be sent, or of which the answer did not come
  #latest = null; // where reading goes on
  #unread = 0; // messages that came while the panel was closed
  #endsAt = 0; // when nothing of the conversation may be here any more; 0 when nothing is
  #warned = false; // of that
  #idle = 0; // the timer
  #until = 0; // how long the next page may go on with a conversation that was not shown on this one
  #views = new Set(); // what was shown in the place of the conversation
  #connected; // to the page, as long as it is
  #onKey = countShifts((left) => this.#onShifts(left));

  constructor() {
    super();
    // Hidden until styled, so that the page does not jump.
    const root = (this.#root = h("div", { lang: "nl", hidden: true }, this.#launcher, this.#panel, this.#news));
    const reveal = () => (root.hidden = false);
    const href = new URL("wegwijs.css", import.meta.url).href;
    setTimeout(reveal, STYLED_MS);
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
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    const listenTo = (target, event, listener) => target?.addEventListener(event, listener, { signal });
    for (const event of ["resize", "scroll"]) listenTo(window.visualViewport, event, this.#fitPanel);
    for (const event of SHIFT_EVENTS) listenTo(window, event, this.#onShift);
    listenTo(window, "pagehide", this.#leavePage);
    listenTo(window, "pageshow", this.#comeBack);
    listenTo(document, "visibilitychange", this.#lookAtTime); // no timer runs while a phone sleeps
    this.#takeOver();
    if (this.#full) this.open = this.#close.hidden = true;
    this.#sync();
  }

  disconnectedCallback() {
    this.#connected.abort();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#sync();
  }

  // Opening and closing. Focus moves only when the person asked: a page that starts opened does not steal it.

  #sync() {
    this.#leave.href = exitUrl(this.getAttribute("exit-url"));
    if (this.open !== this.#panel.hidden) return;
    this.#panel.hidden = !this.open;
    this.#launcher.hidden = this.open;
    this.#launcher.setAttribute("aria-expanded", this.open);
    this.#lookAtTime();
    if (!this.open) globalThis.speechSynthesis?.cancel();
    else {
      this.#news.textContent = "";
      this.#count(0);
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
    if (!this.#view.hidden) this.#leaveView();
    else if (!this.#tools.hidden) this.#toggleTools();
    else if (!this.#full) this.#hide();
  }

  /** Says on the ways to the conversation how many messages came unseen. */
  #count(unread) {
    this.#unread = unread;
    for (const [button, label] of [[this.#launcher, strings.launcher], [this.#back, strings.back]]) {
      button.replaceChildren(label, unread ? h("span.unread", {}, strings.unread(unread)) : "");
    }
  }

  // What is behind "Meer", and what it shows in the place of the conversation

  async #toggleTools() {
    const opens = this.#tools.hidden;
    if (opens && !this.#tools.firstChild) {
      const say = (text) => {
        if (!this.#view.hidden) this.#leaveView();
        this.#sayStatus(text);
      };
      const desk = { root: this.#root, log: this.#log, show: (view) => this.#showView(view), say };
      const tools = await import("./tools.js").catch(() => null);
      if (!tools) return say(strings.notLoaded);
      this.#tools.replaceChildren(tools.renderTools(desk));
    }
    this.#tools.hidden = !opens;
    this.#more.setAttribute("aria-expanded", opens);
    if (!opens) this.#more.focus();
  }

  #showView(view) {
    this.#views.add(view);
    this.#tools.hidden = this.#conversation.hidden = true;
    this.#more.setAttribute("aria-expanded", false);
    this.#view.replaceChildren(this.#back, view.node);
    this.#view.hidden = false;
    this.#view.focus();
  }

  #leaveView(target = this.#more) {
    this.#view.hidden = true;
    this.#conversation.hidden = false;
    this.#view.replaceChildren();
    this.#count(0);
    this.#scroll();
    target.focus();
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

  #say(said, words, restore = () => {}) {
    const body = { ...said, id: this.#idOf(said) };
    const own = renderOwn(words);
    const [talk, revive] = [this.#talk, this.#retireChoices()];
    this.#append(own);
    this.#converse(body, () => {
      own.remove();
      if (talk === this.#talk) revive(); // else they were offered in a conversation that is lost
      restore();
    });
  }

  /** The same id for what is sent once more: perhaps only the answer got lost, and the server gives it again. */
  #idOf({ text, choice }) {
    const same = this.#lost?.text === text && this.#lost?.choice === choice;
    return same ? this.#lost.id : [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16)).join("");
  }

  /** Starts the conversation if need be, then sends `body`, if any; `undo` gives back what could not be sent. */
  async #converse(body, undo = () => {}, startedAnew = false) {
    const talk = (this.#talk ??= new Conversation(this.#server, this.#context));
    const receive = (messages) => talk === this.#talk && this.#receive(messages);
    this.#notice?.remove();
    this.#setBusy(true);
    try {
      if (!talk.begun) {
        const { messages, again } = await talk.begin();
        receive(messages ?? [says(strings.goesOn), ...again]);
      }
      if (body && talk === this.#talk) receive(await talk.send(body));
      if (talk !== this.#talk) return;
      this.#lost = null;
      this.#setBusy(false);
      this.#watchIdle();
    } catch (error) {
      if (talk !== this.#talk) return; // wiped in the meantime: nobody waits for this answer
      if (error.status === 401 && !startedAnew) return this.#startAnew(body, undo);
      this.#lost = body;
      this.#setBusy(false);
      undo();
      if (error instanceof ChatError) return this.#explain(error, body);
      this.#explain(new ChatError(), body);
      throw error; // a fault of ours: for the console, while the person gets the helplines
    }
  }

  /** The server has forgotten the conversation: begins another, and sends again what was typed. */
  #startAnew(body, undo) {
    this.#talk = null;
    this.#retireChoices();
    this.#receive([says(strings.beginsAnew)]);
    return this.#converse(body?.text && body, undo, true);
  }

  #receive(messages) {
    this.#append(...messages.map((one) => renderMessage(one, (choice) => this.#choose(choice), this.#server)));
    this.#arrived(messages.length, messages.some(({ alert }) => alert));
  }

  /** Says that there is something to read where the conversation is not in sight; an alert brings it there. */
  #arrived(count, urgent) {
    if (this.open && this.#view.hidden) return;
    if (this.open && urgent) {
      this.#latest.tabIndex = -1; // read out where the focus goes
      return this.#leaveView(this.#latest);
    }
    this.#count(this.#unread + count);
    this.#news.textContent = strings.unread(this.#unread);
  }

  #explain({ message, status }, body, retry = () => this.#converse()) {
    const expired = status === 401;
    if (expired) {
      this.#talk = null;
      this.#retireChoices();
    }
    const again = expired ? strings.restart : body ? null : strings.retry;
    this.#notify(
      [
        message || (expired ? strings.expired : strings.unreachable),
        body?.text && strings.kept,
        body && !message && strings.tryAgain,
      ],
      message && WITHOUT_HELPLINES.has(status) ? [] : strings.helplines,
      again,
      expired ? () => this.#converse() : retry,
    );
  }

  /** Says what went wrong, or soon will, with one thing to do about it. */
  #notify(texts, contacts, label, onChoose) {
    this.#notice?.remove();
    const choices = label ? [{ id: "again", label }] : [];
    this.#notice = renderMessage({ ...says(...texts.filter(Boolean)), contacts, choices }, () => {
      this.#focus();
      onChoose();
    });
    this.#notice.classList.add("notice");
    this.#append(this.#notice);
    this.#arrived(1);
  }

  #watchIdle() {
    this.#endsAt = Date.now() + TALK_MS;
    this.#warned = false;
    this.#lookAtTime();
  }

  /** Nothing said stays on the screen for longer than the server keeps the talk; some minutes before, it says so. */
  #lookAtTime = () => {
    clearTimeout(this.#idle);
    const talk = this.#talk;
    if (talk && !talk.begun && this.#until <= Date.now() && !this.#busy) {
      this.#talk = null; // left by the page before, for a minute
      talk.end();
    }
    if (!this.#endsAt) return;
    const left = this.#endsAt - Date.now();
    if (left <= 0 && !this.#busy) return this.#isOver();
    const seen = this.open && !document.hidden && !this.#busy && !this.#notice?.isConnected;
    if (0 < left && left <= WARN_MS && talk && seen && !this.#warned) {
      this.#warned = true;
      this.#notify([strings.soonOver], [], strings.stay, () => this.#stay(talk));
    }
    this.#idle = setTimeout(this.#lookAtTime, left > WARN_MS ? left - WARN_MS : LOOK_MS);
  };

  #isOver() {
    const hadFocus = this.#log.contains(this.shadowRoot.activeElement);
    this.#forgetTalk();
    if (this.open) this.#explain(new ChatError("", 401));
    if (hadFocus) this.#focus();
  }

  async #stay(talk) {
    this.#notice.remove();
    const before = this.#endsAt;
    this.#watchIdle(); // or it would be over while the answer is on its way
    try {
      await talk.stay();
    } catch (error) {
      if (talk !== this.#talk) return;
      this.#endsAt = before;
      this.#explain(error, null, () => this.#stay(talk));
      this.#lookAtTime();
    }
  }

  /** Only the latest quick replies work; returns the way back. */
  #retireChoices() {
    const choices = [...this.#log.querySelectorAll(".choice[data-id]:enabled")];
    for (const choice of choices) choice.disabled = true;
    return () => choices.forEach((choice) => (choice.disabled = false));
  }

  #setBusy(busy) {
    this.#busy = this.#send.disabled = busy;
    this.#sayStatus("");
    if (busy) this.#typing = setTimeout(() => this.#sayStatus(strings.typing), TYPING_AFTER_MS);
  }

  #sayStatus(text) {
    clearTimeout(this.#typing);
    this.#status.textContent = text;
  }

  // Leaving nothing behind

  #wipe() {
    this.#talk?.end();
    this.#forget();
  }

  /** Empties this page of everything; the server keeps the conversation. */
  #forget() {
    this.#forgetTalk();
    for (const view of this.#views) view.forget?.();
    this.#views.clear();
    if (!this.#view.hidden) this.#leaveView();
    this.#setText("");
  }

  /** Empties this page of the conversation, and leaves what is being written: such views know how to `forget`. */
  #forgetTalk() {
    const read = [...this.#views].filter((view) => !view.forget);
    for (const view of read) this.#views.delete(view);
    if (read.some(({ node }) => node.isConnected)) this.#leaveView();
    globalThis.speechSynthesis?.cancel();
    this.#talk = this.#notice = this.#lost = this.#latest = null;
    this.#endsAt = 0;
    this.#log.replaceChildren();
    this.#count(0);
    this.#setBusy(false);
  }

  #wipeAndHide() {
    this.#wipe();
    if (this.#full) this.#converse();
    else this.#hide();
    this.#news.textContent = strings.wiped; // heard, not seen: whoever looks along need not know
  }

  #takeOver() {
    const left = takeOver(this.#server);
    if (!left || this.#talk) return;
    this.#talk = new Conversation(this.#server, this.#context, left.token);
    this.#until = left.until;
    setTimeout(this.#lookAtTime, left.until - Date.now());
  }

  /**
   * The next page may go on; it stays closed until somebody opens it. This one is emptied, as the browser may keep it
   * and show it again to who goes back.
   */
  #leavePage = () => {
    const { token, begun } = this.#talk ?? {};
    this.open = this.#full;
    this.#forget();
    if (token) handOver(this.#server, token, begun ? undefined : this.#until);
  };

  #comeBack = ({ persisted }) => {
    if (!persisted) return;
    this.#takeOver();
    if (this.open) this.#converse();
  };

  #exit(event) {
    event?.preventDefault();
    try {
      this.#wipe();
    } finally {
      leave(this.#leave.href); // whatever went wrong before it
    }
  }

  #onShift = (event) => {
    if (this.open) this.#onKey(event);
  };

  /** `left`: how many more times; null when it begins anew. */
  #onShifts(left) {
    if (left === 0) return this.#exit();
    if (!this.#busy) this.#sayStatus(left ? strings.shiftsLeft(left) : "");
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

  get #full() {
    return this.hasAttribute("full");
  }

  get #context() {
    const known = Object.entries(ATTRIBUTES).map(([name, field]) => [field, this.getAttribute(name)]);
    return Object.fromEntries(known.filter(([, value]) => value));
  }
}

function says(...texts) {
  return { blocks: texts.map((text) => ({ type: "paragraph", text })) };
}
