/** The logbook as a file: written, and read again as something that anybody may have changed. */
import { FIELDS, LENGTHS, PICTURE_LIMIT, canFingerprint, fingerprintOf, readPicture, refuse } from "./logbook_proof.js";
import { strings } from "./logbook_strings.js";

const FORMAT = "wegwijs-logboek";
const VERSION = 1;
const COUNT_LIMIT = 300; // of entries, and of pictures
const BYTES_LIMIT = 40 * 1024 * 1024; // of all pictures: what a phone can still handle as one text
const FILE_LIMIT = 60 * 1024 * 1024; // pictures take a third more in JSON
export const NAME_LIMIT = 255;
const SHAPES = {
  date: (text) => text === "" || isDay(text),
  time: (text) => /^(([01]\d|2[0-3]):[0-5]\d)?$/.test(text),
  what: (text) => text.trim() !== "",
};

/** Whether a file of these entries could be opened again. */
export function fits(entries, sizeOf = ({ blob }) => blob.size) {
  const sizes = entries.flatMap(({ pictures }) => pictures.map(sizeOf));
  const sum = sizes.reduce((total, size) => total + size, 0);
  return Math.max(entries.length, sizes.length) <= COUNT_LIMIT && sum <= BYTES_LIMIT;
}

/** The text of the file. */
export async function write(entries) {
  return JSON.stringify({ format: FORMAT, version: VERSION, entries: await Promise.all(entries.map(toJson)) }, null, 1);
}

/**
 * The entries of a file; what does not make a whole logbook is refused. An entry whose fingerprint does not match
 * keeps it and is `changed`, so that this is seen again in a file that is made of it.
 */
export async function read(file) {
  if (file.size > FILE_LIMIT) refuse(strings.fileLarge);
  const raw = parse(await file.text());
  if (raw?.format !== FORMAT || !Array.isArray(raw.entries)) refuse(strings.fileUnknown);
  if (raw.version !== VERSION) refuse(strings.fileVersion);
  raw.entries.forEach(check);
  // Before any picture is made: a small file can hold very many.
  if (!fits(raw.entries, ({ data }) => (data.length * 3) / 4 - 2)) refuse(strings.fileLarge);
  const entries = [];
  for (const [index, one] of raw.entries.entries()) entries.push(await fromJson(one, index));
  return entries;
}

async function toJson(entry) {
  const each = entry.pictures.map(async ({ name, sha256, blob }) => ({ name, sha256, data: await toBase64(blob) }));
  return { ...wordsOf(entry), sha256: entry.sha256, pictures: await Promise.all(each) };
}

async function fromJson(raw, index) {
  const entry = { ...wordsOf(raw), sha256: raw.sha256, pictures: [] };
  for (const { name, data, sha256 } of raw.pictures) {
    const picture = await fromBase64(data, name).catch(() => wrong(index, "pictures"));
    entry.changed ||= differ(sha256, picture.sha256);
    entry.pictures.push({ ...picture, sha256: picture.sha256 ?? sha256 });
  }
  entry.changed ||= differ(raw.sha256, await fingerprintOf(entry));
  return entry;
}

function differ(kept, found) {
  return canFingerprint() && kept !== null && kept !== found;
}

function wordsOf(entry) {
  return Object.fromEntries(FIELDS.map((field) => [field, entry[field]]));
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return refuse(strings.fileUnknown);
  }
}

/** Only the types, lengths and shapes that write() makes. */
function check(raw, index) {
  for (const field of FIELDS) {
    if (!isText(raw?.[field], LENGTHS[field]) || SHAPES[field]?.(raw[field]) === false) wrong(index, field);
  }
  if (!isFingerprint(raw.sha256)) wrong(index, "fingerprint");
  if (!Array.isArray(raw.pictures) || !raw.pictures.every(isPicture)) wrong(index, "pictures");
}

function isPicture(raw) {
  return isText(raw?.name, NAME_LIMIT) && isFingerprint(raw.sha256) && isText(raw.data, (PICTURE_LIMIT * 4) / 3 + 4);
}

function isText(value, limit) {
  return typeof value === "string" && value.length <= limit;
}

function isFingerprint(value) {
  return value === null || (typeof value === "string" && /^[\da-f]{64}$/.test(value));
}

function isDay(text) {
  const day = new Date(`${text}T00:00Z`);
  return !Number.isNaN(Number(day)) && day.toISOString().slice(0, LENGTHS.date) === text;
}

function wrong(index, field) {
  refuse(strings.fileWrong(index + 1, strings.labels[field]));
}

function toBase64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",")[1]);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

async function fromBase64(data, name) {
  return readPicture(new Blob([Uint8Array.from(atob(data), (character) => character.charCodeAt())]), name);
}
