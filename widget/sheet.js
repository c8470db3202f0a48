/** A list, note or letter that is filled in here. Nothing of it is sent to anybody, or kept. */
import { renderWaysToKeep } from "./document.js";
import { h } from "./dom.js";
import { strings } from "./strings.js";

/** The fields of a sheet, beside them the text that they make, and the ways to keep it. */
export function renderSheet({ title, fields, text }) {
  const inputs = new Map();
  const result = h("textarea.result", { readonly: true, rows: "6", "aria-label": strings.sheetText(title) });
  const compose = () => {
    result.value = text
      .map((line) => fill(line, (name) => inputs.get(name)?.value.trim() ?? ""))
      .filter((line) => line !== null)
      .join("\n");
  };
  const rows = fields.map(({ id, label, hint, lines }) => {
    const input = h("textarea.field", { rows: String(lines), autocomplete: "off", spellcheck: "false", oninput: compose });
    inputs.set(id, input);
    return h("label.row", {}, h("span.label", {}, label), hint && h("span.hint", {}, hint), input);
  });
  compose();
  return h(
    "form.sheet",
    { "aria-label": title, onsubmit: (event) => event.preventDefault() },
    h("h3", {}, title),
    h("p.hint", {}, strings.sheetStays),
    rows,
    result,
    renderWaysToKeep(title, result),
  );
}

/** A line with its fields filled in; null when it has fields and none was filled in. */
function fill(line, value) {
  let asked = false;
  let filled = false;
  const text = line.replace(/\{(\w+)\}/g, (_, name) => {
    asked = true;
    filled ||= value(name) !== "";
    return value(name);
  });
  return asked && !filled ? null : text;
}
