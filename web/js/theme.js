// The reader's look, before the first paint. The program does the same when a setting changes (app/browser, SetLook).

export const root = /** @type {HTMLElement & {dataset: {base: string, version: string}}} */ (document.documentElement);
export const settingsKey = `vitrine:${root.dataset.base}:settings`;

/** @returns {Settings} */
function readSettings() {
  try {
    const stored = JSON.parse(/** @type {string} */ (localStorage.getItem(settingsKey)));
    return stored && typeof stored === "object" ? stored : {};
  } catch {
    return {}; // storage is closed, or holds what nobody can read: the defaults are never wrong
  }
}

/** @param {Settings} settings */
function applyTheme({ theme, serif, textSize = 0 }) {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  if (serif === true) root.dataset.face = "serif";
  if (textSize >= 50 && textSize <= 300) root.style.setProperty("--text-scale", /** @type {any} */ (textSize / 100));
}

export const settings = readSettings();
applyTheme(settings);
