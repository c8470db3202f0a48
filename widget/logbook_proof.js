/**
 * What is proof in the logbook: pictures and entries, and their fingerprints (SHA-256 in hexadecimal).
 * That of an entry is over its fields and pictures as JSON, which others can make too; in Python it is
 * `json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)`.
 */
import { strings } from "./logbook_strings.js";

export const PICTURE_LIMIT = 10 * 1024 * 1024; // bytes
/** The fields in words, and how many characters each holds. */
export const LENGTHS = { date: 10, link: 2000, name: 200, place: 200, time: 5, what: 5000, witnesses: 500 };
export const FIELDS = Object.keys(LENGTHS);
const KINDS = {
  "image/png": /^\x89PNG\r\n\x1a\n/,
  "image/jpeg": /^\xff\xd8\xff/,
  "image/webp": /^RIFF[^]{4}WEBP/,
  "image/gif": /^GIF8[79]a/,
};
/** For the file chooser. A phone makes a JPEG of its own kind of picture when it reads this. */
export const ACCEPTED = Object.keys(KINDS).join();

/** Something that does not get in; the message is the sentence to say. */
export class Refused extends Error {}

export function refuse(sentence) {
  throw new Refused(sentence);
}

/** Browsers have no Web Crypto where the connection is not secure. */
export function canFingerprint() {
  return Boolean(globalThis.crypto?.subtle);
}

/** A copy of a picture `{name, blob, sha256}`; its bytes say what it is, not its name, and the browser can show it. */
export async function readPicture(source, name) {
  if (source.size > PICTURE_LIMIT) refuse(strings.pictureLarge(name));
  const broken = () => refuse(strings.pictureBroken(name));
  const bytes = await source.arrayBuffer().catch(broken);
  const start = String.fromCharCode(...new Uint8Array(bytes.slice(0, 12)));
  const type = Object.keys(KINDS).find((kind) => KINDS[kind].test(start)) ?? refuse(strings.pictureKind(name));
  const blob = new Blob([bytes], { type });
  await createImageBitmap(blob).then((image) => image.close(), broken);
  return { name, blob, sha256: await digest(bytes) };
}

/** The fingerprint of an entry as it is now, or null. */
export function fingerprintOf(entry) {
  return digest(new TextEncoder().encode(canonical(entry)));
}

/** Those of `theirs` that are not among `ours`, each once. */
export function onlyNew(ours, theirs) {
  // The sizes tell pictures apart where there are no fingerprints.
  const identity = (entry) => canonical(entry) + entry.pictures.map(({ blob }) => blob.size);
  const known = new Set(ours.map(identity));
  return theirs.filter((entry) => !known.has(identity(entry)) && known.add(identity(entry)));
}

function canonical(entry) {
  const pictures = entry.pictures.map(({ name, sha256 }) => ({ name, sha256 }));
  const all = { ...entry, pictures };
  return JSON.stringify(Object.fromEntries([...FIELDS, "pictures"].sort().map((field) => [field, all[field]])));
}

async function digest(bytes) {
  if (!canFingerprint()) return null;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
