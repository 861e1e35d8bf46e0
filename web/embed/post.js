// What is drawn of a Mastodon answer, and in which words.

/** @type {Record<string, Words>} */
export const words = {
  en: {
    load: "Load the latest posts", from: "Your browser then contacts {0}.", page: "Read these posts on their own page",
    failed: "The posts can’t be loaded at the moment.", boosted: "{0} boosted", asOf: "As of: ", one: "{0} attachment", many: "{0} attachments",
  },
  de: {
    load: "Neueste Beiträge laden", from: "Ihr Browser kontaktiert dann {0}.", page: "Diese Beiträge auf ihrer eigenen Seite lesen",
    failed: "Die Beiträge lassen sich gerade nicht laden.", boosted: "{0} teilte", asOf: "Stand: ", one: "{0} Anhang", many: "{0} Anhänge",
  },
};
/** @type {(template: string, value: string | number) => string} */
export const fill = (template, value) => template.replace("{0}", () => String(value));

/** @type {Record<string, string>} */
const entities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/**
 * Turns a post's HTML into paragraphs of plain text. It becomes text nodes, whatever it holds.
 * @type {(html: string) => Tree[]}
 */
export const lines = (html) =>
  html.slice(0, 5e4)
    .replace(/<br[^>]*>|<\/(?:p|li|blockquote|h\d|tr|caption)>/gi, "\n")
    .replace(/<\/t[dh]>/gi, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, dec, hex, name) =>
      name ? entities[name] ?? all : String.fromCodePoint(Math.min(dec ? +dec : parseInt(hex, 16), 0x10ffff)))
    .split("\n").filter((line) => line.trim()).map((line) => ["p", { dir: "auto" }, line]);

/**
 * Makes a string of what a server says to be one: an array would be drawn as an element.
 * @param {unknown} said
 */
export const text = (said) => String(said ?? "");
export const iso = (/** @type {number | string} */ moment) => new Date(moment).toISOString().replace(/\.\d+/, "");
/** @type {Tree} */
const face = ["svg", { class: "avatar", viewBox: "0 0 24 24", fill: "currentColor", opacity: ".4", "aria-hidden": "true" },
  ["path", { d: "M12 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10m-9 9c0-9 18-9 18 0z" }]];

/**
 * Draws a post of a Mastodon answer: names, times and plain text.
 * @param {Status} status
 * @param {number} n
 * @param {Said} said
 * @returns {TreeElement}
 */
export function article(status, n, { say, time }) {
  const post = status.reblog ?? status;
  const who = (/** @type {Account} */ account) => text(account.display_name) || text(account.username);
  const files = post.media_attachments?.length;
  const warning = text(post.spoiler_text);
  /** @type {Record<string, string>} */
  const content = { "data-part": "content", dir: "auto" };
  if (post.language) content.lang = text(post.language);
  return ["article", { class: "post", "data-uri": text(post.uri), "aria-labelledby": `n${n} t${n}` },
    !!status.reblog && ["p", { class: "ctx", dir: "auto" }, fill(say.boosted, who(status.account))],
    ["header", { class: "by" }, face,
      ["div", { class: "who" }, ["a", { class: "name", id: "n" + n, href: text(post.account.url) }, ["bdi", 0, who(post.account)]]],
      ["a", { class: "when", href: text(post.url || post.uri) }, time(post.created_at, "t" + n)]],
    ["div", { class: "body" },
      // what stands behind a warning stays there: it can't be opened here
      ["div", content, ...(warning ? [/** @type {Tree} */ (["p", { dir: "auto" }, warning])] : lines(text(post.content)))],
      files > 0 && ["p", { class: "quiet" }, fill(files > 1 ? say.many : say.one, files)]]];
}

/**
 * Makes what official feeds have around their posts, for a Mastodon answer.
 * @type {(live: {account: Account, handle: string, at: number}, said: Said) => TreeElement}
 */
export const frame = ({ account, handle, at }, { say, time }) => {
  const name = text(account.display_name) || handle;
  return ["section", { class: "vitrine", "aria-labelledby": "title" },
    ["header", { class: "v-head" }, ["h2", { id: "title", dir: "auto" }, name], ["a", { href: text(account.url) }, handle]],
    ["div", { role: "feed", "aria-label": name, "aria-busy": "false" }],
    ["footer", { class: "v-foot" }, ["span", { "data-asof": iso(at) }, say.asOf, time(at)]]];
};

/**
 * Splits "@user@host". Loopback servers, which speak http, are for pages on loopback.
 * @param {string} handle
 */
export function whom(handle) {
  const [, user, host] = /^@?([^@\s/]+)@([^@\s/?#\\]+)$/.exec(handle) ?? [];
  const near = /^(.+\.)?localhost(:\d+)?$/;
  return user && host && { user, host, root: `http${near.test(host) && near.test(location.host) ? "" : "s"}://${host}/` };
}
