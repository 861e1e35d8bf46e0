// The script that stands in the shell itself. It does what can't wait for another response: the reader's look before the first paint,
// the view's first request, and the look for its stored front. The loader (boot.js) goes on from there (given.js).

import "./shared.js"; // comes first: it puts the address right
import { blocked, isBlocked } from "./blocked.js";
import { config } from "./config.js";
import { ask, early, firstRequests } from "./early.js";
import { displace, keepShell, place, placeStart } from "./place.js";
import { firstVisit, frontsKey, nearKey, readFront, store } from "./stored.js";
import { root, settings, settingsKey } from "./theme.js";

const view = location.hash || "#/";

/** What is known of the view that the page was opened with. */
const begun = { view, requests: firstRequests(view), front: readFront(view) };

// The page was read, and nothing of it painted. The start page needs nothing else.
document.addEventListener("readystatechange", () => {
  keepShell();
  if (view === "#/") placeStart();
}, { once: true });

export const shell = { begun, blocked, config, early, firstRequests, firstVisit, frontsKey, ask, displace, isBlocked, nearKey, place, placeStart, readFront, root, settings, settingsKey, store };
globalThis.vitrine = /** @type {any} */ ({ base: root.dataset.base, version: root.dataset.version, early, settingsKey, shell });
