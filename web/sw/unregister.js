// What the development server hands out in place of the service worker: it takes away what a built site left on this address,
// which would hide every change. build/site writes the line `const site = {base}` before it.

addEventListener("install", (event) => event.waitUntil(skipWaiting()));

addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith(`vitrine:${site.base}:`)) await caches.delete(name);
  }
  await registration.unregister();
  for (const client of await clients.matchAll({ type: "window" })) {
    await client.navigate(client.url).catch(() => {}); // it shows the built site still; if it is gone, all the better
  }
})()));
