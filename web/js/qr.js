// What makes a QR code of a text. It is loaded only when a code is shown (draw.js).
import { correction, generate } from "./lean-qr.js";

/** @type {(text: string, options: {maxVersion: number, minCorrectionLevel: number}) => {size: number, get: (x: number, y: number) => boolean}} */
const encode = /** @type {any} */ (generate);

/** A phone reads a code with so many modules from a screen: 117 a side. Source: ISO/IEC 18004, section 6.1.1. */
const maxVersion = 25;

/** Light modules around a code, which belong to it. Source: ISO/IEC 18004, section 6.3.8. */
const quiet = 4;

/**
 * Makes the code of a text: its dark modules as the data of an SVG path in a square of size modules, with what belongs around them. The path
 * is "" for a text that is too long. A screen is neither dirty nor torn, so the lowest error correction will do.
 * @param {string} text
 * @returns {{size: number, path: string}}
 */
globalThis.vitrine.code = (text) => {
  let made;
  try {
    made = encode(text, { maxVersion, minCorrectionLevel: correction.L });
  } catch {
    return { size: 0, path: "" };
  }
  let path = "";
  for (let y = 0; y < made.size; y++) {
    for (let x = 0; x < made.size; x++) {
      const from = x;
      while (x < made.size && made.get(x, y)) x++;
      if (x > from) path += `M${from + quiet} ${y + quiet}h${x - from}v1h${from - x}z`;
    }
  }
  return { size: made.size + 2 * quiet, path };
};
