// What is shown before the program is there stands beside its page (#app), in a place of its own (#front), and is taken away in one step.

import { root } from "./theme.js";

/** @type {ChildNode[]} */
let shell = []; // what the page began with, for a view of which nothing is known

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Keeps what the page began with, before the program replaces it. */
export function keepShell() {
  shell = [...byId("app").childNodes];
}

/** Reports that something is shown that was drawn without the program. */
export const isFronted = () => "front" in root.dataset;

/**
 * Shows the frame of a view in place of the shell. The program mounts beside it, unseen.
 * @param {HTMLElement} frame
 * @param {string} view
 */
export function place(frame, view) {
  for (const node of shell) node.remove(); // there is one main at any time
  const [awning, holder] = /** @type {[Element, Element]} */ (shell.filter((node) => node instanceof Element));
  if (!frame.querySelector("nav.nav")) frame.prepend(/** @type {Node} */ (holder.querySelector("nav")).cloneNode(true));
  const main = /** @type {HTMLElement} */ (frame.querySelector("main"));
  main.dataset.view = view;
  main.dataset.front = "";
  clear();
  byId("front").replaceChildren(awning.cloneNode(), frame);
  byId("front").hidden = false;
  root.dataset.front = "";
}

/**
 * Ends what was shown: the program has drawn its first screen, or another view is waited for.
 * @param {boolean} waiting
 */
export function displace(waiting) {
  if (!isFronted()) return;
  if (waiting) document.getElementById("app")?.replaceChildren(...shell); // the program puts its own element there
  clear();
  byId("front").hidden = true;
  delete root.dataset.front;
}

const template = () => /** @type {HTMLTemplateElement} */ (document.getElementById("start")).content;

// clear takes what is shown away. The start page is put back where it was, with what was typed there.
function clear() {
  const front = byId("front");
  const start = front.querySelector("#u")?.closest(".frame");
  if (start) template().append(start);
  front.replaceChildren();
}

/** Shows the start page, whose beginning the shell has. */
export function placeStart() {
  const start = /** @type {HTMLElement | null} */ (template().firstElementChild);
  if (start) place(start, "#/"); // else it stands there
}
