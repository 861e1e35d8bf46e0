import assert from "node:assert/strict";
import test from "node:test";
import { find, open, textOf } from "./page.js";

let answer;
const page = open({ fetch: () => answer() });
const { ask } = await import("../embed/ask.js");
const { article, frame, lines, whom, words } = await import("../embed/post.js");
const { address, grow } = await import("../embed/tree.js");

test("a tree becomes elements with absolute addresses and named parts", () => {
  const made = grow(["article", { class: "post quiet" }, ["img", { src: "media/1.webp", srcset: "media/1.webp 1x, media/2.webp 2x" }], ["a", { href: "../about", class: "name" }, "x"]], "https://town.example/feeds/town/");
  assert.equal(String(made), '<article class="post quiet" part="post">' +
    '<img src="https://town.example/feeds/town/media/1.webp" srcset="https://town.example/feeds/town/media/1.webp 1x, https://town.example/feeds/town/media/2.webp 2x"></img>' +
    '<a href="https://town.example/feeds/about" class="name" part="name">x</a></article>');
});

test("what would run a script is left out", () => {
  const made = grow(["div", { onclick: "x()", style: "x" }, ["script", 0, "x"], ["a", { href: "javascript:x" }, "a"], ["img", { src: "data:image/svg+xml,x", srcset: "javascript:x 1x" }], ["object", { data: "x" }]]);
  assert.equal(String(made), "<div><a>a</a><img></img></div>");
});

test("only http, https and mailto are addresses", () => {
  assert.equal(address("x", "https://a.example/b/"), "https://a.example/b/x");
  assert.equal(address("mailto:a@a.example"), "mailto:a@a.example");
  for (const raw of ["javascript:x", "\tjava\nscript:x", "data:,x", "file:///etc/passwd", "no base"]) assert.equal(address(raw), "", raw);
});

test("a handle names a user and a host", () => {
  assert.deepEqual(whom("@ada@a.example"), { user: "ada", host: "a.example", root: "https://a.example/" });
  assert.equal(whom("ada@a.example:8443").root, "https://a.example:8443/");
  assert.equal(whom("@ada@a.localhost:8081").root, "https://a.localhost:8081/"); // the page is public
  for (const handle of ["", "ada", "@ada@", "@@a.example", "@ada@a.example/x", "@ada@b@a.example", "@a/b@a.example", "@ada@a.example?x", "@ada@a.example#x", "@ada@a.example\\x"]) assert.ok(!whom(handle), handle);
  page.location.href = "http://localhost:8080/";
  assert.equal(whom("@ada@a.localhost:8081").root, "http://a.localhost:8081/");
  page.location.href = "https://reader.example/";
});

test("HTML becomes paragraphs of text", () => {
  assert.deepEqual(lines("<p>One &amp; <b>two</b></p><p> </p><p>3<br>4 &#x41;</p>").map(textOf), ["One & two", "3", "4 A"]);
  assert.ok(textOf(lines("x".repeat(60000))[0]).length <= 50000);
});

const said = { say: words.en, time: (moment, id) => ["time", { ...(id && { id }) }, String(moment)] };
const account = { id: "1", username: "ada", acct: "ada", url: "https://a.example/@ada", display_name: "Ada" };
const post = { id: "7", uri: "https://a.example/7", created_at: "2026-01-02T03:04:05Z", account, content: "<p>Text</p>", media_attachments: [{}, {}] };

test("a post of a server is drawn with name, time, text and how many files it has", () => {
  const made = article(post, 3, said);
  assert.equal(made[1]["aria-labelledby"], "n3 t3");
  assert.match(textOf(made), /Ada.*2026-01-02T03:04:05Z.*Text.*2 attachments/);
  assert.match(textOf(article({ ...post, reblog: post, account: { ...account, display_name: "Bob" } }, 0, said)), /^Bob boosted/);
});

test("what stands behind a warning isn't shown", () => {
  const made = article({ ...post, spoiler_text: "Spiders" }, 0, said);
  assert.equal(textOf(find(made, ([, a]) => a?.["data-part"] === "content")), "Spiders");
});

test("a list where a text should be is drawn as text", () => {
  const made = article({ ...post, spoiler_text: ["script", 0, "x"], account: { ...account, display_name: ["img", { src: "https://evil.example/" }] } }, 0, said);
  assert.equal(find(made, ([tag]) => tag === "script" || tag === "img"), undefined);
});

test("the frame of a live feed says whose it is", () => {
  assert.match(textOf(frame({ account, handle: "@ada@a.example", at: 0 }, said)), /^Ada@ada@a\.exampleAs of: 0$/);
});

const failing = (status, headers) => () => Promise.resolve(new Response("{}", { status, headers }));

test("a failure says of which kind it is, and until when to wait", async () => {
  for (const [status, kind] of [[401, "NeedsLogin"], [403, "Refused"], [404, "NotFound"], [410, "Gone"], [503, "ServerError"]]) {
    answer = failing(status);
    await assert.rejects(ask("https://a.example/"), { kind, until: 0 });
  }
  answer = failing(429, { "Retry-After": "100" });
  const now = Date.now();
  await assert.rejects(ask("https://a.example/"), ({ kind, until }) => kind === "RateLimited" && until >= now + 1e5 && until < now + 2e5);
  answer = failing(429, { "X-RateLimit-Reset": "2040-01-01T00:00:00.000Z" });
  await assert.rejects(ask("https://a.example/"), { kind: "RateLimited", until: Date.UTC(2040, 0, 1) });
  answer = failing(429);
  await assert.rejects(ask("https://a.example/"), ({ until }) => until >= now + 3e5);
  answer = () => Promise.resolve(new Response("<html>"));
  await assert.rejects(ask("https://a.example/"), { kind: "BadData" });
  answer = () => Promise.reject(new TypeError("no network"));
  await assert.rejects(ask("https://a.example/"), { kind: "Unreachable" });
  page.navigator.onLine = false;
  await assert.rejects(ask("https://a.example/"), { kind: "Offline" });
});
