// The first request of a view, before anything but the shell is there. The program takes the answers over (feeds/fetch), so that nothing
// is asked twice.

import { blocked, isBlocked } from "./blocked.js";
import { firstVisit } from "./stored.js";
import { settings, settingsKey } from "./theme.js";

/** @type {Map<string, Promise<Response>>} */
export const early = new Map(); // URL -> promise of a Response whose body nobody has read

const loopback = (/** @type {string} */ host) => /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/.test(host);

/**
 * The origin of a host, "" if it isn't asked. Only public hosts are, others only by a page that itself comes from this machine.
 * What this doesn't understand is left to the program.
 * @param {string} host
 */
export function origin(host) {
  if (loopback(host)) return loopback(location.hostname) ? `http://${host}` : "";
  const known = /^(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+(?::\d+)?$/.test(host);
  return known && !/\.(?:arpa|corp|home|internal|intranet|lan|local|private)(?::|$)/.test(host) ? `https://${host}` : "";
}

/**
 * Asks for a URL. A host of which nobody knows whether it speaks Mastodon's API is asked one question at first: when it has nothing
 * at such an address, it won't at the next one either.
 * @param {string} url
 * @param {Promise<Response> | false} [first]
 */
export function ask(url, first) {
  const send = () => fetch(url, { credentials: "omit", referrerPolicy: "no-referrer", headers: { Accept: "application/json" } });
  const asked = first ? first.then((response) => (response.status === 404 ? response.clone() : send())) : send();
  asked.catch(() => {}); // the program says what is wrong
  early.set(url, asked);
  return asked;
}

/**
 * The hosts that don't speak Mastodon's API ("others"), or do ("speak"), as the program has found out.
 * @param {string} list
 */
function hosts(list) {
  try {
    return /** @type {string} */ (localStorage.getItem(settingsKey.slice(0, -"settings".length) + list)).split(" ");
  } catch {
    return []; // none, or the browser keeps nothing
  }
}

/**
 * Asks for what a view shows first; null for a view that has no such request.
 * @param {string} view
 * @returns {FirstRequests | null}
 */
export function firstRequests(view) {
  const [first, second, third, fourth] = view.slice(2).split("/");
  if (view.includes("?") || view.includes("%") || fourth) return null;
  const profile = /^@([\w.-]+)@(.+)$/.exec(first);
  const host = profile?.[2] ?? second;
  const base = host && origin(host);
  if (!base || hosts("others").includes(host) || isBlocked(host, profile?.[1]) || blocked.has(`${host}/${third}`)) return null;
  const api = `${base}/api/v1/`;
  const speaks = hosts("speak").includes(host);
  if (profile && !second && !settings.hideBoosts) return { kind: "profile", host, api, asked: ask(`${api}accounts/lookup?acct=${profile[1]}`) };
  if (first === "i" && (!third || third === "federated")) {
    const asked = ask(`${api}timelines/public?limit=20${third ? "" : "&local=true"}`);
    const describe = () => ask(`${base}/api/v2/instance`, !speaks && asked); // the program knows a server that was read before
    return { kind: "server", host, asked, about: firstVisit() && describe(), describe };
  }
  if (first === "t" && third) return { kind: "tag", host, tag: third, asked: ask(`${api}timelines/tag/${third}?limit=20`) };
  if (first === "p" && third) {
    const asked = ask(`${api}statuses/${third}`);
    return { kind: "post", host, asked, around: ask(`${api}statuses/${third}/context`, !speaks && asked) };
  }
  return null;
}
