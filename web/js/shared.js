// What was shared with the installed app, and links of the form web+ap://, arrive as a query (manifest.webmanifest). They become the
// view that opens anything.

function openShared() {
  const query = new URLSearchParams(location.search);
  const given = query.get("u") || query.get("url") || query.get("text") || query.get("title");
  if (!given) return;
  const address = /https?:\/\/\S+|[@!#]?[\w.-]+@[\w.-]+\.\w+/.exec(given)?.[0] ?? given.replace(/^web\+ap:(?:\/\/)?/i, "https://");
  history.replaceState(null, "", `${location.pathname}#/open?u=${encodeURIComponent(address)}`);
}

openShared();
