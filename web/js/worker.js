// The service worker is registered once the program stands: nothing that it fetches may stand in the way of the first posts.

const hour = 36e5;
let updating = false;

// serviceWorker.register wants a trusted address where Trusted Types are enforced; this policy knows one only.
function workerURL() {
  const url = `${root.dataset.base}sw.js`;
  const policy = globalThis.trustedTypes?.createPolicy("vitrine", { createScriptURL: () => url });
  return policy ? policy.createScriptURL(url) : url;
}

async function serve() {
  const workers = navigator.serviceWorker;
  if (!workers) return; // not a secure context, or a private window
  let asked = Date.now();
  const first = !workers.controller;
  workers.addEventListener("controllerchange", () => {
    if (updating) location.reload();
    else if (first) handOverPictures();
  });
  const registration = await workers.register(workerURL(), { scope: root.dataset.base, updateViaCache: "none" });
  const offer = () => {
    if (!registration.waiting || !workers.controller) return;
    globalThis.vitrine.update = () => {
      updating = true;
      registration.waiting?.postMessage({ type: "update" });
    };
    document.dispatchEvent(new Event("vitrine:update"));
  };
  offer();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - asked < hour) return;
    asked = Date.now();
    registration.update().catch(() => {}); // without a network there is nothing new
  });
}

// handOverPictures has the worker keep what was shown before it was there.
function handOverPictures() {
  const urls = [...document.images].filter((img) => img.complete && img.naturalWidth > 0 && new URL(img.src).origin !== location.origin).map((img) => img.src);
  navigator.serviceWorker.controller?.postMessage({ type: "seen", urls: [...new Set(urls)] });
}

// tellWorker sends a message and returns a promise of the answer; null where nobody answers.
function tellWorker(type) {
  return new Promise((resolve) => {
    const worker = navigator.serviceWorker?.controller;
    if (!worker) {
      resolve(null);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(event.data);
    worker.postMessage({ type }, [port2]);
    setTimeout(resolve, 5000, null);
  });
}

document.addEventListener("error", ({ target }) => {
  if (target?.localName === "img") navigator.serviceWorker?.controller?.postMessage({ type: "broken", url: target.src });
}, true);
