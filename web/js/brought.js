// What is brought from elsewhere: dropped or pasted anywhere in the page, shared by other apps, opened with an installed Vitrine. What it
// means the program says (app/state, bring).

const most = 5 * 1024 * 1024; // bytes of a file that is read, as app/browser has it
const { vitrine } = globalThis;

/**
 * Hands over the first of some files, or a text.
 * @param {ArrayLike<File>} files
 * @param {string} [text]
 */
async function bring({ 0: file, length }, text = "") {
  if (!file && !text.trim()) return;
  const large = file?.size > most;
  const content = file && !large && await file.arrayBuffer().catch(() => null); // it may be a folder, or gone
  hand({ text: text.slice(0, most), name: file?.name ?? "", files: length, file, large, data: content && new Uint8Array(content) });
}

/** @param {object} detail */
function hand(detail) {
  (vitrine.brought ??= []).push(detail); // the program may not listen yet
  document.dispatchEvent(new Event("vitrine:brought"));
}

/**
 * Reports that an element takes text itself.
 * @param {EventTarget | null} target
 */
const takes = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]");

addEventListener("paste", (event) => {
  const { clipboardData: data, target } = event;
  if (!data || event.defaultPrevented || takes(target)) return;
  event.preventDefault();
  bring(data.files, data.getData("text"));
});

// --- What is dragged here ----------------------------------------------------------------------------------------------------

let own = false; // it comes from the page itself
let inside = 0; // elements that were entered and not left
const coming = document.getElementById("coming");

/** @param {boolean} over */
function show(over) {
  if (!over) inside = 0;
  if (document.documentElement.classList.toggle("dropping", over) !== over || !coming) return;
  coming.textContent = over ? vitrine.sentences?.["boot.drop"] ?? "" : "";
}

/** @param {DragEvent} event */
const wanted = ({ dataTransfer, target }) => !own && !takes(target) && dataTransfer?.types.some((type) => ["Files", "text/uri-list", "text/plain"].includes(type));

addEventListener("dragstart", () => {
  own = true;
});
addEventListener("dragend", () => {
  own = false;
});
addEventListener("dragenter", (event) => {
  inside++;
  show(Boolean(wanted(event)));
});
addEventListener("dragleave", () => {
  if (--inside <= 0) show(false);
});
addEventListener("dragover", (event) => {
  if (!wanted(event)) return;
  event.preventDefault();
  /** @type {DataTransfer} */ (event.dataTransfer).dropEffect = "copy";
});
addEventListener("drop", (event) => {
  const data = event.dataTransfer;
  show(false);
  if (!data || !wanted(event)) return;
  event.preventDefault();
  const link = data.getData("text/uri-list").split(/\r?\n/).find((line) => line && !line.startsWith("#")); // RFC 2483, 5
  bring(data.files, link ?? data.getData("text/plain"));
});

// --- What comes from other apps ----------------------------------------------------------------------------------------------

// Files that were opened with Vitrine, as the manifest says. Source: https://wicg.github.io/web-app-launch/#launchqueue-interface
/** @type {any} */ (globalThis).launchQueue?.setConsumer(async (/** @type {any} */ { files }) => {
  bring(await Promise.all(files.map((/** @type {any} */ handle) => handle.getFile())));
});

// Files that were shared with it: the service worker has kept the first (web/sw).
async function shared() {
  const query = new URLSearchParams(location.search);
  if (!query.has("files")) return;
  history.replaceState(history.state, "", location.pathname + location.hash);
  const cacheName = `vitrine:${vitrine.base}:shared`;
  const kept = await caches.match(`${vitrine.base}shared`, { cacheName });
  await caches.delete(cacheName);
  if (!kept) hand({ text: "", name: "", files: 0, lost: true }); // there was no room for it
  else bring({ 0: new File([await kept.blob()], decodeURIComponent(kept.headers.get("Name") ?? "")), length: Number(query.get("files")) || 1 });
}

shared().catch(() => {}); // storage is closed: there is none
