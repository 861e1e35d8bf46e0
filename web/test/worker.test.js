import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const origin = "https://reader.example";
const base = "/reader/";
const version = "0123456789ab";
const page = `${origin}${base}`;

/** One cache of the browser's storage, by absolute address. */
class Cache {
  entries = new Map();

  static url = (request) => new URL(request.url ?? request, origin).href;

  async match(request) {
    return this.entries.get(Cache.url(request))?.clone();
  }

  async put(request, response) {
    this.entries.set(Cache.url(request), response);
  }

  async delete(request) {
    return this.entries.delete(Cache.url(request));
  }

  async keys() {
    return [...this.entries.keys()].map((url) => ({ url }));
  }
}

class Caches {
  all = new Map();

  async keys() {
    return [...this.all.keys()];
  }

  async open(name) {
    if (!this.all.has(name)) this.all.set(name, new Cache());
    return this.all.get(name);
  }

  async match(request, { cacheName }) {
    return this.all.get(cacheName)?.match(request);
  }

  async delete(name) {
    return this.all.delete(name);
  }
}

/** A request as a worker sees it; node's own knows neither navigations nor pictures. */
class FakeRequest {
  constructor(from, more = {}) {
    Object.assign(this, { url: from.url ?? new URL(from, origin).href, method: "GET", mode: from.mode ?? "no-cors", cache: "default", destination: from.destination ?? "", ...more });
  }
}

/** Starts the service worker in a scope of its own. answers has what the network holds, by address. */
function start({ answers = {}, files = ["", "about.html", "assets/app.1.wasm", "assets/style.1.css"], quota, client = page, windows = [], scripts = {}, exec, languages, later } = {}) {
  const listeners = {};
  const asked = [];
  const scope = {
    site: { base, version, shell: "shell-1", files, exec, languages, later },
    location: new URL(`${page}sw.js`), caches: new Caches(), importScripts: (url) => { scope.Go = scripts[url]; }, WebAssembly: { instantiate: async (program) => ({ instance: program }) },
    Headers, clients: { matchAll: async () => windows, claim: async () => {}, get: async () => client && { url: client } }, registration: {},
    navigator: { onLine: true, storage: { estimate: async () => ({ quota }) } },
    addEventListener: (type, listener) => { listeners[type] = listener; }, skipWaiting: async () => { scope.skipped = true; },
    fetch: async (request) => {
      const { url } = new FakeRequest(request, request);
      asked.push(request);
      if (!(url in answers)) throw new TypeError("no network");
      return answers[url].clone();
    },
    setTimeout: (then) => setTimeout(then), Request: FakeRequest, Response: class extends Response { static redirect(to, status) { return new Response(null, { status, headers: { Location: to } }); } }, FormData, URL, URLSearchParams, Error,
  };
  vm.runInNewContext(readFileSync(new URL("../sw/sw.js", import.meta.url), "utf8"), scope);
  const send = async (type, more) => {
    const waits = [];
    let answer;
    listeners[type]({ clientId: "1", waitUntil: (p) => waits.push(p), respondWith: (p) => { answer = p; }, ...more });
    try {
      return await answer;
    } finally {
      await Promise.all(waits);
    }
  };
  return { scope, asked, send, caches: scope.caches, cache: (name) => scope.caches.open(`vitrine:${base}:${name}`), ask: (url, more) => send("fetch", { request: new FakeRequest(url, more) }) };
}

/** What a site answers while it is installed. */
const whole = () => ({
  [page]: new Response("shell-1"), [`${page}about.html`]: new Response("about"),
  [`${page}assets/app.1.wasm`]: new Response("program"), [`${page}assets/style.1.css`]: new Response("style"),
});

test("a version keeps its files before it may start", async () => {
  const worker = start({ answers: whole() });
  await worker.send("install");
  const kept = await worker.cache(version);
  assert.deepEqual([...kept.entries.keys()].sort(), Object.keys(whole()).sort());
  assert.equal(worker.asked.find(({ url }) => url === page).cache, "reload");
  assert.equal(worker.asked.find(({ url }) => url.endsWith(".css")).cache, "default");
});

