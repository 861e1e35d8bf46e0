// Draws the program's page from trees, by one call for all that changed. What stands on the page stays where the new tree has it too:
// a film that plays, the focus, a selection, an open fold. A tree may have keyed parts, {k: name, t: tree}; one that comes without its
// tree is as it was (app/ui, Painter).

const { makeNode, setAttribute } = /** @type {Drawing} */ (globalThis.vitrine.drawing);

/** The trees of keyed parts, by name. @type {Map<string, Drawn>} */
const keyed = new Map();
/** What stands in an element, as the children of a tree. @type {WeakMap<Element, Drawn>} */
const drawn = new WeakMap();

/** The files of archives, as addresses of blobs; "" for one that isn't kept. @type {Map<string, Promise<string>>} */
const files = new Map();

/** @param {string} url */
async function kept(url) {
  const file = await globalThis.caches?.match(url, { cacheName: `vitrine:${globalThis.vitrine.base}:kept`, ignoreVary: true });
  if (file) return URL.createObjectURL(await file.blob());
  files.delete(url); // it may be kept later
  return "";
}

let archives = false; // files of archives are shown that no service worker has for the page

/**
 * Keeps a file of an archive from being asked for at the server that it once was on, where no service worker shows it from what is kept.
 * @param {Record<string, string>} attributes
 */
function archived(attributes) {
  const { src = "", poster = "" } = attributes;
  if (poster.endsWith("?archived")) delete attributes["poster"];
  if (!src.endsWith("?archived")) return undefined;
  archives = true;
  delete attributes["src"];
  attributes["data-uri"] = src;
  return src;
}

/**
 * Shows the files of archives from what is kept.
 * @param {Element} host
 */
function showArchived(host) {
  for (const element of host.querySelectorAll('[data-uri$="?archived"]')) {
    const url = element.getAttribute("data-uri") ?? "";
    const file = files.get(url) ?? kept(url).catch(() => "");
    files.set(url, file);
    file.then((at) => {
      if (at && element.getAttribute("src") !== at) element.setAttribute("src", at);
    });
  }
}

/**
 * Puts the trees of keyed parts into their places, and leaves empty texts out.
 * @param {any} tree an element of a message
 * @returns {Drawn}
 */
function settle(tree) {
  const [, attributes] = tree;
  if ((attributes?.src || attributes?.poster) && !navigator.serviceWorker?.controller) tree.key = archived(attributes) ?? tree.key;
  let to = 2;
  for (let from = 2; from < tree.length; from++) {
    const part = tree[from];
    const settled = Array.isArray(part) ? settle(part) : typeof part === "object" ? named(part) : part;
    if (!settled) continue;
    tree[to++] = settled;
    if (settled.height !== undefined || settled.folds) tree.folds = true;
  }
  tree.length = to;
  return tree;
}

/**
 * Finds the tree of a keyed part.
 * @param {{k: string, t?: unknown, c?: string, h?: number}} part
 */
function named({ k, t, c, h }) {
  if (t) keyed.set(k, Object.assign(settle(t), { key: k, chunk: c, height: h }));
  return keyed.get(k);
}

/**
 * Names a tree among its siblings: those of one name are the same thing before and afterwards.
 * @param {Drawn | string} tree
 */
function nameOf(tree) {
  if (typeof tree === "string") return "";
  const { id = "", "data-key": key = "", src = "" } = tree[1] || {};
  return `${tree[0]} ${tree.key ?? `${id} ${key} ${src}`}`;
}

/** @type {(tree: Drawn | string) => string} */
const doing = (tree) => `${nameOf(tree)} ${typeof tree === "string" ? "" : tree[1] && tree[1]["data-action"]}`;

/**
 * @param {Drawn | string} tree
 * @param {string} [space]
 */
function make(tree, space) {
  const node = makeNode(/** @type {Tree} */ (tree), space);
  if (typeof tree !== "string") watch(node, tree);
  return node;
}

