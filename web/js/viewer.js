// The gestures and keys of the viewer: pictures come near by pinching, by the wheel with Ctrl, by a double tap or click, by + and - and by
// buttons, and are then moved by a finger, the mouse, the wheel or the arrow keys. Stepping from one to the next is scrolling, which is
// the browser's own, and the program's. Nothing here hears what is done elsewhere on the page.

import { bounded, nearer, whole } from "./zoom.js";

const step = 1.5; // of a key or a button
const near = 2.5; // what a double tap does
const doubled = 350; // milliseconds between two taps
const aside = 30; // pixels between them
const away = 120; // pixels down which a finger closes the viewer

const viewer = () => /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog#viewer[open]"));

/**
 * Finds the slide that is in sight.
 * @param {Element} dialog
 */
function current(dialog) {
  const strip = /** @type {HTMLElement | null} */ (dialog.querySelector(".slides"));
  if (!strip?.clientWidth) return null;
  return /** @type {HTMLElement | undefined} */ (strip.children[Math.round(Math.abs(strip.scrollLeft) / strip.clientWidth)]) ?? null;
}

/** @type {WeakMap<Element, import("./zoom.js").Shown>} */
const shown = new WeakMap();
const stateOf = (/** @type {Element} */ slide) => shown.get(slide) ?? whole;

/**
 * @param {HTMLElement} slide
 * @param {import("./zoom.js").Shown} to
 */
function show(slide, to) {
  const picture = slide.querySelector("img");
  if (!picture) return;
  const now = bounded(to, { width: picture.offsetWidth, height: picture.offsetHeight }, { width: slide.clientWidth, height: slide.clientHeight });
  shown.set(slide, now);
  for (const child of /** @type {HTMLCollectionOf<HTMLElement>} */ (slide.children)) {
    child.style.transform = now.scale > 1 ? `translate(${now.x}px, ${now.y}px) scale(${now.scale})` : "";
  }
  slide.style.touchAction = now.scale > 1 ? "none" : ""; // else a finger scrolls to the next one (later.css)
  slide.classList.toggle("near", now.scale > 1);
}

/**
 * The place of a point from the middle of a slide.
 * @param {HTMLElement} slide
 * @param {{ clientX: number, clientY: number }} point
 */
function place(slide, { clientX, clientY }) {
  const box = slide.getBoundingClientRect();
  return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
}

/**
 * Brings the picture in sight nearer or further away.
 * @param {HTMLElement} slide
 * @param {number} scale
 * @param {{ clientX: number, clientY: number }} [point] what stays where it is; the middle without one
 */
function zoom(slide, scale, point) {
  const { x, y } = point ? place(slide, point) : { x: 0, y: 0 };
  show(slide, nearer(stateOf(slide), scale, x, y));
}

/**
 * Finds the slide whose picture an event is on.
 * @param {Event} event
 */
function slideOf(event) {
  const slide = /** @type {Element} */ (event.target).closest?.("#viewer .slide");
  return slide?.querySelector("img:not(.broken)") ? /** @type {HTMLElement} */ (slide) : null;
}

/** The fingers and the pressed mouse on a picture, by their ids. @type {Map<number, { clientX: number, clientY: number }>} */
const fingers = new Map();
/** Where all began. @type {{ slide: HTMLElement, from: import("./zoom.js").Shown, middle: { x: number, y: number }, apart: number, first: { clientX: number, clientY: number }, moved: boolean } | null} */
let gesture = null;
let lastTap = { at: 0, clientX: 0, clientY: 0 };

/** The middle of the fingers on a slide, and how far apart they are. @param {HTMLElement} slide */
function fingersOn(slide) {
  const all = [...fingers.values()];
  const mean = (/** @type {(f: { clientX: number, clientY: number }) => number} */ of) => all.reduce((sum, f) => sum + of(f), 0) / all.length;
  const middle = { clientX: mean((f) => f.clientX), clientY: mean((f) => f.clientY) };
  const [a, b] = all;
  return { ...place(slide, middle), apart: a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0 };
}

/** Begins anew with the fingers that are there. @param {HTMLElement} slide @param {boolean} moved */
function begin(slide, moved) {
  const { x, y, apart } = fingersOn(slide);
  gesture = { slide, from: stateOf(slide), middle: { x, y }, apart, first: /** @type {any} */ ([...fingers.values()][0]), moved };
}

addEventListener("pointerdown", (event) => {
  const slide = slideOf(event);
  if (!slide || event.button > 0) return;
  fingers.set(event.pointerId, event);
  if (event.pointerType === "mouse") {
    event.preventDefault(); // a picture isn't dragged out while it is moved
    slide.setPointerCapture(event.pointerId); // and is let go of wherever the mouse is
  }
  begin(slide, fingers.size > 1);
});

