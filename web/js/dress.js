// The reader's look, before the first paint. The program does the same when a setting changes (app/browser, Dress).

const root = document.documentElement;
const settingsKey = `vitrine:${root.dataset.base}:settings`;

function readSettings() {
  try {
    const kept = JSON.parse(localStorage.getItem(settingsKey));
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {}; // storage is closed, or holds what nobody can read: the defaults are never wrong
  }
}

function dress(settings) {
  if (settings.theme === "light" || settings.theme === "dark") root.dataset.theme = settings.theme;
  if (settings.serif === true) root.dataset.face = "serif";
  if (settings.textSize >= 50 && settings.textSize <= 300) root.style.setProperty("--text-scale", settings.textSize / 100);
}

const settings = readSettings();
dress(settings);
