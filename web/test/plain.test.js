import assert from "node:assert/strict";
import test from "node:test";
import { find, open, textOf } from "./page.js";

open({ blocked: "closed.example *.dark.example @troll@open.example https://open.example/posts/9" });
await import("../js/shell.js");
await import("../js/hosts.js");
const { article, lines, listPage, pictures, plainText, threadPage } = await import("../js/plain.js");
const { profilePage, serverPage } = await import("../js/heads.js");

const account = { id: "1", username: "ada", acct: "ada", url: "https://open.example/@ada", display_name: "Ada", note: "<p>Writes</p>", avatar_static: "https://open.example/a.png" };
const post = (more) => ({ id: "7", uri: "https://open.example/posts/7", created_at: "2026-01-02T03:04:05Z", account, content: "<p>One</p><p>Two</p>", media_attachments: [], ...more });
const byPart = (part) => ([, attributes]) => attributes?.["data-part"] === part;

test("HTML becomes lines of text", () => {
  for (const [html, text] of Object.entries({
    "<p>One</p><p>Two</p>": "One\nTwo",
    "a<br>b<br />c": "a\nb\nc",
    "&lt;b&gt; &amp;amp; &quot;x&quot; &#233;&#xe9; &nbsp;y": '<b> &amp; "x" éé \u00a0y',
    "<p>  a   b<br />   c</p>": "  a   b\n   c",
    "<div>\n  <p>a\n  b</p>\n  <p>c</p></div>": "a b\nc",
    "10<sup>6</sup> H<sub>2</sub>O 1<sup>st</sup>": "10⁶ H₂O 1st",
    "&unknown; &#99999999;": "&unknown; \u{10ffff}",
    '<a href="https://a.example/long"><span class="invisible">https://</span>a.example</a>': "a.example",
    "<img src=x onerror=alert(1)>text<script>alert(1)</script>": "textalert(1)",
  })) assert.equal(plainText(html), text, html);
  assert.equal(plainText("<table><caption>t</caption><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>"), "t\na b \nc");
  assert.equal(plainText(undefined), "");
});

test("a line end within a paragraph is none of its own", () => {
  assert.deepEqual(lines("<p>a<br>b</p><p></p><p>c</p>"), [["p", { dir: "auto" }, "a", ["br", 0], "b"], ["p", { dir: "auto" }, "c"]]);
  assert.deepEqual(lines(undefined), []);
});

test("custom emoji are pictures where they are known, and their pictures have a safe address", () => {
  const emoji = [{ shortcode: "book", static_url: "https://a.example/book.png" }, { shortcode: "evil", static_url: "javascript:1" }];
  const [[, , before, picture, ...after]] = lines("<p>a :book: b :evil: :other:</p>", emoji);
  assert.deepEqual([before, picture[0], picture[1].src, picture[1].alt, after.join("")], ["a ", "img", "https://a.example/book.png", ":book:", " b :evil: :other:"]);
});

test("a post has its address, its time, its author and its text", () => {
  const made = article("open.example", post({ language: "de" }));
  assert.deepEqual([made[0], made[1]["data-uri"]], ["article", "https://open.example/posts/7"]);
  const content = find(made, byPart("content"));
  assert.deepEqual([content[1].lang, content.slice(2).map(textOf)], ["de", ["One", "Two"]]);
  assert.equal(find(made, ([tag]) => tag === "time")[1].datetime, "2026-01-02T03:04:05Z");
  assert.equal(find(made, ([tag, a]) => tag === "a" && a.class === "name")[1].href, "#/@ada@open.example");
});

test("what stands behind a warning isn't shown, nor are its pictures", () => {
  const media = [{ type: "image", url: "https://open.example/1", preview_url: "https://open.example/1s" }];
  const made = article("open.example", post({ spoiler_text: "Spiders", media_attachments: media }));
  assert.equal(textOf(find(made, byPart("content"))), "Spiders");
  assert.equal(find(made, ([, a]) => a?.class?.startsWith?.("media")), undefined);
});

test("a boost shows the boosted post under its own address", () => {
  const far = { ...account, acct: "bob@far.example", username: "bob", display_name: "" };
  const made = article("open.example", post({ reblog: post({ id: "8", uri: "https://far.example/8", account: far }) }));
  assert.equal(made[1]["data-uri"], "https://far.example/8");
  assert.match(textOf(made), /^bob@bob@far\.example/);
});

test("posts of and by what the site doesn't open are left out", () => {
  const by = (acct) => ({ ...account, acct });
  for (const status of [
    post({ account: by("x@closed.example") }), post({ account: by("x@deep.dark.example") }), post({ account: by("Troll") }),
    post({ uri: "https://open.example/posts/9" }), post({ reblog: post({ account: by("x@closed.example") }) }),
  ]) assert.equal(article("open.example", status), "");
  assert.notEqual(article("open.example", post({ account: by("x@dark.example.org") })), "");
});

