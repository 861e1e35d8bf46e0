// What has the browser's own translator translate posts (https://developer.mozilla.org/docs/Web/API/Translator). It is loaded where there is one
// and posts are in other languages than the reader's (draw.js). No server is asked for a translation.

/** @type {any} */
const { Translator, LanguageDetector } = /** @type {any} */ (globalThis);

/**
 * Finds the languages that the translator knows for a tag: itself, or its first part.
 * @param {string} from
 * @param {string} targetLanguage
 */
async function pair(from, targetLanguage) {
  for (const sourceLanguage of new Set([from, from.replace(/-.*/, "")])) {
    const languages = { sourceLanguage, targetLanguage };
    try {
      if (await Translator.availability(languages) !== "unavailable") return languages;
    } catch {} // no language's tag
  }
  return undefined;
}

/**
 * Finds the language of a text (https://developer.mozilla.org/docs/Web/API/LanguageDetector).
 * @param {string} text
 * @param {(m: EventTarget) => void} monitor
 * @param {AbortSignal} signal
 */
async function languageOf(text, monitor, signal) {
  const detector = await LanguageDetector.create({ monitor, signal });
  const [best] = await detector.detect(text, { signal });
  detector.destroy?.();
  return best.detectedLanguage;
}

globalThis.vitrine.translators = {
  /** Says from which languages can be translated into one. */
  can: (/** @type {string[]} */ from, /** @type {string} */ to) => Promise.all(from.map(async (tag) => Boolean(await pair(tag, to)))),
  /**
   * Translates texts, one after the other, and names the language that they are in.
   * @param {string[]} texts
   * @param {string} to
   * @param {string} from "" where nobody says it: then the browser finds out
   * @param {(percent: number) => boolean | void} hear how far it is, while what is needed is loaded and then from text to text; false when it
   *   isn't wanted any more
   */
  async say(texts, to, from, hear) {
    let last = 0;
    let over = false;
    const stop = new AbortController();
    const { signal } = stop;
    const tell = (/** @type {number} */ part) => {
      const percent = Math.floor(part * 100);
      if (percent !== last && !over && hear(last = percent) === false) stop.abort();
    };
    const monitor = (/** @type {EventTarget} */ m) => m.addEventListener("downloadprogress", (e) => tell(/** @type {ProgressEvent} */ (e).loaded));
    const said = [];
    try {
      if (!from) from = await languageOf(texts.join("\n"), monitor, signal);
      const translator = await Translator.create({ ...await pair(from, to), monitor, signal });
      for (const text of texts) {
        tell(said.length / texts.length);
        signal.throwIfAborted();
        said.push(String(await translator.translate(text, { signal })));
      }
      translator.destroy?.();
    } finally {
      over = true;
    }
    return { said, from };
  },
};
