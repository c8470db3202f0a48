/** Entries to read: on the screen with the fingerprints folded, on paper with everything open. */
import { h } from "./dom.js";
import { strings } from "./logbook_strings.js";

const SHOWN = ["what", "place", "name", "link", "witnesses"];

/** When it happened, in words. */
export function titleOf({ date, time }) {
  const day = date ? new Date(`${date}T00:00`).toLocaleDateString("nl", { dateStyle: "full" }) : strings.noDate;
  return [day, time].filter(Boolean).join(", ");
}

/** One entry, with what can be done to it. */
export function renderEntry(entry, ...tools) {
  return h(
    "article.entry",
    {},
    h("h4.heading", { tabindex: "-1" }, titleOf(entry)),
    renderWords(entry),
    h("div.pictures", {}, entry.pictures.map((picture) => renderPicture(picture))),
    h(
      "details",
      {},
      h("summary", {}, strings.labels.fingerprint),
      h("p.hint", {}, strings.fingerprintMeans),
      renderFingerprints(entry),
    ),
    h("div.choices", {}, tools),
  );
}

/** A picture with its name. */
export function renderPicture({ name, blob }, ...tools) {
  const src = URL.createObjectURL(blob);
  const letGo = () => URL.revokeObjectURL(src);
  const image = h("img", { src, alt: strings.picture(name), onload: letGo, onerror: letGo });
  return h("figure", {}, styled(image, { maxWidth: "100%", maxHeight: "60vh" }), h("figcaption", {}, name), tools);
}

/** All of it, for printNodes(). */
export function renderPaper(entries) {
  const now = new Date().toLocaleString("nl", { dateStyle: "long", timeStyle: "short" });
  const parts = entries.flatMap((entry) => [
    h("h2", {}, titleOf(entry)),
    renderWords(entry),
    ...entry.pictures.map((picture) => renderPicture(picture)),
    h("h3", {}, strings.labels.fingerprint),
    renderFingerprints(entry),
  ]);
  return [h("h1", {}, strings.list), h("p", {}, strings.printed(now)), h("p", {}, strings.fingerprintMeans), ...parts];
}

function renderWords(entry) {
  const shown = SHOWN.filter((field) => entry[field]);
  const lines = (text) => styled(h("dd", {}, text), { whiteSpace: "pre-wrap", overflowWrap: "anywhere" });
  return h(
    "div",
    {},
    entry.changed && h("p.wrong", {}, strings.changed),
    h("dl", {}, shown.flatMap((field) => [h("dt", {}, strings.labels[field]), lines(entry[field])])),
  );
}

function renderFingerprints({ sha256, pictures }) {
  const codes = [{ name: strings.ofEntry, sha256 }, ...pictures];
  const code = (text) => styled(h("code", {}, text), { overflowWrap: "anywhere" });
  return h("ul", {}, codes.map(({ name, sha256 }) => h("li", {}, `${name}: `, code(sha256 ?? strings.none))));
}

/** By the object model: paper has no stylesheet, and a strict policy lets no style attribute through. */
function styled(node, style) {
  Object.assign(node.style, style);
  return node;
}
