// A server of Mastodon's API that doesn't exist, for rehearsing a start (app/page, Rehearse): it answers without a network.

import sample from "./sample.js";

const host = "https://rehearsal.invalid";
const count = 5; // posts: one of each kind, and a boost

/** @param {number} n */
function status(n) {
  const id = String(1000 - n);
  const post = {
    id, uri: `${host}/users/ada/statuses/${id}`, url: `${host}/@ada/${id}`, created_at: new Date(Date.UTC(2026, 1, 3, 4, 5, 60 - n)).toISOString(),
    account: sample.account, visibility: "public", language: "en", spoiler_text: "", sensitive: false, in_reply_to_id: null, in_reply_to_account_id: null,
    media_attachments: [], emojis: [], tags: [], mentions: [], poll: null, card: null, reblog: null, edited_at: null, replies_count: 1, reblogs_count: 2, favourites_count: 3,
    ...sample.posts[n % sample.posts.length],
  };
  return n % 5 ? post : { ...post, id: `${id}1`, uri: `${post.uri}/activity`, content: "", media_attachments: [], card: null, poll: null, reblog: post };
}

/**
 * Answers a request to that server.
 * @param {string} url
 */
function answer(url) {
  const { pathname } = new URL(url);
  if (pathname === "/api/v1/timelines/public") return [...Array(count).keys()].map(status);
  if (pathname === "/api/v2/instance") return sample.instance;
  if (pathname === "/.well-known/nodeinfo") return { links: [{ rel: "http://nodeinfo.diaspora.software/ns/schema/2.0", href: `${host}/nodeinfo/2.0` }] };
  if (pathname === "/nodeinfo/2.0") return sample.nodeinfo;
  return null;
}

/**
 * Puts the server before fetch.
 * @param {typeof fetch} others fetches from all other servers
 * @returns {typeof fetch}
 */
export const before = (others) => async (input, options) => {
  const url = typeof input === "string" ? input : input instanceof URL ? input.href : input.url;
  if (!url.startsWith(`${host}/`)) return others(input, options);
  const found = answer(url);
  return new Response(JSON.stringify(found), { status: found ? 200 : 404, headers: { "Content-Type": "application/json" } });
};
