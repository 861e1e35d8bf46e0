// Gives a framed feed (iframe[data-vitrine], embed.html) the height of its content. One script for both sides: the page that has
// the frame, and the frame itself where it may run scripts; where it may not but is of the page's own origin, the page looks.
(() => {
  const root = document.documentElement;
  /** @type {() => NodeListOf<HTMLIFrameElement>} */
  const frames = () => document.querySelectorAll("iframe[data-vitrine]");
  /** @type {(frame: HTMLIFrameElement, height: number) => void} */
  const fit = (frame, height) => {
    if (!(height > 0 && height <= 50000)) return;
    const borders = getComputedStyle(frame).boxSizing === "border-box" ? frame.offsetHeight - frame.clientHeight : 0;
    frame.style.height = Math.ceil(height) + borders + "px";
  };
  const tall = (/** @type {Element} */ element) => element.getBoundingClientRect().height;
  const tell = () => parent.postMessage({ vitrine: tall(root) }, "*");

  addEventListener("message", ({ data, source }) => {
    const height = data?.vitrine;
    if (typeof height !== "number") return;
    if (!height && source === parent) tell();
    for (const frame of frames()) if (frame.contentWindow === source) fit(frame, height);
  });
  for (const frame of frames()) {
    /** @type {ResizeObserver | undefined} */
    let observer;
    const look = () => {
      observer?.disconnect();
      const inner = frame.contentDocument?.documentElement;
      if (inner) (observer = new ResizeObserver(() => fit(frame, tall(inner)))).observe(inner);
      else frame.contentWindow?.postMessage({ vitrine: 0 }, "*"); // what it said before somebody listened
    };
    frame.addEventListener("load", look);
    look();
  }
  if (parent !== self && !frames().length) new ResizeObserver(tell).observe(root);
})();
