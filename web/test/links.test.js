import assert from "node:assert/strict";
import test from "node:test";
import { open } from "./page.js";

const page = open({ address: "https://reader.example/?text=Look+at+https%3A%2F%2Fa.example%2F%40ada+!", languages: ["fr-FR", "pt-BR", "de-AT"] });
await import("../js/shell.js");
const { sharedIn } = await import("../js/shared.js");
const moved = page.location.href;
const { correct } = await import("../js/links.js");
const { lang, localFile } = await import("../js/lang.js");
const { pickLocale } = await import("../js/locale.js");

test("what another app shares is moved into the fragment", () => {
  assert.equal(moved, "https://reader.example/#/open?u=https%3A%2F%2Fa.example%2F%40ada");
});

test("the address is found among the words of what is shared", () => {
  for (const [query, address] of Object.entries({
    "?url=https://a.example/1&text=Read": "https://a.example/1",
    "?text=Read+https://a.example/1+now&title=A": "https://a.example/1",
    "?text=I+am+@ada@a.example": "@ada@a.example",
    "?text=ada@a.example:8080": "ada@a.example:8080",
    "?u=web%2Bap://a.example/@ada": "https://a.example/@ada",
    "?u=web%2Bactivitypub%3A%2F%2Fa.example%2F%40ada": "https://a.example/@ada",
    "?u=WEB%2BAP%3Aa.example": "https://a.example",
    "?title=no+address": "no address",
    "?text=++": "",
    "?other=1": "",
    "": "",
  })) assert.equal(sharedIn(query), address, query);
});

test("a percent sign that begins no escape is escaped", () => {
  for (const [hash, fixed] of Object.entries({ "#/100%": "#/100%25", "#/a%2Fb": "#/a%2Fb", "#/%zz%4": "#/%25zz%254", "#/": "#/", "": "" })) assert.equal(correct(hash), fixed);
});

test("the first language of the reader's that there are messages for is taken", () => {
  assert.equal(lang, "pt-br");
  assert.equal(localFile("assets/words.*.txt"), "/assets/words.pt-br.3.txt");
  assert.equal(pickLocale("DE"), "de.2");
  assert.equal(pickLocale("de-CH"), "de.2");
  assert.equal(pickLocale(undefined), "pt-br.3");
  navigator.languages = ["fr-FR", "d"];
  assert.equal(pickLocale("xx"), "en.1"); // the page's own
});
