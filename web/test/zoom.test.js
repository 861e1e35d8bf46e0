import assert from "node:assert/strict";
import test from "node:test";
import { bounded, nearer, whole } from "../js/zoom.js";

const picture = { width: 300, height: 200 };
const screen = { width: 300, height: 600 };

test("what is at a point stays there when a picture comes near", () => {
  assert.deepEqual(nearer(whole, 2, 100, 50), { x: -100, y: -50, scale: 2 });
  assert.deepEqual(nearer({ x: -100, y: -50, scale: 2 }, 1, 100, 50), whole);
});

test("no edge of a picture comes inside of the screen, and one that fits stays in the middle", () => {
  assert.deepEqual(bounded({ x: 1000, y: 1000, scale: 2 }, picture, screen), { x: 150, y: 0, scale: 2 });
  assert.deepEqual(bounded({ x: -1000, y: -1000, scale: 4 }, picture, screen), { x: -450, y: -100, scale: 4 });
  assert.deepEqual(bounded({ x: 50, y: 50, scale: 0.2 }, picture, screen), whole);
});

test("a picture is eight times as large at most", () => {
  assert.equal(nearer(whole, 100, 0, 0).scale, 8);
  assert.equal(bounded({ x: 0, y: 0, scale: 100 }, picture, screen).scale, 8);
});
