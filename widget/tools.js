/** What is behind "Meer": bigger letters, times, reading aloud, keeping the advice, the logbook of proof. */
import { renderDocument, renderText } from "./document.js";
import { h } from "./dom.js";
import { strings as chatStrings } from "./strings.js";
import { strings } from "./tools_strings.js";

const SIZES = [100, 125, 150, 200]; // per cent of the size that the browser is set to

/**
 * The row of tools. `desk` is what they work on: `root` (all of the chat), `log` (the messages), `show(view)`, which
 * puts a view `{node, forget?}` in the place of the conversation, and `say(text)`.
 */
export function renderTools(desk) {
  return h(
    "div.choices",
    { role: "group", "aria-label": chatStrings.more },
    sizeButton(-1, strings.smaller, desk),
    sizeButton(1, strings.bigger, desk),
    toggle(strings.times, (on) => desk.log.classList.toggle("times", on)),
    globalThis.speechSynthesis && readAloud(desk),
    tool(strings.keep, () => desk.show({ node: renderDocument(strings.advice, adviceIn(desk.log)) })),
    tool(strings.traces, () => desk.show({ node: renderText(strings.traces, strings.tracesText) })),
    tool(strings.logbook, () =>
      import("./logbook.js").then(
        ({ logbook }) => desk.show(logbook(desk.root)),
        () => desk.say(chatStrings.notLoaded),
      ),
    ),
  );
}

function tool(label, onclick, attributes = {}) {
  return h("button.choice", { type: "button", onclick, ...attributes }, label);
}

function toggle(label, onToggle) {
  const button = tool(label, () => {
    const on = button.getAttribute("aria-pressed") === "false";
    button.setAttribute("aria-pressed", on);
    onToggle(on);
  }, { "aria-pressed": "false" });
  return button;
}

function sizeButton(step, label, { root }) {
  return tool(label, () => {
    const now = SIZES.indexOf(parseInt(root.style.fontSize) || SIZES[0]);
    root.style.fontSize = `${SIZES[Math.min(Math.max(now + step, 0), SIZES.length - 1)]}%`;
  });
}

/** A Dutch voice on this device. Others send what they read to their maker. */
function localVoice() {
  return speechSynthesis.getVoices().find(({ lang, localService }) => localService && /^nl/i.test(lang));
}

/** Shown as soon as there is a voice: some browsers look for theirs only now. */
function readAloud({ log }) {
  const button = toggle(strings.readAloud, (on) => {
    speechSynthesis.cancel();
    if (!on) return;
    const speech = new SpeechSynthesisUtterance(textOf([...log.querySelectorAll(".message.bot")].at(-1)));
    const voice = localVoice();
    const over = () => button.setAttribute("aria-pressed", "false");
    Object.assign(speech, { voice, lang: voice.lang, onend: over, onerror: over });
    speechSynthesis.speak(speech);
  });
  const offer = () => (button.hidden = !localVoice());
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  offer();
  return button;
}

/** What Wegwijs said, without what the person typed: that is nobody else's business. */
function adviceIn(log) {
  return [...log.querySelectorAll(".message.bot:not(.notice)")].map(textOf).join("\n\n");
}

function textOf(message) {
  const lines = message?.querySelectorAll("p, h3, .message > ul > li, .message > ol > li, .contact") ?? [];
  return [...lines].map(lineOf).filter(Boolean).join("\n");
}

function lineOf(node) {
  if (!node.matches(".contact")) return node.textContent.trim();
  const parts = [".name", ".phone"].map((part) => node.querySelector(part)?.textContent);
  const links = [...node.querySelectorAll(".site, .chat")].map((link) => link.href);
  return [...parts, ...links].filter(Boolean).join(", ");
}
