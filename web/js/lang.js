// Which language the reader reads, and what the loader says in it.

import { config, root, settings } from "./given.js";
import { pickLocale } from "./locale.js";

const locale = pickLocale(settings.language);
export let [lang] = /** @type {[string]} */ (locale.split("."));

/**
 * The address of a file in the reader's language.
 * @param {string} name
 */
export const localFile = (name) => root.dataset.base + name.replace("*", locale);

/** What the loader says: of the page's language, until spoken is settled. @type {FirstWords} */
export const said = JSON.parse(config.said);
export const spoken = root.lang === lang ? undefined : fetch(localFile("assets/first.*.json")).then((answer) => answer.json()).then((words) => {
  Object.assign(said, words);
  root.dir = said.dir;
}).catch(() => {});

/**
 * Notes that the reader has chosen another language (speak.js).
 * @param {string} chosen
 */
export function setLang(chosen) {
  lang = chosen;
}
