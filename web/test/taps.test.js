import assert from "node:assert/strict";
import test from "node:test";
import { Element, open } from "./page.js";

const page = open();
const coming = new Element("p");
Object.assign(page.document, { getElementById: (id) => (id === "coming" ? coming : null), activeElement: null });
const heard = {};
page.addEventListener = globalThis.addEventListener = (name, listener, options) => {
  assert.equal(options.capture, true, "others hear it before");
  heard[name] = listener;
};
Object.assign(globalThis, { Element, HTMLElement: Element, getSelection: () => "" });
await import("../js/shell.js");
const { makeElement } = await import("../js/tree.js");
const { counterpart, forgetTaps, listen, takeOver } = await import("../js/taps.js");
listen(() => "soon", undefined);

const post = (uri, ...rest) => ["article", { "data-uri": uri }, ["button", { "data-action": "more", "data-key": "k" + uri }, "more"],
  ["a", { "data-action": "view", "data-index": "0", href: uri + ".png" }], ["a", { "data-action": "view", "data-index": "1", href: uri + "2.png" }], ["details", { "data-part": "cw" }], ...rest];
const front = () => makeElement(["div", { id: "front" }, post("a"), post("b"), ["button", { "data-action": "older" }, "older"]]);
const program = () => makeElement(["div", 0, ["button", { "data-action": "skip" }], post("new"), post("b"), post("a"), ["button", { "data-action": "older" }, "older"]]);

function tap(target, more) {
  const event = { target, preventDefault() { this.prevented = true; }, stopPropagation() { this.stopped = true; }, ...more };
  heard.click(event);
  return event;
}

// clicked performs what was tapped, and returns what was clicked then.
function clicked(before, now) {
  const done = [];
  for (const el of now.querySelectorAll("button, a")) el.click = () => done.push(`${el.closest("article[data-uri]")?.dataset.uri ?? ""} ${el.dataset.action} ${el.dataset.index ?? ""}`.trim());
  takeOver(before, now)();
  return done;
}

test("what stands in a post is found in the same post, wherever that is", () => {
  const before = front(), now = program();
  const [more] = before.querySelectorAll("[data-action=more]").slice(1);
  assert.equal(counterpart(more, now).closest("article[data-uri]").dataset.uri, "b");
  assert.equal(counterpart(before.querySelector("[data-index=1]"), now).getAttribute("href"), "a2.png");
  assert.equal(counterpart(makeElement(post("gone")).querySelector("button"), now), undefined);
});

test("of what opens over the page the last one is opened, and all else is done once and in order", () => {
  const before = front();
  const [more, other] = before.querySelectorAll("[data-action=more]");
  const older = before.querySelector("[data-action=older]");
  for (const el of [more, older, before.querySelector("[data-index=1]"), older, other]) {
    const event = tap(el);
    assert.ok(event.prevented && event.stopped);
    assert.equal(coming.textContent, "soon");
  }
  assert.deepEqual(clicked(before, program()), ["older", "b more"]);
  assert.deepEqual(clicked(before, program()), [], "nothing is done twice");
});

test("a link that is opened elsewhere is the browser's", () => {
  const event = tap(front().querySelector("[data-index=0]"), { ctrlKey: true });
  assert.ok(!event.prevented && !event.stopped);
});

test("another view forgets what was tapped in the one before", () => {
  const before = front();
  tap(before.querySelector("[data-action=older]"));
  forgetTaps();
  assert.deepEqual(clicked(before, program()), []);
});

test("folds stand as they were left", () => {
  const before = front(), now = program();
  const fold = before.querySelector("details");
  fold.open = true;
  heard.toggle({ target: fold, stopPropagation() {} });
  clicked(before, now);
  assert.deepEqual(now.querySelectorAll("details").map((el) => [el.closest("article[data-uri]").dataset.uri, Boolean(el.open)]), [["new", false], ["b", false], ["a", true]]);
});
