/**
 * Every Dutch word the widget itself says. A child and a parent read the same words,
 * so they avoid both "je" and "u". Advice comes from the server.
 */
export const strings = {
  launcher: "Hulp bij pesten",
  title: "Hulp bij pesten",
  exit: "Snel weg",
  exitHint: "Snel weg: wist het gesprek en gaat naar een andere website. Drie keer Shift doet hetzelfde.",
  close: "Sluiten",
  wipe: "Wis alles",
  wiped: "Alles is gewist.",
  about: "Wegwijs is een computerprogramma.",
  unread: (count) => (count === 1 ? "1 nieuw bericht" : `${count} nieuwe berichten`),
  shiftsLeft: (count) => `Nog ${count} keer Shift om snel weg te gaan`,
  back: "Terug naar het gesprek",
  notLoaded: "Dit deel laadt nu niet. Probeer het straks opnieuw.",

  log: "Gesprek",
  bot: "Wegwijs",
  own: "Ik",
  typing: "Wegwijs schrijft…",
  choices: "Kies een antwoord, of typ zelf iets",

  box: "Bericht",
  placeholder: "Typ hier een bericht",
  send: "Stuur",
  left: (count) => (count === 1 ? "Nog 1 teken" : `Nog ${count} tekens`),

  alert: { emergency: "Nu hulp", police: "Politie", crisis_line: "Praat nu met iemand" },

  call: (phone) => `Bel ${phone}`,
  chat: "Chat",
  chatWith: (name) => `Chat met ${name} (nieuw tabblad)`,
  site: "Website",
  siteOf: (name) => `Website van ${name} (nieuw tabblad)`,

  sources: "Waar komt dit vandaan?",

  sheetStays: "Wat hier wordt ingevuld, blijft op dit toestel. Het wordt niet verstuurd en niet bewaard.",
  sheetText: (title) => `${title}: de hele tekst`,
  agenda: "Zet in de agenda",
  agendaFrom: "Dag van het gesprek",

  more: "Meer",

  unreachable: "Wegwijs werkt nu even niet. Is er nu gevaar? Bel 112. Praten met een mens kan hier:",
  goesOn: "Het gesprek gaat verder. Wat hier eerder stond, is niet bewaard. Dit was het laatste antwoord:",
  expired: "Dit gesprek is gestopt. Opnieuw beginnen kan altijd.",
  beginsAnew: "Het vorige gesprek was gestopt. Het begint opnieuw.",
  soonOver: "Binnen 5 minuten stopt dit gesprek vanzelf. Dan is het gewist. Meer tijd nodig?",
  stay: "Ga door met het gesprek",
  kept: "Het bericht is niet verstuurd. Het staat nog in het tekstvak.",
  tryAgain: "Probeer het zo nog eens.",
  retry: "Probeer opnieuw",
  restart: "Begin opnieuw",

  /** For when the server cannot name any. Everywhere else the numbers come from content/helplines.yml. */
  helplines: [
    { id: "emergency_112", name: "Nu gevaar: politie, brandweer, ambulance", phone: "112" },
    { id: "kindertelefoon", name: "De Kindertelefoon (Nederland)", phone: "0800-0432" },
    { id: "awel", name: "Awel (België)", phone: "102" },
  ],
};
