import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { shownHost } from "../js/hosts.js";

test("hosts are shown as the program shows them", () => {
  const hosts = JSON.parse(readFileSync(new URL("hosts.json", import.meta.url), "utf8"));
  for (const [host, shown] of Object.entries(hosts)) assert.equal(shownHost(host), shown, host);
});
