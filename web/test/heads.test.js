import assert from "node:assert/strict";
import test from "node:test";
import { find, open, textOf } from "./page.js";

open();
await import("../js/shell.js");
const { profilePage, serverPage } = await import("../js/heads.js");

const account = { id: "1", username: "ada", acct: "ada", url: "https://open.example/@ada", display_name: "Ada :tea:", note: "<p>Writes<br>and reads</p><p>:tea:</p>", avatar_static: "https://open.example/a.png" };
const byClass = (name) => ([, attributes]) => attributes?.class === name;
const headOf = (page) => find(page, byClass("head"));
const texts = (tree) => tree.slice(2).filter(Boolean).map(textOf);

test("a profile's head has the author's fields, when they joined, and counts in the reader's words", () => {
  const head = headOf(profilePage("open.example", { ...account, bot: true, created_at: "2022-03-31T00:00:00.000Z", statuses_count: 1828, followers_count: 1, following_count: -1,
    emojis: [{ shortcode: "tea", static_url: "https://open.example/tea.png" }],
    fields: [{ name: "Web", value: '<a href="https://a.example"><span class="invisible">https://</span>a.example</a>', verified_at: "2024-01-01T00:00:00Z" }, { name: "Two", value: "<p>a</p><p>b</p>" }] }, [], []));
  const name = find(head, ([tag]) => tag === "h1");
  assert.equal(textOf(name), "Ada  automated");
  assert.ok(find(name, byClass("emoji")));
  assert.deepEqual(texts(find(head, byClass("bio"))), ["Writesand reads", ""]);
  assert.deepEqual(texts(find(head, byClass("fields"))), ["Weba.example", "Twoa b", "JoinedMarch 2022"]);
  assert.ok(find(find(head, byClass("ok")), ([tag, a]) => tag === "use" && a.href.endsWith("#check")));
  assert.deepEqual(texts(find(head, byClass("counts"))), ["1,828 posts", "1 follower"]);
});

test("a profile of which little is known has no rows for the rest", () => {
  const head = headOf(profilePage("open.example", { ...account, note: "" }, [], []));
  for (const name of ["bio", "fields", "counts"]) assert.equal(find(head, byClass(name)), undefined, name);
});

test("a server's head says what runs there, for how many, and what guests see", () => {
  const about = { title: "Open", version: "4.5.2+glitch", usage: { users: { active_month: 1234 } }, description: "Ours <b>alone</b>", configuration: { timelines_access: {
    live_feeds: { local: "public", remote: "authenticated" }, hashtag_feeds: { local: "public", remote: "disabled" }, trending_link_feeds: {} } } };
  const head = headOf(serverPage("open.example", [], about));
  assert.equal(textOf(find(head, byClass("quiet"))), "Open, Mastodon 4.5.2, 1,234 people active this month");
  assert.deepEqual(texts(find(head, byClass("sees"))), ["Posts from this serverpublic", "Posts from all serversmembers only", "Hashtagsturned off"]);
  assert.equal(find(headOf(serverPage("open.example", [], { title: "Open" })), byClass("panel")), undefined);
});

test("a server's software is read from its version", () => {
  for (const [about, said] of [
    [{ version: "2.7.2 (compatible; Pleroma 2.6.0-1-g123)" }, "Pleroma 2.6.0"], [{ version: "4.0.0 (not true; really snac/2.70)" }, "snac 2.70"],
    [{ version: "0.20.1 git-abc", source_url: "https://codeberg.org/superseriousbusiness/gotosocial" }, "GoToSocial 0.20.1"], [{ version: "4.4.0-rc.1" }, "Mastodon 4.4.0"],
  ]) assert.equal(textOf(find(headOf(serverPage("open.example", [], about)), byClass("quiet"))), said);
  assert.equal(find(headOf(serverPage("open.example", [], { title: "open.example" })), byClass("quiet")), undefined);
  assert.ok(find(headOf(serverPage("open.example", [], undefined)), byClass("bone w7")));
});
