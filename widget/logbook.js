/** The logbook of proof: what happened, written down on this device. Nothing is sent, and it ends with the page. */
import { download, printNodes } from "./document.js";
import { h, loadStyle } from "./dom.js";
import { renderForm } from "./logbook_entry.js";
import { fits, read, write } from "./logbook_file.js";
import { askBeforeClosing } from "./logbook_guard.js";
import { Refused, canFingerprint, fingerprintOf, onlyNew } from "./logbook_proof.js";
import { renderEntry, renderPaper, titleOf } from "./logbook_show.js";
import { strings } from "./logbook_strings.js";
import { strings as toolStrings } from "./tools_strings.js";

let view = null;

/** The one logbook of this page, to be shown beneath `root`. */
export function logbook(root) {
  loadStyle(root, "logbook.css");
  return (view ??= new Logbook());
}

class Logbook {
  #book = emptyBook(); // another one after forget(): what was begun before then comes too late
  #form = null; // the one that is open
  #items = new Map(); // what is shown of each entry
  #place = h("div.place"); // of the list, or of the form
  #said = h("div.said", { role: "status" });
  #error = h("p.wrong", { id: "logbook-error", tabindex: "-1" });
  #chooser = h("input", { type: "file", accept: ".json,application/json", hidden: true, onchange: () => this.#open() });
  #add = button(strings.add, () => this.#write(), {}, "button.send");
  #openButton = button(strings.open, () => this.#chooser.click(), { "aria-describedby": this.#error.id });

  node = h(
    "section.logbook",
    { "aria-labelledby": "logbook-title" },
    h("h3", { id: "logbook-title" }, strings.title),
    this.#place,
    this.#said,
  );

  constructor() {
    // A browser may keep the page for who goes back to it; that may be somebody else.
    window.addEventListener("pagehide", () => this.forget());
    this.#showList();
  }

  forget() {
    this.#book = emptyBook();
    this.#showList();
  }

  // The list

  #showList() {
    const { entries, removed } = this.#book;
    const all = [...entries, ...removed].sort(byTime);
    this.#form = null;
    this.#items = new Map(all.map((entry) => [entry, this.#renderItem(entry)]));
    this.#error.textContent = "";
    this.#say();
    this.#place.replaceChildren(
      h("p", {}, strings.intro),
      h("ul", {}, notes().map((note) => h("li", {}, note))),
      this.#add,
      h("h4", {}, strings.list),
      all.length ? h("ol.entries", {}, [...this.#items.values()]) : h("p.hint", {}, strings.empty),
      h("h4", {}, strings.file),
      h(
        "div.choices",
        {},
        entries.length > 0 && [button(strings.save, () => this.#save()), button(strings.print, () => this.#print())],
        this.#openButton,
        this.#chooser,
      ),
      this.#error,
    );
    this.#guard();
  }

  #renderItem(entry) {
    const title = titleOf(entry);
    const tool = (label, onclick, of = title) => button(label, onclick, { "aria-label": strings.of(label, of) });
    if (this.#book.removed.includes(entry)) {
      const said = strings.removed(title);
      return h("li.removed", {}, said, tool(strings.undo, () => this.#undo(entry), said));
    }
    const tools = [tool(strings.edit, () => this.#write(entry)), tool(strings.remove, () => this.#remove(entry))];
    return h("li", {}, renderEntry(entry, ...tools));
  }

  /** Shows the list with these entries; what was removed before can no longer come back. */
  #change(entries, { removed = [], saved = false }, ...said) {
    Object.assign(this.#book, { entries: entries.sort(byTime), removed, saved, touched: false });
    this.#showList();
    this.#say(...said);
  }

  #remove(entry) {
    this.#change(this.#book.entries.filter((other) => other !== entry), { removed: [entry] });
    this.#items.get(entry).querySelector("button").focus();
  }

  #undo(entry) {
    this.#change([...this.#book.entries, entry], {}, strings.kept);
    this.#focusOn(entry);
  }

  #focusOn(entry) {
    (this.#items.get(entry)?.querySelector(".heading") ?? this.#add).focus();
  }

  // The form

  #write(before) {
    // Pictures may still be read when the form is closed or all is wiped.
    const whileOpen = (act) => (given) => this.#form === form && act(given);
    const form = renderForm(before, {
      keep: (entry) => this.#keep(entry, before, form),
      stop: whileOpen(() => this.#stop(before)),
      touch: whileOpen(() => this.#touch()),
      say: whileOpen((text) => this.#say(text)),
    });
    this.#form = form;
    this.#say();
    this.#place.replaceChildren(form);
    form.querySelector(".heading").focus();
  }

  async #keep(words, before, form) {
    const entry = { ...words, sha256: await fingerprintOf(words) };
    if (this.#form !== form) return;
    const entries = [...this.#book.entries.filter((other) => other !== before), entry];
    if (!fits(entries)) return this.#say(strings.full);
    this.#change(entries, {}, strings.kept);
    this.#focusOn(entry);
  }

  #stop(before) {
    this.#book.touched = false;
    this.#showList();
    this.#focusOn(before);
  }

  #touch() {
    this.#book.touched = true;
    this.#guard();
  }

  // The file and the paper

  async #save() {
    const { entries } = this.#book;
    const text = await write(entries);
    if (entries !== this.#book.entries) return;
    const name = strings.fileName(new Date().toLocaleDateString("sv"));
    this.#book.saved = true;
    this.#guard();
    download(name, "application/json", text);
    this.#say(strings.saved(name));
  }

  #print() {
    const printed = printNodes(strings.list, renderPaper(this.#book.entries));
    this.#say(...(printed ? [] : [toolStrings.notPrinted]));
  }

  async #open() {
    const book = this.#book;
    const [file] = this.#chooser.files;
    this.#chooser.value = "";
    this.#error.textContent = "";
    try {
      const found = await read(file);
      if (book === this.#book) this.#merge(found);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (book === this.#book) this.#refuse(error.message);
    }
  }

  #merge(found) {
    const { entries, saved } = this.#book;
    const added = onlyNew(entries, found);
    if (!fits([...entries, ...added])) return this.#refuse(strings.full);
    const changed = found.filter((entry) => entry.changed).map(titleOf);
    this.#change(
      [...entries, ...added],
      { saved: added.length ? !entries.length : saved },
      strings.opened(added.length, found.length - added.length),
      ...changed.map(strings.changedSince),
    );
    this.#openButton.focus();
  }

  #refuse(sentence) {
    this.#say();
    this.#error.textContent = sentence;
    this.#error.focus();
  }

  #say(...sentences) {
    this.#said.replaceChildren(...sentences.map((sentence) => h("p", {}, sentence)));
  }

  #guard() {
    const { entries, saved, touched } = this.#book;
    askBeforeClosing(touched || (entries.length > 0 && !saved));
  }
}

/** `saved`: there is a file of these entries; `touched`: something is in the form that is not among them. */
function emptyBook() {
  return { entries: [], removed: [], saved: true, touched: false };
}

function notes() {
  return canFingerprint() ? strings.notes : [...strings.notes, strings.noFingerprints];
}

function button(label, onclick, attributes = {}, name = "button.choice") {
  return h(name, { type: "button", onclick, ...attributes }, label);
}

/** In the order in which it happened; without a date last. */
function byTime(one, other) {
  const [first, second] = [one, other].map(({ date, time }) => `${date || "9999-99-99"} ${time}`);
  return first < second ? -1 : Number(first > second);
}