/**
 * Gives rows that aren't drawn the height they had, and reports when they come near the screen or leave it.
 * @param {Node} node
 * @param {Drawn} tree
 */
function watch(node, tree) {
  if (tree.height !== undefined) {
    const box = /** @type {HTMLElement} */ (node);
    box.dataset.chunk = tree.chunk;
    box.style.minBlockSize = tree.height ? `${tree.height}px` : "";
    globalThis.vitrine.chunks?.observe(box);
    return;
  }
  if (!tree.folds) return;
  children(tree).forEach((child, i) => typeof child === "string" || watch(/** @type {Node} */ (node.childNodes[i]), child));
}

/** @type {(tree: Drawn) => (Drawn | string)[]} */
const children = (tree) => /** @type {any} */ (tree.slice(2));

/**
 * Turns what was drawn from one tree into what another one of the same name says.
 * @param {Node} node
 * @param {Drawn | string} before
 * @param {Drawn | string} now
 * @param {string} [space]
 */
function change(node, before, now, space) {
  if (before === now) return node;
  if (typeof now === "string" || typeof before === "string") {
    if ("data" in node) {
      node.data = /** @type {string} */ (now);
      return node;
    }
    const made = make(now, space); // a formula was drawn of it
    /** @type {ChildNode} */ (node).replaceWith(made);
    return made;
  }
  if (!(node instanceof Element)) return node; // a tag outside of the closed set
  const [, old] = before;
  const [tag, attributes] = now;
  for (const name of Object.keys(old || {})) {
    if (attributes && name in attributes) continue;
    node.removeAttribute(name);
    if (name === "checked" || name === "selected") /** @type {any} */ (node)[name] = false;
  }
  for (const [name, value] of Object.entries(attributes || {})) {
    if (!old || old[name] !== value) setAttribute(node, name, value);
  }
  changeChildren(node, children(before), children(now), tag === "svg" ? node.namespaceURI ?? undefined : space);
  if (now.height !== undefined) watch(node, now);
  return node;
}

/**
 * Finds which sibling each one is of those that were drawn before, -1 for a new one: of those with one name that which does the same; else the
 * first one.
 * @param {(Drawn | string)[]} before
 * @param {(Drawn | string)[]} now
 */
function pair(before, now) {
  const from = now.map(() => -1), left = new Set(before.keys());
  for (const name of [doing, nameOf]) {
    /** @type {Map<string, number[]>} */
    const named = new Map();
    for (const at of left) {
      const of = name(/** @type {Drawn | string} */ (before[at])), same = named.get(of);
      if (same) same.push(at);
      else named.set(of, [at]);
    }
    now.forEach((tree, i) => {
      const at = /** @type {number} */ (from[i]) < 0 && named.size ? named.get(name(tree))?.shift() : undefined;
      if (at === undefined) return;
      from[i] = at;
      left.delete(at);
    });
    if (!left.size) break;
  }
  return from;
}

/**
 * @param {Element} parent
 * @param {(Drawn | string)[]} before
 * @param {(Drawn | string)[]} now
 * @param {string} [space]
 */
function changeChildren(parent, before, now, space) {
  const nodes = [...parent.childNodes];
  if (nodes.length !== before.length) { // something else changed the page: a translator, an extension
    parent.replaceChildren(...now.map((tree) => make(tree, space)));
    return;
  }
  const from = pair(before, now);
  const next = now.map((tree, i) => {
    const at = /** @type {number} */ (from[i]);
    return at < 0 ? make(tree, space) : change(/** @type {Node} */ (nodes[at]), /** @type {Drawn | string} */ (before[at]), tree, space);
  });
  const stay = new Set(from);
  nodes.forEach((node, at) => stay.has(at) || node.remove());
  const stays = inPlace(from, now);
  /** @type {Node | null} */
  let after = null;
  for (let i = next.length - 1; i >= 0; i--) {
    const node = /** @type {Node} */ (next[i]);
    if (!stays.has(i)) parent.insertBefore(node, after);
    after = node;
  }
}