test("half a version is none", async () => {
  for (const spoil of [
    (answers) => { delete answers[`${page}about.html`]; },
    (answers) => { answers[page] = new Response("shell-2"); },
    (answers) => { answers[`${page}assets/style.1.css`] = new Response("not yet here", { headers: { "Content-Type": "text/html; charset=utf-8" } }); },
    (answers) => { answers[`${page}about.html`] = new Response("", { status: 500 }); },
  ]) {
    const answers = whole();
    spoil(answers);
    const worker = start({ answers });
    await assert.rejects(worker.send("install"));
    assert.deepEqual(await worker.caches.keys(), []);
  }
});

test("a hashed file is copied from the version before", async () => {
  const answers = whole();
  delete answers[`${page}assets/app.1.wasm`];
  const worker = start({ answers });
  await (await worker.cache("ba9876543210")).put(`${base}assets/app.1.wasm`, new Response("the same program"));
  await worker.send("install");
  assert.equal(await (await (await worker.cache(version)).match(`${base}assets/app.1.wasm`)).text(), "the same program");
});

test("only the version before stays, and nothing of other sites goes", async () => {
  const worker = start();
  for (const [name, since] of [["aaaaaaaaaaaa", 1], ["bbbbbbbbbbbb", 3], ["cccccccccccc", 2], [version]]) {
    const cache = await worker.cache(name);
    if (since) await cache.put(`${base}since`, new Response(String(since)));
  }
  for (const name of ["vitrine:/:dddddddddddd", "vitrine:/reader/below/:eeeeeeeeeeee", "somebody else's"]) await worker.caches.open(name);
  await worker.cache("media");
  await worker.send("activate");
  assert.deepEqual((await worker.caches.keys()).sort(), ["somebody else's", "vitrine:/:dddddddddddd", "vitrine:/reader/below/:eeeeeeeeeeee",
    `vitrine:${base}:${version}`, `vitrine:${base}:bbbbbbbbbbbb`, `vitrine:${base}:media`].sort());
});

test("the files of the language that is read are kept, now and in versions that come", async () => {
  const name = "assets/words.de.1.txt";
  const worker = start({ answers: { ...whole(), [page + name]: new Response("Wörter") }, languages: { de: [name], ar: ["assets/words.ar.1.txt"] } });
  await worker.send("install");
  const words = async () => (await (await worker.cache(version)).match(base + name))?.text();
  assert.equal(await words(), undefined);
  await worker.send("message", { data: { type: "language", lang: "de" }, ports: [] });
  assert.equal(await words(), "Wörter");
  await worker.caches.delete(`vitrine:${base}:${version}`);
  await worker.send("install");
  assert.equal(await words(), "Wörter");
  assert.equal(await (await worker.ask(page + name)).text(), "Wörter");
});

const installed = async (more) => {
  const worker = start({ answers: whole(), ...more });
  await worker.send("install");
  worker.asked.length = 0;
  return worker;
};

test("the site is answered from its version without the network", async () => {
  const worker = await installed();
  for (const [path, text] of [["", "shell-1"], ["index.html", "shell-1"], ["about.html", "about"], ["about", "about"]]) {
    assert.equal(await (await worker.ask(page + path, { mode: "navigate" })).text(), text, path);
  }
  assert.equal(await (await worker.ask(`${page}?text=shared`, { mode: "navigate" })).text(), "shell-1");
  assert.equal(await (await worker.ask(`${page}assets/style.1.css`)).text(), "style");
  assert.deepEqual(worker.asked, []);
});

test("what isn't of the site takes its way untouched", async () => {
  const worker = await installed();
  for (const [url, more] of [
    [`${origin}/`, { mode: "navigate" }], [`${origin}/readers/`, { mode: "navigate" }], [`${page}feeds/town/`, { mode: "navigate" }], [`${page}owner.html`, { mode: "navigate" }],
    [`${page}feeds/town/tree.json`], ["https://open.example/api/v1/timelines/public"], ["http://open.example/a.mp4", { destination: "video", mode: "cors" }],
    [`${page}own.mp3`, { destination: "audio" }], [`${page}about.html`, { method: "POST", mode: "navigate" }],
    ["http://open.example/a.png", { destination: "image" }], [`${page}own.png`, { destination: "image" }],
  ]) assert.equal(await worker.ask(url, more), undefined, url);
  assert.deepEqual(worker.asked, []);
});

