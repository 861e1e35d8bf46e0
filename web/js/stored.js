// The database of fronts (front.js). It is one of their own: in the program's, stores would be missing if the loader made it.

import { root } from "./theme.js";

export const frontsKey = `vitrine:${root.dataset.base}:fronts`; // of the database, and of the note that there are some

/** @type {Promise<IDBDatabase | null> | undefined} */
let fronts;

function open() {
  fronts ??= /** @type {Promise<IDBDatabase | null>} */ (new Promise((resolve) => {
    const request = indexedDB.open(frontsKey, 1); // throws where storage is closed: there are none then
    request.onupgradeneeded = () => request.result.createObjectStore("fronts").createIndex("kept", "kept");
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = request.onblocked = () => resolve(null);
  })).catch(() => null);
  return fronts;
}

/**
 * Answers with the result of a request in a transaction, undefined if it fails.
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(fronts: IDBObjectStore) => IDBRequest<T> | void} use
 * @returns {Promise<T | undefined>}
 */
export async function store(mode, use) {
  const database = await open();
  if (!database) return undefined;
  return new Promise((resolve) => {
    const transaction = database.transaction("fronts", mode);
    const request = use(transaction.objectStore("fronts"));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => resolve(undefined);
  }).catch(() => undefined); // the connection was closed: reading goes on without fronts
}

/**
 * The fronts of the views that were open last stand in local storage too: there nothing is waited for.
 * @param {string} view
 */
export const nearKey = (view) => `${frontsKey}:${view}`;

/**
 * Reads the front of a view. Where none was ever kept, nobody waits for a database to be made.
 * @param {string} view
 * @returns {Promise<Front | undefined>}
 */
export const readFront = async (view) => {
  if (firstVisit()) return undefined;
  try {
    const near = JSON.parse(/** @type {string} */ (localStorage.getItem(nearKey(view))));
    if (near) return near;
  } catch {} // somebody else wrote it
  return store("readonly", (all) => all.get(view));
};

/** Reports that no front was ever kept here, without waiting for the database to open. */
export function firstVisit() {
  try {
    return !localStorage.getItem(frontsKey);
  } catch {
    return true;
  }
}
