/** A question before the page closes, while something would be gone with it. */
let calling = false;

const ask = (event) => {
  if (calling) return;
  event.preventDefault();
  event.returnValue = true; // what older browsers look at
};

// To a browser a number to call is a page to go to: it would ask, and hold up who calls for help.
const onClick = (event) => {
  if (!event.composedPath().some(({ protocol }) => protocol === "tel:")) return;
  calling = true;
  setTimeout(() => (calling = false), 1000);
};

/** Whether closing the page asks first. */
export function askBeforeClosing(needed) {
  const change = needed ? "addEventListener" : "removeEventListener";
  window[change]("beforeunload", ask);
  window[change]("click", onClick, true);
}
