import assert from "node:assert/strict";
import test from "node:test";
import { Element, open } from "./page.js";

const shared = new Map([["/shared", new Response("a,b", { headers: { Name: "mine%20%2F.csv" } })]]);
const page = open({ address: "https://reader.example/?files=2#/following" });
const coming = new Element("p");
const heard = {};
let dropping = false;
let consumer;
const brought = [];
Object.assign(page.vitrine, { brought, base: "/", sentences: { "boot.drop": "drop it" } });
Object.assign(page.document, { getElementById: () => coming, dispatchEvent() {} });
page.document.documentElement.classList = { toggle: (_, on) => (dropping = on) };
globalThis.addEventListener = (name, listener) => { heard[name] = listener; };
Object.assign(globalThis, {
  Element,
  caches: { match: async (url, { cacheName }) => (cacheName === "vitrine:/:shared" ? shared.get(url) : undefined), delete: async () => shared.clear() },
  launchQueue: { setConsumer: (f) => { consumer = f; } },
});
await import("../js/brought.js");

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const text = (data) => new TextDecoder().decode(data);

/** What is dragged or on the clipboard. */
const transfer = ({ files = [], ...texts }) => {
  const data = Object.fromEntries(Object.entries(texts).map(([type, value]) => [`text/${type === "uri" ? "uri-list" : type}`, value]));
  return { files, types: [...Object.keys(data), ...(files.length ? ["Files"] : [])], getData: (type) => data[type === "text" ? "text/plain" : type] ?? "" };
};

async function send(name, given, target = new Element("p")) {
  brought.length = 0;
  const data = transfer(given);
  const event = { target, clipboardData: data, dataTransfer: data, defaultPrevented: false, preventDefault() { this.prevented = true; } };
  heard[name](event);
  await settled();
  return event;
}

test("the file that another app shared is handed over once", async () => {
  await settled();
  const [{ name, files, data }] = brought;
  assert.deepEqual([name, files, text(data), shared.size], ["mine /.csv", 2, "a,b", 0]);
  assert.equal(page.location.href, "https://reader.example/#/following");
});

test("a text is handed over, but not what a field takes", async () => {
  assert.ok((await send("paste", { plain: "@ada@a.example" })).prevented);
  assert.deepEqual([brought[0].text, brought[0].files, brought[0].data], ["@ada@a.example", 0, undefined]);
  for (const given of [{ plain: " \n" }, {}]) {
    await send("paste", given);
    assert.deepEqual(brought, []);
  }
  const field = new Element("input");
  for (const name of ["paste", "drop"]) assert.ok(!(await send(name, { plain: "x" }, field)).prevented && brought.length === 0, name);
});

test("of a huge text as much is handed over as a file may have", async () => {
  await send("paste", { plain: "x".repeat(6 << 20) });
  assert.equal(brought[0].text.length, 5 << 20);
});

test("a link that is dropped goes before its text", async () => {
  await send("drop", { uri: "# a comment\r\nhttps://a.example/@ada\r\nhttps://b.example/", plain: "Ada" });
  assert.equal(brought[0].text, "https://a.example/@ada");
});

test("a file of any size is handed over as it is, for who reads it piece by piece", async () => {
  const file = new File([new Uint8Array(6 << 20)], "archive.zip");
  await send("drop", { files: [file] });
  assert.equal(brought[0].file, file);
  assert.ok(brought[0].large && !brought[0].data);
});

test("of files the first is read, unless it is large or gone", async () => {
  await send("drop", { files: [new File(["one"], "1.csv"), new File(["two"], "2.csv")], plain: "x" });
  assert.deepEqual([brought[0].name, brought[0].files, brought[0].large, text(brought[0].data)], ["1.csv", 2, false, "one"]);
  const never = () => assert.fail("a large file is read");
  await send("drop", { files: [{ name: "film.mp4", size: 100 << 20, arrayBuffer: never }] });
  assert.deepEqual([brought[0].large, brought[0].data], [true, false]);
  await send("drop", { files: [{ name: "folder", size: 4096, arrayBuffer: () => Promise.reject(new Error("it is a folder")) }] });
  assert.deepEqual([brought[0].large, brought[0].data], [false, null]);
});

test("what can be dropped is shown while it is over the page, and nothing of the page's own", async () => {
  await send("dragenter", { plain: "x" });
  assert.ok(dropping && coming.textContent === "drop it" && (await send("dragover", { plain: "x" })).prevented);
  await send("dragenter", { plain: "x" });
  await send("dragleave", { plain: "x" });
  assert.ok(dropping);
  await send("dragleave", { plain: "x" });
  assert.ok(!dropping && coming.textContent === "");
  await send("dragenter", { html: "<b>" });
  assert.ok(!dropping);
  heard.dragstart();
  await send("dragenter", { uri: "https://a.example/" });
  assert.ok(!dropping && !(await send("drop", { uri: "https://a.example/" })).prevented && brought.length === 0);
  heard.dragend();
});

test("a file that was opened with the app is handed over", async () => {
  brought.length = 0;
  await consumer({ files: [{ getFile: async () => new File(["x"], "list.opml") }] });
  await consumer({ files: [] });
  await settled();
  assert.deepEqual(brought.map(({ name }) => name), ["list.opml"]);
});
