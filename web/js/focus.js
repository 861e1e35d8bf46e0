// Where the focus goes when the row of a list that has it is taken away: to the same button of the row that stands there now, or else to what
// is left of the list's surroundings. A browser lets it fall to the page's beginning.

/** @type {Element | null} */
let last = null; // has or had the focus
const reachable = "a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary";

addEventListener("focusin", ({ target }) => {
  last = target instanceof Element ? target : null;
});
addEventListener("focusout", () => setTimeout(() => { // some browsers report this of what is being removed
  if (last?.isConnected && document.activeElement === document.body) last = null; // it was left for nothing
}));

/** @param {Node | null} node */
const element = (node) => (node instanceof Element ? node : null);

new MutationObserver((changes) => {
  if (!last || last.isConnected || document.activeElement !== document.body) return;
  const lost = last;
  last = null;
  const change = changes.find(({ removedNodes, target }) => target.isConnected && [...removedNodes].some((node) => node.contains(lost)));
  if (!change || !lost.closest("li")) return; // not a row: a view that was left
  const same = `[data-action="${CSS.escape(lost.getAttribute("data-action") ?? "")}"]`;
  const rows = [element(change.nextSibling), element(change.previousSibling)];
  const around = element(change.target);
  /** @type {HTMLElement | null | undefined} */
  let next;
  for (const selector of [same, reachable]) for (const row of rows) next ??= /** @type {HTMLElement | null} */ (row?.querySelector(selector) ?? null);
  next ??= around?.closest("dialog, section, .part")?.querySelector(reachable);
  next?.focus({ preventScroll: true });
}).observe(document.body, { childList: true, subtree: true });
