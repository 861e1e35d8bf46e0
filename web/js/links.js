// Every view is a fragment of the one page, and the browser itself follows the links to them.

/**
 * Escapes each "%" that begins no escape. go-app parses the address as Go does, and such a "%" leaves it without any: it would
 * stop at start and ignore later steps.
 * @param {string} hash
 */
export const correct = (hash) => hash.replace(/%(?![0-9a-f]{2})/gi, "%25");

// This listener stands before go-app's own, so that go-app never sees an address that isn't correct.
function correctHash() {
  const fixed = correct(location.hash);
  if (fixed !== location.hash) history.replaceState(history.state, "", fixed);
}

correctHash();
addEventListener("popstate", correctHash);
addEventListener("hashchange", correctHash);

// go-app listens to clicks on the window and takes links over: it opens foreign ones with an opener and forgets Shift and
// target. What stops here, after all handlers on the document, never reaches it.
document.addEventListener("click", (event) => {
  const link = /** @type {HTMLAnchorElement | null | undefined} */ (/** @type {Element} */ (event.target).closest?.("a[href]"));
  if (!link) return;
  event.stopPropagation();
  // The view that is open already: Firefox would replace its entry of the history by one that nobody knows.
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) && !link.target;
  if (plain && link.href === location.href && link.hash) {
    event.preventDefault();
    scrollTo(0, 0);
  }
});

history.scrollRestoration = "manual"; // the program scrolls, once the posts are there
