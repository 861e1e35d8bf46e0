// What the shell's own script (shell.js) has read and begun, for the loader.

export const { begun, blocked, config, early, firstRequests, firstVisit, frontsKey, ask, displace, isBlocked, nearKey, place, placeStart, readFront, root, settings, settingsKey, store } = /** @type {typeof import("./shell.js").shell} */ (globalThis.vitrine.shell);
