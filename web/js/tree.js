// What the loader draws is a small tree: a text is a string, an element [tag, {name: value} or 0, children...]. The program writes
// it (app/markup); what is not in these lists is left out, so that even a front that somebody tampered with can't do anything.

import { agoWords, lang } from "./config.js";

const svgSpace = "http://www.w3.org/2000/svg";
const tags = new Set("a article aside audio b bdi blockquote br button caption circle code dd del details div dl dt ellipse em figure footer g h1 h2 h3 h4 h5 h6 header hr img kbd li main nav ol p path picture polyline pre progress rect rp rt ruby section source span strong sub summary sup svg table tbody td th thead time tr track u ul use video".split(" "));
const names = new Set("alt aria-busy aria-current aria-describedby aria-expanded aria-hidden aria-label aria-labelledby aria-posinset aria-setsize cite class colspan controls crossorigin cx cy d data-asof data-depth data-kind data-known data-parent data-part data-shown data-uri datetime decoding dir fill height hidden href id kind label lang loading loop max media min muted open playsinline points poster preload preserveAspectRatio r referrerpolicy rel reversed role rowspan rx ry scope sizes src srclang srcset start stroke stroke-linecap stroke-linejoin stroke-width tabindex target title type value viewBox width x y".split(" "));
const addresses = new Set(["cite", "href", "poster", "src", "srcset"]);

/**
 * Reports http, https, mailto, and addresses without a scheme.
 * @param {string | number} url
 */
export const safe = (url) => /^(?:https?:|mailto:|[^:]*$|[^:]*[/?#])/i.test(/** @type {string} */ (url));

/**
 * Makes the nodes of a tree.
 * @param {Tree} node
 * @param {string} [space]
 * @returns {Node}
 */
function makeNode(node, space) {
  if (!Array.isArray(node)) return document.createTextNode(node);
  const [tag, attributes, ...children] = node;
  if (!tags.has(tag)) return document.createTextNode("");
  if (tag === "svg") space = svgSpace;
  const element = space ? document.createElementNS(space, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (names.has(name) && (!addresses.has(name) || safe(value))) element.setAttribute(name, /** @type {string} */ (value));
  }
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
  const said = agoWords[lang];
  const at = (/** @type {number} */ i) => /** @type {string} */ (said[i + set]);
  if (past >= -6e4 && past < 864e5) {
    if (past < 6e4) return said[set];
    return past < 36e5 ? fill(at(1), Math.floor(past / 6e4)) : fill(at(2), Math.floor(past / 36e5));
  }
  const [day, dayYear, months] = /** @type {[string, string, string[]]} */ (/** @type {unknown} */ (said.slice(8)));
  const sameYear = t.getFullYear() === new Date().getFullYear();
  return fill(at(3), fill(sameYear ? day : dayYear, t.getDate(), months[t.getMonth()], t.getFullYear()));
}
