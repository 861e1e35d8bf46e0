// The worker beside the page. It compiles the program and lets it rehearse a start, so that the page holds up nobody with either, and then
// stays: the same program as a tab without a page (app, work).

import { lasting } from "./large.js";
import { before } from "./rehearsal.js";

const tell = /** @type {(message: FromBackground) => void} */ (self.postMessage.bind(self));
const files = lasting(self.fetch.bind(self), (large) => tell({ large }), () => globalThis.vitrine.base);
self.fetch = before(files.fetch);
globalThis.goappGetenv = () => "";

// A lock is given up when who holds it ends, however it ends: the page waits for that. Without locks it waits a while at most.
const name = `vitrine:worker:${Math.random()}`;
const unlocked = () => tell({ alive: "" });
if (navigator.locks) {
  navigator.locks.request(name, () => {
    tell({ alive: name });
    return new Promise(() => {});
  }).catch(unlocked);
} else unlocked();

/** What is done with what the page tells, by its name. @type {{[name: string]: (value: any) => void}} */
const heard = { files: work, large: files.heard };
/** @type {(name: keyof ToBackground) => Promise<any>} */
const told = (name) => new Promise((resolve) => {
  heard[name] = resolve;
});
const wanted = told("wanted");
/** @type {Promise<Handed>} */
const handed = told("handed");
self.onmessage = (/** @type {MessageEvent<ToBackground>} */ { data }) => {
  for (const [name, value] of Object.entries(data)) heard[name]?.(value);
};

/** @param {NonNullable<ToBackground["files"]>} files */
async function work({ exec, program: url }) {
  try {
    const compiling = compile(url);
    /** @type {any} */ (self).importScripts(exec);
    const module = await compiling;
    tell({ module });
    globalThis.vitrine = /** @type {any} */ ({ ...await handed, tell: (/** @type {string} */ what) => tell({ [what]: true }) });
    if (typeof Go !== "function") throw new Error(exec);
    const go = new Go();
    const program = await WebAssembly.instantiate(module, go.importObject);
    globalThis.vitrine.memory = program.exports.mem; // is looked at by benchmarks only
    await go.run(program);
    throw new Error("the program ended");
  } catch (error) {
    tell({ failed: String(error) });
    self.close();
  }
}

/**
 * Compiles the program. What the service worker has kept is read from there: asking for it is several times as slow for a file of this
 * size. From the network it comes once it is wanted.
 * @param {string} url
 */
async function compile(url) {
  const kept = await globalThis.caches?.match(url).catch(() => undefined);
  if (!kept) await wanted;
  const response = kept ?? await fetch(url, { priority: "low" });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  if (response.headers.get("Content-Type") === "application/wasm") return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer()); // a host that doesn't know the type
}
