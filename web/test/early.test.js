import assert from "node:assert/strict";
import test from "node:test";
import { find, open } from "./page.js";

const asked = [];
const answers = new Map();
const refused = new Set();
open({
  others: "misskey.example", speak: "open.example", blocked: "closed.example *.dark.example @troll@open.example open.example/9",
  fetch: (url, options) => {
    asked.push({ url, options });
    if (refused.has(url)) return Promise.resolve(new Response("{}", { status: 404 }));
    return answers.has(url) ? Promise.resolve(Response.json(answers.get(url))) : Promise.reject(new TypeError("no network"));
  },
});
await import("../js/shell.js");
const { early, firstRequests, origin } = await import("../js/early.js");
const { firstPage } = await import("../js/answer.js");

function requests(view) {
  asked.length = 0;
  early.clear();
  const made = firstRequests(view);
  return made && asked.map(({ url }) => url);
}

test("a view's first request is read from its fragment", () => {
  assert.deepEqual(requests("#/@ada@open.example"), ["https://open.example/api/v1/accounts/lookup?acct=ada"]);
  assert.deepEqual(requests("#/i/open.example"), ["https://open.example/api/v1/timelines/public?limit=20&local=true", "https://open.example/api/v2/instance"]);
  assert.deepEqual(requests("#/i/open.example/federated").slice(0, 1), ["https://open.example/api/v1/timelines/public?limit=20"]);
  assert.deepEqual(requests("#/t/open.example/tea"), ["https://open.example/api/v1/timelines/tag/tea?limit=20"]);
  assert.deepEqual(requests("#/p/open.example/7"), ["https://open.example/api/v1/statuses/7", "https://open.example/api/v1/statuses/7/context"]);
});

test("other views ask nothing", () => {
  for (const view of ["#/", "#/settings", "#/open?u=ada", "#/i/open.example/about", "#/i/open.example/trending", "#/@ada@open.example/media", "#/t/open.example",
    "#/p/open.example", "#/i/open.example?via=a.example", "#/t/open.example/caf%C3%A9", "#/f/https://open.example/feed", "#/!bikes@open.example", "#/p/open.example/7/8"]) {
    assert.equal(requests(view), null, view);
    assert.deepEqual(asked, [], view);
  }
});

test("hosts that speak something else, and what the site doesn't open, are asked nothing", () => {
  for (const view of ["#/i/misskey.example", "#/i/closed.example", "#/i/very.dark.example", "#/@Troll@open.example", "#/@x@closed.example", "#/p/open.example/9"]) {
    assert.equal(requests(view), null, view);
    assert.deepEqual(asked, [], view);
  }
});

test("a host of which nobody knows is asked one question at first", async () => {
  assert.deepEqual(requests("#/p/new.example/7"), ["https://new.example/api/v1/statuses/7"]);
  assert.deepEqual(requests("#/i/new.example"), ["https://new.example/api/v1/timelines/public?limit=20&local=true"]);
  const post = "https://new.example/api/v1/statuses/8", context = `${post}/context`;
  refused.add(post);
  requests("#/p/new.example/8");
  const [first, second] = await Promise.all([early.get(post), early.get(context)]);
  assert.deepEqual([first.status, second.status], [404, 404]);
  assert.deepEqual(asked.map(({ url }) => url), [post]);
  refused.clear();
  answers.set(post, {}).set(context, {});
  requests("#/p/new.example/8");
  assert.equal((await early.get(context)).status, 200);
  assert.deepEqual(asked.map(({ url }) => url), [post, context]);
});

test("a public page asks public hosts only", () => {
  assert.equal(origin("open.example"), "https://open.example");
  assert.equal(origin("open.example:8443"), "https://open.example:8443");
  for (const host of ["localhost", "a.localhost:8081", "127.0.0.1", "[::1]", "10.0.0.1", "192.168.1.1", "router.lan", "printer.local:631", "x.home.arpa", "intranet", "a.internal",
    "user@open.example", "open.example/path", "open.example#x", "xn--", ""]) {
    assert.equal(origin(host), "", host);
  }
});

test("requests carry neither cookies nor the page's address", () => {
  requests("#/t/open.example/tea");
  assert.deepEqual(asked[0].options, { credentials: "omit", referrerPolicy: "no-referrer", headers: { Accept: "application/json" } });
});

test("the program finds the answers unread", async () => {
  const url = "https://open.example/api/v1/timelines/tag/tea?limit=20";
  answers.set(url, []);
  early.clear();
  const page = await firstPage(firstRequests("#/t/open.example/tea"));
  assert.ok(find(page, ([tag]) => tag === "main"));
  const response = await early.get(url);
  assert.equal(response.bodyUsed, false);
  assert.deepEqual(await response.json(), []);
});

test("an answer that is too long to be drawn at once is left to the program", async () => {
  const url = "https://open.example/api/v1/timelines/tag/long?limit=20";
  answers.set(url, ["x".repeat(1 << 21)]);
  await assert.rejects(firstPage(firstRequests("#/t/open.example/long")), /too long/);
});