/**
 * Chooses what isn't moved when the order of siblings is another one: as much as can be, and lists before all. What is moved loses the focus,
 * and a frame in it begins again.
 * @param {number[]} from where each stood before, -1 for one that is new
 * @param {(Drawn | string)[]} now
 */
function inPlace(from, now) {
  const kept = [...from.keys()].filter((i) => /** @type {number} */ (from[i]) >= 0);
  const at = (/** @type {number | undefined} */ n) => /** @type {number} */ (from[/** @type {number} */ (kept[/** @type {number} */ (n)])]);
  if (kept.every((_, n) => !n || at(n - 1) < at(n))) return new Set(kept);
  /** @type {{weight: number, chosen: number[]}[]} */
  const best = []; // for each, the heaviest choice that ends with it
  kept.forEach((i, n) => {
    const tree = /** @type {Drawn} */ (now[i]);
    const before = best.filter((_, m) => at(m) < at(n)).reduce((a, b) => (b.weight > a.weight ? b : a), { weight: 0, chosen: [] });
    best.push({ weight: before.weight + (tree.folds ? 1000 : 1), chosen: [...before.chosen, i] });
  });
  return new Set(best.reduce((a, b) => (b.weight > a.weight ? b : a)).chosen);
}

/**
 * Draws formulas, which are their LaTeX until then. What does that is loaded first; without it they stay so.
 * @param {Element} host
 */
async function drawFormulas(host) {
  try {
    await import(/** @type {string} */ (globalThis.vitrine.scripts?.math));
    await globalThis.vitrine.formulas?.(host);
  } catch {}
}

/** What comes once the first screen stands. @type {Promise<unknown> | undefined} */
let extras;

/**
 * Draws what stands in an element.
 * @param {Element} host
 * @param {string} message JSON: {t: what stands in it, gone: the names of keyed parts that won't come back by name alone}
 */
globalThis.vitrine.draw = (host, message) => {
  const { t, gone } = JSON.parse(message);
  const now = settle(["", 0, ...t]);
  const put = () => {
    changeChildren(host, children(drawn.get(host) ?? ["", 0]), children(now));
    if (archives) showArchived(host);
  };
  if (globalThis.vitrine.glide) globalThis.vitrine.glide(host, put);
  else put();
  drawn.set(host, now);
  for (const name of gone) keyed.delete(name);
  for (const place of host.getElementsByClassName("wait")) globalThis.vitrine.places?.observe(place);
  if (host.getElementsByClassName("math").length) drawFormulas(host);
  extras ??= import(/** @type {any} */ (globalThis.vitrine.shell)?.config.extras).catch(() => {}); // the page is whole without it
};

/** Turns the page into another language. What does that is loaded first. */
globalThis.vitrine.speak = async (/** @type {string} */ chosen) => {
  await import(/** @type {any} */ (globalThis.vitrine.shell).config.speak);
  return globalThis.vitrine.speaking?.(chosen);
};

/** Does with a player what film.js can do. That is loaded first. */
globalThis.vitrine.player = async (/** @type {[string, number, string, number]} */ ...wish) => {
  await import(/** @type {string} */ (globalThis.vitrine.scripts?.film));
  globalThis.vitrine.film?.(...wish);
};

/** Makes the QR code of a text. What does that is loaded first. */
globalThis.vitrine.qr = async (/** @type {string} */ text) => {
  await import(/** @type {any} */ (globalThis.vitrine.shell).config.qr);
  return /** @type {any} */ (globalThis.vitrine).code(text);
};

/** Has the browser's own translator do something. What speaks to it is loaded first. */
globalThis.vitrine.translator = async (/** @type {string} */ what, /** @type {any[]} */ ...of) => {
  await import(/** @type {string} */ (globalThis.vitrine.scripts?.translator));
  return /** @type {any} */ (globalThis.vitrine).translators[what](...of);
};
