// The service worker is registered once the program's first screen stands, so that it takes nothing away from it.

{
  const { vitrine } = globalThis;
  const container = navigator.serviceWorker; // missing on plain http and in some private windows
  const tell = (name) => document.dispatchEvent(new Event(`vitrine:${name}`));
  const url = `${vitrine.base}sw.js`;
  const hour = 3600000;

  // offer hands the program what applies a new version. Other tabs keep the page they have.
  const offer = (registration) => {
    if (!registration.waiting || !registration.active) return; // the first one of all is no news
    vitrine.update = () => {
      if (!registration.waiting) return location.reload(); // another tab was faster
      container.addEventListener("controllerchange", () => location.reload(), { once: true });
      registration.waiting.postMessage({ type: "update" });
    };
    tell("update");
  };

  const register = async () => {
    const policy = globalThis.trustedTypes?.createPolicy("vitrine", {
      createScriptURL(given) {
        if (given !== url) throw new TypeError(given);
        return given;
      },
    });
    if (!container.controller) {
      container.addEventListener("controllerchange", () => {
        const urls = [...document.images].filter((i) => i.naturalWidth).map((i) => i.currentSrc);
        container.controller?.postMessage({ type: "seen", urls });
      }, { once: true });
    }
    const registration = await container.register(policy?.createScriptURL(url) ?? url, { scope: vitrine.base, updateViaCache: "none" });
    offer(registration);
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", () => offer(registration));
    });
    let asked = Date.now();
    document.addEventListener("visibilitychange", () => {
      if (document.hidden || Date.now() - asked < hour) return;
      asked = Date.now();
      registration.update().catch(() => {}); // no network
    });
  };

  if (container) {
    const { ready } = vitrine;
    vitrine.ready = () => {
      ready();
      vitrine.ready = ready;
      (globalThis.requestIdleCallback ?? setTimeout)(() => register().catch(() => {})); // without it all works but offline
    };
    // An answer that can't be looked into may be an error: only the page sees that it is no picture.
    document.addEventListener("error", ({ target }) => {
      if (target.tagName === "IMG") container.controller?.postMessage({ type: "broken", url: target.currentSrc });
    }, true);
  }

  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    vitrine.install = () => {
      vitrine.install = undefined;
      return event.prompt();
    };
    tell("installable");
  });
}
