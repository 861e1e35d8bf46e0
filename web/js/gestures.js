// Two gestures of a finger on a view: pulled down at its top, it asks for what is new; swept sideways, it goes to the next of its tabs. A key
// and a button, and the tabs themselves, do the same. Nothing is prevented: the page scrolls, is enlarged and is read aloud as ever.

const edge = 24; // pixels at the sides of the screen that the system's own gestures begin in
const clear = 10; // pixels after which it is seen where a finger moves
const enough = 70; // pixels
const quick = 600; // milliseconds
const longest = 10000; // milliseconds that the sign of asking stays

const { vitrine } = globalThis;

/** What a finger does. @typedef {{ x: number, y: number, at: number, axis: "" | "x" | "y" | "none", top: boolean, free: boolean, pulled: number }} Stroke */
/** @type {Stroke | null} */
let stroke = null;

const sign = /** @type {HTMLButtonElement} */ (vitrine.drawing.makeNode(["button", { class: "pull", type: "button", tabindex: "-1", "aria-hidden": "true", "data-action": "again" },
  ["span", { class: "i" }, ["svg", 0, ["use", { href: `${vitrine.icons}#refresh` }]]]]));
document.body.append(sign);
document.documentElement.style.overscrollBehavior = "contain"; // a browser that loads the page anew, or goes back, would do both

/**
 * Reports that a finger on an element moves something else than the page: what scrolls in itself, or a control that is drawn along.
 * @param {Element | null} el
 */
function takes(el) {
  if (el?.closest("input, select, textarea, video, audio, iframe, [contenteditable]")) return true;
  for (; el && el !== document.body; el = el.parentElement) {
    if (el.scrollWidth > el.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(el).overflowX)) return true;
  }
  return false;
}

/** @param {number} pixels */
function pull(pixels) {
  if (stroke) stroke.pulled = pixels;
  sign.style.transform = pixels ? `translateY(${Math.min(pixels, enough * 1.5) / 1.5}px) rotate(${pixels * 3}deg)` : "";
  sign.classList.toggle("ready", pixels >= enough);
}

/** Asks for what is new, and shows the sign until it is here. */
function refresh() {
  const own = /** @type {HTMLElement | null} */ (document.querySelector("main [data-action=refresh]"));
  (own ?? sign).click();
  sign.classList.add("asks");
  const turning = !matchMedia("(prefers-reduced-motion: reduce)").matches && sign.firstElementChild?.animate({ rotate: ["0turn", "1turn"] }, { duration: 1000, iterations: Infinity });
  const since = Date.now();
  const look = setInterval(() => {
    if (Date.now() - since < longest && document.querySelector("main [role=feed][aria-busy=true]")) return;
    clearInterval(look);
    if (turning) turning.cancel();
    sign.classList.remove("asks");
    pull(0);
  }, 300);
}

/** @param {number} to 1 for the tab behind the one that is open, -1 for the one before */
function goTo(to) {
  const tabs = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("main nav.tabs a[href]")]);
  const at = tabs.findIndex((tab) => tab.hasAttribute("aria-current"));
  if (at >= 0) tabs[at + to]?.click();
}

addEventListener("touchstart", ({ touches, target, timeStamp }) => {
  if (stroke?.pulled) pull(0);
  stroke = null;
  const [touch] = touches;
  const el = target instanceof Element ? target : null;
  if (!touch || touches.length > 1 || !el || el.closest("nav.nav, aside") || document.querySelector("dialog[open]") || /** @type {number} */ (visualViewport?.scale) > 1.01) return;
  const { clientX: x, clientY: y } = touch;
  const top = scrollY <= 0 && !sign.classList.contains("asks") && document.querySelector("main :is([role=feed], [role=alert])") !== null;
  stroke = { x, y, at: timeStamp, axis: "", top, free: x > edge && x < innerWidth - edge && !takes(el), pulled: 0 };
}, { passive: true });

addEventListener("touchmove", ({ touches }) => {
  const [touch] = touches;
  if (!stroke || !touch) return;
  const x = touch.clientX - stroke.x;
  const y = touch.clientY - stroke.y;
  if (touches.length > 1) stroke.axis = "none";
  else if (!stroke.axis && Math.hypot(x, y) > clear) stroke.axis = Math.abs(x) > 2 * Math.abs(y) ? "x" : Math.abs(y) > 2 * Math.abs(x) ? "y" : "none";
  if (stroke.axis === "y" && stroke.top && scrollY <= 0) pull(Math.max(y, 0));
  else if (stroke.pulled) pull(0);
}, { passive: true });

addEventListener("touchend", ({ changedTouches, touches, timeStamp }) => {
  const [touch] = changedTouches;
  const done = stroke;
  stroke = null;
  if (!done || !touch || touches.length) {
    pull(0);
    return;
  }
  const x = touch.clientX - done.x;
  if (done.axis === "x" && done.free && Math.abs(x) >= enough && timeStamp - done.at < quick && !String(getSelection())) goTo((x < 0) === (getComputedStyle(document.body).direction === "ltr") ? 1 : -1);
  if (done.pulled >= enough) refresh();
  else pull(0);
}, { passive: true });

addEventListener("touchcancel", () => {
  stroke = null;
  pull(0);
}, { passive: true });
