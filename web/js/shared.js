// What other apps share, and links of web+ap:, come in the query, as the manifest says. They are moved into the fragment before
// anything reads the address. The worker answers an installed app's query itself: the site's host doesn't learn it.

function shared() {
  const query = new URLSearchParams(location.search);
  const given = ["u", "url", "text", "title"].map((name) => query.get(name)?.trim()).filter(Boolean);
  if (!given.length || location.hash) return;
  // An app may put the address anywhere, with words around it; without one the program says what is missing.
  const found = given.map((s) => s.match(/(?:https?:\/\/|web\+ap:)[^\s<>"]+|[@!]?[\w.-]+@[\w-]+(?:[.:][\w-]+)+/i)?.[0]).find(Boolean) ?? given[0];
  history.replaceState(history.state, "", `${location.pathname}#/open?u=${encodeURIComponent(found.replace(/^web\+ap:\/*/i, "https://"))}`);
}

shared();