test("the program comes from the browser's own cache, from the version where that has none", async () => {
  const worker = await installed();
  const url = `${page}assets/app.1.wasm`;
  assert.equal(await worker.ask(url), undefined);
  assert.equal(await (await worker.ask(url, { cache: "reload" })).text(), "program");
  worker.scope.navigator.onLine = false;
  assert.equal(await (await worker.ask(url)).text(), "program");
});

test("what is kept once it was loaded is not fetched before, and there without a network afterwards", async () => {
  const name = "assets/stream.1.js";
  const answers = { ...whole(), [page + name]: new Response("streams") };
  const worker = start({ answers, later: [name] });
  await worker.send("install");
  assert.ok(!worker.asked.some(({ url }) => url?.endsWith(name)));
  assert.equal(await (await worker.ask(page + name)).text(), "streams");
  delete answers[page + name];
  assert.equal(await (await worker.ask(page + name)).text(), "streams");
  const page404 = start({ answers: { ...whole(), [page + name]: new Response("<p>", { headers: { "Content-Type": "text/html" } }) }, later: [name] });
  await page404.ask(page + name);
  assert.equal(await (await page404.cache(version)).match(base + name), undefined);
});

test("a tab of the version before is given its files", async () => {
  const worker = await installed();
  await (await worker.cache("ba9876543210")).put(`${base}assets/boot.0.js`, new Response("old"));
  assert.equal(await (await worker.ask(`${page}assets/boot.0.js`)).text(), "old");
  await assert.rejects(worker.ask(`${page}assets/never.js`), /no network/);
});

test("the network has the site where the storage fails", async () => {
  const worker = start({ answers: whole() });
  worker.caches.match = async () => { throw new Error("storage fails"); };
  assert.equal(await (await worker.ask(page, { mode: "navigate" })).text(), "shell-1");
});

const film = "https://open.example/a.mp4";
const ranged = (range) => ({ destination: "video", headers: new Headers(range ? { Range: range } : {}) });

test("a film that a reader wanted kept is played from there, by the parts that a player asks for", async () => {
  const worker = await installed();
  await (await worker.cache("kept")).put(film, new Response("0123456789", { headers: { "Content-Type": "video/mp4" } }));
  for (const [range, status, text, content] of [
    ["", 200, "0123456789", null], ["bytes=0-", 206, "0123456789", "bytes 0-9/10"], ["bytes=2-4", 206, "234", "bytes 2-4/10"], ["bytes=8-99", 206, "89", "bytes 8-9/10"],
    ["bytes=-3", 206, "789", "bytes 7-9/10"], ["bytes=-99", 206, "0123456789", "bytes 0-9/10"], ["bytes=10-", 416, "", "bytes */10"], ["bytes=4-2", 416, "", "bytes */10"],
    ["bytes=0-1,4-5", 200, "0123456789", null], ["lines=1-2", 200, "0123456789", null], ["bytes=-", 200, "0123456789", null],
  ]) {
    const answer = await worker.ask(film, ranged(range));
    assert.deepEqual([answer.status, await answer.text(), answer.headers.get("Content-Range")], [status, text, content], range);
    assert.equal(answer.headers.get("Content-Type"), "video/mp4");
  }
  assert.deepEqual(worker.asked, []);
});

test("a film that nobody wanted kept comes from the network, as does every one for a page of somebody else", async () => {
  const worker = await installed({ answers: { ...whole(), [film]: new Response("film") } });
  assert.equal(await (await worker.ask(film, ranged("bytes=0-"))).text(), "film");
  assert.equal((await worker.cache("media")).entries.size, 0);
  const other = await installed({ answers: { ...whole(), [film]: new Response("film") }, client: `${page}feeds/town/` });
  await (await other.cache("kept")).put(film, new Response("kept"));
  assert.equal(await (await other.ask(film, ranged(""))).text(), "film");
});

