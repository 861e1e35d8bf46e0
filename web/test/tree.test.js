import assert from "node:assert/strict";
import test from "node:test";
import { open } from "./page.js";

open();
await import("../js/shell.js");
const { ago, makeElement, safe } = await import("../js/tree.js");

test("a tree becomes elements and text", () => {
  const made = makeElement(["p", { class: "quiet", "data-part": "content" }, "1 < 2 ", ["b", 0, "<b>"], ["a", { href: "#/" }, "start"]]);
  assert.equal(String(made), '<p class="quiet" data-part="content">1 &lt; 2 <b>&lt;b></b><a href="#/">start</a></p>');
});

test("children that are false, empty or missing are left out", () => {
  assert.equal(String(makeElement(["p", 0, false, "", undefined, null, 0, "here"])), "<p>here</p>");
});

test("elements and attributes that aren't in the lists are left out", () => {
  const made = makeElement(["div", { onclick: "alert(1)", style: "color:red", srcdoc: "x", id: "a" }, ["script", 0, "alert(1)"], ["object", { data: "https://a.example/" }], ["p", 0, "text"]]);
  assert.equal(String(made), '<div id="a"><p>text</p></div>');
});

test("the bars of a poll are drawn", () => {
  assert.equal(String(makeElement(["li", 0, ["progress", { value: "40", max: "100", "aria-hidden": "true" }]])), '<li><progress value="40" max="100" aria-hidden="true"></progress></li>');
});

test("what is in a picture of lines is made in SVG's namespace, what is beside it isn't", () => {
  const made = makeElement(["span", 0, ["svg", 0, ["use", { href: "/icons.svg#eye" }]], ["b", 0, "x"]]);
  assert.deepEqual(made.childNodes.map((node) => node.space), ["http://www.w3.org/2000/svg", undefined]);
  assert.equal(made.childNodes[0].childNodes[0].space, "http://www.w3.org/2000/svg");
});

test("an address that would run a script is left out", () => {
  for (const url of ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "blob:https://a.example/1", "vbscript:x", " javascript:x"]) {
    assert.equal(safe(url), false, url);
    assert.equal(String(makeElement(["a", { href: url }])), "<a></a>", url);
  }
  for (const url of ["https://a.example/?q=a:b", "http://a.example", "mailto:a@a.example", "#/i/a.example:8080", "/assets/icons.svg#eye", "page.html", ""]) assert.equal(safe(url), true, url);
});

test("a time is said by how long ago it was", () => {
  const before = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();
  assert.equal(ago(before(5), 0), "now");
  assert.equal(ago(before(-30), 0), "now"); // a clock that goes wrong by half a minute
  assert.equal(ago(before(125), 0), "2 min");
  assert.equal(ago(before(3 * 3600 + 5), 0), "3 h");
  assert.equal(ago(before(125), 4), "2 minutes ago");
  assert.equal(ago("2019-03-15T12:00:00Z", 0), "15 Mar 2019");
  assert.equal(ago("2019-03-15T12:00:00Z", 4), "on 15 Mar 2019");
});
