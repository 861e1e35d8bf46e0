// What a reader does before the program is there. Links are the browser's, and what they lead to the loader's. What only the program can
// do is kept, said to be coming, and done as soon as the program stands: by the same tap on what stands there in its place.

/** @typedef {{ el?: HTMLElement, key?: string }} Tap */

/** @type {Tap[]} */
let waiting = [];
/** The folds that were opened or closed. @type {Set<HTMLDetailsElement>} */
const folds = new Set();
/** What tells an element from others of its kind, in its post. */
const marks = (/** @type {Element} */ el) => (el.hasAttribute("data-action") ? ["data-action", "data-part", "data-index"] : ["href", "src", "id"]);
const opening = new Set(["more", "view"]); // what opens over the page: only the last one is wanted

/** @type {(tap: Tap) => boolean} */
const opens = ({ el, key }) => Boolean(key) || opening.has(/** @type {string} */ (el?.dataset.action));

/**
 * Keeps a tap until the program stands.
 * @param {Tap} tap
 * @param {() => string} words
 */
function keep(tap, words) {
  waiting = waiting.filter((other) => !(opens(tap) && opens(other)) && (other.el !== tap.el || other.key !== tap.key));
  waiting.push(tap);
  say(words());
}

const say = (/** @type {string} */ words) => Object.assign(document.getElementById("coming") ?? {}, { textContent: words });

/** Forgets what was tapped: another view is open, or there will be no program. */
export function forgetTaps() {
  waiting = [];
  folds.clear();
  say("");
}

// back goes back as the program does (app/browser, Back).
function back() {
  if (history.length > 1 && !history.state?.first) {
    history.back();
    return;
  }
  history.replaceState(null, ""); // WebKit would hand the state on to the new view
  location.replace("#/");
}

/**
 * Listens to what is done until the program stands, before anybody else. The program listens before it has drawn anything: what it would
 * do then is lost.
 * @param {() => string} words that something comes
 * @param {AbortSignal} signal
 */
export function listen(words, signal) {
  /** @type {(name: string, heard: (event: any, target: Element) => unknown) => void} */
  const on = (name, heard) => addEventListener(name, (event) => {
    if (event.target instanceof Element && heard(event, event.target) !== false) event.stopPropagation();
  }, { capture: true, signal });

  on("click", (/** @type {MouseEvent} */ event, target) => {
    const el = /** @type {HTMLElement | null} */ (target.closest("[data-action]"));
    if (el && !el.matches("form, details, input, select")) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return false;
      event.preventDefault();
      return el.dataset.action === "back" ? back() : keep({ el }, words);
    }
    const link = target.closest("article[data-uri]:not(.focus) [data-part=content]")?.closest("article")?.querySelector("a.when");
    if (link && !target.closest("a, button, summary, video, audio") && !String(getSelection())) location.hash = /** @type {string} */ (link.getAttribute("href"));
    return false;
  });
  on("submit", (/** @type {SubmitEvent} */ event, target) => {
    const field = target.querySelector("input");
    if (!target.matches("[data-action=open]") || !field) return false;
    event.preventDefault();
    const text = field.value.trim();
    if (text) location.hash = `#/open?u=${encodeURIComponent(text)}`; // its view waits for the program
    else field.focus();
    return true;
  });
  on("keydown", (/** @type {KeyboardEvent} */ event, target) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || target.closest("input, select, textarea")) return false;
    if (event.key === "?") return keep({ key: event.key }, words);
    if (event.key !== "/") return false;
    event.preventDefault();
    if (location.hash && location.hash !== "#/") location.hash = "#/";
    setTimeout(() => document.getElementById("u")?.focus());
    return true;
  });
  on("toggle", (_, target) => {
    if (!target.closest("#front")) return false;
    return folds.add(/** @type {HTMLDetailsElement} */ (target));
  });
}

/**
 * Finds what stands on the program's page where something stood in a front.
 * @template {Element} T
 * @param {T} el
 * @param {Element} page
 * @returns {T | undefined}
 */
export function counterpart(el, page) {
  const post = /** @type {HTMLElement | null} */ (el.closest("article[data-uri]"));
  /** @type {NodeListOf<HTMLElement>} */
  const posts = page.querySelectorAll("article[data-uri]");
  const around = post ? [...posts].find((a) => a.dataset.uri === post.dataset.uri) : page;
  if (el === /** @type {Element | null} */ (post)) return /** @type {T | undefined} */ (/** @type {unknown} */ (around));
  /** @type {(root: Element | null | undefined) => Element[]} */
  const same = (root) => [...root?.querySelectorAll(el.localName) ?? []].filter((other) => marks(el).every((name) => !el.hasAttribute(name) || el.getAttribute(name) === other.getAttribute(name)));
  return /** @type {T | undefined} */ (same(around)[Math.max(same(post ?? el.closest("#front")).indexOf(el), 0)]);
}

/**
 * Takes over what a reader did in a front, while that still stands: what was typed, what is open, what plays, where the focus is, and what
 * was tapped.
 * @param {Element} front
 * @param {Element} page the program's
 * @returns {() => void} does so once the page is seen
 */
export function takeOver(front, page) {
  /** @type {(() => void)[]} */
  const steps = [];
  for (const fold of folds) {
    const now = counterpart(fold, page);
    if (now) now.open = fold.open;
  }
  /** @type {NodeListOf<HTMLMediaElement>} */
  const media = front.querySelectorAll("video[controls], audio[controls]");
  for (const old of media) {
    const now = old.currentTime > 0 && counterpart(old, page);
    if (!now) continue;
    Object.assign(now, { currentTime: old.currentTime, muted: old.muted, volume: old.volume });
    if (!old.paused) steps.push(() => now.play().catch(() => {}));
  }
  /** @type {HTMLInputElement | null} */
  const field = front.querySelector("input#u");
  const typed = field && counterpart(field, page);
  if (field && typed) {
    const { value, selectionStart, selectionEnd, selectionDirection } = field;
    typed.value = value;
    steps.push(() => typed.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? undefined));
  }
  const { activeElement } = document;
  const focused = activeElement instanceof HTMLElement && front.contains(activeElement) && counterpart(activeElement, page);
  if (focused) steps.unshift(() => focused.focus({ preventScroll: true }));
  for (const { el, key } of waiting) {
    const now = el && counterpart(el, page);
    if (key) steps.push(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
    else if (now) steps.push(() => now.click());
  }
  forgetTaps();
  return () => steps.forEach((step) => step());
}
