// The service worker keeps one build of the site, so that it starts without a network, and the pictures that were seen. What servers
// answer is kept by the program itself; such requests pass here untouched.
//
// The build puts the constants base, version and files (the paths of this build) above this line.

const prefix = `vitrine:${base}:`; // several sites may share an origin: no other cache is looked at or deleted
const build = prefix + version;
const media = `${prefix}media`;
const own = new Set(files);

// All of it or nothing: a build of which a part is missing would be worse than the old one. What a name with a hash stands for never
// changes, so it is taken from the last build, or from the browser's HTTP cache.
addEventListener("install", (event) => event.waitUntil(precache().catch(async (error) => {
  await caches.delete(build);
  throw error;
})));

async function precache() {
  const cache = await caches.open(build);
  await Promise.all(files.map(async (path) => {
    const hashed = path.startsWith(`${base}assets/`);
    const response = (hashed && await caches.match(path)) || await fetch(path, { cache: hashed ? "default" : "reload" });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    await cache.put(path, response);
  }));
}

// The build before this one is kept: tabs that still show it may ask for its parts.
addEventListener("activate", (event) => event.waitUntil((async () => {
  const older = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== build && name !== media);
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
  await clients.claim();
})()));

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (url.origin !== location.origin) {
    if (request.destination === "image") event.respondWith(picture(event));
    return;
  }
  if (!url.pathname.startsWith(base)) return;
  if (request.mode === "navigate") event.respondWith(page(request, url.pathname));
  else if (own.has(url.pathname) || url.pathname.startsWith(`${base}assets/`)) event.respondWith(file(request, url.pathname));
});

async function file(request, path) {
  const kept = await (await caches.open(build)).match(path) ?? await caches.match(path);
  return kept ?? fetch(request);
}

// page answers a navigation: all views are the one page, and what else stands here is asked for while there is a network.
async function page(request, path) {
  if (path === `${base}index.html`) path = base;
  if (own.has(path)) return file(request, path);
  return fetch(request).catch(() => file(request, base));
}

// Of another server's picture a page learns neither size nor success. Browsers count it towards the quota with padding so that its
// size can't be guessed: about 7 MB each in Chromium (https://developer.chrome.com/docs/workbox/understanding-storage-quota).
const unknownCost = 7e6;
const mostBytes = 4e9;
const shareOfQuota = 0.3;
const indexPath = `${base}seen.json`; // an entry of the media cache; nothing else has this address

let index; // promise of a Map: URL -> [last used, cost]
let writing;

function seen() {
  index ??= (async () => {
    const cache = await caches.open(media);
    const kept = new Map(await (await cache.match(indexPath))?.json().catch(() => []) ?? []);
    const all = new Map();
    for (const { url } of await cache.keys()) {
      if (!url.endsWith(indexPath)) all.set(url, kept.get(url) ?? [0, unknownCost]);
    }
    return all;
  })();
  return index;
}

// note writes the index once for all that happens within a moment.
function note() {
  writing ??= new Promise((resolve) => setTimeout(resolve, 500)).then(async () => {
    writing = undefined;
    const body = JSON.stringify([...await seen()]);
    await (await caches.open(media)).put(indexPath, new Response(body));
  });
  return writing;
}

async function picture(event) {
  const { request } = event;
  const kept = await (await caches.open(media)).match(request.url).catch(() => undefined);
  if (kept) {
    event.waitUntil(touch(request.url));
    return kept;
  }
  const response = await fetch(request);
  if (response.ok || response.type === "opaque") event.waitUntil(keep(request.url, response.clone()).catch(() => {}));
  return response;
}

async function touch(url) {
  const all = await seen();
  const entry = all.get(url);
  if (!entry) return;
  entry[0] = Date.now();
  await note();
}

async function keep(url, response) {
  const cost = response.type === "opaque" ? unknownCost : (await response.clone().blob()).size;
  const cache = await caches.open(media);
  await cache.put(url, response);
  const all = await seen();
  all.set(url, [Date.now(), cost]);
  const { quota = mostBytes } = await navigator.storage?.estimate?.() ?? {};
  let over = -Math.min(mostBytes, quota * shareOfQuota);
  for (const [, spent] of all.values()) over += spent;
  for (const [old, [, spent]] of [...all].sort(([, a], [, b]) => a[0] - b[0])) {
    if (over <= 0) break;
    over -= spent;
    all.delete(old);
    await cache.delete(old);
  }
  await note();
}

async function forget(url) {
  (await seen()).delete(url);
  await (await caches.open(media)).delete(url);
  await note();
}

const size = async (cache) => {
  let bytes = 0;
  for (const request of await cache.keys()) bytes += (await (await cache.match(request)).blob()).size;
  return bytes;
};

addEventListener("message", (event) => event.waitUntil((async () => {
  const answer = event.ports[0];
  switch (event.data?.type) {
    case "update":
      return skipWaiting();
    case "seen": // pictures that the page showed before this worker was there
      for (const url of event.data.urls) {
        if ((await seen()).has(url)) continue;
        const response = await fetch(url, { mode: "no-cors", credentials: "omit", referrerPolicy: "no-referrer" });
        await keep(url, response);
      }
      return answer?.postMessage({});
    case "broken": // a picture that could not be drawn is no picture
      return forget(event.data.url);
    case "forget-media":
      await caches.delete(media);
      index = undefined;
      return answer?.postMessage({});
    case "usage": {
      const all = await seen();
      const known = [...all.values()].reduce((sum, [, cost]) => sum + (cost === unknownCost ? 0 : cost), 0);
      return answer?.postMessage({ media: { count: all.size, bytes: known }, bytes: await size(await caches.open(build)) });
    }
  }
})().catch(() => answerNothing(event))));

function answerNothing(event) {
  event.ports[0]?.postMessage(null);
}
