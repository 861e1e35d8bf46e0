// What the loader draws is a small tree: a text is a string, an element [tag, {name: value} or 0, children...]. The program writes
// it (app/markup); what is not in these lists is left out, so that even a front that somebody tampered with can't do anything.

import { addressNames, names, programNames, programTags, schemes, tags } from "./closed.js";
import { said } from "./lang.js";

const svgSpace = "http://www.w3.org/2000/svg";
const set = (/** @type {string[]} */ ...lists) => new Set(lists.join(" ").split(" "));
const drawn = set(tags, programTags);
const allowed = set(names, programNames);
const addresses = set(addressNames);
// What of a control its reader changes. The attribute only says what it begins with.
const properties = new Set(["checked", "muted", "selected", "value"]);
const withScheme = new RegExp(`^(?:(?:${schemes.replaceAll(" ", "|")}):|[^:]*$|[^:]*[/?#])`, "i");

/**
 * Reports http, https, mailto, and addresses without a scheme.
 * @param {string | number} url
 */
export const safe = (url) => withScheme.test(/** @type {string} */ (url));

/**
 * Sets an attribute of the closed set.
 * @param {Element} element
 * @param {string} name
 * @param {string | number} value
 */
export function setAttribute(element, name, value) {
  if (!allowed.has(name) || addresses.has(name) && !safe(value)) return;
  element.setAttribute(name, /** @type {string} */ (value));
  if (properties.has(name) && name in element) /** @type {any} */ (element)[name] = name === "value" ? value : true;
}

/**
 * Makes the nodes of a tree.
 * @param {Tree} node
 * @param {string} [space]
 * @returns {Node}
 */
export function makeNode(node, space) {
  if (!Array.isArray(node)) return document.createTextNode(node);
  const [tag, attributes, ...children] = node;
  if (!drawn.has(tag)) return document.createTextNode("");
  if (tag === "svg") space = svgSpace;
  const element = space ? document.createElementNS(space, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) setAttribute(element, name, value);
  element.append(...children.filter(Boolean).map((child) => makeNode(/** @type {Tree} */ (child), space)));
  return element;
}

/**
 * Makes the element of a tree that begins with one.
 * @type {(tree: Tree) => HTMLElement}
 */
export const makeElement = /** @type {any} */ (makeNode);

/**
 * Puts values into a sentence with {0}, {1} and so on.
 * @param {string} template
 * @param {...(string | number)} values
 */
const fill = (template, ...values) => template.replace(/\{(\d)\}/g, (_, i) => /** @type {string} */ (values[i]));

/**
 * Says how long ago something was, in the words and by the rules of app/words: as a post's time (0) or a front's age (4).
 * @param {string} moment
 * @param {0 | 4} set
 */
export function ago(moment, set) {
  const t = new Date(moment);
  const past = Date.now() - t.getTime();
  const words = said.ago;
  const at = (/** @type {number} */ i) => /** @type {string} */ (words[i + set]);
  if (past >= -6e4 && past < 864e5) {
    if (past < 6e4) return at(0);
    return past < 36e5 ? fill(at(1), Math.floor(past / 6e4)) : fill(at(2), Math.floor(past / 36e5));
  }
  const [day, dayYear, months] = /** @type {[string, string, string[]]} */ (/** @type {unknown} */ (words.slice(8)));
  const sameYear = t.getFullYear() === new Date().getFullYear();
  return fill(at(3), fill(sameYear ? day : dayYear, t.getDate(), months[t.getMonth()], t.getFullYear()));
}
