/** Every Dutch word of the logbook of proof. As in strings.js: neither "je" nor "u", for whoever reads it. */
export const strings = {
  title: "Bewijs bijhouden",
  intro: "Schrijf op wat er gebeurt, het liefst meteen. Dan kan een ouder, de school of de politie beter helpen.",
  notes: [
    "Alles blijft op dit toestel. Er wordt niets verstuurd.",
    "Gaat deze pagina of tab dicht? Dan is alles weg. Bewaar het dus eerst als bestand.",
    "Gebruiken meer mensen dit toestel? Dan kunnen zij een bewaard bestand ook zien.",
  ],
  noFingerprints: "Deze site heeft geen beveiligde verbinding (https). Daarom werken vingerafdrukken hier niet.",

  add: "Schrijf iets op",
  list: "Wat er is gebeurd",
  empty: "Er staat nog niets.",
  noDate: "Datum onbekend",
  edit: "Verander",
  remove: "Wis dit",
  removed: (title) => `${title} is gewist.`,
  undo: "Zet terug",
  of: (label, title) => `${label}: ${title}`,

  labels: {
    date: "Datum",
    time: "Tijd",
    what: "Wat is er gebeurd?",
    place: "Welke app, site of plek?",
    name: "Welke naam staat er?",
    link: "Welke link hoort erbij?",
    witnesses: "Wie zag het ook?",
    pictures: "Foto's en screenshots",
    fingerprint: "Vingerafdruk",
  },
  hints: {
    what: "Kort is goed. Schrijf de woorden over die er stonden.",
    place: "Zoals WhatsApp, een game of het schoolplein",
    name: "De naam in de app, vaak met een @ ervoor. Een nepnaam is ook goed.",
    link: "Van het account, het bericht of het filmpje",
  },
  required: " (verplicht)",
  mayStayEmpty: "Niet bekend? Laat het dan leeg. Alleen ‘Wat is er gebeurd?’ moet worden ingevuld.",
  keep: "Zet in het logboek",
  stop: "Stop, zet dit er niet in",

  nude: [
    "Een blootfoto of seksfoto van iemand onder de 18 mag hier nooit bij. Ook niet als bewijs, en ook geen eigen foto.",
    "Laat zo'n foto staan waar die staat. Maak geen screenshot. Bewaar de foto niet en laat die aan niemand zien.",
    "Vertel het wel aan een volwassene. Hulp is er ook. In Nederland bij Helpwanted, in België bij Child Focus.",
  ],
  warning: "Let op",
  /** The names, numbers and addresses of content/helplines.yml; a test compares them. */
  helplines: [
    { id: "helpwanted", name: "Helpwanted", phone: "020-261 52 75", url: "https://helpwanted.nl" },
    { id: "child_focus", name: "Child Focus", phone: "116 000", url: "https://childfocus.be" },
  ],
  addPictures: "Voeg foto's toe",
  pictureKinds: "PNG, JPEG, WebP of GIF. Eén foto mag 10 MB groot zijn.",
  picturesAdded: (number) => `Foto's erbij: ${number}.`,
  picture: (name) => `Foto: ${name}`,

  mistakes: {
    what: "Vul in wat er is gebeurd. Een paar woorden is genoeg.",
    date: "Deze datum klopt niet. Verander de datum of maak het vak leeg.",
    time: "Deze tijd klopt niet. Verander de tijd of maak het vak leeg.",
  },
  pictureKind: (name) => `${name} kan er niet bij. Alleen foto's van het soort PNG, JPEG, WebP of GIF kunnen erbij.`,
  pictureLarge: (name) => `${name} is te groot. Een foto mag 10 MB groot zijn.`,
  pictureBroken: (name) => `${name} is kapot. Deze foto kan er niet bij.`,
  full: "Dit past niet meer in het logboek. Bewaar het logboek als bestand. Kies dan ‘Wis alles’ en begin een nieuw.",

  kept: "Het staat in het logboek. Het is nog niet bewaard als bestand.",

  fingerprintMeans:
    "Een vingerafdruk is een code van precies deze woorden en foto's. Verandert er iets, dan klopt die niet meer.",
  ofEntry: "Alles samen",
  none: "geen vingerafdruk",
  changed: "De vingerafdruk klopt niet. Dit is veranderd nadat het was bewaard.",

  file: "Bewaren, printen en openen",
  save: "Bewaar als bestand",
  print: "Print",
  open: "Open een bestand",
  fileName: (day) => `notities-${day}.json`,
  saved: (name) => `Bewaard als ${name}, bij de downloads. Dit bestand kan hier later weer open.`,
  printed: (moment) => `Geprint op ${moment}`,

  opened: (added, doubles) => `Het bestand is open. Nieuw: ${added}. Stond er al: ${doubles}.`,
  changedSince: (title) => `Let op. Dit is veranderd nadat het was bewaard: ${title}`,
  fileUnknown: "Dit is geen bestand van dit logboek, of het is kapot. Er is niets veranderd.",
  fileVersion: "Dit bestand is van een andere versie en kan hier niet open. Er is niets veranderd.",
  fileLarge: "Dit bestand is te groot. Er is niets veranderd.",
  fileWrong: (number, label) =>
    `In dit bestand klopt iets niet, bij nummer ${number}: ‘${label}’. Er is niets veranderd.`,
};
