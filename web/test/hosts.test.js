import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { open } from "./page.js";

const { vitrine } = open();
await import("../js/hosts.js");

test("hosts are shown as the program shows them", () => {
  const hosts = JSON.parse(readFileSync(new URL("hosts.json", import.meta.url), "utf8"));
  for (const [host, shown] of Object.entries(hosts)) assert.equal(vitrine.shownHost(host), shown, host);
});
