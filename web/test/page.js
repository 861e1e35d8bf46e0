// A small stand-in for a page: what the scripts need of a document to draw trees, and of a window when they are loaded.

import { readFileSync } from "node:fs";

class Node {
  get nextSibling() {
    return this.parent?.childNodes[this.parent.childNodes.indexOf(this) + 1] ?? null;
  }

  replaceWith(node) {
    this.parent.insertBefore(node, this);
    this.remove();
  }

  remove() {
    const at = this.parent?.childNodes.indexOf(this) ?? -1;
    if (at >= 0) this.parent.childNodes.splice(at, 1);
    this.parent = undefined;
  }
}

export class Text extends Node {
  constructor(data) {
    super();
    this.data = String(data);
  }

  toString() {
    return this.data.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  }
}

export class Element extends Node {
  constructor(tag, space) {
    super();
    Object.assign(this, { tag, space, namespaceURI: space ?? "http://www.w3.org/1999/xhtml", attributes: new Map(), childNodes: [], style: {} });
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }

  removeAttribute(name) {
    this.attributes.delete(name);
  }

  hasAttribute(name) {
    return this.attributes.has(name);
  }

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }

  get localName() {
    return this.tag;
  }

  /** Knows lists of a tag, an id and attributes: "details, #front, article[data-uri], [data-action=open]". */
  matches(selectors) {
    return selectors.split(",").some((selector) => {
      const [, tag, id, asked] = /^\s*([a-z]*)(?:#([\w-]+))?((?:\[[^\]]+\])*)\s*$/.exec(selector);
      return (!tag || tag === this.tag) && (!id || this.getAttribute("id") === id) &&
        [...asked.matchAll(/\[([\w-]+)(?:="?([^"\]]*)"?)?\]/g)].every(([, name, value]) => (value === undefined ? this.hasAttribute(name) : this.getAttribute(name) === value));
    });
  }

  closest(selectors) {
    return this.matches(selectors) ? this : this.parent?.closest(selectors) ?? null;
  }

  querySelectorAll(selectors) {
    return this.childNodes.filter((node) => node instanceof Element).flatMap((node) => [...node.matches(selectors) ? [node] : [], ...node.querySelectorAll(selectors)]);
  }

  getElementsByClassName(name) {
    return this.querySelectorAll("").filter((node) => (node.getAttribute("class") ?? "").split(" ").includes(name));
  }

  querySelector(selectors) {
    return this.querySelectorAll(selectors)[0] ?? null;
  }

  append(...nodes) {
    for (const node of nodes) this.insertBefore(node, null);
  }

  insertBefore(node, before) {
    node.remove();
    this.childNodes.splice(before ? this.childNodes.indexOf(before) : this.childNodes.length, 0, node);
    node.parent = this;
  }

  replaceChildren(...nodes) {
    this.childNodes = [];
    this.append(...nodes);
  }

  get firstChild() {
    return this.childNodes[0] ?? null;
  }

  get dataset() {
    return new Proxy(this.attributes, {
      get: (all, name) => all.get(`data-${name}`),
      set: (all, name, value) => Boolean(all.set(`data-${name}`, String(value))),
    });
  }

  get classList() {
    return (this.attributes.get("class") ?? "").split(" ").filter(Boolean);
  }

  toString() {
    const written = [...this.attributes].map(([name, value]) => ` ${name}="${value}"`).join("");
    return `<${this.tag}${written}>${this.childNodes.join("")}</${this.tag}>`;
  }
}

class Storage {
  constructor(items = {}) {
    this.items = new Map(Object.entries(items));
  }

  getItem(name) {
    return this.items.get(name) ?? null;
  }

  setItem(name, value) {
    this.items.set(name, value);
  }
}

const english = JSON.parse(readFileSync(new URL("../locales/en.json", import.meta.url), "utf8"));
const said = { dir: "ltr", text: english, months: english.months.map((month) => `${month} {1}`) };
const ago = ["now", "{0} min", "{0} h", "{0}", "just now", "{0} minutes ago", "{0} hours ago", "on {0}", "{0} {1}", "{0} {1} {2}",
  ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]];

/**
 * Makes this process a page, before any script is imported. Scripts read the page as they are loaded, so each test file, which has
 * a process of its own, opens one page.
 */
export function open({ address = "https://reader.example/", settings = {}, others, speak, blocked, languages = ["en"], fetch } = {}) {
  const key = "vitrine:/:settings";
  const page = {
    vitrine: {},
    location: new URL(address),
    history: { state: null, replaceState: (state, _, to) => { page.location.href = new URL(to, page.location).href; } },
    localStorage: new Storage({ [key]: JSON.stringify(settings), ...(others && { "vitrine:/:others": others }), ...(speak && { "vitrine:/:speak": speak }) }),
    sessionStorage: new Storage(),
    navigator: { languages, language: languages[0], onLine: true },
    indexedDB: { open() { throw new Error("storage is closed"); } },
    addEventListener() {},
    scrollTo() {},
    fetch: fetch ?? (() => Promise.reject(new TypeError("no network"))),
    document: {
      documentElement: { dataset: { base: "/", version: "1" }, lang: "en", style: { setProperty() {} } },
      currentScript: { src: "https://reader.example/embed.js", dataset: { icons: "/icons.svg", locales: "en.1 de.2 pt-br.3", said: JSON.stringify({ ...said, ago }), ...(blocked && { blocked }) } },
      baseURI: "https://reader.example/",
      addEventListener() {},
      createTextNode: (data) => new Text(data),
      createElement: (tag) => new Element(tag),
      createElementNS: (space, tag) => new Element(tag, space),
    },
  };
  for (const [name, value] of Object.entries(page)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  return page;
}

/** Finds the first element of a tree, as arrays, for which a test holds. */
export function find(tree, test) {
  if (!Array.isArray(tree)) return undefined;
  if (test(tree)) return tree;
  for (const child of tree.slice(2)) {
    const found = find(child, test);
    if (found) return found;
  }
  return undefined;
}

/** Joins the texts of a tree. */
export const textOf = (tree) => (Array.isArray(tree) ? tree.slice(2).map(textOf).join("") : tree || "");
