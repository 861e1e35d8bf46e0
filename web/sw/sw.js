// The service worker: keeps the site itself and the pictures that were seen, so that both are there without a network, and plays what the program
// was told to keep.
// build/site writes the first line, `const site = {base, version, shell, files, later, languages}`: where the site stands, a hash over all its
// files, what index.html is known by, the files to keep, those to keep once they were loaded, and those to keep for who reads another language than the site's. Several sites can share an origin, each below a path of its own,
// so nothing here touches a cache or answers for a page that is not of this one.

if (site.exec) importScripts(site.base + site.exec); // Go's own script, for refresh(): a worker that is installed may load no other ones

const prefix = `vitrine:${site.base}:`;
const build = prefix + site.version;
const media = `${prefix}media`;
const wanted = `${prefix}kept`; // what a reader wanted kept: the program fills and empties it, nothing here does
const languages = site.languages ?? {};
const later = new Set(site.later);
const files = new Set([...site.files, ...Object.values(languages).flat()]);

// --- The site: one cache per build -------------------------------------------------------------------------------------------

// A version waits until the last tab of the one before is closed, or until a reader presses "Reload": nobody's page is pulled
// away, and none is ever made of two builds.
addEventListener("install", (event) => event.waitUntil(install()));

async function install() {
  const others = await builds();
  const cache = await caches.open(build);
  try {
    const wanted = [...site.files, ...languages[await spoken()] ?? []];
    await Promise.all(wanted.map(async (name) => cache.put(site.base + name, await take(name, others))));
  } catch (error) {
    if (!others.includes(build)) await caches.delete(build); // half a build is none
    if (isFull(error)) await caches.delete(media); // the next try has room
    throw error;
  }
}

// isFull reports that the browser's storage has no room.
const isFull = (/** @type {unknown} */ error) => error instanceof Error && error.name === "QuotaExceededError";

/**
 * Returns a file of this build. What carries its hash in its name is copied from a build that is here already; for what
 * doesn't, the browser's own cache may hold the last build's.
 * @param {string} name
 * @param {string[]} others
 */
async function take(name, others) {
  const hashed = name.startsWith("assets/");
  if (hashed) {
    const kept = await among(others, name);
    if (kept) return kept;
  }
  const response = await fetch(new Request(site.base + name, { cache: hashed ? "default" : "reload", credentials: "same-origin", referrerPolicy: "no-referrer", priority: "low" }));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  // Some hosts answer what isn't there, or not yet, with a page and 200. Under the hashed name it would never be put right.
  if (hashed && response.headers.get("Content-Type")?.startsWith("text/html")) throw new Error(`${name}: a page in its place`);
  if (name === "" && !(await response.clone().text()).includes(site.shell)) throw new Error("the start page is of another build");
  // A browser refuses to open a page from an answer that was redirected, as from about.html to about.
  return response.redirected ? new Response(response.body, { headers: response.headers }) : response;
}

// --- The reader's language -----------------------------------------------------------------------------------------------------

const language = `${prefix}language`;
const languageFile = `${site.base}language`;

/** Answers with the language that was read last, "" for the site's. */
async function spoken() {
  const noted = await caches.match(languageFile, { cacheName: language });
  return noted ? noted.text() : "";
}

/**
 * Keeps the files of the reader's language, in this build and in those that come.
 * @param {string} lang
 */
async function speak(lang) {
  await (await caches.open(language)).put(languageFile, new Response(lang));
  const cache = await caches.open(build);
  for (const name of languages[lang] ?? []) if (!(await cache.match(site.base + name))) await cache.put(site.base + name, await take(name, []));
}

addEventListener("activate", (event) => event.waitUntil(activate()));

// activate keeps the build before this one: its tabs may still be open and ask for what they had not loaded yet.
async function activate() {
  await clients.claim(); // the pictures of the very first visit are kept too
  await (await caches.open(build)).put(stamp, new Response(String(Date.now())));
  if (registration.installing || registration.waiting) return; // the next one's cache can't be distinguished from an old one's
  const others = (await builds()).filter((name) => name !== build);
  const times = await Promise.all(others.map(async (cacheName) => {
    const noted = await caches.match(stamp, { cacheName });
    return noted ? Number(await noted.text()) : 0; // it was never used
  }));
  const last = others[times.indexOf(Math.max(...times))];
  for (const name of others) if (name !== last) await caches.delete(name);
}

