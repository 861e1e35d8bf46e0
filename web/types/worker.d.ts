// What the scripts of web/sw find: what build/site writes before them, and the part of a worker's global scope that
// TypeScript's library has for a variable of its own only.

/** What the build says of the site (build/site, worker.go). */
declare const site: {
  /** The path of the site, "/" or "/reader/". */
  base: string;
  /** A hash over all files. */
  version: string;
  /** What the start page of this build is known by. */
  shell: string;
  /** Go's own script, below base; missing where there is none. */
  exec?: string;
  /** The files to keep, below base; "" is the start page. */
  files: string[];
  /** The files to keep once they were loaded. */
  later?: string[];
  /** The further files of each language but the site's own, by its tag. */
  languages?: Record<string, string[]>;
};

declare const clients: Clients;
declare function importScripts(url: string): void;
declare const Go: undefined | (new () => { importObject: WebAssembly.Imports; run(program: WebAssembly.Instance): Promise<void> });
declare var vitrine: unknown;
declare var goappGetenv: (name: string) => string;
declare const registration: ServiceWorkerRegistration;
declare function skipWaiting(): Promise<void>;
declare function addEventListener<K extends keyof ServiceWorkerGlobalScopeEventMap>(type: K, listener: (event: ServiceWorkerGlobalScopeEventMap[K]) => void): void;

/** How the browser's own loading of a file ended; web/js/large.js hears it. */
interface Ended {
  url: string;
  result: "come" | "failed" | "stopped";
}
