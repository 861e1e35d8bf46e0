// What is drawn is a small tree: a text is a string, an element [tag, {name: value} or 0, children...]. What is not in these lists
// is left out, so that even a feed that somebody tampered with can't do anything.

import { addressNames, names, schemes, tags } from "../js/closed.js";

const set = (/** @type {string} */ list) => new Set(list.split(" "));
const svgSpace = "http://www.w3.org/2000/svg";
const drawn = set(tags);
const allowed = set(names);
const addresses = set(addressNames);
const protocols = schemes.split(" ").map((scheme) => `${scheme}:`);
/** @type {Record<string, string>} */
const parts = /** @type {any} */ ({ __proto__: null, vitrine: "feed", "v-head": "head", post: "post", by: "byline", avatar: "avatar", name: "name", when: "time", media: "media", "v-foot": "foot" });

/**
 * Makes an address absolute. One that is neither http, https nor mailto is none.
 * @param {unknown} raw
 * @param {string} [base]
 */
export function address(raw, base) {
  try {
    const url = new URL(/** @type {string} */ (raw), base);
    return protocols.includes(url.protocol) ? url.href : "";
  } catch {
    return "";
  }
}

/**
 * Makes the nodes of a tree.
 * @param {Tree} node
 * @param {string} [base] what addresses in it are relative to
 * @param {string} [space]
 * @returns {Node}
 */
function made(node, base, space) {
  if (!Array.isArray(node)) return document.createTextNode(node);
  const [tag, attributes, ...children] = node;
  if (!drawn.has(tag)) return document.createTextNode("");
  if (tag === "svg") space = svgSpace;
  const element = /** @type {HTMLElement} */ (space ? document.createElementNS(space, tag) : document.createElement(tag));
  for (const [name, said] of Object.entries(attributes || {})) {
    if (!allowed.has(name)) continue;
    let value = /** @type {string} */ (said);
    if (name === "srcset") {
      const all = value.trim().split(/,\s+/).map((one) => one.split(/\s+/)).map(([url, ...size]) => [address(url, base), ...size]);
      value = all.every(([url]) => url) ? all.map((one) => one.join(" ")).join(", ") : "";
    } else if (addresses.has(name)) value = address(value, base);
    if (value || !addresses.has(name)) element.setAttribute(name, value);
  }
  const part = element.dataset.part === "content" ? "content" : [...element.classList].map((c) => parts[c]).find(Boolean);
  if (part) element.setAttribute("part", part);
  element.append(...children.filter(Boolean).map((child) => made(/** @type {Tree} */ (child), base, space)));
  return element;
}

/**
 * Makes the element of a tree that begins with one.
 * @type {(tree: Tree, base?: string) => HTMLElement}
 */
export const grow = /** @type {any} */ (made);
