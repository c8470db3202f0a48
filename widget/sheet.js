/** A list, note or letter that is filled in here and copied. Nothing of it is sent to anybody, or kept. */
import { h } from "./dom.js";
import { strings } from "./strings.js";

/** The fields of a sheet, and beside them the text that they make. */
export function renderSheet({ title, fields, text }) {
  const inputs = new Map();
  const result = h("textarea.result", { readonly: true, rows: "6", "aria-label": strings.sheetText(title) });
  const said = h("span.copied", { role: "status" });
  const compose = () => {
    said.textContent = "";
    result.value = text
      .map((line) => fill(line, (name) => inputs.get(name)?.value.trim() ?? ""))
      .filter((line) => line !== null)
      .join("\n");
  };
  const copy = async () => {
    said.textContent = (await copyText(result)) ? strings.copied : strings.notCopied;
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
    h("button.choice", { type: "button", onclick: copy }, strings.copy),
    said,
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
