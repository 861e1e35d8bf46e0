// A front is the first screen of a view as the program last drew it. It is drawn again at once, with its age, before the
// program is there.

import { begun, frontsKey, nearKey, place, readFront, root, store } from "./given.js";
import { lang } from "./lang.js";
import { ago, makeElement } from "./tree.js";
import { position } from "./visits.js";

const frontsKept = 80;
const frontsNear = 6; // in local storage
const firstRows = 4; // of a list: as much as most screens show

/**
 * Answers with the front of a view, unless it is of another version of the site, in another language, or doesn't reach to where
 * the reader was.
 * @param {string} view
 * @returns {Promise<Front | undefined>}
 */
export async function storedFront(view) {
  const front = /** @type {Front | undefined} */ (await (begun.view === view ? begun.front : readFront(view)));
  if (front?.version !== root.dataset.version || front.lang !== lang) return undefined;
  const at = position();
  if (/** @type {number} */ (at.y) > 0 && at.u && !front.tree.includes(JSON.stringify(at.u))) return undefined;
  return front;
}

/**
 * Is called by the program after it drew what is fresh; an empty tree forgets the view's front.
 * @param {string} view
 * @param {string} host
 * @param {string} tree
 */
export function keepFront(view, host, tree) {
  const front = { version: root.dataset.version, lang, host, tree, kept: Date.now() };
  keepNear(nearViews().filter((other) => other !== view), tree ? view : "", front);
  store("readwrite", (all) => {
    if (!tree) {
      all.delete(view);
      return;
    }
    all.put(front, view);
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

/** The views whose fronts stand in local storage, the last one first. @returns {string[]} */
function nearViews() {
  try {
    const views = JSON.parse(/** @type {string} */ (localStorage.getItem(frontsKey)));
    return Array.isArray(views) ? views : [];
  } catch {
    return []; // closed, or somebody else wrote it
  }
}

/**
 * Puts the front of a view before the others in local storage, "" for none, and lets go of those that were kept longest ago.
 * @param {string[]} others
 * @param {string} [view]
 * @param {object} [front]
 */
function keepNear(others, view, front) {
  try {
    for (const old of nearViews()) if (!others.slice(0, frontsNear - 1).includes(old)) localStorage.removeItem(nearKey(old));
    const views = others.slice(0, frontsNear - 1);
    localStorage.setItem(frontsKey, JSON.stringify(views));
    if (!view) return;
    localStorage.setItem(nearKey(view), JSON.stringify(front));
    localStorage.setItem(frontsKey, JSON.stringify([view, ...views]));
  } catch {} // full or closed: the database has it
}

/**
 * Forgets the fronts of a server, or all.
 * @param {string} [host]
 */
export function clearFronts(host) {
  keepNear(nearViews().filter((view) => host && !isOf(view, host)));
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
 * Reports that a front in local storage is one of a server's.
 * @param {string} view
 * @param {string} host
 */
function isOf(view, host) {
  try {
    return JSON.parse(/** @type {string} */ (localStorage.getItem(nearKey(view)))).host === host;
  } catch {
    return true; // what can't be read is of no use
  }
}

/**
 * Finds the lists in a tree.
 * @param {Child} tree
 * @returns {TreeElement[]}
 */
function listsIn(tree) {
  if (!Array.isArray(tree)) return [];
  if (tree[1] && tree[1].class === "chunk") return [tree];
  return tree.slice(2).flatMap((child) => listsIn(/** @type {Child} */ (child)));
}

/**
 * Writes times as they are read now.
 * @param {Element} made
 */
function tellTimes(made) {
  /** @type {(selector: string) => NodeListOf<HTMLTimeElement>} */
  const times = (selector) => made.querySelectorAll(selector);
  for (const time of times(".when time")) time.textContent = ago(time.dateTime, 0);
  for (const time of times("[data-asof] time")) time.textContent = ago(time.dateTime, 4);
}

/**
 * Draws a front: what is on the screen at once, the rows below it once that was seen.
 * @param {Tree} frame
 * @param {string} view
 */
export function showFront(frame, view) {
  // of the last list: what would be moved by the others stands below them
  const lists = listsIn(frame);
  // to where the reader was, or to the post that was opened, which isn't the first
  const scrolled = position().y || lists[0]?.slice(3).some((row) => /** @type {any} */ (row)?.[1]?.class?.endsWith(" focus"));
  const list = scrolled ? undefined : lists.at(-1);
  const left = list?.splice(2 + firstRows) ?? [];
  const made = makeElement(frame);
  list?.push(.../** @type {Child[]} */ (left)); // the view may be opened again
  tellTimes(made);
  const rows = [...made.querySelectorAll(".chunk")].at(-1);
  place(made, view);
  restorePosition();
  if (!rows || !left.length) return;
  painted().then(() => {
    rows.append(...left.filter(Boolean).map((row) => makeElement(/** @type {Tree} */ (row))));
    tellTimes(rows);
  });
}

/**
 * Waits until what was drawn just now is on the screen: for the frame after the next one, since what is done right after a frame was painted
 * can hold up its showing.
 * @returns {Promise<void>}
 */
export function painted() {
  if (document.hidden) return Promise.resolve(); // no frame comes
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
    setTimeout(resolve, 1000);
  });
}

/**
 * Makes a page long enough for the post that a conversation was opened for to stand at the top of the screen, however little comes after it;
 * where that is the first post, the page is as long as it is.
 * @param {HTMLElement} main
 */
export function room(main) {
  const opened = main.querySelector(".focus");
  const above = opened && opened !== main.querySelector("article") && opened.getBoundingClientRect().top - main.getBoundingClientRect().top;
  main.style.minBlockSize = above ? above + innerHeight + "px" : "";
  return above ? opened : null;
}

// restorePosition scrolls to where the reader was before the page was loaded again; else a conversation begins at the post that was opened.
function restorePosition() {
  const at = position(), opened = room(/** @type {HTMLElement} */ (document.querySelector("#front main")));
  if (!at.y || at.y < 0) {
    opened?.scrollIntoView();
    return;
  }
  scrollTo(0, at.y);
  /** @type {NodeListOf<HTMLElement>} */
  const posts = document.querySelectorAll("#front article[data-uri]");
  const post = [...posts].find((a) => a.dataset.uri === at.u);
  if (post) scrollBy(0, post.getBoundingClientRect().top - (at.off ?? 0));
}
