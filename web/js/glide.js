// Slides what is on the screen to its new place when replies of further servers, or the origin's own copy of a post, come in above it. Who
// has begun to read on, and isn't at the top any more, is kept in their place by the browser (scroll anchoring), and nothing slides.

const timing = { duration: 250, easing: "ease-out" };
const asked = "[data-part=replies][aria-busy=true]";

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
 * Finds what moved, and by how much more than what it stands in, and what is new.
 * @param {Element} parent
 * @param {Map<Element, number>} stood
 * @param {number} shift how far the parent is from where it stood, in pixels
 * @param {[Element, PropertyIndexedKeyframes][]} found
 */
function compare(parent, stood, shift, found) {
  for (const e of parent.children) {
    const { top, height } = e.getBoundingClientRect();
    const before = stood.get(e);
    if (before === undefined && height) {
      if (top < innerHeight) found.push([e, { opacity: [0, 1] }]);
      continue;
    }
    const by = before === undefined ? shift : before - top;
    if (Math.abs(by - shift) >= 2) found.push([e, { transform: [`translateY(${by - shift}px)`, "none"] }]);
    if (parent.localName !== "article") compare(e, stood, by, found);
  }
  return found;
}

/**
 * Draws a page in which replies may come.
 * @param {Element} host
 * @param {() => void} draw
 */
globalThis.vitrine.glide = (host, draw) => {
  const list = /** @type {HTMLElement | null | undefined} */ (host.querySelector(asked)?.closest("main, aside"));
  if (!list || list.scrollTop || list.localName === "main" && scrollY || document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches) {
    draw();
    return;
  }
  const stood = new Map();
  const { view } = list.dataset;
  look(list, stood);
  draw();
  for (const animation of moving) animation.cancel();
  moving = list.isConnected && list.dataset.view === view ? compare(list, stood, 0, []).map(([e, frames]) => e.animate(frames, timing)) : [];
};
