// The views that were opened before the program was there, as the program itself keeps them (app/browser, HistoryID and
// KeepSessionPosition): each entry of the history has a name, and where it was scrolled to is kept by that.

import { root } from "./given.js";

/** @type {string} */
let open; // the name of the open entry

/** Gives the open entry a name, unless it has one. */
export function nameEntry() {
  const { state } = history;
  open = state?.vitrine;
  if (open) return;
  open = Date.now().toString(36) + Math.floor(Math.random() * 1e9).toString(36);
  try {
    history.replaceState({ vitrine: open, first: history.length === 1 }, "");
  } catch {} // WebKit refuses where there were too many
}

/** Keeps where the entry is scrolled to, while what it shows still stands there. */
export function keepPosition() {
  /** @type {NodeListOf<HTMLElement>} */
  const posts = document.querySelectorAll("main article[data-uri]");
  const post = [...posts].find((a) => a.getBoundingClientRect().bottom > 0);
  const at = { y: Math.trunc(scrollY), u: post?.dataset.uri, off: post && Math.round(post.getBoundingClientRect().top) };
  try {
    sessionStorage.setItem(`vitrine:${root.dataset.base}:at:${open}`, JSON.stringify(at));
  } catch {} // full or closed: going back begins at the top
}

/** @returns {Position} */
export function position() {
  try {
    return JSON.parse(/** @type {string} */ (sessionStorage.getItem(`vitrine:${root.dataset.base}:at:${history.state.vitrine}`))) ?? {};
  } catch {
    return {};
  }
}
