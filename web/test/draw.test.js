import assert from "node:assert/strict";
import test from "node:test";
import { Element, open } from "./page.js";

open();
await import("../js/shell.js");
const { makeNode, setAttribute } = await import("../js/tree.js");
const watched = [];
Object.assign(globalThis, { Element, vitrine: { drawing: { makeNode, setAttribute }, chunks: { observe: (box) => watched.push(box) } } });
await import("../js/draw.js");

/** Draws a page of its own by messages, and returns its element. */
function page(...messages) {
  const host = new Element("div");
  for (const message of messages) globalThis.vitrine.draw(host, JSON.stringify({ gone: [], ...message }));
  return host;
}

const draw = (host, t, gone = []) => globalThis.vitrine.draw(host, JSON.stringify({ t, gone }));
const inside = (host) => host.childNodes.join("");

test("what is said is drawn", () => {
  const host = page({ t: [["p", { class: "quiet" }, "1 < 2 ", ["b", 0, "x"], ""], { k: "a", t: ["ul", 0, { k: "b", t: ["li", 0, "one"] }] }] });
  assert.equal(inside(host), '<p class="quiet">1 &lt; 2 <b>x</b></p><ul><li>one</li></ul>');
});

test("a part that comes by its name alone is the same node", () => {
  const host = page({ t: [{ k: "a", t: ["p", 0, "a"] }, { k: "b", t: ["p", 0, "b"] }] });
  const [a, b] = host.childNodes;
  draw(host, [["h1", 0, "new"], { k: "b" }, { k: "a" }]);
  assert.equal(inside(host), "<h1>new</h1><p>b</p><p>a</p>");
  assert.deepEqual([host.childNodes[1] === b, host.childNodes[2] === a], [true, true]);
});

test("what stands in a part stays where its new tree has it too", () => {
  const video = ["video", { src: "https://a.example/1.mp4", controls: "" }];
  const article = (open, ...more) => ["article", { "data-key": "k" }, ["details", open ? { class: "cw", open: "" } : { class: "cw" }, ["summary", 0, open ? "Hide" : "Show"], ["div", 0, video]], ...more];
  const host = page({ t: [{ k: "row", t: article(false) }] });
  const [row] = host.childNodes;
  const [details] = row.childNodes;
  const player = details.childNodes[1].childNodes[0];
  draw(host, [["p", 0, "new posts"], { k: "row", t: article(true, ["footer", 0, "2 replies"]) }]);
  assert.equal(String(host.childNodes[1]), '<article data-key="k"><details class="cw" open=""><summary>Hide</summary><div><video src="https://a.example/1.mp4" controls=""></video></div></details><footer>2 replies</footer></article>');
  assert.ok(host.childNodes[1] === row && row.childNodes[0] === details && details.childNodes[1].childNodes[0] === player);
  draw(host, [{ k: "row", t: ["article", { "data-key": "k" }, ["p", 0, "context"], ...article(false).slice(2)] }]);
  assert.ok(host.childNodes[0] === row && row.childNodes[1] === details && details.childNodes[1].childNodes[0] === player);
  assert.equal(details.attributes.has("open"), false);
});