// stamp is where a build notes since when it is used. The caches' own order is wrong once a site went back to an older build.
const stamp = `${site.base}since`;

// builds are the names of this site's builds. A site at / must not take "vitrine:/reader/:…" for its own.
async function builds() {
  return (await caches.keys()).filter((name) => name.startsWith(prefix) && /^[0-9a-f]{12}$/.test(name.slice(prefix.length)));
}

/**
 * Returns a file of the first of these builds that has it.
 * @param {string[]} names
 * @param {string} file
 */
async function among(names, file) {
  for (const cacheName of names) {
    const kept = await caches.match(site.base + file, { cacheName, ignoreVary: true });
    if (kept) return kept;
  }
  return undefined;
}

/**
 * Names the file that answers a request, or undefined for what is not of the build: official feeds, the owner's files and other
 * sites below this path go to the network as if no worker were there. Every view is a fragment of the start page, so that no
 * other path is the app's.
 * @param {Request} request
 * @param {URL} url
 */
function fileOf(request, url) {
  if (url.origin !== location.origin || !url.pathname.startsWith(site.base)) return undefined;
  const name = url.pathname.slice(site.base.length);
  if (request.mode === "navigate") {
    if (name === "index.html") return "";
    return [name, `${name}.html`].find((page) => files.has(page)); // many hosts answer /about with about.html
  }
  return files.has(name) || name.startsWith("assets/") ? name : undefined;
}

/**
 * @param {Request} request
 * @param {string} name
 */
async function fromBuild(request, name) {
  try {
    // An asset of the build before: a tab of it is still open.
    const kept = await among(files.has(name) ? [build] : await builds(), name);
    if (kept) return kept;
    if (later.has(name)) {
      const response = await take(name, []);
      await (await caches.open(build)).put(site.base + name, response.clone());
      return response;
    }
  } catch {
    // the browser's storage fails: the network has it
  }
  return fetch(request);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method === "POST" && request.mode === "navigate" && url.href === location.origin + site.base) event.respondWith(takeShared(request));
  if (request.method !== "GET") return;
  const name = fileOf(request, url);
  // Browsers keep the compiled program with an answer of their own HTTP cache, not with ours: a start is a quarter faster by it. What is
  // neither there nor on the network the loader asks for again, with "reload".
  if (name?.endsWith(".wasm") && request.cache !== "reload" && navigator.onLine) return;
  if (name !== undefined) event.respondWith(fromBuild(request, name));
  else if (isPicture(request, url)) event.respondWith(picture(event));
  else if (isPlayed(request, url)) event.respondWith(played(event));
  // Anything else, what servers are asked above all, takes its way untouched.
});

// --- Pictures that were seen -------------------------------------------------------------------------------------------------

/**
 * Reports what is kept once it was seen. Films and sounds are not: browsers ask for them by ranges, and a range is no file.
 * @param {Request} request
 * @param {URL} url
 */
function isPicture(request, url) {
  return request.destination === "image" && isForeign(url);
}

/**
 * Reports what is played, and not kept unless a reader wanted it.
 * @param {Request} request
 * @param {URL} url
 */
function isPlayed(request, url) {
  return ["video", "audio", "track"].includes(request.destination) && isForeign(url);
}

/** @param {URL} url */
function isForeign({ origin, protocol, hostname }) {
  return origin !== location.origin && (protocol === "https:" || (protocol === "http:" && isLoopback(hostname)));
}

/** @param {string} host */
function isLoopback(host) {
  return host === "localhost" || host.endsWith(".localhost") || host.startsWith("127.") || host === "[::1]";
}

/**
 * Reports a request of the app: a page of somebody else below this path is not to be kept for.
 * @param {FetchEvent} event
 */
async function isOurs(event) {
  const client = await clients.get(event.clientId);
  return client !== undefined && [site.base, `${site.base}index.html`].includes(new URL(client.url).pathname);
}

