/** A text that somebody wants to have: copied, printed, or kept as a file on the own device. Nothing of it is sent. */
import { h } from "./dom.js";
import { strings } from "./tools_strings.js";

/** The ways to have the text of a field, as it is when one of them is used. */
export function renderWaysToKeep(title, area) {
  const said = h("span.copied", { role: "status" });
  const copy = async () => (said.textContent = (await copyText(area)) ? strings.copied : strings.notCopied);
  const print = () => {
    const lines = area.value.split("\n").map((line) => h("p", {}, line));
    said.textContent = printNodes(title, [h("h1", {}, title), ...lines]) ? "" : strings.notPrinted;
  };
  const save = () => download(`${fileName(title)}.txt`, "text/plain", `${title}\n\n${area.value}\n`);
  const ways = [
    [strings.copy, copy],
    [strings.print, print],
    [strings.save, save],
  ];
  return h(
    "div.keep",
    {},
    h("div.choices", {}, ways.map(([label, onclick]) => h("button.choice", { type: "button", onclick }, label))),
    said,
  );
}

/** A text to read, and the ways to keep it. */
export function renderDocument(title, text) {
  const area = h("textarea.result", { readonly: true, rows: "14", "aria-label": title }, text);
  return h(
    "section.document",
    { "aria-label": title },
    h("h3", {}, title),
    h("p.hint", {}, strings.keepWarning),
    area,
    renderWaysToKeep(title, area),
  );
}

/** Some paragraphs to read. */
export function renderText(title, paragraphs) {
  return h("section.document", { "aria-label": title }, h("h3", {}, title), paragraphs.map((text) => h("p", {}, text)));
}

/** Opens a page of its own with these nodes, prints it and closes it; false when the browser lets none open. */
export function printNodes(title, nodes) {
  const page = window.open("", "_blank");
  if (!page) return false;
  page.document.documentElement.lang = "nl";
  page.document.title = title;
  page.document.body.style.fontFamily = "sans-serif";
  page.document.body.append(...nodes.map((node) => page.document.adoptNode(node)));
  page.addEventListener("afterprint", () => page.close());
  // A picture that is still being read would be missing on paper.
  Promise.allSettled([...page.document.images].map((image) => image.decode())).then(() => page.print());
  return true;
}

/** Gives a file to the browser, to be kept where the person wants. */
export function download(name, type, content) {
  const href = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

function fileName(title) {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "wegwijs";
}

/** Whether it worked. A page without https has no clipboard of the modern kind. */
async function copyText(area) {
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    area.focus();
    area.select();
    return document.execCommand("copy");
  }
}
