import assert from "node:assert/strict";
import { test } from "node:test";

/** @type {any} */
const globals = globalThis;
/** @type {string[]} */
const asked = [];
globals.vitrine = {};
globals.LanguageDetector = {
  async create() {
    throw new TypeError("not here");
  },
};
globals.Translator = {
  /** @param {{sourceLanguage: string, targetLanguage: string}} languages */
  async availability({ sourceLanguage, targetLanguage }) {
    if (sourceLanguage === "d<e") throw new RangeError("no tag");
    return sourceLanguage === "de" && targetLanguage === "en" ? "downloadable" : "unavailable";
  },
  /** @param {{sourceLanguage: string, monitor: (m: EventTarget) => void}} how */
  async create({ sourceLanguage, monitor }) {
    if (!sourceLanguage) throw new TypeError("no language");
    const m = new EventTarget();
    monitor(m);
    for (const loaded of [0.25, 0.251, 1]) m.dispatchEvent(Object.assign(new Event("downloadprogress"), { loaded }));
    return { translate: async (/** @type {string} */ text) => text.toUpperCase(), destroy: () => asked.push("destroyed") };
  },
};
await import("../js/translator.js");
const { can, say } = globals.vitrine.translators;

test("what the browser can translate is asked by tag, then by language", async () => {
  assert.deepEqual(await can(["de", "de-AT", "fr", "d<e"], "en"), [true, true, false, false]);
  assert.deepEqual(await can(["de"], "xx"), [false]);
});

test("texts are translated in their order, with the way that is gone", async () => {
  /** @type {number[]} */
  const heard = [];
  assert.deepEqual(await say(["ein", "Wort"], "en", "de-CH", (/** @type {number} */ n) => heard.push(n)), { said: ["EIN", "WORT"], from: "de-CH" });
  assert.deepEqual(heard, [25, 100, 0, 50]);
  assert.deepEqual(asked, ["destroyed"]);
});

test("a language that nobody says is found out", async () => {
  /** @type {string[]} */
  const read = [];
  await assert.rejects(say(["ein", "Wort"], "en", "", () => {}), TypeError);
  globals.LanguageDetector.create = async () => ({
    detect: async (/** @type {string} */ text) => [{ detectedLanguage: read.push(text) === 1 ? "de" : "tlh" }],
    destroy: () => asked.push("forgotten"),
  });
  assert.deepEqual(await say(["ein", "Wort"], "en", "", () => {}), { said: ["EIN", "WORT"], from: "de" });
  await assert.rejects(say(["Qapla'"], "en", "", () => {}), TypeError);
  assert.deepEqual(read, ["ein\nWort", "Qapla'"]);
  assert.equal(asked.includes("forgotten"), true);
});

test("what isn't wanted any more is stopped", async () => {
  /** @type {AbortSignal | undefined} */
  let loading;
  const { create } = globals.Translator;
  globals.Translator.create = async (/** @type {any} */ how) => {
    loading = how.signal;
    const made = await create(how);
    loading?.throwIfAborted();
    return made;
  };
  await assert.rejects(say(["ein", "Wort"], "en", "de", () => false), { name: "AbortError" });
  assert.equal(loading?.aborted, true);
  globals.Translator.create = create;
  /** @type {number[]} */
  const heard = [];
  const translated = say(["ein", "Wort", "mehr"], "en", "de", (/** @type {number} */ n) => heard.push(n) < 4);
  await assert.rejects(translated, { name: "AbortError" });
  assert.deepEqual(heard, [25, 100, 0, 33]);
});

test("a language that can't be translated fails", async () => {
  await assert.rejects(say(["un"], "en", "fr", () => {}));
});
