// Which language the reader reads, and what the build writes for the loader in it.

import { config, root, settings } from "./given.js";

/** @type {Record<string, string>} */
export const locales = JSON.parse(config.locales); // language -> URL
/** @type {Record<string, AgoWords>} */
export const agoWords = JSON.parse(config.ago); // language -> how times are written, see ago()
/** @type {Record<string, HeadWords>} */
export const headWords = JSON.parse(config.heads); // language -> the words of heads.js
export const lang = pickLanguage(settings.language, Object.keys(locales));

/**
 * Picks the first language of the reader's that there are messages for; the page's own where there is none.
 * @param {string | undefined} chosen
 * @param {string[]} known
 */
export function pickLanguage(chosen, known) {
  for (const tag of [chosen, ...(navigator.languages ?? [])]) {
    const wanted = tag?.toLowerCase();
    if (wanted && known.includes(wanted)) return wanted;
    const primary = wanted?.split("-")[0];
    if (primary && known.includes(primary)) return primary;
  }
  return root.lang;
}
