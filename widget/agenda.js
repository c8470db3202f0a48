/** Dates for the own agenda: a day is chosen, and the server makes the file. Only the day is sent. */
import { h, pageOf } from "./dom.js";
import { strings } from "./strings.js";

/** Where a day is chosen and the file of that day is fetched; `server` is the address of Wegwijs. */
export function renderAgenda({ title, url }, server) {
  const day = h("input.day", { type: "date", value: today(), onchange: () => aim() });
  const link = h("a.way.file", { download: true }, strings.agenda);
  const aim = () => {
    link.hidden = !day.value;
    link.href = pageOf(server, `${url}?vanaf=${day.value}`);
  };
  aim();
  return h("div.agenda", {}, h("strong.name", {}, title), h("label.row", {}, strings.agendaFrom, day), link);
}

function today() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
