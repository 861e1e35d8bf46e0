import assert from "node:assert/strict";
import test from "node:test";
import { before } from "../js/rehearsal.js";

const asked = [];
const fetch = before(async (url) => {
  asked.push(String(url));
  return new Response("", { status: 201 });
});
const answer = async (path) => (await fetch(`https://rehearsal.invalid${path}`)).json();

test("the server that doesn't exist answers in Mastodon's API", async () => {
  const posts = await answer("/api/v1/timelines/public?limit=20&local=true");
  assert.equal(new Set(posts.map((p) => p.id)).size, posts.length);
  assert.ok(posts.some((p) => p.reblog) && posts.some((p) => p.poll) && posts.some((p) => p.card) && posts.some((p) => p.media_attachments.length === 2));
  assert.deepEqual(posts.map((p) => p.created_at), posts.map((p) => p.created_at).sort().reverse());
  assert.equal((await answer("/api/v2/instance")).domain, "rehearsal.invalid");
  const { links } = await answer("/.well-known/nodeinfo");
  assert.equal((await (await fetch(links[0].href)).json()).software.name, "mastodon");
});

test("what it doesn't have is not found, and never asked on the network", async () => {
  assert.equal((await fetch(new URL("https://rehearsal.invalid/x"))).status, 404);
  assert.equal((await fetch(new Request("https://rehearsal.invalid/y"))).status, 404);
  assert.deepEqual(asked, []);
});

test("all other servers are asked as ever", async () => {
  assert.equal((await fetch("https://rehearsal.invalid.example/api/v2/instance")).status, 201);
  assert.deepEqual(asked, ["https://rehearsal.invalid.example/api/v2/instance"]);
});
