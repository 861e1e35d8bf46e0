// The loader: shows what it can at once, fetches the rest of the styles, the sentences, the site's list and the program, and starts it
// once the first frame is painted. It comes beside the first request, which the shell's own script (shell.js) has sent.

import "./links.js"; // comes first: go-app listens later
import { firstPage } from "./answer.js";
import { begun, config, displace, early, firstRequests, placeStart, root } from "./given.js";
import { lang, localFile, setLang, spoken } from "./lang.js";
import { makeNode, setAttribute } from "./tree.js";
import { alone, compile, instantiate, rehearsed } from "./program.js";
import { clearFronts, keepFront, painted, room, showFront, storedFront } from "./front.js";
import { forgetTaps, listen, takeOver } from "./taps.js";
import { keepPosition, nameEntry, position } from "./visits.js";

const { vitrine } = globalThis;
globalThis.goappGetenv = () => "";
Object.assign(vitrine, { hear, sentences: {}, words: "", site: "", icons: config.icons, drawing: { makeNode, setAttribute }, scriptURL, alone, rehearsed, ready, keepFront, clearFronts, room });

/** @type {(key: string) => string | undefined} */
const sentence = (key) => vitrine.sentences?.[key];
/** @type {ReturnType<typeof setTimeout> | undefined} */
let slow;
let running = false; // the program has drawn its first screen
const atOnce = 50; // milliseconds
const untilReady = new AbortController();
const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

// scriptURL lets an address of this site start a script, under a policy that asks for trusted types.
const scripts = window.trustedTypes?.createPolicy("vitrine", { createScriptURL: own });

/** @param {string} url */
function own(url) {
  if (new URL(url, location.href).origin !== location.origin) throw new Error(url);
  return url;
}

/** @param {string} url */
function scriptURL(url) {
  return scripts?.createScriptURL(url) ?? own(url);
}

/** @param {string} url */
async function text(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.text();
}

/**
 * Notes the reader's language and its table of words (app/words).
 * @param {string} language
 * @param {string} table
 */
function hear(language, table) {
  setLang(language);
  vitrine.sentences = Object.fromEntries(table.split("\n").map((line) => line.split("\t")));
}

/** @returns {Promise<void>} */
function parsed() {
  if (document.readyState !== "loading") return Promise.resolve();
  return new Promise((resolve) => document.addEventListener("DOMContentLoaded", /** @type {any} */ (resolve), { once: true }));
}

/**
 * Adds the styles that no first screen needs. The program waits for them.
 * @returns {Promise<void>}
 */
function otherStyles() {
  return new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.onload = link.onerror = () => resolve(); // what it draws can be read without them
    link.href = config.later;
    document.head.append(link);
  });
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {string} content
 */
function el(tag, className, content) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = content;
  return made;
}

// progress says what is waited for. Bytes can't be counted without wrapping the response, so it has no figure.
function progress() {
  const place = document.getElementById("asking");
  if (!place || document.getElementById("progress")) return;
  const bar = el("progress", "meter", "");
  bar.id = "progress";
  bar.ariaLabel = sentence("boot.fetching") ?? place.textContent;
  place.textContent = bar.ariaLabel;
  place.after(bar);
}

function starting() {
  const place = document.getElementById("asking");
  const said = sentence("boot.starting");
  if (place && said && document.getElementById("progress")) place.textContent = said;
}

// ready is called by the program once it has drawn its first screen.
function ready() {
  const { worker } = config;
  if (running) return;
  running = true;
  if (worker) (globalThis.requestIdleCallback ?? setTimeout)(() => import(worker));
  clearTimeout(slow);
  document.getElementById("progress")?.remove();
  untilReady.abort();
  const goOn = takeOver(byId("front"), /** @type {Element} */ (document.body.firstElementChild));
  displace(false);
  setTimeout(goOn); // the program scrolls first
  setTimeout(() => early.clear(), 10000); // what nobody has wanted by then would be old when somebody does
}

/** What was drawn of answers, for going back. @type {Map<string, Promise<Tree>>} */
const pages = new Map();

/** Reports that a filter of the reader's holds everywhere (app/state, filteredMark). */
function isFiltered() {
  try {
    return localStorage.getItem(`vitrine:${vitrine.base}:filtered`);
  } catch {
    return false; // storage is closed: there is none
  }
}

/**
 * Makes a view's page of its first answer.
 * @param {string} view
 * @returns {Promise<Tree> | undefined}
 */
function pageOf(view) {
  const known = pages.get(view);
  const answer = !known && (view === begun.view ? begun.requests : firstRequests(view));
  if (!answer) return known;
  const made = firstPage(answer);
  made.catch(() => {}); // whoever waits for it hears of it
  pages.set(view, made);
  return made;
}