test("a picture that a reader wanted kept is shown from there, and stays when what was seen is thrown away", async () => {
  const worker = await installed();
  await (await worker.cache("kept")).put(picture, new Response("kept"));
  assert.equal(await (await worker.ask(picture, shown)).text(), "kept");
  await worker.send("message", { data: { type: "forget-media" }, ports: [] });
  assert.equal(await (await worker.ask(picture, { ...shown, mode: "cors" })).text(), "kept");
  assert.deepEqual(worker.asked, []);
});

const picture = "https://open.example/a.png";
const shown = { destination: "image" };
const pictures = () => ({ ...whole(), [picture]: new Response("picture", { headers: { "Content-Length": "7" } }) });

test("a picture that was seen is there without a network, and was asked for without cookies", async () => {
  const answers = pictures();
  const worker = await installed({ answers });
  assert.equal(await (await worker.ask(picture, shown)).text(), "picture");
  assert.equal(worker.asked[0].credentials, "omit");
  delete answers[picture];
  assert.equal(await (await worker.ask(picture, shown)).text(), "picture");
});

test("no request that the worker makes says which page it is for", async () => {
  const worker = start({ answers: { ...whole(), "https://pictures.example/1.png": new Response("1"), "https://pictures.example/2.png": new Response("2") } });
  await worker.send("install");
  await worker.ask("https://pictures.example/1.png", { destination: "image" });
  await worker.send("message", { data: { type: "seen", urls: ["https://pictures.example/2.png"] }, ports: [] });
  assert.equal(worker.asked.length, 6);
  for (const { url, referrerPolicy } of worker.asked) assert.equal(referrerPolicy, "no-referrer", url);
});

test("pictures are kept for the app's own page only", async () => {
  const worker = await installed({ answers: pictures(), client: `${page}feeds/town/` });
  assert.equal(await (await worker.ask(picture, shown)).text(), "picture");
  assert.equal(await (await worker.cache("media")).match(picture), undefined);
});

test("an error isn't kept as a picture", async () => {
  const worker = await installed({ answers: { ...whole(), [picture]: new Response("", { status: 404 }) } });
  assert.equal((await worker.ask(picture, shown)).status, 404);
  assert.equal(await (await worker.cache("media")).match(picture), undefined);
});

test("the pictures that weren't seen for longest go when there are too many", async () => {
  const worker = await installed({ answers: pictures() });
  const media = await worker.cache("media");
  const address = (i) => `https://open.example/${i}.png`;
  for (let i = 0; i < 600; i++) await media.put(address(i), new Response("x"));
  await media.put(`${base}pictures.json`, Response.json(Array.from({ length: 600 }, (_, i) => [address(i), 1])));
  await worker.ask(address(0), shown);
  await worker.ask(picture, shown);
  const kept = new Set((await media.keys()).map(({ url }) => url));
  assert.deepEqual([kept.has(address(0)), kept.has(address(1)), kept.has(address(2)), kept.has(picture)], [true, false, true, true]);
});

test("pictures take a quarter of the room at most", async () => {
  const worker = await installed({ answers: pictures(), quota: 400 });
  const media = await worker.cache("media");
  await media.put("https://open.example/big.png", new Response("x"));
  await media.put(`${base}pictures.json`, Response.json([["https://open.example/big.png", 99]]));
  await worker.ask(picture, shown);
  assert.deepEqual((await media.keys()).map(({ url }) => url).filter((url) => url.endsWith(".png")), [picture]);
});

const say = (worker, data) => new Promise((resolve, reject) => {
  worker.send("message", { data, ports: [{ postMessage: resolve }] }).then(() => resolve(undefined), reject);
});

test("the page is told what is kept, and may forget it", async () => {
  const worker = await installed({ answers: pictures() });
  await worker.ask(picture, shown);
  const told = await say(worker, { type: "usage" });
  assert.deepEqual(JSON.parse(JSON.stringify(told)), { version, media: { count: 1, bytes: 7, unknown: 0 }, builds: [version], bytes: "shell-1aboutprogramstyle".length });
  assert.equal((await say(worker, { type: "forget-media" })).media.count, 0);
  await say(worker, { type: "update" });
  assert.equal(worker.scope.skipped, true);
});

test("a picture that couldn't be shown is forgotten", async () => {
  const worker = await installed({ answers: pictures() });
  await worker.ask(picture, shown);
  await say(worker, { type: "broken", url: picture });
  assert.equal(await (await worker.cache("media")).match(picture), undefined);
});

