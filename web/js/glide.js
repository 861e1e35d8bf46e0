// Slides what is on the screen to its new place when replies of further servers, or the origin's own copy of a post, come in above it. Who
// has begun to read on, and is neither at the top nor at the post that was opened any more, is kept in their place by the browser (scroll
// anchoring), and nothing slides.

const timing = { duration: 250, easing: "ease-out" };
const asked = "[data-part=replies][aria-busy=true]";
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** What slides or appears at the moment. @type {Animation[]} */
let moving = [];

/**
 * Finds what is on the screen, and where it stands: down to the parts of posts.
 * @param {Element} parent
 * @param {Map<Element, number>} stood
 */
function look(parent, stood) {
  for (const e of parent.children) {
    const { top, height } = e.getBoundingClientRect();
    if (top >= innerHeight) return; // what follows stands below it
    if (height) stood.set(e, top); // else it is hidden, or has no box of its own
    if (parent.localName !== "article") look(e, stood);
  }
}

/**
 * Finds what moved, and by how much more than what it stands in, and what is new. Above a post that was kept in its place by scrolling
 * nothing counts.
 * @param {Element} parent
 * @param {Map<Element, number>} stood
 * @param {number} shift how far the parent is from where it stood, in pixels
 * @param {Element | undefined} kept
 * @param {[Element, PropertyIndexedKeyframes][]} found
 */
function compare(parent, stood, shift, kept, found) {
  for (const e of parent.children) {
    const above = kept && e.compareDocumentPosition(kept) & Node.DOCUMENT_POSITION_FOLLOWING, holds = above && e.contains(kept);
    if (above && !holds) continue;
    const { top, height } = e.getBoundingClientRect();
    const before = stood.get(e);
    if (before === undefined && height && !holds) {
      if (top < innerHeight) found.push([e, { opacity: [0, 1] }]);
      continue;
    }
    const by = before === undefined || holds ? shift : before - top;
    if (Math.abs(by - shift) >= 2) found.push([e, { transform: [`translateY(${by - shift}px)`, "none"] }]);
    if (parent.localName !== "article") compare(e, stood, by, kept, found);
  }
  return found;
}

/** @param {Element} column */
const scrollerOf = (column) => column.localName === "main" ? /** @type {Element} */ (document.scrollingElement) : column;

/**
 * Draws a page. The post that a conversation was opened for stays where it is when what that answers comes in above it, as long as it
 * stands near the top or nothing was scrolled yet; reports that the page was scrolled for it.
 * @param {Element} post
 * @param {HTMLElement} column what it stands in
 * @param {() => void} draw
 */
function keep(post, column, draw) {
  const scroller = scrollerOf(column), { top } = post.getBoundingClientRect();
  const held = scroller.scrollTop ? near(post, column) : post === column.querySelector("article");
  draw();
  if (!post.isConnected || post === column.querySelector("article")) return false;
  if (held || column.localName !== "main") room(column, post);
  if (!held) return false;
  const by = post.getBoundingClientRect().top - top;
  scroller.scrollTop += by;
  return by !== 0;
}

/**
 * Reports that a post stands about at the top of its column, where a conversation begins.
 * @param {Element} post
 * @param {Element} column
 */
function near(post, column) {
  const top = post.getBoundingClientRect().top - (column.localName === "main" ? 0 : column.getBoundingClientRect().top);
  return Math.abs(top) <= 120;
}

/** The posts that a column began at. @type {WeakSet<Element>} */
const begun = new WeakSet();

/**
 * Has a conversation in a column of its own begin at the post that it was opened for.
 * @param {Element} host
 */
function begin(host) {
  const column = host.querySelector("aside"), post = /** @type {HTMLElement | null | undefined} */ (column?.querySelector(".focus"));
  if (!column || !post || begun.has(post)) return;
  begun.add(post);
  if (column.scrollTop || post === column.querySelector("article")) return;
  column.scrollTop = room(column, post);
}

/**
 * Makes a column long enough for a post to stand at its top, however little comes after it; answers with how far it is scrolled then.
 * @param {HTMLElement} column
 * @param {Element} post
 */
function room(column, post) {
  if (column.localName === "main") {
    globalThis.vitrine.room(column);
    return 0;
  }
  const bar = /** @type {HTMLElement} */ (column.querySelector(".bar"));
  const down = (/** @type {number} */ y) => y - column.getBoundingClientRect().top + column.scrollTop;
  const at = down(post.getBoundingClientRect().top) - bar.offsetHeight;
  const lacks = at + column.clientHeight - down(Math.max(...[...column.children].map((e) => e.getBoundingClientRect().bottom)));
  column.style.paddingBlockEnd = lacks > 0 ? lacks + "px" : "";
  return at;
}

/**
 * Draws a page in which replies may come, and slides what they move.
 * @param {Element} host
 * @param {() => void} draw
 */
function slide(host, draw) {
  const post = /** @type {HTMLElement | null} */ (host.querySelector(".focus"));
  const list = /** @type {HTMLElement | null | undefined} */ (post?.closest("main, aside"));
  if (!list || !post) {
    draw();
    return;
  }
  const still = document.hidden || calm() || scrollerOf(list).scrollTop && !near(post, list); // who reads on sees nothing slide
  if (still || !list.querySelector(asked)) {
    keep(post, list, draw);
    return;
  }
  const stood = new Map();
  const { view } = list.dataset;
  look(list, stood);
  const kept = keep(post, list, draw) ? post : undefined;
  for (const animation of moving) animation.cancel();
  moving = list.isConnected && list.dataset.view === view ? compare(list, stood, 0, kept, []).map(([e, frames]) => e.animate(frames, timing)) : [];
}

globalThis.vitrine.glide = (/** @type {Element} */ host, /** @type {() => void} */ draw) => {
  slide(host, draw);
  begin(host);
};
