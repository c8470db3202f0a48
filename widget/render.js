/** A message of the contract becomes nodes. What this version does not know is left out, never guessed. */
import { h, pageOf, safeUrl, telUrl } from "./dom.js";
import { strings } from "./strings.js";

// Maps: in an object "constructor" would be found, too.
const ALERT_ICONS = new Map([["emergency", "!"], ["police", "★"], ["crisis_line", "…"]]);
const TEXT_TAGS = new Map([["paragraph", "p"], ["heading", "h3"]]);
const LIST_TAGS = new Map([["list", "ul"], ["steps", "ol"]]);
const OPEN_STATES = new Map([[true, ".open"], [false, ".closed"]]);

/** A message of the server at this address; `onChoose` gets the quick reply that is used. */
export function renderMessage(message, onChoose, server) {
  const { blocks, contacts, choices, sources, alert, sheet, calendar, links } = message;
  const known = ALERT_ICONS.has(alert) ? alert : null;
  const numbers = new Set([...(contacts ?? []), ...strings.helplines].map(({ phone }) => phone).filter(telUrl));
  return h(
    known ? `div.message.bot.alert.${known}` : "div.message.bot",
    {},
    renderSpeaker(strings.bot),
    known && renderAlert(known),
    blocks?.map((block) => renderBlock(block, numbers)),
    sheet && later(async () => (await import("./sheet.js")).renderSheet(sheet)),
    calendar && later(async () => (await import("./agenda.js")).renderAgenda(calendar, server)),
    links?.map(({ label, url }) => h("a.way.page", { href: pageOf(server, url), target: "_blank" }, label)),
    contacts?.length > 0 && h("ul.contacts", {}, contacts.map(renderContact)),
    sources?.length > 0 && renderSources(sources),
    choices?.length > 0 && renderChoices(choices, onChoose),
  );
}

/** What the person at this side typed or chose. */
export function renderOwn(text) {
  return h("div.message.own", {}, renderSpeaker(strings.own), h("p", {}, text));
}

function renderSpeaker(name) {
  const time = new Date().toLocaleTimeString("nl", { hour: "2-digit", minute: "2-digit" });
  return h("span.speaker", {}, name, h("time", {}, time));
}

/** A place for what few messages have, and whose code comes when one has it. */
function later(render) {
  const place = h("div");
  render().then((node) => place.replaceWith(node), () => place.replaceWith(h("p", {}, strings.notLoaded)));
  return place;
}

function renderAlert(alert) {
  // Not role="alert": the log already announces it, and twice is noise when it matters most.
  return h("p.badge", {}, h("span.icon", { "aria-hidden": "true" }, ALERT_ICONS.get(alert)), strings.alert[alert]);
}

function renderBlock({ type, text, items }, numbers) {
  if (TEXT_TAGS.has(type)) return h(TEXT_TAGS.get(type), {}, withPhoneLinks(text, numbers));
  if (!LIST_TAGS.has(type)) return null;
  return h(LIST_TAGS.get(type), {}, items?.map((item) => h("li", {}, withPhoneLinks(item, numbers))));
}

/** "Bel 112" can be tapped where it is read. Only numbers of the contacts: other digits stay text. */
function withPhoneLinks(text, numbers) {
  return String(text ?? "")
    .split(/(\+?\d[\d /.-]*\d)/)
    .map((piece) => (numbers.has(piece) ? h("a", { href: telUrl(piece) }, piece) : piece));
}

/** A helpline: its name, when it can be reached, and the ways to do so. */
export function renderContact({ name, phone, chat_url, url, open_now, hours, cost }) {
  const tel = telUrl(phone);
  const state = OPEN_STATES.get(open_now) ?? "";
  return h(
    "li.contact",
    {},
    h("strong.name", {}, name),
    (hours || cost) && h(`span.hours${state}`, {}, [hours, cost].filter(Boolean).join(" · ")),
    h(
      "span.ways",
      {},
      // Who chats here would rather chat there.
      outsideLink("a.way.chat", chat_url, strings.chat, strings.chatWith(name)),
      tel ? h("a.way.phone", { href: tel }, strings.call(phone)) : phone && h("span.phone", {}, phone),
      outsideLink("a.way.site", url, strings.site, strings.siteOf(name)),
    ),
  );
}

/** In a new tab, because the conversation lives in this one only. */
function outsideLink(name, address, text, label) {
  const href = safeUrl(address);
  return href && h(name, { href, target: "_blank", rel: "noopener noreferrer", "aria-label": label }, text);
}

function renderSources(sources) {
  return h(
    "details.sources",
    {},
    h("summary", {}, strings.sources),
    h(
      "ul",
      {},
      sources.map(({ title, doc, section }) => h("li", {}, [title ?? doc, section].filter(Boolean).join(", "))),
    ),
  );
}

function renderChoices(choices, onChoose) {
  return h(
    "div.choices",
    { role: "group", "aria-label": strings.choices },
    choices.map((choice) =>
      h("button.choice", { type: "button", "data-id": choice.id, onclick: () => onChoose(choice) }, choice.label),
    ),
  );
}
