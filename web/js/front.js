// A front is the first screen of a view as the program last drew it. It is drawn again at once, with its age, before the
// program is there. Fronts have a database of their own: in the program's one, stores would be missing if the loader made it.

const frontsKept = 80;
const frontsKey = `vitrine:${root.dataset.base}:fronts`; // of the database, and of the note that there are some

let standing = false; // something is shown that was drawn without the program
let shell; // what the page began with, for a view that has no front

const fronts = new Promise((resolve) => {
  const request = indexedDB.open(frontsKey, 1); // throws where storage is closed: there are none then
  request.onupgradeneeded = () => request.result.createObjectStore("fronts").createIndex("kept", "kept");
  request.onsuccess = () => {
    request.result.onversionchange = () => request.result.close();
    resolve(request.result);
  };
  request.onerror = request.onblocked = () => resolve(null);
}).catch(() => null);

async function store(mode, use) {
  const database = await fronts;
  if (!database) return undefined;
  return new Promise((resolve) => {
    const transaction = database.transaction("fronts", mode);
    const request = use(transaction.objectStore("fronts"));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => resolve(undefined);
  }).catch(() => undefined); // the connection was closed: reading goes on without fronts
}

// storedFront returns the front of a view, unless it is of another version of the site, in another language, or doesn't reach to
// where the reader was.
async function storedFront(view) {
  const front = await store("readonly", (all) => all.get(view));
  if (front?.version !== root.dataset.version || front.lang !== lang) return undefined;
  const at = position();
  if (at.y > 0 && at.u && !front.tree.includes(JSON.stringify(at.u))) return undefined;
  return front;
}

// firstVisit reports that no front was ever kept here, without waiting for the database to open.
function firstVisit() {
  try {
    return !localStorage.getItem(frontsKey);
  } catch {
    return true;
  }
}

function position() {
  try {
    return JSON.parse(sessionStorage.getItem(`vitrine:${root.dataset.base}:at:${history.state.vitrine}`)) ?? {};
  } catch {
    return {};
  }
}

// keepFront is called by the program after it drew what is fresh; an empty tree forgets the view's front.
function keepFront(view, host, tree) {
  try {
    localStorage.setItem(frontsKey, "1");
  } catch {} // full or closed: then it is always a first visit
  store("readwrite", (all) => {
    if (!tree) return all.delete(view);
    all.put({ version: root.dataset.version, lang, host, tree, kept: Date.now() }, view);
    const count = all.count();
    count.onsuccess = () => {
      let surplus = count.result - frontsKept;
      if (surplus <= 0) return;
      all.index("kept").openCursor().onsuccess = ({ target: { result: oldest } }) => {
        if (!oldest || surplus-- <= 0) return;
        oldest.delete();
        oldest.continue();
      };
    };
    return count;
  });
}

// clearFronts forgets the fronts of a server, or all.
function clearFronts(host) {
  return store("readwrite", (all) => {
    if (!host) return all.clear();
    const cursor = all.openCursor();
    cursor.onsuccess = () => {
      const entry = cursor.result;
      if (!entry) return;
      if (entry.value.host === host) entry.delete();
      entry.continue();
    };
  });
}

// erect draws a front in place of the shell. The program mounts beside it, unseen.
function erect(frame, view) {
  const place = document.getElementById("front");
  const made = grow(frame);
  if (!standing) {
    shell ??= [...document.getElementById("app").childNodes];
    document.getElementById("app").replaceChildren(); // there is one main at any time
  }
  if (!made.querySelector("nav.nav")) made.prepend(shell.find((node) => node.className === "frame").querySelector("nav").cloneNode(true));
  const main = made.querySelector("main");
  main.dataset.view = view;
  main.dataset.front = "";
  for (const time of made.querySelectorAll(".when time")) time.textContent = ago(time.dateTime, 0);
  for (const time of made.querySelectorAll("[data-asof] time")) time.textContent = ago(time.dateTime, 4);
  place.replaceChildren(grow(["div", { class: "awning", "aria-hidden": "true" }]), made);
  place.hidden = false;
  root.dataset.front = "";
  standing = true;
  const style = document.querySelector("link[rel=stylesheet]");
  if (style.sheet) goBack();
  else style.addEventListener("load", goBack); // without it nothing stands where it will
}

// goBack goes to where the reader was before the page was loaded again.
function goBack() {
  const at = position();
  if (!standing || !(at.y > 0)) return;
  scrollTo(0, at.y);
  const post = [...document.querySelectorAll("#front article[data-uri]")].find((a) => a.dataset.uri === at.u);
  if (post) scrollBy(0, post.getBoundingClientRect().top - (at.off ?? 0));
}

// takeDown ends the front: the program's screen stands, or another view is waited for.
function takeDown(waiting) {
  if (!standing) return;
  if (waiting) document.getElementById("app")?.replaceChildren(...shell);
  standing = false;
  document.getElementById("front").replaceChildren();
  document.getElementById("front").hidden = true;
  delete root.dataset.front;
}
