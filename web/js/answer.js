// A page of what a view's first requests answered, where there is no front: names, times and plain text.

import { ask, config } from "./given.js";
import { profilePage, serverPage } from "./heads.js";
import { spoken } from "./lang.js";
import { listPage, threadPage } from "./plain.js";

const maxDrawnBytes = 1 << 20; // of an answer; a longer one is left to the program

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
      await spoken; // what is drawn of it needs words
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
 * Makes the frame of a view of its first answers.
 * @param {FirstRequests} first
 * @returns {Promise<Tree>}
 */
export async function firstPage(first) {
  const { host } = first;
  switch (first.kind) {
    case "profile": {
      const account = await read(first.asked);
      const posts = ask(`${first.api}accounts/${account.id}/statuses?exclude_replies=true&limit=20`);
      const pinned = read(ask(`${first.api}accounts/${account.id}/statuses?limit=20&pinned=true`));
      return profilePage(host, account, await read(posts), await withTimeout(pinned, []));
    }
    case "server": {
      const about = read(first.about || first.describe());
      return serverPage(host, await read(first.asked), await withTimeout(about));
    }
    case "tag":
      return listPage(`#${first.tag}`, host, await read(first.asked));
    case "post":
      return threadPage(host, await read(first.asked), await read(first.around).catch(() => ({ ancestors: [], descendants: [] })));
  }
}
