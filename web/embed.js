// <vitrine-feed src="/feeds/NAME/"> shows an official feed on any page. What stands inside the element is shown until the feed was
// fetched and its style is there, and stays if either fails. It works as a classic script and as a module, below any
// Content-Security-Policy that lets this file, its style and the feed's folder in.
(() => {
  // A module has no currentScript, and a classic script must not even mention import.meta: the stack names both.
  const own = document.currentScript?.src || /https?:.+?(?=:\d+:\d+)/.exec(Error().stack)?.[0];
  const style = new URL("embed.css", own || document.baseURI).href;

  const patience = 15e3; // milliseconds until a request has failed
  const pause = 6e5; // between two refreshes
  const jitter = () => Math.random() * 6e4; // servers' windows end at the same second for everybody

  const words = {
    en: {
      load: "Load the latest posts", from: "Your browser then contacts {0}.", page: "Read these posts on their own page",
      failed: "The posts can’t be loaded at the moment.", boosted: "{0} boosted", asOf: "As of: ", one: "{0} attachment", many: "{0} attachments",
    },
    de: {
      load: "Neueste Beiträge laden", from: "Ihr Browser kontaktiert dann {0}.", page: "Diese Beiträge auf ihrer eigenen Seite lesen",
      failed: "Die Beiträge lassen sich gerade nicht laden.", boosted: "{0} teilt", asOf: "Stand: ", one: "{0} Anhang", many: "{0} Anhänge",
    },
  };
  const fill = (template, value) => template.replace("{0}", () => value);

  // What is drawn is a small tree: a text is a string, an element [tag, {name: value} or 0, children...]. What is not in these lists
  // is left out, so that even a feed that somebody tampered with can't do anything.
  const set = (list) => new Set(list.split(" "));
  const svgSpace = "http://www.w3.org/2000/svg";
  const tags = set("a article aside audio b bdi blockquote br code dd del details div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img kbd li ol p path picture polyline pre progress rect rp rt ruby s section small source span strong sub summary sup svg time track u ul video circle");
  const names = set("alt aria-busy aria-describedby aria-hidden aria-label aria-labelledby aria-level aria-posinset aria-setsize class controls cx cy d data-asof data-depth data-kind data-part data-uri datetime decoding dir fill height hidden href hreflang id kind label lang loading loop max media min muted opacity open playsinline points poster preload preserveAspectRatio r referrerpolicy rel reversed role rx src srclang srcset start stroke stroke-linecap stroke-linejoin stroke-width tabindex target title type value viewBox width x y");
  const addresses = set("href poster src");
  const parts = { __proto__: null, vitrine: "feed", "v-head": "head", post: "post", by: "byline", avatar: "avatar", name: "name", when: "time", media: "media", "v-foot": "foot" };

  // address makes an address absolute. One that is neither http, https nor mailto is none.
  function address(raw, base) {
    try {
      const url = new URL(raw, base);
      return /^(https?|mailto):$/.test(url.protocol) ? url.href : "";
    } catch {
      return "";
    }
  }

  function grow(node, base, space) {
    if (!Array.isArray(node)) return document.createTextNode(node);
    const [tag, attributes, ...children] = node;
    if (!tags.has(tag)) return document.createTextNode("");
    if (tag === "svg") space = svgSpace;
    const made = space ? document.createElementNS(space, tag) : document.createElement(tag);
    for (let [name, value] of Object.entries(attributes || {})) {
      if (!names.has(name)) continue;
      if (addresses.has(name)) value = address(value, base);
      if (name === "srcset") {
        const all = value.trim().split(/,\s+/).map((one) => one.split(/\s+/)).map(([url, ...size]) => [address(url, base), ...size]);
        value = all.every(([url]) => url) ? all.map((one) => one.join(" ")).join(", ") : "";
      }
      if (value || !addresses.has(name) && name !== "srcset") made.setAttribute(name, value);
    }
    const part = made.dataset.part === "content" ? "content" : [...made.classList].map((c) => parts[c]).find(Boolean);
    if (part) made.setAttribute("part", part);
    made.append(...children.filter(Boolean).map((child) => grow(child, base, space)));
    return made;
  }

  // problem is an error of a kind that the reader's words know (DESIGN.md, "Page semantics"); until is when one may ask again.
  const problem = (kind, until = 0) => Object.assign(Error(kind), { kind, until });

  // ask fetches JSON.
  async function ask(url, options) {
    const signal = AbortSignal.timeout(patience);
    const broken = (error) => {
      throw problem(signal.aborted ? "Timeout" : error.name === "SyntaxError" ? "BadData" : navigator.onLine ? "Unreachable" : "Offline");
    };
    const answer = await fetch(url, { ...options, signal, referrerPolicy: "no-referrer" }).catch(broken);
    const { status, headers } = answer;
    if (status === 429) {
      // Retry-After has seconds or a date; Mastodon has a date of its own and no Retry-After
      const said = headers.get("Retry-After") ?? headers.get("X-RateLimit-Reset");
      const until = /^\d+$/.test(said) ? Date.now() + said * 1e3 : Date.parse(said);
      throw problem("RateLimited", until || Date.now() + 3e5);
    }
    if (!answer.ok) throw problem({ 401: "NeedsLogin", 404: "NotFound", 410: "Gone" }[status] ?? (status < 500 ? "Refused" : "ServerError"));
    return answer.json().catch(broken);
  }

  const entities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

  // lines turns a post's HTML into paragraphs of plain text. It becomes text nodes, whatever it holds.
  const lines = (html) =>
    html.slice(0, 5e4)
      .replace(/<br[^>]*>|<\/(?:p|li|blockquote|h\d)>/gi, "\n")
      .replace(/<[^>]*>/g, "")
      .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, dec, hex, name) =>
        name ? entities[name] ?? all : String.fromCodePoint(Math.min(dec ? +dec : parseInt(hex, 16), 0x10ffff)))
      .split("\n").filter((line) => line.trim()).map((line) => ["p", 0, line]);

  // text makes a string of what a server says to be one: an array would be drawn as an element.
  const text = (said) => String(said ?? "");
  const iso = (moment) => new Date(moment).toISOString().replace(/\.\d+/, "");
  const face = ["svg", { class: "avatar", viewBox: "0 0 24 24", fill: "currentColor", opacity: ".4", "aria-hidden": "true" },
    ["path", { d: "M12 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10m-9 9c0-9 18-9 18 0z" }]];

  // article draws a post of a Mastodon answer: names, times and plain text.
  function article(status, n, { say, time }) {
    const post = status.reblog ?? status;
    const who = (account) => text(account.display_name) || text(account.username);
    const files = post.media_attachments?.length;
    const warning = text(post.spoiler_text);
    const content = { "data-part": "content", dir: "auto" };
    if (post.language) content.lang = text(post.language);
    return ["article", { class: "post", "data-uri": text(post.uri), "aria-labelledby": `n${n} t${n}` },
      status.reblog && ["p", { class: "ctx", dir: "auto" }, fill(say.boosted, who(status.account))],
      ["header", { class: "by" }, face,
        ["div", { class: "who" }, ["a", { class: "name", id: "n" + n, href: text(post.account.url) }, ["bdi", 0, who(post.account)]]],
        ["a", { class: "when", href: text(post.url || post.uri) }, time(post.created_at, "t" + n)]],
      ["div", { class: "body" },
        // what stands behind a warning stays there: it can't be opened here
        ["div", content, ...(warning ? [["p", 0, warning]] : lines(text(post.content)))],
        files > 0 && ["p", { class: "quiet" }, fill(files > 1 ? say.many : say.one, files)]]];
  }

  // frame puts posts of a Mastodon answer into what official feeds have around theirs.
  const frame = ({ account, handle, at }, { say, time }) => {
    const name = text(account.display_name) || handle;
    return ["section", { class: "vitrine", "aria-labelledby": "title" },
      ["header", { class: "v-head" }, ["h2", { id: "title", dir: "auto" }, name], ["a", { href: text(account.url) }, handle]],
      ["div", { role: "feed", "aria-label": name, "aria-busy": "false" }],
      ["footer", { class: "v-foot" }, ["span", { "data-asof": iso(at) }, say.asOf, time(at)]]];
  };

  // whom splits "@user@host". Loopback servers, which speak http, are for pages on loopback.
  function whom(handle) {
    const [, user, host] = /^@?([^@\s/]+)@([^@\s/?#\\]+)$/.exec(handle) ?? [];
    const near = /^(.+\.)?localhost(:\d+)?$/;
    return host && { user, host, root: `http${near.test(host) && near.test(location.host) ? "" : "s"}://${host}/` };
  }

  const block = new CSSStyleSheet();
  block.replaceSync(":host{display:block}:host([hidden]){display:none}");

  class Feed extends HTMLElement {
    static observedAttributes = ["src", "live", "refresh", "limit", "theme"];

    #root = this.attachShadow({ mode: "open" });
    #view; // what is shown: a slot for what stands inside the element, or the drawn feed
    #note; // what stands below a slot
    #styled; // the style's promise
    #drawn; // the tree that is shown, as JSON
    #copy; // tree.json
    #live; // what the instance said
    #turn = 0; // changes when what is under way is no longer wanted
    #due = 0; // when one may ask again
    #limits = 0; // how often a server asked to wait
    #near; #busy; #eye; #timer;

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

    get #whom() { return whom(this.getAttribute("live")); }
    get #click() { return this.getAttribute("refresh") === "click"; }

    // said is what is said in the language of the page, and how times are written there.
    get #said() {
      const lang = this.closest("[lang]")?.lang || navigator.language;
      const shape = { day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit" };
      let dates;
      try { dates = new Intl.DateTimeFormat(lang, shape); } catch { dates = new Intl.DateTimeFormat([], shape); }
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
      const { firstChild, children } = this.#note;
      firstChild.textContent = children.length > 1 ? this.#said.say.failed : "";
    }

    #watch() {
      this.#eye = new IntersectionObserver((seen) => {
        this.#near = seen.at(-1).isIntersecting;
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
      this.#note.firstChild.textContent = "";
      const attempt = async (step) => {
        try {
          await Promise.all([step.call(this), this.#dress()]);
          if (turn !== this.#turn) return;
          this.#draw();
          loaded = true;
        } catch (error) {
          if (turn !== this.#turn) return;
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
      const get = (path) => ask(root + "api/v1/accounts/" + path, { credentials: "omit" });
      const account = this.#live?.account ?? await get("lookup?acct=" + encodeURIComponent(user));
      const statuses = await get(encodeURIComponent(text(account.id)) + "/statuses?limit=20&exclude_replies=true");
      if (turn !== this.#turn) return;
      const said = this.#said;
      const posts = statuses.slice(0, 20).flatMap((status, n) => {
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
      return (this.#styled ??= new Promise((resolve, reject) => {
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
      }));
    }

    // used tells that something would be lost if what is shown were replaced.
    get #used() {
      const plays = (within) => [...within.querySelectorAll("audio, video")].some((player) => !player.paused);
      return plays(this) || plays(this.#root) || this.#drawn && (this.#root.activeElement?.matches(":not(a, section)") || this.#root.querySelector("details[open]"));
    }

    // draw shows the copy, below newer posts of the instance.
    #draw() {
      if (this.#used) return;
      const said = this.#said;
      const since = Date.parse(this.#copy?.asOf);
      const tree = this.#copy?.tree ?? frame(this.#live, said);
      const feed = tree.find((node) => node?.[0] === "div"); // its posts, or a sentence that there are none
      if (!feed) throw problem("BadData");
      const posts = feed.slice(2).filter(([tag]) => tag === "article");
      const known = new Set(posts.map((node) => node[1]?.["data-uri"]));
      const fresh = (this.#live?.posts ?? []).filter(({ at, node }) => at && !(at <= since) && !known.has(node[1]["data-uri"])).map(({ node }) => node);
      const limit = parseInt(this.getAttribute("limit"));
      const shown = [...fresh, ...posts].slice(0, limit > 0 ? limit : undefined);
      const list = shown.length ? ["div", feed[1] || { role: "feed", "aria-labelledby": tree[1]["aria-labelledby"], "aria-busy": "false" }, ...shown] : feed;
      const whole = tree.map((node) => (node === feed ? list : node));
      const key = JSON.stringify(whole);
      if (key !== this.#drawn) {
        this.#swap(grow(whole, this.#base));
        this.#drawn = key;
      }
      this.#tell("vitrine-load", { posts: shown.length });
    }

    // swap replaces what is shown in one step. The focus goes on where it was.
    #swap(made) {
      const outside = this.getRootNode().activeElement;
      const focused = this.#root.activeElement ?? (this !== outside && this.contains(outside) && outside);
      this.#note.remove();
      // posts that stay keep their pictures
      for (const old of this.#view.querySelectorAll("article")) [...made.querySelectorAll("article")].find((post) => post.isEqualNode(old))?.replaceWith(old);
      this.#view.replaceWith(made);
      this.#view = made;
      this.#paint();
      if (!focused) return;
      made.tabIndex = -1;
      ([...made.querySelectorAll("a")].find((link) => link.href === focused.href) ?? made).focus({ preventScroll: true });
    }

    // paint says the theme; the style does the rest.
    #paint() {
      const theme = this.getAttribute("theme");
      this.#view.toggleAttribute("data-theme", /^(light|dark)$/.test(theme)) && (this.#view.dataset.theme = theme);
    }

    #tell(type, detail) {
      this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
    }
  }
  if (!customElements.get("vitrine-feed")) customElements.define("vitrine-feed", Feed);
})();
