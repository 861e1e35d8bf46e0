// Where the page gets the program from: a worker that has compiled it and rehearsed a start, or, where there can be none, the page itself.

import { config } from "./given.js";

const leastMemory = 3; // gigabytes: with less a second program isn't worth its memory
const silence = 5000; // milliseconds until a worker says that it is there
const quick = 1000; // milliseconds within which a program is compiled where no rehearsal needs to be waited for: it stays ahead of the page
const patience = 10000; // milliseconds a rehearsal may take before the page goes on with what is compiled

/**
 * Compiles the response itself: the browser keeps compiled code only for a real one, so nothing may wrap it.
 * @param {WebAssembly.Imports} imports
 */
async function instantiateHere(imports) {
  let response = await fetch(config.program, { priority: "low" }).catch(() => null);
  if (!response?.ok) response = await fetch(config.program, { cache: "reload" }); // the service worker may have it: sw.js
  if (!response.ok) throw new Error(`${config.program}: ${response.status}`);
  if (response.headers.get("Content-Type") === "application/wasm") return (await WebAssembly.instantiateStreaming(response, imports)).instance;
  return (await WebAssembly.instantiate(await response.arrayBuffer(), imports)).instance; // a host that doesn't know the type
}

/** Reports that this device has what a second program needs, as far as the browser says. */
function roomy() {
  const { deviceMemory } = /** @type {{deviceMemory?: number}} */ (navigator);
  return typeof Worker === "function" && !(/** @type {number} */ (deviceMemory) < leastMemory);
}

let left = () => {};
/** Is fulfilled once no worker runs beside the page. @type {Promise<void>} */
export const alone = new Promise((resolve) => {
  left = resolve;
});

let prepared = () => {};
/** Is fulfilled once what a view's start calls is compiled, where that is done beside the page. @type {Promise<void>} */
export const rehearsed = new Promise((resolve) => {
  prepared = resolve;
});

/**
 * Has the program compiled and rehearsed beside the page. It is there once the worker's own program has begun: what making an instance and
 * Go's start call is compiled then, and the rest once it was rehearsed.
 * @param {Promise<unknown>} wanted when the network may be used for it
 * @param {Promise<Handed>} handed
 * @returns {Promise<WebAssembly.Module>}
 */
function compiledBeside(wanted, handed) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(/** @type {string} */ (globalThis.vitrine.scriptURL(config.background)), { name: "vitrine" });
    /** @type {WebAssembly.Module | undefined} */
    let module;
    const give = () => (module ? resolve(module) : reject(new Error("no program came from the worker")));
    const over = () => {
      clearTimeout(silent);
      worker.terminate();
      delete globalThis.vitrine.background;
      give();
      prepared();
      left();
    };
    worker.onmessageerror = over;
    worker.onerror = (event) => {
      event.preventDefault(); // what can't be done there is done here
      over();
    };
    const begun = performance.now();
    const silent = setTimeout(over, silence); // an engine may not deliver what a worker said before it ended
    worker.onmessage = ({ data }) => {
      clearTimeout(silent);
      if (data.alive) navigator.locks.request(data.alive, over).catch(() => {});
      if (data.module) {
        module = data.module;
        setTimeout(give, patience);
        setTimeout(prepared, patience);
      }
      if (data.started) {
        give();
        if (performance.now() - begun < quick) prepared();
      }
      if (data.rehearsed) prepared();
      if (data.failed) over();
    };
    worker.postMessage({ files: { exec: config.exec, program: config.program } });
    wanted.then(() => worker.postMessage({ wanted: true }));
    handed.then((texts) => worker.postMessage({ handed: texts }), over);
    globalThis.vitrine.background = worker;
  });
}

function nobodyBeside() {
  prepared();
  left();
}

/**
 * Begins to compile the program beside the page, where that can be.
 * @param {Promise<unknown>} wanted when the network may be used for it
 * @param {Promise<Handed>} handed what the program is told
 */
export function compile(wanted, handed) {
  if (roomy()) return compiledBeside(wanted, handed).catch(nobodyBeside); // a policy that forbids workers, a module that can't be shared
  nobodyBeside();
  return undefined;
}

/**
 * Makes an instance of the program.
 * @param {WebAssembly.Imports} imports
 * @param {ReturnType<typeof compile>} compiled
 */
export async function instantiate(imports, compiled) {
  const module = await compiled;
  return module ? WebAssembly.instantiate(module, imports) : instantiateHere(imports);
}
