import assert from "node:assert/strict";
import test from "node:test";
import { colours } from "../js/blurhash.js";

test("a blurhash gives the colours that app/markup draws of it", () => {
  const all = colours("LEHV6nWB2yk8pyo0adR*.7kCMdnj", 8, 5);
  const hex = (at) => `#${[...all.slice(4 * at, 4 * at + 3)].map((v) => v.toString(16).padStart(2, "0")).join("")}`;
  // Source: app/markup/testdata/sensitive.golden.html
  assert.deepEqual([0, 1, 7, 20, 39].map(hex), ["#88a3b0", "#96a7af", "#89a5b4", "#9d806e", "#868e93"]);
  assert.equal(all[3], 255);
});

test("what is no blurhash has no colours", () => {
  for (const hash of ["", "0", "00000", "LEHV6nWB2yk8pyo0adR*.7kCMdn", "0000\"0", "é00000", "~00000", "0".repeat(400), "💥", "<b>"]) assert.equal(colours(hash, 8, 5), null, hash);
});
