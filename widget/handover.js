/**
 * Hands the session over to the next page of this tab: a reload, another page of the school.
 * Only the token, and for a minute: whoever opens the chat later begins anew. Where the next page has no chat, the token
 * stays with the tab; nobody can read words with it, and the server forgets it after half an hour.
 */
const KEY = "wegwijs";
const FRESH_MS = 60_000;

/** Leaves the token for the next page, until a moment. Where the browser keeps nothing, the next page begins anew. */
export function handOver(server, token, until = Date.now() + FRESH_MS) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ server, token, until }));
  } catch {}
}

/** Takes what the page before left, and leaves nothing; null when there is none, or none for this server. */
export function takeOver(server) {
  try {
    const left = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
    const still = left.until - Date.now();
    return left.server === server && still > 0 && still <= FRESH_MS ? left : null;
  } catch {
    return null;
  }
}