test("pictures take the room that they will have", () => {
  const picture = (width, height) => ({ type: "image", url: "https://a.example/1", preview_url: "https://a.example/s", description: "A boat", meta: { original: { width, height } } });
  for (const [width, height, shape] of [[2000, 1000, "21"], [1600, 900, "169"], [1500, 1000, "32"], [1200, 1000, "43"], [1000, 1000, "11"], [600, 1000, "34"]]) {
    assert.equal(pictures([picture(width, height)])[1].class, `media ratio-${shape}`);
  }
  assert.equal(pictures([{ ...picture(), meta: undefined }])[1].class, "media ratio-32");
  assert.equal(pictures(Array(6).fill(picture(1, 1)))[1].class, "media grid4 n4");
  assert.equal(pictures([{ ...picture(1, 1), type: "video" }, { ...picture(1, 1), preview_url: "javascript:1" }]), "");
});

test("each kind of page has its posts in a feed", () => {
  for (const page of [
    listPage("#tea", "open.example", [post()]),
    serverPage("open.example", [post()], { title: "Open", description: "<p>Ours</p>" }),
    serverPage("open.example", [post()], undefined),
    profilePage("open.example", account, [post()], [post({ id: "1" })]),
    threadPage("open.example", post(), { ancestors: [post({ id: "1" })], descendants: [post({ id: "2" })] }),
  ]) {
    assert.ok(find(page, ([tag]) => tag === "main"));
    assert.ok(find(find(page, ([, a]) => a?.role === "feed"), ([tag]) => tag === "article"));
  }
});

test("hosts are written in their own script", () => {
  const far = { ...account, acct: "ann@xn--bcher-kva.example" };
  const made = article("open.example", post({ account: far }));
  assert.match(textOf(made), /@ann@bücher\.example/);
  assert.equal(find(made, ([, a]) => a?.class === "name")[1].href, "#/@ann@xn--bcher-kva.example");
  for (const page of [listPage("#tea", "xn--bcher-kva.example", []), serverPage("xn--bcher-kva.example", []), profilePage("xn--bcher-kva.example", account, [], []),
    threadPage("xn--bcher-kva.example", post(), { ancestors: [], descendants: [] })]) {
    assert.match(textOf(page), /bücher\.example/);
    assert.doesNotMatch(textOf(page), /xn--/);
  }
});

// Each row as its class and number, with the depth, and the number of what it answers.
const drawn = (focus, ancestors, descendants) => {
  const lists = threadPage("open.example", focus, { ancestors, descendants })[2].filter((part) => part[1]?.role === "feed");
  const row = ([, a]) => [a.class.replace("post ", ""), a["data-uri"] ?? "?", a["data-depth"], a["data-parent"] && "<" + a["data-parent"], a["aria-current"] && "here"].filter(Boolean).join(" ");
  return lists.map((list) => list[2].slice(2).filter(Boolean).map(row));
};
const said = (spec, author = "2") => {
  const [id, parent = null] = spec.split("<");
  return post({ id, uri: id, in_reply_to_id: parent, account: { ...account, id: author, acct: author }, created_at: `2026-01-01T00:00:${id.padStart(2, "0")}Z` });
};

test("a thread says who answers whom, in the program's order", () => {
  assert.deepEqual(drawn(said("1", "1"), [], [said("9<1"), said("2<1", "1"), said("3<2", "1"), said("8<3"), said("7<8"), said("4<9")]), [
    ["focus 1 here"],
    ["anc chain 2 1 <1", "anc chain 3 2 <2", "r s0 8 3 <3", "r s1 7 4 <8", "r s0 9 1 <1", "r s1 4 2 <9"],
  ]);
  const [, deep] = drawn(said("1"), [], Array.from({ length: 30 }, (_, i) => said(`${i + 2}<${i + 1}`, String(i + 5))));
  assert.deepEqual([deep.length, deep[8]], [20, "r s4 10 9 <9"]);
});

test("a thread says where a post is missing", () => {
  assert.deepEqual(drawn(said("20<19", "1"), [said("1"), said("18<1")], [said("30<29"), said("32<31"), said("31<29"), said("40<39")]), [
    ["anc 1", "anc 18", "ghost anc ?", "focus 20 here"],
    ["ghost r s0 ? 1", "r s1 30 2", "r s1 31 2", "r s2 32 3 <31", "ghost r s0 ? 1", "r s1 40 2"],
  ]);
  assert.deepEqual(drawn(said("2<1", "1"), [said("1<2")], [said("3<2"), said("2<3"), said("4<5"), said("5<4")]), [["anc 1", "focus 2 here"], ["r s0 3 1 <2"]]);
});
