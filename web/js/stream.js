// Plays a film that comes as a playlist of pieces (HLS, RFC 8216) where a browser can't do that by itself. It is loaded only then (film.js).
import Hls from "./hls.js";

const { Events, ErrorTypes } = Hls;

/** Failures of each kind that are made up for before a film is given up. */
const tries = 2;

/**
 * Plays a playlist in a player. failed is called once when it can't be played.
 * @param {HTMLVideoElement} player
 * @param {string} playlist its address
 * @param {() => void} failed
 */
globalThis.vitrine.stream = (player, playlist, failed) => {
  if (!Hls.isSupported()) {
    failed();
    return;
  }
  // Without a worker of its own, which the Content-Security-Policy doesn't allow; no larger picture than is seen.
  const stream = new Hls({ enableWorker: false, capLevelToPlayerSize: true, backBufferLength: 60 });
  const left = { network: tries, media: tries };
  stream.on(Events.ERROR, (/** @type {unknown} */ _, /** @type {{fatal: boolean, type: string}} */ { fatal, type }) => {
    if (!player.isConnected) stream.destroy();
    else if (!fatal) return;
    else if (type === ErrorTypes.NETWORK_ERROR && stream.levels.length && left.network--) stream.startLoad();
    else if (type === ErrorTypes.MEDIA_ERROR && stream.levels.length && left.media--) stream.recoverMediaError();
    else {
      failed();
      stream.destroy();
    }
  });
  // A player that was taken from the page loads nothing more.
  stream.on(Events.FRAG_BUFFERED, () => {
    if (!player.isConnected) stream.destroy();
  });
  stream.loadSource(playlist);
  stream.attachMedia(player);
};
