// Pages drawn from a Mastodon answer alone: names, times and plain text, in the frame that the program will draw.

import { blocked, config, isBlocked, settings } from "./given.js";
import { said } from "./lang.js";
import { safe } from "./tree.js";

/** @type {(name: string, kind?: string) => Tree} */
export const icon = (name, kind = "i") => ["span", { class: kind, "aria-hidden": "true" }, ["svg", 0, ["use", { href: `${config.icons}#${name}` }]]];
/**
 * Writes a host as people read it. What knows that of names in other scripts was loaded where an answer has some (hosts.js).
 * @param {string} host
 */
export const shownHost = (host) => vitrine.shownHost?.(host) ?? host;
/** @type {(kind: string) => Tree} */
export const placeholder = (kind) => ["span", { class: `bone ${kind}` }];
/** @type {(src: string | undefined, kind: string, size: number) => Tree} */
export const picture = (src, kind, size) =>
  src && safe(src) ? ["img", { class: kind, src, alt: "", width: size, height: size, decoding: "async", referrerpolicy: "no-referrer" }] : icon("person", kind);

/** @type {Record<string, string>} */
const entities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/**
 * Turns a post's HTML into lines. It becomes text nodes, whatever it holds.
 * @param {unknown} html
 */
export function plainText(html) {
  const text = String(html ?? "");
  // indented lines are the layout of its source; other spaces are the author's
  const layout = /\n(?:\t| {2})/.test(text);
  const plain = (layout ? text.replace(/\s+/g, " ") : text)
    .replace(/<span class="invisible">.*?<\/span>/g, "")
    .replace(/<br[^>]*>|<\/(?:p|li|blockquote|h\d|tr|caption)>/gi, "\n")
    .replace(/<\/t[dh]>/gi, " ")
    .replace(/<su([bp])>(\d+)<\/su\1>/g, (_, place, number) => number.replace(/\d/g, (/** @type {string} */ digit) =>
      String.fromCodePoint(place === "b" ? 0x2080 + +digit : [0, 0xb9, 0xb2, 0xb3][+digit] || 0x2070 + +digit)))
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, dec, hex, name) =>
      name ? entities[name] ?? all : String.fromCodePoint(Math.min(dec ? Number(dec) : parseInt(hex, 16), 0x10ffff)))
    .replace(/^\n+|\s+$/g, "");
  return layout ? plain.replace(/ *\n */g, "\n").trim() : plain;
}

/**
 * A text with its custom emoji as pictures.
 * @param {string} text
 * @param {CustomEmoji[]} [emoji]
 * @returns {Tree[]}
 */
export function named(text, emoji = []) {
  return text.split(/(:\w+:)/).map((part) => {
    const src = emoji.find(({ shortcode }) => part === `:${shortcode}:`)?.static_url;
    return src && safe(src) ? ["img", { class: "emoji", src, alt: part, width: "20", height: "20", decoding: "async", referrerpolicy: "no-referrer" }] : part;
  });
}

/**
 * Turns HTML into paragraphs of plain text, with their line ends.
 * @param {string | undefined} html
 * @param {CustomEmoji[]} [emoji]
 * @returns {Tree[]}
 */
export function lines(html, emoji) {
  return (html ?? "").split(/<\/(?:p|li|blockquote|h\d)>/i).map(plainText).filter(Boolean).map((text) =>
    ["p", { dir: "auto" }, ...text.split("\n").flatMap((line, i) => [.../** @type {Tree[]} */ (i ? [["br", 0]] : []), ...named(line, emoji)])]);
}

/**
 * Draws a post as app/markup does, without its buttons; "" for one that this site doesn't open.
 * @param {string} host
 * @param {Status} status
 * @param {string} [kind]
 * @param {Record<string, string | number>} [place] what a thread says about it
 * @returns {Tree}
 */
export function article(host, status, kind = "post", place) {
  const { account, ...post } = status.reblog ?? status;
  const [user, domain = host] = account.acct.split("@");
  const [booster, home = host] = status.account.acct.split("@");
  if (isBlocked(domain, user) || isBlocked(home, booster) || blocked.has(post.uri) || blocked.has(/** @type {string} */ (post.url)) || blocked.has(`${host}/${post.id}`)) return "";
  /** @type {Record<string, string>} */
  const text = { "data-part": "content", dir: "auto" };
  if (post.language) text.lang = post.language;
  return ["article", { class: kind, "data-uri": post.uri, ...place },
    ["header", { class: "by" },
      settings.dataSaver ? icon("person", "avatar") : picture(account.avatar_static, "avatar", kind[5] === "r" ? 28 : 44),
      ["div", { class: "who" },
        ["a", { class: "name", href: `#/@${user}@${domain}` }, ["bdi", 0, ...named(account.display_name || user, account.emojis)]],
        ["span", { class: "handle", dir: "ltr" }, ["span", 0, `@${user}`], ["span", 0, `@${shownHost(domain)}`]]],
      ["a", { class: "when", href: `#/p/${host}/${post.id}` }, ["time", { datetime: post.created_at }, ""]]],
    ["div", { class: "body" },
      // what stands behind a warning stays there until it can be opened
      ["div", text, ...(post.spoiler_text ? [/** @type {Tree} */ (["p", { dir: "auto" }, post.spoiler_text])] : lines(post.content, post.emojis))],
      post.spoiler_text || post.sensitive || settings.dataSaver ? "" : pictures(post.media_attachments)]];
}

