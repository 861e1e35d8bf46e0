// Asking servers, with errors that say what kind they are.

export const patience = 15e3; // milliseconds until a request has failed

/** @type {Record<number, string>} */
const kinds = { 401: "NeedsLogin", 404: "NotFound", 410: "Gone" };

/**
 * Makes an error of a kind that the program's own errors have (feeds.Error). until is when one may ask again, in milliseconds.
 * @param {string} kind
 */
export const problem = (kind, until = 0) => Object.assign(Error(kind), { kind, until });

/**
 * Fetches JSON.
 * @param {string} url
 * @param {RequestInit} [options]
 * @returns {Promise<any>}
 */
export async function ask(url, options) {
  const signal = AbortSignal.timeout(patience);
  /** @type {(error: Error) => never} */
  const broken = (error) => {
    throw problem(signal.aborted ? "Timeout" : error.name === "SyntaxError" ? "BadData" : navigator.onLine ? "Unreachable" : "Offline");
  };
  const answer = await fetch(url, { ...options, signal, referrerPolicy: "no-referrer" }).catch(broken);
  const { status, headers } = answer;
  if (status === 429) {
    // Retry-After has seconds or a date; Mastodon has a date of its own and no Retry-After
    const said = headers.get("Retry-After") ?? headers.get("X-RateLimit-Reset");
    const until = said && (/^\d+$/.test(said) ? Date.now() + Number(said) * 1e3 : Date.parse(said));
    throw problem("RateLimited", until || Date.now() + 3e5);
  }
  if (!answer.ok) throw problem(kinds[status] ?? (status < 500 ? "Refused" : "ServerError"));
  return answer.json().catch(broken);
}