// openView shows what can be shown of a view without the program: its front, else the names and words of the first answer. It fails when
// that does; the program says what is wrong.
async function openView() {
  const view = location.hash || "#/";
  const wanted = () => !running && (location.hash || "#/") === view;
  const asked = pageOf(view);
  const front = await storedFront(view);
  await spoken;
  await parsed();
  if (!wanted()) return;
  if (front) { // the answer is left to the program
    showFront(JSON.parse(front.tree), view);
    return;
  }
  if (view === "#/") {
    placeStart();
    return;
  }
  if (isFiltered()) return; // what is left of the answer the program knows
  displace(true);
  const page = await asked;
  if (!page || !wanted()) return;
  const at = position();
  if (at.y && !JSON.stringify(page).includes(JSON.stringify(at.u))) return; // the first posts are not what was read here
  showFront(page, view);
}

/**
 * Says that there is no program, and what helps.
 * @param {"old" | "failed" | "stopped"} kind
 */
function showFailure(kind) {
  clearTimeout(slow);
  untilReady.abort(); // what a browser can do alone it does
  forgetTaps();
  document.getElementById("progress")?.remove();
  document.querySelector("#app [role=feed]")?.remove(); // placeholders; a front stays readable
  document.querySelector("#front [role=feed]")?.removeAttribute("aria-busy");
  document.getElementById("asking")?.remove();
  document.querySelector("#app h1")?.replaceChildren(document.title); // it said that something is loading
  const box = /** @type {HTMLElement} */ (document.getElementById("trouble"));
  /** @type {(name: string, part?: string) => string} */
  const say = (name, part = "") => sentence(`boot.${name}${part && ".text"}`) ?? /** @type {string} */ (box.dataset[name + part]);
  const again = el("a", "b", say("reload"));
  again.href = location.href;
  again.addEventListener("click", (event) => {
    event.preventDefault(); // a link to the address that is open would only move to its fragment
    location.reload();
  });
  const row = el("div", "row-b", "");
  row.append(again);
  const note = el("div", "note stop", "");
  note.role = "alert";
  note.dataset.kind = kind === "old" ? "Unsupported" : "Internal";
  note.append(el("strong", "", say(kind)), el("p", "prose", say(kind, "Text")), row);
  box.replaceChildren(note);
  box.hidden = false;
}

async function start() {
  const opened = openView().catch(() => {}); // nothing comes before what the view shows first, unless its server is slow
  // An answer that is here already is drawn before anything else.
  Promise.race([opened, new Promise((resolve) => setTimeout(resolve, atOnce))]).then(() => {
    nameEntry();
    listen(() => sentence("boot.coming") ?? /** @type {string} */ (byId("coming").dataset.text), untilReady.signal);
  });
  const late = new Promise((resolve) => setTimeout(resolve, 1000));
  // The first answer has the network for itself. What the service worker answers doesn't need it.
  const wanted = navigator.serviceWorker?.controller ? Promise.resolve() : Promise.race([pageOf(location.hash || "#/")?.catch(() => {}) ?? opened, late]);
  const texts = wanted.then(painted).then(() => Promise.all([text(localFile("assets/words.*.txt")), text(config.site)]));
  const { base, version, icons } = vitrine;
  const handed = texts.then(([locale, site]) => ({ base, version, icons, words: locale, site }));
  handed.catch(() => {}); // it is awaited below
  const compiled = typeof WebAssembly === "object" ? compile(wanted, handed) : undefined;
  await parsed();
  addEventListener("hashchange", () => {
    if (running) return;
    keepPosition();
    nameEntry();
    forgetTaps();
    scrollTo(0, 0); // a front that was left may have been scrolled
    openView().catch(() => {});
  });
  await Promise.race([opened, late]);
  await painted(); // starting the program holds the page up for most of a second on a phone
  texts.then(([locale]) => {
    hear(lang, locale);
    if (root.lang !== lang) import(config.speak).then(() => vitrine.translate?.(lang));
  }, () => {}); // it is awaited below
  if (typeof WebAssembly !== "object") {
    showFailure("old");
    return;
  }
  slow = setTimeout(progress, 1000);
  const styles = otherStyles();
  await import(config.exec); // Go's own script
  if (typeof Go !== "function") throw new Error(config.exec);
  const go = new Go();
  const [program, { words: locale, site }] = await Promise.all([instantiate(go.importObject, compiled), handed, import(config.draw), styles]);
  starting();
  // memory is looked at by `make bench` only
  Object.assign(vitrine, { words: locale, site, memory: program.exports.mem });
  await new Promise((resolve) => setTimeout(resolve)); // making the instance was a task of its own
  await go.run(program);
  showFailure("stopped"); // a program that runs as it should never comes here
}

start().catch((error) => {
  console.error(error);
  parsed().then(() => showFailure("failed"));
});