test("without a service worker the files of archives come from what is kept, or not at all", async () => {
  const store = new Map([["https://old.example/1.png?archived", new Blob(["picture"])]]);
  Object.assign(globalThis.vitrine, { base: "/" });
  Object.assign(globalThis, {
    caches: { match: async (url, { cacheName }) => (cacheName === "vitrine:/:kept" && store.has(url) ? new Response(store.get(url)) : undefined) },
  });
  const img = (n) => ["img", { src: `https://old.example/${n}.png?archived`, alt: "x" }];
  const host = page({ t: [["div", 0, img(1), img(2)], ["img", { src: "https://old.example/3.png" }]] });
  await new Promise((resolve) => setTimeout(resolve, 20));
  const [first, second] = host.childNodes[0].childNodes;
  assert.equal(second.attributes.has("src"), false);
  assert.match(first.getAttribute("src"), /^blob:/);
  draw(host, [["div", 0, img(2), img(1)]]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(host.childNodes[0].childNodes[1] === first && host.childNodes[0].childNodes[0] === second);
});

test("a film with another address is another film", () => {
  const host = page({ t: [["div", 0, ["video", { src: "https://a.example/1.mp4" }]]] });
  const [first] = host.childNodes[0].childNodes;
  draw(host, [["div", 0, ["video", { src: "https://a.example/2.mp4" }]]]);
  assert.notEqual(host.childNodes[0].childNodes[0], first);
});

test("rows that are kept never move when others come in above or go", () => {
  const row = (name) => ({ k: name, t: ["article", { "data-key": name }, name] });
  const host = page({ t: ["b", "c", "d"].map(row) });
  const [b, , d] = host.childNodes;
  let moves = 0;
  const insert = host.insertBefore;
  host.insertBefore = (node, place) => { moves++; insert.call(host, node, place); };
  draw(host, [row("a"), { k: "b" }, { k: "d" }, row("e")], ["c"]);
  assert.equal(inside(host).replace(/<[^>]*>/g, ""), "abde");
  assert.deepEqual([host.childNodes[1] === b, host.childNodes[2] === d, moves], [true, true, 2]);
});

test("a list isn't moved when something beside it is", () => {
  const part = (name) => ({ k: name, t: ["div", 0, name] });
  const list = { k: "list", t: ["div", { role: "feed" }, { k: "chunk", c: "feed:0", h: 0, t: ["div", 0, ["article", 0, "post"]] }] };
  const host = page({ t: [part("0"), part("1"), part("2"), list, part("4")] });
  const feed = host.childNodes[3];
  let moved = false;
  const insert = host.insertBefore;
  host.insertBefore = (node, place) => { moved ||= node === feed; insert.call(host, node, place); };
  draw(host, [{ k: "0" }, { k: "list" }, { k: "1" }, part("5"), { k: "2" }]);
  assert.equal(inside(host).replace(/<[^>]*>/g, " ").replace(/ +/g, " ").trim(), "0 post 1 5 2");
  assert.deepEqual([moved, host.childNodes[1] === feed], [false, true]);
});

test("rows that aren't drawn keep their height, and all are watched", () => {
  watched.length = 0;
  const host = page({ t: [{ k: "l", t: ["div", { role: "feed" }, { k: "0", c: "feed:0", h: 0, t: ["div", { class: "chunk" }, ["article", 0]] }, { k: "1", c: "feed:1", h: 900, t: ["div", { class: "chunk" }] }] }] });
  const [near, far] = host.childNodes[0].childNodes;
  assert.deepEqual([near.dataset.chunk, near.style.minBlockSize, far.dataset.chunk, far.style.minBlockSize], ["feed:0", "", "feed:1", "900px"]);
  assert.deepEqual(watched, [near, far]);
  draw(host, [{ k: "l", t: ["div", { role: "feed" }, { k: "0", c: "feed:0", h: 700, t: ["div", { class: "chunk" }] }, { k: "1", c: "feed:1", h: 0, t: ["div", { class: "chunk" }, ["article", 0]] }] }]);
  assert.equal(String(host), '<div><div role="feed"><div class="chunk" data-chunk="feed:0"></div><div class="chunk" data-chunk="feed:1"><article></article></div></div></div>');
  assert.deepEqual([near.style.minBlockSize, far.style.minBlockSize], ["700px", ""]);
});

test("what is outside of the closed set is drawn without that part", () => {
  const host = page({ t: [["div", { onclick: "alert(1)", style: "color:red", id: "a" }, ["script", 0, "alert(1)"], ["a", { href: "javascript:alert(1)" }, "text"]]] });
  assert.equal(inside(host), '<div id="a"><a>text</a></div>');
  draw(host, [["div", { id: "a", onload: "x" }, ["script", 0, "alert(2)"], ["a", { href: "#/" }, "text"]]]);
  assert.equal(inside(host), '<div id="a"><a href="#/">text</a></div>');
});

test("what something else changed is drawn anew", () => {
  const host = page({ t: [["p", 0, "one", ["b", 0, "two"]]] });
  const [p] = host.childNodes;
  p.replaceChildren(new Element("font"));
  draw(host, [["p", 0, "eins", ["b", 0, "two"]]]);
  assert.equal(inside(host), "<p>eins<b>two</b></p>");
});

test("pictures of lines are made in SVG's namespace, whenever they come", () => {
  const host = page({ t: [["span", 0, ["svg", 0, ["use", { href: "#a" }]]]] });
  draw(host, [["span", 0, ["svg", 0, ["use", { href: "#a" }], ["rect", { x: "1" }]], ["b", 0, "x"]]]);
  const [svg, b] = host.childNodes[0].childNodes;
  assert.deepEqual([svg.childNodes[1].space, b.space], ["http://www.w3.org/2000/svg", undefined]);
});

test("a control follows its tree, though its reader has touched it", () => {
  const radio = (checked) => ["input", { type: "radio", ...(checked && { checked: "" }) }];
  const host = page({ t: [radio(true)] });
  const [input] = host.childNodes;
  input.checked = true;
  draw(host, [radio(false)]);
  assert.equal(input.checked, false);
  draw(host, [radio(true)]);
  assert.equal(input.checked, true);
});

test("a formula that was drawn stays as long as its text, and is text again when that is another", () => {
  const formula = (tex) => [["p", 0, "so ", ["code", { class: "math" }, tex]]];
  const host = page({ t: formula("x") });
  const [code] = host.getElementsByClassName("math");
  const math = new Element("math");
  code.replaceChildren(math);
  draw(host, formula("x"));
  assert.equal(code.childNodes[0], math);
  draw(host, formula("y"));
  assert.equal(inside(host), '<p>so <code class="math">y</code></p>');
});

test("a part of another tag is another element", () => {
  const host = page({ t: [{ k: "update", t: ["div", 0] }] });
  const [before] = host.childNodes;
  draw(host, [{ k: "update", t: ["button", { type: "button" }, "Update"] }]);
  assert.notEqual(host.childNodes[0], before);
  assert.equal(String(host.childNodes[0]), '<button type="button">Update</button>');
});
