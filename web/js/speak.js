// Turns the page into another language. It is loaded where the reader's isn't the page's, and when they choose another one.

import { root } from "./given.js";
import { pickLocale } from "./locale.js";

const { vitrine } = globalThis;

/**
 * Turns what the build has written on the page into a language, by vitrine.sentences.
 * @param {string} lang
 */
vitrine.translate = (lang) => {
  root.lang = lang;
  const templates = [...document.querySelectorAll("template")].map((template) => template.content);
  /** @type {(name: string) => HTMLElement[]} */
  const having = (name) => [document, ...templates].flatMap((place) => [.../** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll(`[data-${name}]`))]);
  for (const el of having("words")) el.textContent = vitrine.sentences?.[/** @type {string} */ (el.dataset.words)] ?? el.textContent;
  navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage({ type: "language", lang }));
  for (const el of having("label")) el.ariaLabel = vitrine.sentences?.[/** @type {string} */ (el.dataset.label)] ?? el.ariaLabel;
};

/**
 * Turns the page into the language that the reader chose, "" for the browser's, and answers with its table of words for the program.
 * @param {string} chosen
 */
vitrine.speaking = async (chosen) => {
  const locale = pickLocale(chosen);
  const [lang] = /** @type {[string]} */ (locale.split("."));
  const answer = await fetch(`${root.dataset.base}assets/words.${locale}.txt`);
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  const table = await answer.text();
  vitrine.hear?.(lang, table);
  vitrine.translate?.(lang);
  return table;
};
