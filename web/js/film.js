// What the program does with a film or sound of a post beside what its player does by itself. It is loaded when that is wanted (draw.js).

const { scripts } = globalThis.vitrine;

/** How a playlist of pieces is called. Source: RFC 8216, section 10. */
const playlistType = "application/vnd.apple.mpegurl";

/**
 * Finds the player of a medium of a post.
 * @param {string} key
 * @param {number} index
 */
function playerOf(key, index) {
  const posts = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("article[data-key]")]).filter(({ dataset }) => dataset.key === key);
  const players = posts.flatMap((post) => /** @type {HTMLVideoElement[]} */ ([...post.querySelectorAll("video, audio")]));
  return players.find(({ dataset }) => Number(dataset.index) === index) ?? players[0];
}

/**
 * Plays. A browser may refuse; its own button is there.
 * @param {HTMLMediaElement} player
 */
const play = (player) => player.play()?.catch(() => {});

/**
 * Shows a film above other windows, once something of it is there.
 * @param {HTMLVideoElement} player
 */
function float(player) {
  const request = () => player.requestPictureInPicture?.().catch(() => {}); // the browser may forbid it
  if (player.readyState) {
    request();
    return;
  }
  player.addEventListener("loadedmetadata", request, { once: true });
  play(player);
}

/**
 * Streams what the browser can't play by itself. Its player says so: what else fails there is made up for, until data-stream is "lost". Then the
 * film is reported as one whose file is broken.
 * @param {HTMLVideoElement} player
 */
async function stream(player) {
  const source = player.querySelector("source");
  if (!source || player.dataset.stream) return;
  player.dataset.stream = "on";
  const failed = () => {
    player.dataset.stream = "lost";
    player.dispatchEvent(new Event("error"));
  };
  try {
    await import(/** @type {string} */ (scripts?.stream));
    globalThis.vitrine.stream?.(player, source.src, failed);
    await play(player);
  } catch {
    failed();
  }
}

/**
 * @param {string} key the post's
 * @param {number} index of the medium among the post's
 * @param {string} act what is to be done: "start" (a stream), "from" (a second), "speed" (in per cent), "float" (above other windows)
 * @param {number} number
 */
globalThis.vitrine.film = (key, index, act, number) => {
  const player = playerOf(key, index);
  if (!player) return;
  switch (act) {
    case "start":
      player.focus({ preventScroll: true }); // what was pressed is gone
      if (player.canPlayType(playlistType)) play(player);
      else stream(player);
      break;
    case "stream":
      stream(player);
      break;
    case "from":
      player.currentTime = number;
      play(player);
      player.scrollIntoView({ block: "nearest" });
      break;
    case "speed":
      player.playbackRate = number / 100;
      player.defaultPlaybackRate = number / 100; // stays when another file is loaded
      break;
    case "float":
      if (document.pictureInPictureElement === player) document.exitPictureInPicture().catch(() => {});
      else float(player);
      break;
  }
};
