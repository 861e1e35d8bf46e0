// <vitrine-feed src="/feeds/NAME/"> shows an official feed on any page. What stands inside the element is shown until the feed was
// fetched and its style is there, and stays if either fails. It works as a classic script and as a module, below any
// Content-Security-Policy that lets this file, its style and the feed's folder in. The build makes one file of it and what it imports.

import { ask, patience, problem } from "./embed/ask.js";
import { article, fill, frame, iso, text, whom, words } from "./embed/post.js";
import { address, grow } from "./embed/tree.js";

// A module has no currentScript, and a classic script must not even mention import.meta: the stack names both.
const own = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src || /https?:.+?(?=:\d+:\d+)/.exec(/** @type {string} */ (Error().stack))?.[0];
const style = new URL("embed.css", own || document.baseURI).href;

const pause = 6e5; // milliseconds between two refreshes
const jitter = () => Math.random() * 6e4; // servers' windows end at the same second for everybody

const block = new CSSStyleSheet();
block.replaceSync(":host{display:block}:host([hidden]){display:none}");

const attributes = (/** @type {TreeElement} */ node) => node[1] || /** @type {Record<string, string>} */ ({});

// toPlace leads to a footnote and back: fragments of addresses don't reach into shadow trees.
const toPlace = (/** @type {MouseEvent} */ event) => {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("a:not([target])"));
  const place = link?.hash && /** @type {ShadowRoot} */ (event.currentTarget).getElementById(link.hash.slice(1));
  if (!place || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  place.tabIndex = -1;
  place.focus();
};

class Feed extends HTMLElement {
  static observedAttributes = ["src", "live", "refresh", "limit", "theme"];