test("pictures that were shown before the worker was there are kept, but nothing of the site itself", async () => {
  const worker = await installed({ answers: pictures() });
  await say(worker, { type: "seen", urls: [picture, `${page}own.png`, "http://open.example/b.png", "https://gone.example/c.png"] });
  assert.deepEqual((await (await worker.cache("media")).keys()).map(({ url }) => url), [picture, `${page}pictures.json`]);
});

test("what is followed is refreshed while no page is open, by the program that is kept", async () => {
  const ran = [];
  class Go {
    importObject = {};

    async run(program) {
      ran.push([new TextDecoder().decode(program), worker.scope.vitrine]);
    }
  }
  const options = { answers: whole(), exec: "assets/wasm_exec.1.js", scripts: { [`${base}assets/wasm_exec.1.js`]: Go }, windows: [] };
  const worker = start(options);
  await worker.send("install");
  await worker.send("periodicsync", { tag: "follows" });
  assert.deepEqual(ran, [], "nobody wanted it");
  await worker.send("message", { data: { type: "told", handed: { base, site: "{}" } }, ports: [] });
  await worker.send("periodicsync", { tag: "another" });
  options.windows.push({});
  await worker.send("periodicsync", { tag: "follows" });
  assert.deepEqual(ran, [], "a page that is open does so itself");
  options.windows.pop();
  await worker.send("periodicsync", { tag: "follows" });
  assert.deepEqual(ran.map(([program, told]) => [program, { ...told }]), [["program", { base, site: "{}", once: true }]]);
});

test("what other apps share is handed to the page: texts in the query, of files the first", async () => {
  const worker = start();
  const post = async (form, more) => worker.ask(page, { method: "POST", mode: "navigate", formData: form, ...more });
  const form = (...entries) => async () => {
    const data = new FormData();
    for (const entry of entries) data.append(...entry);
    return data;
  };
  const text = await post(form(["title", "Ada"], ["text", "x".repeat(9000)], ["url", "https://a.example/@ada"]));
  const query = new URLSearchParams(text.headers.get("Location").slice(`${base}?`.length));
  assert.deepEqual([text.status, query.get("url"), query.get("title"), query.get("text").length], [303, "https://a.example/@ada", "Ada", 4096]);
  const none = await post(form(["files", new File([], "")]));
  assert.equal(none.headers.get("Location"), `${base}?url=&text=&title=`);
  assert.deepEqual(await worker.caches.keys(), []);
  const cut = await post(() => Promise.reject(new TypeError("cut off")));
  assert.equal(cut.headers.get("Location"), `${base}?files=0#/following`);

  const files = await post(form(["text", "x"], ["files", new File(["a,b"], "mine/ä.csv")], ["files", new File(["c"], "2.csv")]));
  assert.equal(files.headers.get("Location"), `${base}?files=2#/following`);
  const kept = await (await worker.cache("shared")).match(`${base}shared`);
  assert.deepEqual([decodeURIComponent(kept.headers.get("Name")), await kept.text()], ["mine/ä.csv", "a,b"]);
  await post(form(["files", new File([new Uint8Array(6 << 20)], "large.csv")]));
  assert.equal((await (await (await worker.cache("shared")).match(`${base}shared`)).blob()).size, 6 << 20);
  await worker.caches.delete(`vitrine:${base}:shared`);
  (await worker.cache("shared")).put = async () => { throw new DOMException("no room", "QuotaExceededError"); };
  const full = await post(form(["files", new File(["c"], "2.csv")]));
  assert.equal(full.headers.get("Location"), `${base}?files=0#/following`, "nothing half is kept, and that is said");
});

test("nothing else that is sent is answered", async () => {
  const worker = start();
  for (const [url, more] of [[page, { mode: "cors" }], [`${page}share`, { mode: "navigate" }], [`${page}?q`, { mode: "navigate" }], [`${origin}/`, { mode: "navigate" }], ["https://a.example/reader/", { mode: "navigate" }]]) {
    assert.equal(await worker.ask(url, { method: "POST", ...more }), undefined, url);
  }
});
