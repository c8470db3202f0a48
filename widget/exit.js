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

/**
 * Counts how often Shift is pressed and let go with nothing between; no key of a word, and no key of a screen reader.
 * Gets keydown and keyup events; `onPress` hears how many times are left, 0 when it is time to go.
 */
export function countShifts(onPress) {
  let pressed = [];
  let alone = false;
  return ({ type, key, timeStamp }) => {
    if (type === "keydown") {
      alone = key === "Shift";
      if (!alone) pressed = [];
      return;
    }
    if (key !== "Shift" || !alone) return;
    alone = false;
    pressed = [...pressed.filter((before) => timeStamp - before < WITHIN_MS), timeStamp];
    onPress(TIMES - pressed.length);
  };
}