/** @param {string} url */
const wantedFile = (url) => caches.match(url, { cacheName: wanted, ignoreVary: true });

/** @param {FetchEvent} event */
async function picture(event) {
  const { request } = event;
  let ours = false;
  try {
    ours = await isOurs(event);
    const own = ours && (await wantedFile(request.url));
    if (own) return own;
    const kept = ours && (await caches.match(request.url, { cacheName: media, ignoreVary: true }));
    // A page that asked to look inside may not be given what was fetched without that right.
    if (kept && !(request.mode === "cors" && kept.type === "opaque")) {
      event.waitUntil(used(request.url));
      return kept;
    }
  } catch {
    // the browser's storage fails: the network has it
  }
  if (!ours) return fetch(request);
  // An img alone would send cookies; and a request that is made from another one has lost its referrer policy.
  // Source: https://fetch.spec.whatwg.org/#dom-request, "If init is not empty"
  const response = await fetch(new Request(request, { credentials: "omit", referrerPolicy: "no-referrer" }));
  if (response.ok || response.type === "opaque") event.waitUntil(keep(request.url, response.clone()));
  return response;
}

// --- Films and sounds that a reader wanted kept ---------------------------------------------------------------------------------

/** @param {FetchEvent} event */
async function played(event) {
  const { request } = event;
  try {
    const own = (await isOurs(event)) && (await wantedFile(request.url));
    if (own) return await rangeOf(own, request.headers.get("Range"));
  } catch {
    // the browser's storage fails: the network has it
  }
  return fetch(request);
}

/**
 * Answers with a part of a file, as players ask for it.
 * Source: https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
 * @param {Response} whole
 * @param {string | null} range
 */
