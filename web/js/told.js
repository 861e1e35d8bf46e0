// What the build tells the loader, and which language the reader reads.

const told = document.currentScript.dataset;
const locales = JSON.parse(told.locales); // language -> URL
const agoWords = JSON.parse(told.ago); // language -> how times are written, see ago()
const lang = pickLanguage(settings.language, Object.keys(locales));

function pickLanguage(chosen, known) {
  for (const tag of [chosen, ...(navigator.languages ?? [])]) {
    const wanted = tag?.toLowerCase();
    if (known.includes(wanted)) return wanted;
    const primary = wanted?.split("-")[0];
    if (known.includes(primary)) return primary;
  }
  return root.lang;
}
