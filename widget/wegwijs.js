/**
 * The one script tag of a site. It defines <wegwijs-chat> and, when the page has none, adds one.
 *
 *     <script type="module" src="https://.../widget/wegwijs.js" data-country="nl"></script>
 *
 * Every data-* attribute of the tag becomes an attribute of the element; see chat.js for the list.
 * Import chat.js instead to place and define the element yourself.
 */
import { WegwijsChat } from "./chat.js";

// document.currentScript is null in a module: the tag is the one with our address.
const script = [...document.scripts].find(({ src }) => src === import.meta.url);

if (script) {
  const chat = document.querySelector("wegwijs-chat") ?? document.createElement("wegwijs-chat");
  for (const { name, value } of script.attributes) {
    const attribute = name.replace(/^data-/, "");
    if (attribute !== name && !chat.hasAttribute(attribute)) chat.setAttribute(attribute, value);
  }
  if (!chat.isConnected) document.body.append(chat);
}

if (!customElements.get("wegwijs-chat")) customElements.define("wegwijs-chat", WegwijsChat);
