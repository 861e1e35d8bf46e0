// The service worker of the development server: it takes the place of one that an earlier build left behind, and goes. A page that
// is being worked on must never come from a cache.
//
// The build puts the constant base above this line.

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith(`vitrine:${base}:`)) await caches.delete(name);
  }
  await registration.unregister();
  for (const client of await clients.matchAll({ type: "window" })) client.navigate(client.url);
})()));
