// Fades from the head of one view to that of the next, where the browser can and the reader wants motion. The rest of a page is no part of it
// (later.css): a picture of all of it, while the posts of the next view come in, would cost a slow device more than the drawing.

const patience = 250; // milliseconds until a view is drawn, whatever the browser does

/**
 * Draws another view. The browser shows the one before until it is drawn.
 * @param {(drawn: () => void) => void} draw calls drawn once the view stands
 */
globalThis.vitrine.turn = (draw) => {
  let begun = false;
  const begin = () => new Promise((/** @type {(done?: unknown) => void} */ resolve) => {
    if (begun) {
      resolve();
      return;
    }
    begun = true;
    draw(() => resolve());
  });
  if (!document.startViewTransition || document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches) {
    begin();
    return;
  }
  setTimeout(begin, patience);
  const { classList } = document.documentElement;
  const over = () => classList.remove("passing");
  classList.add("passing");
  try {
    const { ready, updateCallbackDone, finished } = document.startViewTransition(begin);
    for (const step of [ready, updateCallbackDone]) step.catch(() => {}); // the next view came before, or the page is hidden
    finished.then(over, over);
  } catch {
    over();
    begin();
  }
};
