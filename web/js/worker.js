// The loader imports this once the program has drawn its first screen and the browser is idle, so that it doesn't delay it.

const { vitrine } = globalThis;
const container = navigator.serviceWorker; // missing on plain http and in some private windows
const url = `${vitrine.base}sw.js`;
const notify = (/** @type {string} */ name) => document.dispatchEvent(new Event(`vitrine:${name}`));
const reload = () => location.reload();

// offer hands the program what applies a new version. Other tabs keep the page they have.
const offer = (/** @type {ServiceWorkerRegistration} */ registration) => {
  if (!registration.waiting || !registration.active) return; // a first worker is no new version
  vitrine.update = () => {
    if (!registration.waiting) return reload(); // another tab was faster
    container.addEventListener("controllerchange", reload);
    registration.waiting.postMessage({ type: "update" });
  };
  notify("update");
};

// What was shown before the worker was there, and what was on its way then.
const seen = () => {
  const tell = (/** @type {HTMLImageElement[]} */ images) => container.controller?.postMessage({ type: "seen", urls: images.map((img) => img.currentSrc) });
  const images = [...document.images];
  tell(images.filter((img) => img.naturalWidth));
  for (const img of images) if (!img.complete) img.addEventListener("load", () => tell([img]), { once: true });
};

const register = async () => {
  if (!container.controller) container.addEventListener("controllerchange", seen, { once: true });
  const registration = await container.register(/** @type {string} */ (vitrine.scriptURL(url)), { scope: vitrine.base, updateViaCache: "none" });
  offer(registration);
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", () => offer(registration));
  });
  let asked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - asked < 3600000) return;
    asked = Date.now();
    registration.update().catch(() => {}); // no network
  });
};

if (container) {
  register().catch(() => {}); // all but offline works without it
  // An answer that can't be looked into may be an error: only the page sees that it isn't a picture.
  document.addEventListener("error", ({ target }) => {
    if (target instanceof HTMLImageElement) container.controller?.postMessage({ type: "broken", url: target.src });
  }, true);
}

/**
 * Has the browser load a large file by itself, or no longer, and reports that it does.
 * @param {Large} wish
 */
async function loadBeside({ url, bytes, stop }) {
  const fetches = /** @type {any} */ (await container?.getRegistration(vitrine.base))?.backgroundFetch;
  const now = await fetches?.get(url);
  if (stop) return now?.abort();
  if (!fetches || now) return Boolean(now);
  const { host, pathname } = new URL(url);
  const request = new Request(url, { mode: "cors", credentials: "omit", referrerPolicy: "no-referrer" });
  await fetches.fetch(url, request, { title: `${pathname.split("/").at(-1)} (${host})`, downloadTotal: bytes });
  return true;
}

// The worker beside the page asks by this (large.js).
vitrine.background?.addEventListener("message", async (/** @type {MessageEvent<FromBackground>} */ { data: { large } }) => {
  if (!large) return;
  const begun = await loadBeside(large).catch(() => false); // the reader, or the browser, doesn't want it
  vitrine.background?.postMessage({ large: { url: large.url, begun } });
});

// The program asks by this whether what is followed is refreshed while no page is open, or has it so ("on") or not ("off"); null where the
// browser can't.
vitrine.sync = async (/** @type {string} */ wish) => {
  const registration = await container?.getRegistration(vitrine.base);
  const syncs = /** @type {any} */ (registration)?.periodicSync;
  if (!syncs || !registration?.active) return null;
  if (wish === "off") await syncs.unregister("follows");
  if (wish === "on") {
    const { base, version, icons, site } = vitrine;
    registration.active.postMessage({ type: "told", handed: { base, version, icons, site } });
    await syncs.register("follows", { minInterval: 6 * 3600000 }).catch(() => {}); // the browser decides, by how often the site is used
  }
  return (await syncs.getTags()).includes("follows");
};

// The program asks the worker by this; null where there is none, or it doesn't answer.
vitrine.tellWorker = (/** @type {string} */ type) => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event) => resolve(event.data);
  setTimeout(resolve, 5000, null);
  if (container?.controller) container.controller.postMessage({ type }, [port2]);
  else resolve(null);
});
