// Reads blurhashes: what a picture is about in colour, in some 30 letters.

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

/**
 * Reads the colours of a blurhash, row by row: red, green, blue and 255 of each point; null for what is none.
 * Source: https://github.com/woltapp/blurhash/blob/master/Algorithm.md
 * @param {string} hash
 * @param {number} columns
 * @param {number} rows
 */
export function colours(hash, columns, rows) {
  const value = [...hash].reduce((all, c) => [...all, digits.indexOf(c)], /** @type {number[]} */ ([]));
  if (value.length < 6 || value.includes(-1)) return null;
  const number = (/** @type {number} */ from, /** @type {number} */ length) => value.slice(from, from + length).reduce((n, d) => n * 83 + d, 0);
  const size = number(0, 1);
  const across = size % 9 + 1;
  const down = Math.floor(size / 9) + 1;
  if (value.length !== 4 + 2 * across * down) return null;
  const linear = (/** @type {number} */ v) => (v <= 10.31475 ? v / 3294.6 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const mean = number(2, 4);
  const scale = (number(1, 1) + 1) / 166;
  const signed = (/** @type {number} */ v) => Math.sign(v - 9) * ((v - 9) / 9) ** 2 * scale;
  const waves = [[mean >> 16 & 255, mean >> 8 & 255, mean & 255].map(linear)];
  for (let i = 1; i < across * down; i++) {
    const v = number(4 + 2 * i, 2);
    waves.push([Math.floor(v / 361), Math.floor(v / 19) % 19, v % 19].map(signed));
  }
  const points = new Uint8ClampedArray(columns * rows * 4).fill(255);
  for (let p = 0; p < columns * rows; p++) {
    const x = (p % columns + 0.5) / columns;
    const y = (Math.floor(p / columns) + 0.5) / rows;
    for (let c = 0; c < 3; c++) {
      const light = waves.reduce((sum, wave, i) => sum + /** @type {number} */ (wave[c]) * Math.cos(Math.PI * x * (i % across)) * Math.cos(Math.PI * y * Math.floor(i / across)), 0);
      points[4 * p + c] = 255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * Math.min(light, 1) ** (1 / 2.4) - 0.055);
    }
  }
  return points;
}
