// A front is the first screen of a view as the program last drew it. It is drawn again at once, with its age, before the
// program is there.

import { begun, frontsKey, readFront, root, store } from "./given.js";
import { lang } from "./lang.js";
import { ago, makeElement } from "./tree.js";

const frontsKept = 80;
const firstRows = 8; // of a list: more than most screens show

let frontShown = false; // something is shown that was drawn without the program
/** @type {ChildNode[]} */
let shell; // what the page began with, for a view that has no front

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

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
 * Draws a front in place of the shell: what is on the screen at once, the rows below it in the frame after. The program mounts beside it,
 * unseen.
 * @param {Tree} frame
 * @param {string} view
 */
export function showFront(frame, view) {
  // of the last list: what would be moved by the others stands below them
  const left = /** @type {Child[]} */ (position().y ? [] : listsIn(frame).at(-1)?.splice(2 + firstRows) ?? []);
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
  tellTimes(made);
  const list = /** @type {Element} */ ([...made.querySelectorAll(".chunk")].at(-1));
  place.replaceChildren(makeElement(["div", { class: "awning", "aria-hidden": "true" }]), made);
  place.hidden = false;
  root.dataset.front = "";
  frontShown = true;
  restorePosition();
  if (!left.length) return;
  painted().then(() => {
    list.append(...left.filter(Boolean).map((row) => makeElement(/** @type {Tree} */ (row))));
    tellTimes(list);
  });
}

/**
 * Waits for the next frame to be painted.
 * @returns {Promise<void>}
 */
export function painted() {
  if (document.hidden) return Promise.resolve(); // no frame comes
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 1000);
  });
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
