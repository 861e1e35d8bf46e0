// How a picture of the viewer is shown: its middle moved by x and y pixels, and so many times as large as it is where all of it fits.

/** @typedef {{ x: number, y: number, scale: number }} Shown */

/** All of the picture. @type {Shown} */
export const whole = { x: 0, y: 0, scale: 1 };
const most = 8; // times as large

/**
 * Bounds how a picture is shown: no edge of it comes inside of the screen, unless all of it fits.
 * @param {Shown} to
 * @param {{ width: number, height: number }} picture as it fits the screen
 * @param {{ width: number, height: number }} screen
 * @returns {Shown}
 */
export function bounded({ x, y, scale }, picture, screen) {
  scale = Math.min(Math.max(scale, 1), most);
  const within = (/** @type {number} */ at, /** @type {number} */ size, /** @type {number} */ room) => {
    const over = Math.max(size * scale - room, 0) / 2;
    return Math.min(Math.max(at, -over), over);
  };
  return scale === 1 ? whole : { x: within(x, picture.width, screen.width), y: within(y, picture.height, screen.height), scale };
}

/**
 * Brings a picture nearer, so that what is at a point stays there.
 * @param {Shown} from
 * @param {number} scale
 * @param {number} x of the point, from the middle of the screen
 * @param {number} y
 * @returns {Shown}
 */
export function nearer(from, scale, x, y) {
  scale = Math.min(Math.max(scale, 1), most);
  const by = scale / from.scale;
  return { x: x - (x - from.x) * by, y: y - (y - from.y) * by, scale };
}
