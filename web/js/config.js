// What the build writes into the attributes of the shell's own script.

/** @type {Config} */
export const config = /** @type {any} */ (/** @type {HTMLScriptElement} */ (document.currentScript).dataset);
