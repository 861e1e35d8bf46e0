// Where the focus goes when what has it is moved, turned off or taken away: with it, or to what stands beside it, or to the same button of the
// row that stands there now, or to what is left of the list's surroundings, or to what stood before it, or to the view. A browser lets it fall to
// the page's beginning.
// What has the focus isn't covered by a word that offers something (.fresh).

/** @type {Element | null} */
let last = null; // has or had the focus
let since = 0; // when it got it
/** @type {Element | null} */
let home = null; // had it in the view before what lies above that
const reachable = "a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary";

addEventListener("focusin", ({ target }) => {
  last = target instanceof Element ? target : null;
  if (last?.closest("main, aside")) home = last;
  since = performance.now();
  uncover();
});
addEventListener("focusout", () => setTimeout(() => { // some browsers report this of what is being removed
  if (last?.isConnected && document.activeElement === document.body) last = null; // it was left for nothing
}));

/** @param {Node | null} node */
const element = (node) => (node instanceof Element ? node : null);
/** @param {Element | null | undefined} next */
const focus = (next) => {
  if (next instanceof HTMLElement) next.focus({ preventScroll: true });
};

/**
 * Scrolls the control that has the focus out from under a word, and one that just got it into sight above; where the page ends, the word goes to
 * the top.
 */
function uncover() {
  const has = document.activeElement;
  const word = document.querySelector(".fresh:not(:empty)");
  if (!word || word.contains(has)) return; // it doesn't move under the reader's hand
  word.classList.remove("high");
  if (!has?.matches(reachable)) return;
  const covered = () => {
    const box = has.getBoundingClientRect();
    const over = word.getBoundingClientRect();
    return box.bottom > over.top && (box.top < over.bottom || performance.now() - since < 1000) ? box.bottom - over.top + 12 : 0;
  };
  scrollBy({ top: covered(), behavior: "instant" });
  word.classList.toggle("high", covered() > 0);
}

/** @param {Element | null | undefined} next */
function show(next) {
  focus(next);
  next?.scrollIntoView({ block: "nearest" });
  uncover();
}

/**
 * Finds the last control before a place in the view, so that a reader who steps on comes to what stands there now.
 * @param {Node | null} sibling what stands before the place
 * @param {Element} parent what the place is in
 */
function before(sibling, parent) {
  const place = sibling?.isConnected ? sibling : parent;
  const controls = [...(parent.closest("main, aside")?.querySelectorAll(reachable) ?? [])];
  return controls.filter((e) => e.getClientRects().length && (e.compareDocumentPosition(place) & 4 || place === sibling && place.contains(e))).pop(); // it follows
}

new MutationObserver((changes) => {
  if (changes.some(({ target }) => element(target)?.matches(".fresh"))) uncover();
  const off = changes.find(({ target, attributeName }) => attributeName && target === last && last.matches(":disabled"));
  if (off) return show(last?.closest(".row-b, form, section")?.querySelector(reachable)); // up, at the top: down
  if (!last || document.activeElement !== document.body) return;
  const lost = last;
  const change = changes.find(({ removedNodes, target }) => target.isConnected && [...removedNodes].some((node) => node.contains(lost)));
  if (lost.isConnected) {
    if (!change) return;
    if (lost.matches("button")) show(lost); // it was moved
    else focus(lost);
    return;
  }
  last = null;
  if (!change) return;
  const same = `[data-action="${CSS.escape(lost.getAttribute("data-action") ?? "")}"]`;
  const around = element(change.target);
  /** @type {Element | null | undefined} */
  let next;
  if (lost.closest("li")) {
    const rows = [element(change.nextSibling), element(change.previousSibling)];
    for (const selector of [same, reachable]) for (const row of rows) next ??= row?.querySelector(selector);
    next ??= around?.closest("dialog, section, .part")?.querySelector(reachable);
  } else next = around?.closest("dialog[open]")?.querySelector(reachable) ?? (around && before(change.previousSibling, around));
  focus(next ?? (home?.isConnected ? home : document.querySelector("main")));
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
