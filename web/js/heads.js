// What stands above the posts of a profile and a server, drawn from Mastodon's answers with the nodes and the words that app/markup
// draws: what is as high in every font doesn't move the first post when the program takes over.

import { settings } from "./given.js";
import { lang, said } from "./lang.js";
import { article, feed, frame, icon, lines, named, picture, placeholder, plainText, shownHost } from "./plain.js";
import { safe } from "./tree.js";

/** @type {(key: string) => string} */
const say = (key) => /** @type {string} */ (said.text[key]);
/** @type {(n: number) => string} */
const number = (n) => new Intl.NumberFormat(`${lang}-u-nu-latn`).format(n);
/** @type {(key: string, n: number) => string} */
const counted = (key, n) => (say(`${key}.${new Intl.PluralRules(lang).select(n)}`) ?? say(`${key}.other`)).replace("{n}", number(n));
/** @type {(n: number | undefined) => n is number} */
const known = (n) => Number.isSafeInteger(n) && /** @type {number} */ (n) >= 0;

/** @type {(src: string | undefined) => Tree} */
const banner = (src) => ["div", { class: "banner" }, src && safe(src) && !settings.dataSaver ? ["img", { src, alt: "", width: "1500", height: "500", decoding: "async", referrerpolicy: "no-referrer" }] : ""];
/** @type {(src: string | undefined, face: Tree, ...rows: Child[]) => Tree} */
const head = (src, face, ...rows) => ["div", 0, banner(src), ["header", { class: "head" }, ["div", { class: "top" }, face], ...rows]];
/** @type {() => Tree} */
const tabs = () => ["nav", { class: "tabs", "aria-hidden": "true" }, ["ul", 0, ["li", 0, ["a", 0, " "]]]];

/**
 * Which software a server runs, read from its version as feeds/mastodon does: "4.5.2", "2.7.2 (compatible; Pleroma 2.6.0)".
 * @param {Instance} about
 */
function software({ version = "", source_url: source = "" }) {
  const [, name, own] = /; (?:really )?([^ /);]+)[ /]([^);]+)/.exec(version) ?? ["", source.includes("gotosocial") ? "GoToSocial" : "Mastodon", version];
  return version && `${name} ${/^[^+ (-]*/.exec(/** @type {string} */ (own))}`;
}

/**
 * What a guest may see of the two halves of something, where the server says it.
 * @param {string} key
 * @param {string | undefined} [local]
 * @param {string | undefined} [remote]
 * @returns {Child}
 */
function access(key, local, remote = local) {
  const kinds = ["public", "authenticated", "disabled"];
  const at = Math.max(...[local, remote].map((kind) => kinds.indexOf(/** @type {string} */ (kind))));
  return at >= 0 && ["div", 0, ["dt", 0, at ? icon(at > 1 ? "eye-off" : "lock", "i no s") : icon("eye", "i yes s"), say(key)],
    ["dd", 0, say(/** @type {string} */ (["guest.open", "guest.members", "guest.off"][at]))]];
}

/**
 * @param {Instance} about
 * @returns {Child}
 */
function guests({ configuration }) {
  const { live_feeds: live, hashtag_feeds: tags, trending_link_feeds: links } = configuration?.timelines_access ?? {};
  const rows = [access("guest.local", live?.local), access("guest.federated", live?.remote), access("guest.tags", tags?.local, tags?.remote), access("guest.links", links?.local, links?.remote)];
  return rows.some(Boolean) && ["section", { class: "panel" }, ["h2", 0, say("guest.title")], ["dl", { class: "sees" }, ...rows]];
}

/** @type {(host: string, posts: Status[], about: Instance | undefined) => Tree} */
export function serverPage(host, posts, about) {
  const active = about?.usage?.users?.active_month;
  /** @type {(text: string | false | undefined) => Child} */
  const apart = (text) => text && ["bdi", 0, text];
  const kind = about && [apart(about.title !== host && about.title !== shownHost(host) && about.title), apart(software(about)), active && known(active) && counted("server.active", active)].filter(Boolean).flatMap((part, i) => (i ? [say("list.comma"), part] : [part]));
  const face = about?.icon?.length && about.icon.reduce((a, b) => (parseInt(b.size ?? "") > parseInt(a.size ?? "") ? b : a)).src;
  return frame([head(about?.thumbnail?.url, face ? picture(face, "face sq", 88) : icon("server", "face sq"),
    ["div", 0, ["h1", 0, shownHost(host)], kind?.length !== 0 && ["p", { class: "quiet" }, ...kind ?? [placeholder("w7")]]],
    about?.description && ["p", { class: "bio", dir: "auto" }, plainText(about.description).replace(/\s+/g, " ")],
    about && guests(about)), tabs()],
  feed(host, posts.map((post) => article(host, post))));
}

/** @type {(account: Account) => Child[]} */
const badges = ({ bot, group }) => (bot || group
  ? [" ", ["span", { class: "badge edge" }, icon(group ? "people" : "robot", "i s"), ["span", { class: "long" }, say(group ? "badge.group" : "badge.bot")]]] : []);

/**
 * An author's own table, and when they joined.
 * @param {Account} account
 * @returns {Child}
 */
function fields({ fields = [], emojis, created_at: joined }) {
  /** @type {(name: Tree[], value: Child[], kind?: string) => Tree} */
  const row = (name, value, kind = "") => ["div", 0, ["dt", { dir: "auto" }, ...name], ["dd", { class: kind }, ...value]];
  const rows = fields.map(({ name, value, verified_at: verified }) =>
    row(named(name, emojis), [verified && icon("check", "i s"), ["span", { dir: "auto" }, plainText(value).replace(/\n+/g, " ")]], verified ? "ok" : ""));
  const [, year, month] = /^(\d+)-(\d+)/.exec(joined ?? "") ?? []; // a day without a time zone
  if (year) rows.push(row([say("head.joined")], [/** @type {string} */ (said.months[Number(month) - 1]).replace("{1}", year)]));
  return rows.length > 0 && ["dl", { class: "fields" }, ...rows];
}

/**
 * @param {Account} account
 * @returns {Child}
 */
function counts({ statuses_count: posts, followers_count: followers, following_count: following }) {
  const items = Object.entries({ posts, followers, following }).map(([key, n]) => known(n) && /** @type {Tree} */ (["span", 0, ["b", 0, number(n)], ` ${counted(`head.${key}`, n)}`]));
  return items.some(Boolean) && ["p", { class: "counts" }, ...items];
}

/** @type {(host: string, account: Account, posts: Status[], pinned: Status[]) => Tree} */
export function profilePage(host, account, posts, pinned) {
  const rows = (/** @type {Status[]} */ list) => list.map((post) => article(host, post));
  const bio = lines(account.note, account.emojis);
  return frame([head(account.header_static, picture(account.avatar_static, "face", 88),
    ["div", 0, ["h1", { dir: "auto" }, ...named(account.display_name || account.username, account.emojis), ...badges(account)],
      ["span", { class: "handle", dir: "ltr" }, ["span", 0, `@${account.username}`], ["span", 0, `@${shownHost(host)}`]]],
    bio.length > 0 && ["div", { class: "bio", dir: "auto" }, ...bio], fields(account), counts(account)), tabs()],
  pinned.length > 0 && ["div", { class: "pins", role: "group" }, ["div", { class: "chunk" }, ...rows(pinned)]],
  feed(account.display_name || account.username, rows(posts)));
}
