/** Nodes without markup: whatever somebody types or a server sends can only ever become text. */

/**
 * Makes an element: `h("p.hours.late", { id: "x", onclick: f }, "text", node, null)`.
 * The names after the tag become its class and its shadow part; null and false are left out.
 */
export function h(name, attributes = {}, ...children) {
  const [tag, ...names] = name.split(".");
  const node = document.createElement(tag);
  if (names.length) {
    node.setAttribute("class", names.join(" "));
    node.setAttribute("part", names.join(" "));
  }
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value != null && value !== false) node.setAttribute(key, value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

/** The address in full when it has one of these protocols, else null: no javascript:, no data:. */
export function safeUrl(address, protocols = ["https:"]) {
  try {
    const url = new URL(address, document.baseURI);
    return address && protocols.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** An address at the server of Wegwijs itself; its first page when the path leads elsewhere. */
export function pageOf(server, path) {
  const base = new URL(server, document.baseURI);
  try {
    const page = new URL(path, base);
    if (page.origin === base.origin && page.protocol === base.protocol) return page.href;
  } catch {}
  return base.href;
}

/** A tel: address of digits and "+" only, or null when the text is more than a number. */
export function telUrl(phone) {
  return /^\+?[\d\s./()-]*\d$/.test(phone ?? "") ? `tel:${phone.replace(/[^\d+]/g, "")}` : null;
}

/** Adds a stylesheet of the widget beneath `root`, once. */
export function loadStyle(root, file) {
  const href = new URL(file, import.meta.url).href;
  if (!root.querySelector(`link[href="${href}"]`)) root.prepend(h("link", { rel: "stylesheet", href }));
}