addEventListener("pointermove", (event) => {
  if (!gesture || !fingers.has(event.pointerId)) return;
  fingers.set(event.pointerId, event);
  const { slide, from, middle, apart, first } = gesture;
  if (Math.hypot(event.clientX - first.clientX, event.clientY - first.clientY) > aside / 3) gesture.moved = true;
  const now = fingersOn(slide);
  if (fingers.size < 2 && from.scale === 1) return; // scrolling, or the way to close it
  const to = apart && now.apart ? nearer(from, from.scale * now.apart / apart, middle.x, middle.y) : from;
  show(slide, { x: to.x + now.x - middle.x, y: to.y + now.y - middle.y, scale: to.scale });
});

/** @param {PointerEvent} event */
function lift(event) {
  if (!fingers.delete(event.pointerId) || !gesture) return;
  const { slide, from, first, moved } = gesture;
  if (fingers.size) {
    begin(slide, true);
    return;
  }
  gesture = null;
  if (event.type === "pointercancel") return; // the browser scrolls
  const down = event.clientY - first.clientY;
  if (event.pointerType !== "mouse" && from.scale === 1 && stateOf(slide).scale === 1 && down > away && down > 2 * Math.abs(event.clientX - first.clientX)) {
    viewer()?.close();
    return;
  }
  if (moved) return;
  const again = event.timeStamp - lastTap.at < doubled && Math.hypot(event.clientX - lastTap.clientX, event.clientY - lastTap.clientY) < aside;
  lastTap = { at: again ? 0 : event.timeStamp, clientX: event.clientX, clientY: event.clientY };
  if (again) zoom(slide, stateOf(slide).scale > 1 ? 1 : near, event);
}
addEventListener("pointerup", lift);
addEventListener("pointercancel", lift);

addEventListener("wheel", (event) => {
  const slide = slideOf(event);
  if (!slide) return;
  const { x, y, scale } = stateOf(slide);
  if (event.ctrlKey) zoom(slide, scale * Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.01)), event);
  else if (scale > 1) show(slide, { x: x - event.deltaX, y: y - event.deltaY, scale });
  else return;
  event.preventDefault();
}, { passive: false });

/** How far an arrow key moves a picture that is near, as parts of the screen. @type {Record<string, [number, number]>} */
const arrows = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

addEventListener("keydown", (event) => {
  const dialog = viewer();
  const slide = dialog && current(dialog);
  if (!slide || event.ctrlKey || event.metaKey || event.altKey) return;
  const { x, y, scale } = stateOf(slide);
  const arrow = arrows[event.key];
  if (event.key === "+" || event.key === "=") zoom(slide, scale * step);
  else if (event.key === "-") zoom(slide, scale / step);
  else if (event.key === "0") show(slide, whole);
  else if (arrow && scale > 1) show(slide, { x: x + arrow[0] * slide.clientWidth / 5, y: y + arrow[1] * slide.clientHeight / 5, scale });
  else return;
  event.preventDefault();
  event.stopPropagation(); // the program would step to the next one
}, { capture: true });

addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest?.("#viewer .tools [data-action]");
  const dialog = viewer();
  const slide = dialog && current(dialog);
  if (!(button instanceof HTMLElement) || !slide) return;
  const { action } = button.dataset;
  if (action === "near") zoom(slide, stateOf(slide).scale * step);
  if (action === "far") zoom(slide, stateOf(slide).scale / step);
  if (action === "download") {
    event.preventDefault();
    save(/** @type {HTMLAnchorElement} */ (button));
  }
}, { capture: true });

// What is left is whole when it comes back. Scrolling doesn't bubble.
addEventListener("scroll", (event) => {
  const strip = event.target;
  if (!(strip instanceof HTMLElement) || !strip.matches("#viewer .slides")) return;
  const now = current(/** @type {Element} */ (strip.closest("dialog")));
  for (const slide of /** @type {HTMLCollectionOf<HTMLElement>} */ (strip.children)) if (slide !== now && stateOf(slide).scale > 1) show(slide, whole);
}, { capture: true, passive: true });

addEventListener("close", ({ target }) => {
  if (!(target instanceof HTMLElement) || target.id !== "viewer") return;
  fingers.clear();
  gesture = null;
  for (const slide of /** @type {NodeListOf<HTMLElement>} */ (target.querySelectorAll(".slide.near"))) show(slide, whole);
}, { capture: true });

/**
 * Gives the reader a picture as a file. A link alone would open it, since it is another server's; where that server lets no page read the
 * file, it is opened.
 * @param {HTMLAnchorElement} link
 */
async function save(link) {
  const { href } = link;
  try {
    const response = await fetch(href, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!response.ok) throw new Error(`${href}: ${response.status}`);
    const file = document.createElement("a");
    file.href = URL.createObjectURL(await response.blob());
    file.download = decodeURIComponent(new URL(href).pathname.split("/").pop() || "picture");
    file.click();
    setTimeout(() => URL.revokeObjectURL(file.href), 60000); // Safari reads it later
  } catch {
    open(href, "_blank", "noopener,noreferrer");
  }
}