/**
 * Draws pictures with the room that they will have: the shapes are those of app/markup.
 * @param {MediaAttachment[]} media
 * @returns {Tree}
 */
export function pictures(media) {
  const shown = media.filter((m) => m.type === "image" && m.preview_url && safe(m.preview_url));
  /** @type {(m: MediaAttachment) => Tree} */
  const one = (m) => ["a", { href: m.url, "data-action": "view", "data-index": media.indexOf(m) }, ["img", { src: /** @type {string} */ (m.preview_url), alt: m.description ?? "", loading: "lazy", decoding: "async", referrerpolicy: "no-referrer" }]];
  if (shown.length > 1) {
    const four = shown.slice(0, 4);
    return ["div", { class: `media grid4 n${four.length}` }, ...four.map((m) => /** @type {Tree} */ (["div", { class: "cell" }, one(m)]))];
  }
  const { width = 0, height = 0 } = shown[0]?.meta?.original ?? {};
  const shape = /** @type {[number, string][]} */ ([[1.9, "21"], [1.62, "169"], [1.42, "32"], [1.15, "43"], [0.87, "11"]]).find(([least]) => width / height >= least);
  return shown[0] ? ["figure", { class: `media ratio-${width ? shape?.[1] ?? "34" : "32"}` }, one(shown[0])] : "";
}

/**
 * Puts a page into what all pages have but the navigation, which the shell has.
 * @param {Child[]} head
 * @param {...Child} lists
 * @returns {Tree}
 */
export function frame(head, ...lists) {
  const now = new Date().toISOString();
  return ["div", { class: "frame" }, ["main", { class: "sheet", tabindex: "-1" }, ...head,
    ["p", { class: "quiet", "data-asof": now }, icon("clock", "i s"), ["time", { datetime: now }, ""]], ...lists]];
}

/** @type {(label: string, rows: Child[]) => Tree} */
export const feed = (label, rows) => ["div", { role: "feed", "aria-busy": "true", "aria-label": label }, ["div", { class: "chunk" }, ...rows]];
/** @type {(title: string, under: string, more?: Child) => Tree} */
const bar = (title, under, more) => ["header", { class: "bar" }, ["span", { class: "ib" }, icon("back", "i turns")], ["div", 0, ["h1", 0, title], ["p", { class: "quiet" }, under]], more];

/** @type {(title: string, host: string, posts: Status[]) => Tree} */
export function listPage(title, host, posts) {
  return frame([bar(title, shownHost(host), ["span", { class: "b follow" }])], feed(title, posts.map((post) => article(host, post))));
}

/** @type {(kind: string, place?: Record<string, number>) => Tree} */
const missing = (kind, place) => ["article", { class: `post ghost ${kind}`, "data-part": "missing", ...place },
  ["span", { class: "hole" }, icon("ghost", "i s")], ["p", 0, /** @type {string} */ (said.text["ghost.above"])]];

/**
 * Draws a conversation in the program's order (feeds/reader, BuildTree): what is above, the author's chain, the answers by time, depth first.
 * @param {string} host
 * @param {Status} post
 * @param {{ancestors: Status[], descendants: Status[]}} around
 * @returns {Tree}
 */
export function threadPage(host, post, { ancestors, ...around }) {
  const descendants = around.descendants.slice(0, 99).sort((p, q) => +p.id - +q.id); // Mastodon's ids are times; other lists keep their order
  const focus = article(host, post, "post focus", { "aria-current": "true" });
  const parentOf = (/** @type {Status} */ p) => [...ancestors, ...descendants].find((q) => q.id === p.in_reply_to_id);
  const above = [...ancestors, post].flatMap((p) => [!!p.in_reply_to_id && !parentOf(p) && missing("anc"), p === post ? focus : article(host, p, "post anc")]);
  /** @type {Tree[]} */
  const below = [];
  const placed = new Set([post.id]);
  const isNew = (/** @type {Status} */ p) => placed.size < placed.add(p.id).size;
  /** @type {(parent: Status) => Status[]} */
  const answers = (parent) => descendants.filter((p) => p.in_reply_to_id === parent.id);
  /** @type {(p: Status, depth: number, step: number, parent?: Status) => unknown} */
  const walk = (p, depth, step, parent) =>
    isNew(p) && below.push(article(host, p, step < 0 ? "post anc chain" : `post r s${Math.min(step, 4)}`, { "data-depth": depth, ...(parent && { "data-parent": parent.uri }) })) &&
    step >= 0 && answers(p).map((q) => walk(q, depth + 1, step + 1, p));
  const chain = [post];
  for (let p = post, next; (next = answers(p).find((q) => q.account.id === post.account.id && !placed.has(q.id))); p = next) {
    walk(next, chain.length, -1, p);
    chain.push(next);
  }
  for (const p of descendants) {
    const part = chain.findIndex((q) => q.id === p.in_reply_to_id);
    if (part >= 0) walk(p, part + 1, 0, chain[part]);
  }
  for (const p of descendants) {
    if (placed.has(p.id) || parentOf(p)) continue;
    below.push(missing("r s0", { "data-depth": 1 }));
    for (const q of descendants) if (q.in_reply_to_id === p.in_reply_to_id) walk(q, 2, 1);
  }
  return focus && frame([bar(post.account.display_name || host, shownHost(host))], feed(host, above), feed(host, below.slice(0, 20)));
}
