// A front is the first screen of a view as the program last drew it. It is drawn again at once, with its age, before the
// program is there. Fronts have a database of their own: in the program's one, stores would be missing if the loader made it.

import { lang } from "./config.js";
import { root } from "./theme.js";
import { ago, makeElement } from "./tree.js";

const frontsKept = 80;
const frontsKey = `vitrine:${root.dataset.base}:fronts`; // of the database, and of the note that there are some

let frontShown = false; // something is shown that was drawn without the program
/** @type {ChildNode[]} */
let shell; // what the page began with, for a view that has no front

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {Promise<IDBDatabase | null>} */
const fronts = new Promise((resolve) => {
  const request = indexedDB.open(frontsKey, 1); // throws where storage is closed: there are none then
  request.onupgradeneeded = () => request.result.createObjectStore("fronts").createIndex("kept", "kept");
  request.onsuccess = () => {
    request.result.onversionchange = () => request.result.close();
    resolve(request.result);
  };
  request.onerror = request.onblocked = () => resolve(null);
}).catch(() => null);

/**
 * Answers with the result of a request in a transaction, undefined if it fails.
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(fronts: IDBObjectStore) => IDBRequest<T> | void} use
 * @returns {Promise<T | undefined>}
 */
async function store(mode, use) {
  const database = await fronts;
  if (!database) return undefined;
  return new Promise((resolve) => {
    const transaction = database.transaction("fronts", mode);
    const request = use(transaction.objectStore("fronts"));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => resolve(undefined);
  }).catch(() => undefined); // the connection was closed: reading goes on without fronts
}

/**
 * Answers with the front of a view, unless it is of another version of the site, in another language, or doesn't reach to where
 * the reader was.
 * @param {string} view
 * @returns {Promise<Front | undefined>}
 */
export async function storedFront(view) {
  const front = /** @type {Front | undefined} */ (await store("readonly", (all) => all.get(view)));
  if (front?.version !== root.dataset.version || front.lang !== lang) return undefined;
  const at = position();
  if (/** @type {number} */ (at.y) > 0 && at.u && !front.tree.includes(JSON.stringify(at.u))) return undefined;
  return front;
}

/** Reports that no front was ever kept here, without waiting for the database to open. */
export function firstVisit() {
  try {
    return !localStorage.getItem(frontsKey);
  } catch {
    return true;
  }
}

/** @returns {Position} */
export function position() {
  try {
    return JSON.parse(/** @type {string} */ (sessionStorage.getItem(`vitrine:${root.dataset.base}:at:${history.state.vitrine}`))) ?? {};
  } catch {
    return {};
  }
}

/**
 * Is called by the program after it drew what is fresh; an empty tree forgets the view's front.
 * @param {string} view
 * @param {string} host
 * @param {string} tree
 */
export function keepFront(view, host, tree) {
  try {
    localStorage.setItem(frontsKey, "1");
  } catch {} // full or closed: then it is always a first visit
  store("readwrite", (all) => {
    if (!tree) {
      all.delete(view);
      return;
    }
    all.put({ version: root.dataset.version, lang, host, tree, kept: Date.now() }, view);
    const count = all.count();
    count.onsuccess = () => {
      let surplus = count.result - frontsKept;
      if (surplus <= 0) return;
      const cursor = all.index("kept").openCursor();
      cursor.onsuccess = () => {
        const oldest = cursor.result;
        if (!oldest || surplus-- <= 0) return;
        oldest.delete();
        oldest.continue();
      };
    };
  });
}

/**
 * Forgets the fronts of a server, or all.
 * @param {string} [host]
 */
export function clearFronts(host) {
  return store("readwrite", (all) => {
    if (!host) {
      all.clear();
      return;
    }
    const cursor = all.openCursor();
    cursor.onsuccess = () => {
      const entry = cursor.result;
      if (!entry) return;
      if (entry.value.host === host) entry.delete();
      entry.continue();
    };
  });
}

/**
 * Draws a front in place of the shell. The program mounts beside it, unseen.
 * @param {Tree} frame
 * @param {string} view
 */
export function showFront(frame, view) {
  const place = byId("front");
  const app = byId("app");
  const made = makeElement(frame);
  if (!frontShown) {
    shell ??= [...app.childNodes];
    app.replaceChildren(); // there is one main at any time
  }
  if (!made.querySelector("nav.nav")) made.prepend(/** @type {Node} */ (shell.map((node) => /** @type {Element} */ (node).querySelector?.("nav")).find(Boolean)).cloneNode(true));
  const main = /** @type {HTMLElement} */ (made.querySelector("main"));
  main.dataset.view = view;
  main.dataset.front = "";
  /** @type {(selector: string) => NodeListOf<HTMLTimeElement>} */
  const times = (selector) => made.querySelectorAll(selector);
  for (const time of times(".when time")) time.textContent = ago(time.dateTime, 0);
  for (const time of times("[data-asof] time")) time.textContent = ago(time.dateTime, 4);
  place.replaceChildren(makeElement(["div", { class: "awning", "aria-hidden": "true" }]), made);
  place.hidden = false;
  root.dataset.front = "";
  frontShown = true;
  const style = /** @type {HTMLLinkElement} */ (document.querySelector("link[rel=stylesheet]"));
  if (style.sheet) restorePosition();
  else style.addEventListener("load", restorePosition); // without the styles nothing is at its final place
}

// restorePosition scrolls to where the reader was before the page was loaded again.
function restorePosition() {
  const at = position();
  if (!frontShown || !at.y || at.y < 0) return;
  scrollTo(0, at.y);
  /** @type {NodeListOf<HTMLElement>} */
  const posts = document.querySelectorAll("#front article[data-uri]");
  const post = [...posts].find((a) => a.dataset.uri === at.u);
  if (post) scrollBy(0, post.getBoundingClientRect().top - (at.off ?? 0));
}

/**
 * Ends the front: the program has drawn its first screen, or another view is waited for.
 * @param {boolean} waiting
 */
export function hideFront(waiting) {
  if (!frontShown) return;
  if (waiting) document.getElementById("app")?.replaceChildren(...shell);
  frontShown = false;
  byId("front").replaceChildren();
  byId("front").hidden = true;
  delete root.dataset.front;
}