  #root = this.attachShadow({ mode: "open" });
  /** @type {HTMLElement | undefined} */ #view; // what is shown: a slot for what stands inside the element, or the drawn feed
  /** @type {HTMLElement | undefined} */ #note; // what stands below a slot
  /** @type {Promise<void> | null | undefined} */ #styled; // the style's promise
  /** @type {string | undefined} */ #drawn; // the tree that is shown, as JSON
  /** @type {Copy | null | undefined} */ #copy;
  /** @type {Live | null | undefined} */ #live;
  #turn = 0; // changes when what is under way is no longer wanted
  #due = 0; // when one may ask again
  #limits = 0; // how often a server asked to wait
  /** @type {boolean | undefined} */ #near;
  /** @type {boolean | undefined} */ #busy;
  /** @type {IntersectionObserver | null | undefined} */ #eye;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  constructor() {
    super();
    this.#root.addEventListener("click", /** @type {EventListener} */ (toPlace));
  }

  connectedCallback() {
    const start = () => {
      if (!this.isConnected || this.#eye) return;
      if (!this.#view) this.#reset();
      this.#watch();
    };
    // before that, what stands inside may not have been parsed
    document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start, { once: true }) : start();
  }

  disconnectedCallback() {
    this.#eye?.disconnect();
    this.#eye = null;
    document.removeEventListener("visibilitychange", this.#wake);
    clearTimeout(this.#timer);
    this.#still();
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    if (!this.#view || before === now) return;
    if (name === "theme") this.#paint();
    else if (name === "limit") this.#drawn && this.#draw();
    else {
      this.disconnectedCallback();
      this.#reset();
      this.connectedCallback();
    }
  }

  get #base() {
    const src = this.getAttribute("src");
    return src && address(src.replace(/\/?$/, "/"), document.baseURI);
  }

  get #whom() { return whom(this.getAttribute("live") ?? ""); }
  get #click() { return this.getAttribute("refresh") === "click"; }

  // said is what is said in the language of the page, and how times are written there.
  get #said() {
    const lang = /** @type {HTMLElement | null} */ (this.closest("[lang]"))?.lang || navigator.language;
    /** @type {Intl.DateTimeFormatOptions} */
    const shape = { day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit" };
    let dates;
    try { dates = new Intl.DateTimeFormat(lang, shape); } catch { dates = new Intl.DateTimeFormat([], shape); }
    /** @type {Said["time"]} */
    const time = (moment, id) => ["time", { ...(id && { id }), datetime: iso(moment) }, dates.format(new Date(moment))];
    return { say: words[/^de\b/i.test(lang) ? "de" : "en"], time };
  }

  // still ends what is under way.
  #still() {
    this.#turn++;
    this.#busy = false;
    this.removeAttribute("aria-busy");
  }

  // reset shows what stands inside the element, and below it a button or, for want of anything, a link.
  #reset() {
    const { say } = this.#said;
    const whom = this.#whom;
    this.#copy = this.#live = null;
    this.#drawn = "";
    this.#due = this.#limits = 0;
    this.#note?.remove();
    const slot = document.createElement("slot");
    this.#view ? this.#view.replaceWith(slot) : this.#root.append(slot);
    this.#root.adoptedStyleSheets = [block];
    this.#view = slot;
    const note = (this.#note = document.createElement("div"));
    const status = document.createElement("div");
    status.setAttribute("role", "status");
    note.append(status);
    if (this.#click) {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("part", "button");
      button.textContent = say.load;
      button.onclick = () => {
        if (this.#busy) return;
        this.#due > Date.now() ? this.#fail() : this.#load();
      };
      const row = document.createElement("p");
      row.append(button, whom ? " " + fill(say.from, whom.host) : "");
      note.append(row);
    }
    const href = this.#base ? this.#base + "index.html" : whom && `${whom.root}@${whom.user}`;
    if (href && !this.firstElementChild && !this.textContent.trim()) note.append(grow(["p", 0, ["a", { href }, say.page]]));
    slot.after(note);
  }

  // fail says that nothing came, where somebody waits for it or there is nothing else.
  #fail() {
    const [status, ...others] = /** @type {HTMLElement} */ (this.#note).children;
    status.textContent = others.length ? this.#said.say.failed : "";
  }

  #watch() {
    this.#eye = new IntersectionObserver((seen) => {
      this.#near = /** @type {IntersectionObserverEntry} */ (seen.at(-1)).isIntersecting;
      this.#wake();
    }, { rootMargin: "600px" });
    if (this.#click) return; // then only a press asks
    this.#eye.observe(this);
    document.addEventListener("visibilitychange", this.#wake);
  }

  // wake loads when it is time, while somebody may see it.
  #wake = () => {
    clearTimeout(this.#timer);
    if (!this.#near || this.#busy || document.hidden) return;
    const wait = this.#due - Date.now();
    if (wait > 0) this.#timer = setTimeout(this.#wake, Math.min(wait, 2 ** 31 - 1));
    else this.#load();
  };

  async #load() {
    const turn = ++this.#turn;
    let until = 0;
    let loaded = false;
    this.#busy = true;
    this.setAttribute("aria-busy", "true");
    /** @type {any} */ (this.#note).firstChild.textContent = "";
    const attempt = async (/** @type {() => Promise<void>} */ step) => {
      try {
        await Promise.all([step.call(this), this.#dress()]);
        if (turn !== this.#turn) return;
        this.#draw();
        loaded = true;
      } catch (failed) {
        if (turn !== this.#turn) return;
        const error = /** @type {{kind?: string, until?: number}} */ (failed);
        until = Math.max(until, error.until || 0);
        this.#tell("vitrine-error", { kind: error.kind ?? "BadData" });
      }
    };
    const alone = !this.hasAttribute("src");
    if (!alone) await attempt(this.#askCopy);
    // What the site's owner left out of the copy is known only beside it: without one, nothing live is shown.
    if (turn === this.#turn && this.hasAttribute("live") && (alone || this.#copy)) await attempt(this.#askLive);
    if (turn !== this.#turn) return;
    this.#still();
    // What failed is not tried again before the page is loaded anew, but for what showed something before, and once after a limit.
    const again = Math.max(until, loaded || this.#drawn ? Date.now() + pause : 0);
    if (this.#click) this.#due = until;
    else this.#due = !again || until && this.#limits++ ? Infinity : again + jitter();
    if (!loaded) this.#fail();
    this.#wake();
  }

  async #askCopy() {
    const base = this.#base;
    const turn = this.#turn;
    const copy = base ? await ask(base + "tree.json", { cache: "no-cache" }) : 0;
    if (copy?.version !== 1 || copy.tree?.[0] !== "section") throw problem("BadData");
    if (turn === this.#turn) this.#copy = copy;
  }

  async #askLive() {
    const whom = this.#whom;
    if (!whom) throw problem("Unsupported");
    const turn = this.#turn;
    const { user, host, root } = whom;
    const get = (/** @type {string} */ path) => ask(root + "api/v1/accounts/" + path, { credentials: "omit" });
    const account = this.#live?.account ?? await get("lookup?acct=" + encodeURIComponent(user));
    const statuses = await get(encodeURIComponent(text(account.id)) + "/statuses?limit=20&exclude_replies=true");
    if (turn !== this.#turn) return;
    const said = this.#said;
    const posts = /** @type {Status[]} */ (statuses).slice(0, 20).flatMap((status, n) => {
      try {
        return { at: Date.parse(status.created_at), node: article(status, n, said) };
      } catch {
        return []; // one malformed post is no reason to show none
      }
    });
    this.#live = { account, posts, handle: `@${user}@${host}`, at: Date.now() };
  }

  // dress waits for the style. It stands in the shadow root, so that it can't reach the page.
  #dress() {
    return (this.#styled ??= /** @type {Promise<void>} */ (new Promise((resolve, reject) => {
      const link = document.createElement("link");
      const failed = () => {
        link.remove();
        this.#styled = null;
        reject(problem("Unreachable"));
      };
      const timer = setTimeout(failed, patience);
      link.rel = "stylesheet";
      link.href = style;
      link.onload = () => {
        clearTimeout(timer);
        resolve();
      };
      link.onerror = failed;
      this.#root.prepend(link);
    })));
  }

  // used tells that something would be lost if what is shown were replaced.
  get #used() {
    const plays = (/** @type {Element | ShadowRoot} */ within) => [...within.querySelectorAll("audio, video")].some((player) => !/** @type {HTMLMediaElement} */ (player).paused);
    return plays(this) || plays(this.#root) || this.#drawn && (this.#root.activeElement?.matches(":not(a, section)") || this.#root.querySelector("details[open]"));
  }

  // draw shows the copy, below newer posts of the instance.
  #draw() {
    if (this.#used) return;
    const said = this.#said;
    const since = Date.parse(this.#copy?.asOf ?? "");
    const tree = this.#copy?.tree ?? frame(/** @type {Live} */ (this.#live), said);
    const feed = /** @type {TreeElement | undefined} */ (tree.find((node) => /** @type {any} */ (node)?.[0] === "div")); // its posts, or a sentence that there are none
    if (!feed) throw problem("BadData");
    const posts = /** @type {TreeElement[]} */ (feed.slice(2)).filter(([tag]) => tag === "article");
    const known = new Set(posts.map((node) => attributes(node)["data-uri"]));
    const fresh = (this.#live?.posts ?? []).filter(({ at, node }) => at && !(at <= since) && !known.has(attributes(node)["data-uri"])).map(({ node }) => node);
    const limit = parseInt(this.getAttribute("limit") ?? "");
    const shown = [...fresh, ...posts].slice(0, limit > 0 ? limit : undefined);
    /** @type {TreeElement} */
    const list = shown.length ? ["div", feed[1] || { role: "feed", "aria-labelledby": attributes(tree)["aria-labelledby"], "aria-busy": "false" }, ...shown] : feed;
    const whole = /** @type {TreeElement} */ (tree.map((node) => (node === feed ? list : node)));
    const key = JSON.stringify(whole);
    if (key !== this.#drawn) {
      this.#swap(grow(whole, this.#base ?? undefined));
      this.#drawn = key;
    }
    this.#tell("vitrine-load", { posts: shown.length });
  }

  /**
   * Replaces what is shown in one step. The focus goes on where it was.
   * @param {HTMLElement} made
   */
  #swap(made) {
    const outside = /** @type {Document | ShadowRoot} */ (this.getRootNode()).activeElement;
    const focused = this.#root.activeElement ?? (this !== outside && this.contains(outside) && outside);
    const old = /** @type {HTMLElement} */ (this.#view);
    this.#note?.remove();
    // posts that stay keep their pictures
    for (const post of old.querySelectorAll("article")) [...made.querySelectorAll("article")].find((other) => other.isEqualNode(post))?.replaceWith(post);
    old.replaceWith(made);
    this.#view = made;
    this.#paint();
    if (!focused) return;
    made.tabIndex = -1;
    ([...made.querySelectorAll("a")].find((link) => link.href === /** @type {HTMLAnchorElement} */ (focused).href) ?? made).focus({ preventScroll: true });
  }

  // paint says the theme; the style does the rest.
  #paint() {
    const theme = this.getAttribute("theme") ?? "";
    const view = /** @type {HTMLElement} */ (this.#view);
    view.toggleAttribute("data-theme", /^(light|dark)$/.test(theme)) && (view.dataset.theme = theme);
  }

  /**
   * @param {string} type
   * @param {unknown} detail
   */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}
if (!customElements.get("vitrine-feed")) customElements.define("vitrine-feed", Feed);
