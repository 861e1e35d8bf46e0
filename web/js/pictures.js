// What pictures do by themselves: colours stand in their place until they come, the next file is tried where one can't be loaded, and what
// moves stands still for readers who want no motion or save data. The program says what there is, by attributes.

import { colours } from "./blurhash.js";

/** Reports that nothing may move by itself. The setting is the program's (app/settings). */
function still() {
  try {
    if (JSON.parse(localStorage.getItem(`vitrine:${globalThis.vitrine.base}:settings`) ?? "null")?.dataSaver) return true;
  } catch {} // storage is closed: the default
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// --- Colours ---------------------------------------------------------------------------------------------------------------------

const side = 20; // pixels of what is drawn; the browser smooths it

/** What was drawn of blurhashes. @type {Map<string, string>} */
const drawn = new Map();

/**
 * Draws a blurhash as the address of a picture; "" for what is none.
 * @param {string} hash
 */
function blur(hash) {
  const points = colours(hash, side, side);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const draws = points && canvas.getContext("2d");
  if (!draws) return "";
  draws.putImageData(new ImageData(points, side, side), 0, 0);
  return canvas.toDataURL();
}

/** Gives the pictures that are new on the page their colours, until they have come. */
function colour() {
  for (const picture of /** @type {NodeListOf<HTMLImageElement>} */ (document.querySelectorAll("img[data-blur]:not([style])"))) {
    const hash = /** @type {string} */ (picture.dataset.blur);
    if (picture.complete && picture.naturalWidth) {
      picture.style.background = "";
      continue;
    }
    if (!drawn.has(hash)) drawn.set(hash, blur(hash));
    if (drawn.size > 200) drawn.clear();
    const url = drawn.get(hash);
    picture.style.background = url ? `center / 100% 100% no-repeat url(${url})` : "none";
  }
}

// --- Files that can't be loaded ------------------------------------------------------------------------------------------------

/** The addresses that were tried for a picture. @type {WeakMap<HTMLImageElement, Set<string>>} */
const tried = new WeakMap();

/**
 * Tries the next file of a picture of a post: the one that its link opens, then the one at its origin. It reports that there is one.
 * @param {HTMLImageElement} picture
 */
function tryNext(picture) {
  if (!picture.closest(".media, .cell, .slide")) return false;
  const known = tried.get(picture) ?? new Set([picture.src]);
  tried.set(picture, known);
  const link = /** @type {HTMLAnchorElement | null} */ (picture.closest("a[data-action=view]"));
  for (const url of [link?.href, picture.dataset.original]) {
    if (!url || known.has(url) || !/^https?:/.test(url)) continue;
    known.add(url);
    picture.classList.remove("broken");
    picture.src = url;
    return true;
  }
  return false;
}

// --- What moves ------------------------------------------------------------------------------------------------------------------

const cover = (/** @type {Element | null | undefined} */ picture) => /** @type {HTMLElement | null | undefined} */ (picture?.parentElement?.querySelector(".still"));

/**
 * Covers a picture that moves with what it begins with, or no longer. The cover stands in a tree of its own, which the program doesn't see.
 * @param {HTMLImageElement} picture
 * @param {boolean} stop
 */
function hold(picture, stop) {
  const place = cover(picture);
  if (!place || !picture.naturalWidth) return;
  const root = place.shadowRoot ?? place.attachShadow({ mode: "open" });
  root.replaceChildren();
  picture.style.opacity = stop ? "0" : "";
  if (!stop) return;
  const canvas = document.createElement("canvas");
  const scale = Math.min(1, 2000 / Math.max(picture.naturalWidth, picture.naturalHeight));
  canvas.width = picture.naturalWidth * scale;
  canvas.height = picture.naturalHeight * scale;
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height); // the first of its pictures, as HTML has it
  canvas.style.cssText = `inline-size: 100%; block-size: 100%; display: block; object-fit: ${getComputedStyle(picture).objectFit}`;
  root.append(canvas);
}

/** Covers what came without saying so: a picture that the browser still has is there before it stands on the page. */
function holdAll() {
  if (!still()) return;
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".still"))) {
    const picture = place.parentElement?.querySelector("img");
    if (picture?.complete && !place.shadowRoot) hold(picture, true);
  }
}

// --- What the page tells ---------------------------------------------------------------------------------------------------------

addEventListener("load", ({ target }) => {
  if (!(target instanceof HTMLImageElement)) return;
  target.style.background = "";
  if (still()) hold(target, true);
}, { capture: true });

// The program marks as broken what isn't tried again: it listens on the document, which comes later.
addEventListener("error", (event) => {
  if (!(event.target instanceof HTMLImageElement)) return;
  event.target.style.background = "";
  if (tryNext(event.target)) event.stopPropagation();
}, { capture: true });

addEventListener("play", ({ target }) => {
  if (!(target instanceof HTMLVideoElement) || !target.autoplay || !still()) return;
  target.autoplay = false; // the next time its reader wants it
  target.pause();
  target.controls = true;
}, { capture: true });

addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  // A picture that can't be shown is a link to its file, and nothing else.
  if (event.target.closest("a[data-action=view]")?.querySelector("img.broken")) event.stopPropagation();
  const button = /** @type {HTMLElement | null} */ (event.target.closest("#viewer [data-action=animate]"));
  const slide = button && document.querySelectorAll("#viewer .slide")[Number(button.dataset.index)];
  const picture = slide?.querySelector("img");
  if (picture) hold(picture, !cover(picture)?.shadowRoot?.firstChild);
}, { capture: true });

let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    colour();
    holdAll();
  });
}).observe(document.body, { childList: true, subtree: true });
colour();
holdAll();
/** @type {NodeListOf<HTMLImageElement>} */ (document.querySelectorAll("img.broken")).forEach(tryNext);
