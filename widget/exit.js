/** Leaving in a hurry: the page is empty at once, and another one takes its place in the history of the tab. */
import { safeUrl } from "./dom.js";

const ELSEWHERE = "https://www.wikipedia.org/";
const TIMES = 3;
const WITHIN_MS = 5000;

/** Where to go: what the school chose, or a page that says nothing about anybody. */
export function exitUrl(chosen) {
  return safeUrl(chosen, ["https:", "http:"]) ?? ELSEWHERE;
}

/** Empties the page, so that nothing is seen however long the other one takes, and goes there. */
export function leave(address) {
  document.documentElement.replaceChildren();
  try {
    window.top.location.replace(address); // out of the frame of a school's page, too
  } catch {
    location.replace(address);
  }
}

/** What `countShifts` must hear of. */
export const SHIFT_EVENTS = ["keydown", "keyup", "pointerdown"];

/**
 * Counts how often Shift is pressed and let go with nothing between; no key of a word, and no key of a screen reader.
 * `onPress` hears how many times are left: 0 when it is time to go, null when too much time went by.
 */
export function countShifts(onPress) {
  let pressed = 0;
  let alone = false;
  let timer = 0;
  const forget = () => {
    pressed = 0;
    clearTimeout(timer);
  };
  return ({ type, key }) => {
    if (type === "keyup" && key === "Shift" && alone) {
      alone = false;
      pressed += 1;
      if (pressed === 1) timer = setTimeout(() => (forget(), onPress(null)), WITHIN_MS);
      return onPress(TIMES - pressed);
    }
    if (type === "keyup") return;
    alone = type === "keydown" && key === "Shift";
    if (!alone) forget();
  };
}