async function rangeOf(whole, range) {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? ["", "", ""];
  if (!first && !last) return whole;
  const blob = await whole.blob();
  const from = first ? Number(first) : Math.max(0, blob.size - Number(last));
  const to = first && last ? Math.min(Number(last) + 1, blob.size) : blob.size;
  const headers = new Headers({ "Content-Type": whole.headers.get("Content-Type") ?? "", "Accept-Ranges": "bytes" });
  if (from >= to) {
    headers.set("Content-Range", `bytes */${blob.size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("Content-Range", `bytes ${from}-${to - 1}/${blob.size}`);
  headers.set("Content-Length", String(to - from));
  return new Response(blob.slice(from, to), { status: 206, headers });
}

// The least recently used pictures go when there are more than `most`, or when together they cost more than a quarter of what
// the browser says to give this origin: the rest is for the posts themselves, and for other sites on it. Some browsers say more
// than there is, so that nobody is recognised by it; `room` is what is learned where a picture didn't fit any more.
const most = 600; // a few evenings of reading; some 60 MB as servers' previews are
const share = 1 / 4;
let room = Infinity;
let full = false;

// cost is what a picture counts that can't be looked into. So that nobody learns its size from the storage left, Chromium adds
// to each up to 14 MB, in the mean 7 MB.
// Source: https://developer.chrome.com/docs/workbox/understanding-storage-quota#beware_of_opaque_responses
const cost = 7 * 1024 * 1024;

// index holds the sizes of the pictures by address, 0 where unknown, the least recently used first. The browser ends a worker
// when it likes, so the index is read again with each start and put right by what is really in the cache.
const indexFile = `${site.base}pictures.json`;
/** @type {Promise<Map<string, number>> | undefined} */
let index;

function pictures() {
  index ??= readIndex();
  return index;
}

async function readIndex() {
  const cache = await caches.open(media);
  const there = new Set((await cache.keys()).map(({ url }) => url).filter((url) => new URL(url).origin !== location.origin));
  const noted = await cache.match(indexFile).then((file) => file?.json()).catch(() => null);
  const read = new Map(/** @type {[string, number][]} */ (noted ?? []).filter(([url]) => there.has(url)));
  for (const url of there) if (!read.has(url)) read.set(url, 0);
  return read;
}

/** @type {Map<string, Promise<void>>} */
const coming = new Map(); // pictures that are being stored, by address

/**
 * Stores a picture.
 * @param {string} url
 * @param {Response} response
 */
async function keep(url, response) {
  try {
    const stored = caches.open(media).then((cache) => cache.put(url, response));
    coming.set(url, stored);
    await stored;
    await used(url, Number(response.headers.get("Content-Length")));
  } catch (error) {
    full ||= isFull(error);
    if (full) await soon();
    // else the reader went on before it was here, or its answer can't be kept
  } finally {
    coming.delete(url);
  }
}

/**
 * Notes that a picture was shown just now.
 * @param {string} url
 * @param {number} [bytes]
 */
async function used(url, bytes) {
  const all = await pictures();
  const known = bytes ?? all.get(url) ?? 0;
  all.delete(url);
  all.set(url, known);
  return soon();
}

// soon writes the index once for all the pictures of a screen.
/** @type {Promise<void> | undefined} */
let writing;

function soon() {
  writing ??= new Promise((resolve) => {
    setTimeout(resolve, 1000);
  }).then(() => {
    writing = undefined;
    return tidy();
  }).catch(() => {}); // the cache itself is the truth
  return writing;
}

async function tidy() {
  const all = await pictures();
  const cache = await caches.open(media);
  const { quota = Infinity } = (await navigator.storage?.estimate?.()) ?? {}; // Safari has it since 17, and on https alone
  let sum = 0;
  for (const bytes of all.values()) sum += bytes || cost;
  if (full) room = sum * 3 / 4; // a quarter is free again for the pictures of the next screens
  full = false;
  for (const [url, bytes] of all) {
    if (all.size <= most && sum <= Math.min(quota * share, room)) break;
    await cache.delete(url);
    all.delete(url);
    sum -= bytes || cost;
  }
  await cache.put(indexFile, new Response(JSON.stringify([...all])));
}

/** @param {string} url */
async function forget(url) {
  await coming.get(url)?.catch(() => {});
  await (await caches.open(media)).delete(url);
  (await pictures()).delete(url);
  return soon();
}

async function forgetAll() {
  await caches.delete(media);
  index = undefined;
}

/**
 * Keeps what a page showed before this worker was there. The browser's own cache has most of it, so that few are asked for twice;
 * one after the other, since nobody waits.
 * @param {string[]} urls
 */
async function seen(urls) {
  const all = await pictures();
  const kept = [];
  for (const url of urls) {
    if (all.has(url) || !isForeign(new URL(url))) continue;
    const request = new Request(url, { mode: "no-cors", credentials: "omit", cache: "force-cache", referrerPolicy: "no-referrer", priority: "low" });
    const response = await fetch(request).catch(() => null);
    if (response) kept.push(keep(url, response).catch(() => {})); // which also waits until the index was written
  }
  await Promise.all(kept);
}

// --- Large files that the browser loads by itself (web/js/large.js) --------------------------------------------------------------

const come = `${prefix}come`;
const unwanted = 7 * 24 * 3600000; // milliseconds until what nobody took goes again

/**
 * Puts what has come where the program takes it from, and says how it ended.
 * @param {any} fetched a BackgroundFetchRegistration, whose id is the address
 * @param {Ended["result"]} result
 */
async function arrived(fetched, result) {
  const url = fetched.id;
  try {
    const cache = await caches.open(come);
    for (const request of await cache.keys()) {
      const since = Number((await cache.match(request))?.headers.get("Come"));
      if (Date.now() - since > unwanted) await cache.delete(request);
    }
    const response = result === "come" && await (await fetched.match(url)).responseReady;
    if (response) await cache.put(url, new Response(response.body, { status: response.status, headers: [...response.headers, ["Come", String(Date.now())]] }));
  } catch {
    result = "failed"; // no room
  }
  new BroadcastChannel(come).postMessage({ url, result });
}

for (const [name, result] of /** @type {const} */ ([["success", "come"], ["fail", "failed"], ["abort", "stopped"]])) {
  addEventListener(`backgroundfetch${name}`, (/** @type {any} */ event) => event.waitUntil(arrived(event.registration, result)));
}
addEventListener("backgroundfetchclick", (/** @type {any} */ event) => event.waitUntil(clients.openWindow(`${site.base}#/saved`)));

// --- What is followed, while no page is open ---------------------------------------------------------------------------------

addEventListener("periodicsync", (/** @type {any} */ event) => {
  if (event.tag === "follows") event.waitUntil(refresh());
});

// told is what the page has told the program, as the worker beside a page is handed it.
const told = `${prefix}told`;
const toldFile = `${site.base}told.json`;

/** @param {unknown} handed */
async function noteTold(handed) {
  await (await caches.open(told)).put(toldFile, new Response(JSON.stringify(handed)));
}

// refresh asks all that is followed once, by the program without a page (app, work). A page that is open does so by itself.
async function refresh() {
  if ((await clients.matchAll({ type: "window" })).length) return;
  const handed = await caches.match(toldFile, { cacheName: told });
  const program = await among([build], site.files.find((name) => name.endsWith(".wasm")) ?? "");
  if (!handed || !program || typeof Go !== "function") return;
  globalThis.goappGetenv = () => "";
  globalThis.vitrine = /** @type {any} */ ({ ...await handed.json(), once: true });
  const go = new Go();
  const { instance } = await WebAssembly.instantiate(await program.arrayBuffer(), go.importObject);
  await go.run(instance);
}

// --- What other apps share ---------------------------------------------------------------------------------------------------

/**
 * Opens the page with what was shared, as the manifest says: texts in the query, where web/js/shared.js finds them, of files the first by a
 * cache, where web/js/brought.js does. A file of any size is kept whole or, where there is no room for it, not at all, which files=0 says.
 * @param {Request} request
 */
async function takeShared(request) {
  const form = await request.formData().catch(() => null);
  if (!form) return Response.redirect(`${site.base}?files=0#/following`, 303); // it was cut off, or is larger than the browser takes
  const given = /** @type {File[]} */ (form.getAll("files").filter((entry) => typeof entry !== "string" && entry.name));
  const query = new URLSearchParams();
  for (const name of ["url", "text", "title"]) query.set(name, String(form.get(name) ?? "").slice(0, 4096));
  if (!given[0]) return Response.redirect(`${site.base}?${query}`, 303);
  const headers = { Name: encodeURIComponent(given[0].name) };
  const kept = await caches.open(`${prefix}shared`)
    .then((cache) => cache.put(`${site.base}shared`, new Response(given[0], { headers }))).then(() => given.length, () => 0);
  return Response.redirect(`${site.base}?files=${kept}#/following`, 303);
}

// --- What the page asks ------------------------------------------------------------------------------------------------------

async function usage() {
  await tidy().catch(() => {}); // the storage may be so full that not even the index fits
  const sizes = [...(await pictures()).values()];
  return {
    version: site.version,
    media: { count: sizes.length, bytes: sizes.reduce((sum, bytes) => sum + bytes, 0), unknown: sizes.filter((bytes) => !bytes).length },
    builds: (await builds()).map((name) => name.slice(prefix.length)),
    bytes: await weight(build),
  };
}

/**
 * Counts the bytes of the answers in a cache.
 * @param {string} name
 */
async function weight(name) {
  const cache = await caches.open(name);
  const answers = await Promise.all((await cache.keys()).map((request) => cache.match(request)));
  const sizes = await Promise.all(answers.map(async (answer) => (await answer?.blob())?.size ?? 0));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

addEventListener("message", (event) => {
  const { type, url, urls, handed, lang } = event.data ?? {};
  const answer = (/** @type {unknown} */ value) => event.ports[0]?.postMessage(value);
  if (type === "update") event.waitUntil(skipWaiting());
  if (type === "usage") event.waitUntil(usage().then(answer));
  if (type === "forget-media") event.waitUntil(forgetAll().then(usage).then(answer));
  if (type === "told") event.waitUntil(noteTold(handed));
  if (type === "language") event.waitUntil(speak(lang).catch(() => {})); // no network: the next time
  if (type === "seen") event.waitUntil(seen(urls));
  if (type === "broken") event.waitUntil(forget(url)); // only where it is shown it differs from a good one
});
