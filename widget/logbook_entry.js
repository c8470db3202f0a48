/** The form in which one entry is written or changed. */
import { h } from "./dom.js";
import { NAME_LIMIT } from "./logbook_file.js";
import { ACCEPTED, LENGTHS, Refused, readPicture } from "./logbook_proof.js";
import { renderPicture, titleOf } from "./logbook_show.js";
import { strings } from "./logbook_strings.js";
import { renderContact } from "./render.js";

const INPUTS = {
  date: { type: "date", max: "9999-12-31" },
  time: { type: "time" },
  what: { rows: "4", required: true },
  place: {},
  name: { autocapitalize: "off" },
  link: { autocapitalize: "off", inputmode: "url" },
  witnesses: {},
};

/**
 * The form of an entry, or of a new one. `keep(entry)` gets what is written; `stop()`, `touch()` and `say(text)` hear
 * of leaving, of every change, and of what was done.
 */
export function renderForm(entry, { keep, stop, touch, say }) {
  const values = entry ?? now();
  const title = entry ? strings.of(strings.edit, titleOf(entry)) : strings.add;
  const rows = Object.keys(INPUTS).map((field) => renderRow(field, values[field] ?? ""));
  const album = renderAlbum(values.pictures ?? [], touch, say);
  const submit = async (event) => {
    event.preventDefault();
    const wrong = rows.filter(({ check }) => !check());
    if (wrong.length) return wrong[0].input.focus();
    const words = Object.fromEntries(rows.map(({ field, input }) => [field, input.value.trim()]));
    const { pictures, refused } = await album.whole();
    if (!refused) keep({ ...words, pictures }); // else the form stays, and says which picture is not among them
  };
  return h(
    "form.entry",
    { novalidate: true, autocomplete: "off", "aria-labelledby": "logbook-form", onsubmit: submit, oninput: touch },
    h("h4.heading", { id: "logbook-form", tabindex: "-1" }, title),
    h("p", {}, strings.mayStayEmpty),
    rows.map(({ node }) => node),
    album.node,
    h(
      "div.choices",
      {},
      h("button.send", { type: "submit" }, strings.keep),
      h("button.choice", { type: "button", onclick: stop }, strings.stop),
    ),
  );
}

function renderRow(field, value) {
  const id = `logbook-${field}`;
  const hint = strings.hints[field] && h("span.hint", { id: `${id}-hint` }, strings.hints[field]);
  const error = h("span.wrong", { id: `${id}-error` });
  const input = h(INPUTS[field].rows ? "textarea.field" : "input.field", {
    id,
    maxlength: LENGTHS[field],
    spellcheck: "false", // some browsers send what is typed to their maker for it
    "aria-describedby": `${id}-hint ${error.id}`,
    ...INPUTS[field],
  });
  input.value = value;
  const label = h("label.label", { for: id }, strings.labels[field], input.required && strings.required);
  const check = () => {
    const right = input.validity.valid && !(input.required && !input.value.trim());
    error.textContent = right ? "" : strings.mistakes[field];
    input.setAttribute("aria-invalid", !right);
    return right;
  };
  return { field, input, check, node: h("div.row", {}, label, hint, input, error) };
}

/** The pictures of an entry and the warning that belongs to them; `whole()` waits for those that are being read. */
function renderAlbum(before, touch, say) {
  let pictures = before;
  let reading = Promise.resolve();
  let refusals = 0;
  const error = h("div.wrong", { id: "logbook-picture-error", tabindex: "-1" });
  const list = h("div.pictures");
  const choose = () => {
    const files = [...chooser.files];
    chooser.value = ""; // so that the same one can be chosen again
    reading = reading.then(() => add(files));
  };
  const chooser = h("input", { type: "file", accept: ACCEPTED, multiple: true, hidden: true, onchange: choose });
  const button = h(
    "button.choice",
    { type: "button", "aria-describedby": `logbook-nude logbook-kinds ${error.id}`, onclick: () => chooser.click() },
    strings.addPictures,
  );
  const add = async (files) => {
    const { read, problems } = await readAll(files);
    error.replaceChildren(...problems.map((problem) => h("p", {}, problem)));
    if (read.length) change([...pictures, ...read], strings.picturesAdded(read.length));
    refusals += problems.length;
    if (problems.length) error.focus();
  };
  const change = (changed, said) => {
    pictures = changed;
    draw();
    touch();
    say(said);
  };
  const remove = (picture) => {
    change(pictures.filter((other) => other !== picture), strings.removed(picture.name));
    button.focus();
  };
  const draw = () => list.replaceChildren(...pictures.map((picture) => renderPicture(picture, removeButton(picture))));
  const removeButton = (picture) => {
    const label = strings.of(strings.remove, picture.name);
    const onclick = () => remove(picture);
    return h("button.choice", { type: "button", "aria-label": label, onclick }, strings.remove);
  };
  draw();
  const node = h(
    "div.row",
    { role: "group", "aria-labelledby": "logbook-pictures" },
    h("span.label", { id: "logbook-pictures" }, strings.labels.pictures),
    renderWarning(),
    h("span.hint", { id: "logbook-kinds" }, strings.pictureKinds),
    h("div.choices", {}, button, chooser),
    error,
    list,
  );
  const whole = async () => {
    const before = refusals;
    await reading;
    return { pictures, refused: refusals > before };
  };
  return { node, whole };
}

function renderWarning() {
  return h(
    "div.warning",
    {},
    h("div", { id: "logbook-nude" }, h("strong", {}, strings.warning), strings.nude.map((text) => h("p", {}, text))),
    h("ul.contacts", {}, strings.helplines.map(renderContact)),
  );
}

async function readAll(files) {
  const read = [];
  const problems = [];
  for (const file of files) {
    try {
      read.push(await readPicture(file, file.name.slice(-NAME_LIMIT)));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      problems.push(error.message);
    }
  }
  return { read, problems };
}

/** This moment on the clock of the device. */
function now() {
  const moment = new Date();
  const [date, time] = new Date(moment - moment.getTimezoneOffset() * 60_000).toISOString().split("T");
  return { date, time: time.slice(0, 5) };
}
