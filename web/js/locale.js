// The site's languages, and which of them a reader reads.

import { config } from "./given.js";

/** "LANG.HASH" of each, as it stands in the names of its files; the page's own is the first. */
const locales = config.locales.split(" ");

/**
 * Picks the first language of the reader's that there are messages for; the page's own where there is none.
 * @param {string | undefined} chosen
 * @returns {string} "LANG.HASH"
 */
export function pickLocale(chosen) {
  for (const tag of [chosen, ...(navigator.languages ?? [])]) {
    const wanted = tag?.toLowerCase();
    const primary = wanted?.split("-")[0];
    const found = wanted && [wanted, primary].map((lang) => locales.find((locale) => locale.startsWith(`${lang}.`))).find(Boolean);
    if (found) return found;
  }
  return /** @type {string} */ (locales[0]);
}
