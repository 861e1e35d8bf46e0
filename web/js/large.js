// Large files that a job wants to keep, in the worker beside the page: where the browser has Background Fetch it loads them by itself, also
// when the page is closed meanwhile. The page asks for it (worker.js), for a worker has no way to; the service worker puts what has come into a
// cache (sw.js), from where it is taken here, as if it had been loaded just now.
// Source: https://wicg.github.io/background-fetch/

const least = 20e6; // bytes of a file that is worth what the browser shows of it
const patience = 5000; // milliseconds until a page that doesn't answer can't: it has just begun, or ends

/**
 * Puts Background Fetch before fetch, for what is asked for with `toKeep`.
 * @param {typeof fetch} others
 * @param {(wish: Large) => void} tell tells the page
 * @param {() => string} base
 * @returns {{fetch: typeof fetch, heard: (answer: Large) => void}} heard takes what the page tells
 */
export function lasting(others, tell, base) {
  /** Files that a reader has stopped in the browser's own list of downloads. @type {Set<string>} */
  const stopped = new Set();
  /** Who waits for the page's answer, by address. @type {Map<string, (begun: boolean) => unknown>} */
  const asked = new Map();

  /**
   * Takes what has come.
   * @param {string} url
   */
  const take = async (url) => {
    const cache = await caches.open(`vitrine:${base()}:come`);
    const found = await cache.match(url, { ignoreVary: true });
    if (!found) return undefined;
    const response = new Response(await found.blob(), { headers: found.headers }); // a file that outlives its place in the cache
    await cache.delete(url, { ignoreVary: true });
    return response;
  };

  /**
   * Waits until the browser has loaded a file, and how that ended; "" when it doesn't begin to.
   * @param {string} url
   * @param {Response} response the answer so far, which isn't read on then
   * @param {AbortSignal | null | undefined} signal
   * @returns {Promise<"" | Ended["result"]>}
   */
  const load = (url, response, signal) => new Promise((resolve, reject) => {
    const channel = new BroadcastChannel(`vitrine:${base()}:come`);
    const leave = () => {
      asked.delete(url);
      channel.close();
      signal?.removeEventListener("abort", stop);
    };
    const stop = () => {
      leave();
      tell({ url, stop: true });
      reject(signal?.reason);
    };
    channel.onmessage = (/** @type {MessageEvent<Ended>} */ { data }) => {
      if (data.url !== url) return;
      leave();
      resolve(data.result);
    };
    asked.set(url, (begun) => {
      clearTimeout(silent);
      if (begun) return response.body?.cancel();
      leave();
      return resolve("");
    });
    const silent = setTimeout(() => asked.get(url)?.(false), patience);
    signal?.addEventListener("abort", stop);
    tell({ url, bytes: Number(response.headers.get("Content-Length")) });
  });

  return {
    heard: ({ url, begun }) => asked.get(url)?.(begun === true),
    async fetch(input, options) {
      const url = String(input);
      if (!(/** @type {{toKeep?: boolean}} */ (options)?.toKeep) || typeof BroadcastChannel !== "function" || !globalThis.caches) return others(input, options);
      const come = await take(url).catch(() => undefined);
      if (come) return come;
      if (stopped.has(url)) throw new TypeError("stopped by the reader");
      const response = await others(input, options);
      if (!response.ok || Number(response.headers.get("Content-Length")) < least) return response;
      const result = await load(url, response, options?.signal);
      if (!result) return response;
      if (result === "stopped") {
        stopped.add(url);
        throw new TypeError("stopped by the reader");
      }
      return await take(url).catch(() => undefined) ?? others(input, options);
    },
  };
}
