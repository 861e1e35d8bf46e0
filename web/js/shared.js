// What other apps share, and links of web+ap: and web+activitypub:, come in the query, as the manifest says. They are moved into the fragment before
// anything reads the address. The worker answers an installed app's query itself: the site's host doesn't learn it.

/**
 * Finds what is to be opened in the query of an address, "" if there is nothing.
 * @param {string} search
 */
export function sharedIn(search) {
  const query = new URLSearchParams(search);
  const given = ["u", "url", "text", "title"].map((name) => query.get(name)?.trim() ?? "").filter(Boolean);
  // An app may put the address anywhere, with words around it; without one the program says what is missing.
  const found = given.map((s) => s.match(/(?:https?:\/\/|web\+(?:ap|activitypub):)[^\s<>"]+|[@!]?[\w.-]+@[\w-]+(?:[.:][\w-]+)+/i)?.[0]).find(Boolean) ?? given[0] ?? "";
  return found.replace(/^web\+a\w+:\/*/i, "https://");
}

const found = sharedIn(location.search);
if (found && !location.hash) history.replaceState(history.state, "", `${location.pathname}#/open?u=${encodeURIComponent(found)}`);
