// The first request of a view, before the program is there. The program takes the answers over (feeds/fetch), so that nothing is
// asked twice. Without a front, names, times and plain text are drawn from them.

import { blocked, isBlocked } from "./blocked.js";
import { config } from "./config.js";
import { settings, settingsKey } from "./theme.js";
import { firstVisit } from "./front.js";
import { profilePage, serverPage } from "./heads.js";
import { listPage, threadPage } from "./plain.js";

/** @type {Map<string, Promise<Response>>} */
export const early = new Map(); // URL -> promise of a Response whose body nobody has read
const maxDrawnBytes = 1 << 20; // of an answer; a longer one is left to the program

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
function ask(url, first) {
  const send = () => fetch(url, { credentials: "omit", referrerPolicy: "no-referrer", headers: { Accept: "application/json" } });
  const asked = first ? first.then((response) => (response.status === 404 ? response.clone() : send())) : send();
  asked.catch(() => {}); // the program says what is wrong
  early.set(url, asked);
  return asked;
}

/**
 * Decodes an answer. The program reads the other copy, and begins only after this one was made.
 * @param {Promise<Response>} asked
 * @returns {Promise<any>}
 */
function read(asked) {
  const answer = decoded(asked);
  answer.catch(() => {}); // whoever waits for it hears of it; it may come before anybody does
  return answer;
}

/** @param {Promise<Response>} asked */
async function decoded(asked) {
  const response = (await asked).clone();
  if (!response.ok) throw new Error(/** @type {any} */ (response.status));
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      if (text.includes("xn--")) await import(config.hosts).catch(() => {}); // without it hosts stay as they are
      return JSON.parse(text);
    }
    text += decoder.decode(value, { stream: true });
    if (text.length > maxDrawnBytes) {
      reader.cancel();
      throw new Error("too long");
    }
  }
}

/**
 * Gives an answer a little time: it is used if it is there, and left out if not.
 * @template T
 * @param {Promise<T>} promise
 * @param {T} [otherwise]
 * @returns {Promise<T>}
 */
const withTimeout = (promise, otherwise) => Promise.race([promise.catch(() => /** @type {T} */ (otherwise)), new Promise((resolve) => setTimeout(resolve, 400, otherwise))]);

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
 * Asks for what a view shows first, and returns what makes a frame of the answer; null for a view that has none.
 * @param {string} view
 * @returns {(() => Promise<Tree>) | null}
 */
export function firstAnswer(view) {
  const [first, second, third, fourth] = view.slice(2).split("/");
  if (view.includes("?") || view.includes("%") || fourth) return null;
  const profile = /^@([\w.-]+)@(.+)$/.exec(first);
  const host = profile?.[2] ?? second;
  const base = host && origin(host);
  if (!base || hosts("others").includes(host) || isBlocked(host, profile?.[1]) || blocked.has(`${host}/${third}`)) return null;
  const api = `${base}/api/v1/`;
  const speaks = hosts("speak").includes(host);
  if (profile && !second && !settings.hideBoosts) {
    const asked = ask(`${api}accounts/lookup?acct=${profile[1]}`);
    return async () => {
      const account = await read(asked);
      const posts = ask(`${api}accounts/${account.id}/statuses?exclude_replies=true&limit=20`);
      const pinned = read(ask(`${api}accounts/${account.id}/statuses?limit=20&pinned=true`));
      return profilePage(host, account, await read(posts), await withTimeout(pinned, []));
    };
  }
  if (first === "i" && (!third || third === "federated")) {
    const posts = ask(`${api}timelines/public?limit=20${third ? "" : "&local=true"}`);
    const describe = () => ask(`${base}/api/v2/instance`, !speaks && posts); // the program knows a server that was read before
    const about = firstVisit() && describe();
    return async () => {
      const head = read(about || describe());
      return serverPage(host, await read(posts), await withTimeout(head));
    };
  }
  if (first === "t" && third) {
    const posts = ask(`${api}timelines/tag/${third}?limit=20`);
    return async () => listPage(`#${third}`, host, await read(posts));
  }
  if (first === "p" && third) {
    const post = ask(`${api}statuses/${third}`);
    const around = ask(`${api}statuses/${third}/context`, !speaks && post);
    return async () => threadPage(host, await read(post), await read(around).catch(() => ({ ancestors: [], descendants: [] })));
  }
  return null;
}
