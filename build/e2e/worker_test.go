package e2e

import (
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"

	"vitrine/build/demo"
)

// workerUsage is what the service worker reports that it has stored.
type workerUsage struct {
	Version string
	Media   struct{ Count, Bytes, Unknown int }
	Builds  []string
}

const shownVersion = "document.documentElement.dataset.version"

// After one visit the site opens without its host, at any view, with its pages, in the language that was chosen.
func testWithoutNetwork(t *testing.T, s *fixture) {
	h := newWebHost(t)
	h.publish(t, s.options(t, "/"))
	p := s.tab(t)
	p.open(h.url + "/")
	p.waitForView("#/")
	p.waitForWorker()
	p.goTo("#/settings")
	p.run(chromedp.SetValue("#lang", "de", chromedp.ByQuery))
	p.wait("the pages of the language", `(caches.match("/help.de.html").then((kept) => { window.kept = Boolean(kept); }), window.kept)`)
	h.stop()
	p.open(h.url + "/#/settings")
	p.run(chromedp.Reload())
	p.waitForView("#/settings")
	if got := p.text("h1"); got != "Einstellungen" {
		t.Errorf("without the host the settings are called %q", got)
	}
	p.open(h.url + "/?from=elsewhere")
	p.waitForView("#/")
	for page, title := range map[string]string{"about.html": "About", "about": "About", "help.de.html": "Hilfe", "index.html": ""} {
		p.open(h.url + "/" + page)
		if got := p.text("h1"); !strings.Contains(got, title) {
			t.Errorf("%s: %q", page, got)
		}
	}
	if got := await[string](p, `fetch("/feeds/town/").then((r) => "status " + r.status, (e) => e.name)`); got != "TypeError" {
		t.Errorf("what the host alone has: %s", got)
	}
}

// Pictures that were seen are there without the network, those of the very first view too; failed pictures are not.
func testPicturesSeen(t *testing.T, s *fixture) {
	d, err := demo.Start(t.Context(), demo.Options{Addr: "127.0.0.1:0", Budget: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close(); d.Wait() })
	_, port, err := net.SplitHostPort(d.Addr())
	if err != nil {
		t.Fatal(err)
	}
	var cookie atomic.Value
	plain := dots(t, func(r *http.Request) { cookie.Store("got: " + r.Header.Get("Cookie")) })

	h := newWebHost(t)
	h.publish(t, s.options(t, "/"))
	view := "#/i/hafenlicht.localhost:" + port
	p := s.tab(t)
	p.open(h.url + "/" + view)
	p.waitForView(view)
	p.waitForWorker()
	p.wait("pictures", `[...document.images].filter((i) => i.naturalWidth).length > 5`)
	foreign := eval[[]string](p, `[...new Set([...document.images].filter((i) => i.naturalWidth).map((i) => i.src))]`)
	p.waitAsync("all of them to be kept", fmt.Sprintf(`(await Promise.all(%s.map((u) => caches.match(u, { cacheName: "vitrine:/:media" })))).every(Boolean)`, list(foreign)))

	missing := "http://hafenlicht.localhost:" + port + "/no-picture.png"
	p.run(chromedp.Evaluate(fmt.Sprintf(`document.cookie = "who=me"; for (const u of [%s, %s]) document.body.append(Object.assign(new Image(), { src: u, onerror: () => window.failed = true }));`, js(missing), js(plain)), nil))
	p.wait("a picture that isn't there", "window.failed")
	p.waitAsync("the other one to be kept", fmt.Sprintf(`await caches.match(%s, { cacheName: "vitrine:/:media" })`, js(plain)))
	p.waitAsync("no picture for what isn't there", fmt.Sprintf(`!(await caches.match(%s, { cacheName: "vitrine:/:media" }))`, js(missing)))
	if got := cookie.Load(); got != "got: " {
		t.Errorf("the picture's server %v", got)
	}

	_ = d.Close()
	d.Wait()
	h.stop()
	p.run(chromedp.Reload())
	p.wait("a page", `document.querySelector("h1")`)
	load := `new Promise((resolve) => { const i = new Image(); i.onload = () => resolve(i.naturalWidth > 0); i.onerror = () => resolve(false); i.src = %s; })`
	for _, url := range foreign {
		if !await[bool](p, fmt.Sprintf(load, js(url))) {
			t.Errorf("%s is not shown", url)
		}
	}
	if await[bool](p, fmt.Sprintf(load, js("http://hafenlicht.localhost:"+port+"/never-seen.png"))) {
		t.Error("a picture that was never seen is shown")
	}
	if got := askWorker[workerUsage](p, "usage"); got.Media.Count < len(foreign) || len(got.Builds) != 1 || got.Builds[0] != got.Version {
		t.Errorf("%d pictures, but %+v", len(foreign), got)
	}
	if got := askWorker[workerUsage](p, "forget-media"); got.Media.Count != 0 || len(got.Builds) != 1 {
		t.Errorf("after forgetting: %+v", got)
	}
}

// The pictures that were not seen for the longest time are removed first, and a full storage breaks nothing.
func testPicturesMakeRoom(t *testing.T, s *fixture) {
	address := dots(t, func(*http.Request) {})
	h := newWebHost(t)
	h.publish(t, s.options(t, "/"))
	p := s.tab(t)
	p.open(h.url + "/")
	p.waitForView("#/")
	p.waitForWorker()
	// show shows pictures, and lets the worker look into them where cors says so.
	show := func(from, to int, cors bool) {
		t.Helper()
		if !await[bool](p, fmt.Sprintf(`Promise.all(Array.from({ length: %d }, (_, i) => new Promise((resolve) => {
			const dot = new Image();
			if (%v) dot.crossOrigin = "anonymous";
			dot.onload = () => resolve(true);
			dot.onerror = () => resolve(false);
			dot.src = %s + "?" + (i + %d);
		}))).then((all) => all.every(Boolean))`, to-from, cors, js(address), from)) {
			t.Fatalf("pictures %d to %d are not shown", from, to)
		}
	}
	keeps := func(n int) string {
		return fmt.Sprintf(`(await caches.match(%s, { cacheName: "vitrine:/:media" }))`, js(fmt.Sprintf("%s?%d", address, n)))
	}
	show(0, 200, true)
	p.waitAsync("the pictures to be kept", keeps(0)+" && "+keeps(199))
	p.run(chromedp.Reload()) // the page's own memory would not ask for a picture again
	p.waitForView("#/")
	show(0, 1, true)
	show(200, 620, true) // more than is ever kept
	p.waitAsync("room to be made", keeps(619)+" && "+keeps(0)+" && !"+keeps(1))
	if got := askWorker[workerUsage](p, "usage"); got.Media.Count > 600 || got.Media.Unknown > 0 || got.Media.Bytes < 42*got.Media.Count {
		t.Errorf("%+v", got)
	}

	askWorker[workerUsage](p, "forget-media")
	p.run(storage.OverrideQuotaForOrigin(h.url).WithQuotaSize(80 << 20))
	show(1000, 1040, false) // the browser counts some 7 MB for each
	p.waitAsync("room to be made, and the next ones kept", fmt.Sprintf(`await (async () => {
		const before = window.next ?? 1040;
		window.next = before + 1;
		const { media } = await %s;
		const kept = await caches.match(%s + "?" + before, { cacheName: "vitrine:/:media" });
		const dot = new Image();
		dot.src = %[2]s + "?" + window.next;
		await dot.decode();
		return kept && media.count < 12;
	})()`, workerAnswer("usage"), js(address)))
}

// dots is the address of a picture on a server that calls asked for each request.
func dots(t *testing.T, asked func(*http.Request)) string {
	t.Helper()
	dot, err := base64.StdEncoding.DecodeString("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked(r)
		w.Header().Set("Content-Type", "image/gif")
		w.Header().Set("Access-Control-Allow-Origin", "*")
		_, _ = w.Write(dot)
	}))
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + "/dot.gif"
}

// list writes Go strings as a JavaScript array.
func list(all []string) string {
	quoted := make([]string, 0, len(all))
	for _, s := range all {
		quoted = append(quoted, js(s))
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// A new version is offered; until a reader takes it nothing changes, and other tabs keep what they have.
func testNewVersion(t *testing.T, s *fixture) {
	h := newWebHost(t)
	o := s.options(t, "/")
	publish := func(title string) string {
		o.Config.Title = title
		return h.publish(t, o)
	}
	first := publish("First")
	asset := ""
	for name := range h.files["/"] {
		if strings.HasPrefix(name, "assets/site.") {
			asset = "/" + name // it holds the title, so that no later build has it
		}
	}
	p := s.tab(t)
	p.open(h.url + "/")
	p.waitForView("#/")
	p.waitForWorker()
	p.run(chromedp.Evaluate(`Promise.all(["vitrine:/reader/:0123456789ab", "vitrine:/x", "somebody"].map((n) => caches.open(n)))`, nil, awaitPromise))
	q := p.newTabWithSameStorage(s.browser)
	q.open(h.url + "/")
	q.waitForView("#/")
	q.waitForWorker()
	q.run(chromedp.Evaluate("window.mark = true", nil))

	// take waits in p until a new version is offered, takes it, and checks that it comes.
	take := func(version string) {
		t.Helper()
		before := eval[string](p, shownVersion)
		p.run(chromedp.Evaluate(`document.addEventListener("vitrine:update", () => { window.updateOffered = true; })`, nil))
		p.run(chromedp.Evaluate(`navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => true)`, nil, awaitPromise))
		p.wait("the news", "window.updateOffered && vitrine.update")
		if got := eval[string](p, shownVersion); got != before {
			t.Fatalf("%s came by itself", got)
		}
		p.screenshot("new-version")
		p.click(".fresh [data-action=update]")
		p.wait("the new version", shownVersion+" === "+js(version))
		p.waitForView("#/")
	}
	status := `fetch(` + js(asset) + `).then((r) => r.status)`
	second := publish("Second")
	q.run(chromedp.Evaluate(`navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => true)`, nil, awaitPromise))
	q.wait("the news in the other tab", "vitrine.update")
	if got := await[int](q, status); got != 200 {
		t.Errorf("while the new version waits, %s: %d", asset, got)
	}
	p.run(chromedp.Reload())
	p.wait("the version of before", shownVersion+" === "+js(first))
	p.waitForView("#/")
	p.wait("the news after a reload", "vitrine.update")
	p.run(chromedp.Evaluate("vitrine.update()", nil))
	p.wait("the new version", shownVersion+" === "+js(second))
	p.waitForView("#/")
	if !eval[bool](q, "window.mark") || eval[string](q, shownVersion) != first {
		t.Error("the other tab was reloaded")
	}
	if got := await[int](q, status); got != 200 {
		t.Errorf("after the new version came, %s: %d", asset, got)
	}
	q.goTo("#/settings")
	p.checkNothingLogged()

	builds := func() []string { return askWorker[workerUsage](p, "usage").Builds }
	two := builds()
	p.run(chromedp.Evaluate(`caches.open("vitrine:/:fedcba987654").then(() => true)`, nil, awaitPromise)) // one that was interrupted
	take(publish("Third"))
	three := builds()
	if len(two) != 2 || len(three) != 2 || !slices.Contains(three, two[1]) || slices.Contains(three, two[0]) {
		t.Errorf("builds that are kept: %v, then %v", two, three)
	}
	publish("Second")
	take(second)
	publish("Fourth") // the one in use before is the second's, though its cache is the older one
	take(h.publish(t, o))
	if four := builds(); len(four) != 2 || !slices.Contains(four, two[1]) {
		t.Errorf("after going back and on: %v", four)
	}
	others := await[[]string](p, `caches.keys()`)
	for _, name := range []string{"vitrine:/reader/:0123456789ab", "vitrine:/x", "somebody"} {
		if !slices.Contains(others, name) {
			t.Errorf("the cache %q of somebody else is gone", name)
		}
	}
}

// A site at the root of an origin doesn't affect one below a path.
func testTwoSites(t *testing.T, s *fixture) {
	h := newWebHost(t)
	above := h.publish(t, s.options(t, "/"))
	o := s.options(t, "/reader/below/")
	o.Config.Title = "Below"
	below := h.publish(t, o)
	p := s.tab(t)
	for base, version := range map[string]string{"/": above, "/reader/below/": below} {
		p.open(h.url + base)
		p.waitForView("#/")
		p.waitForWorker()
		if got := eval[string](p, shownVersion); got != version {
			t.Errorf("%s shows %s", base, got)
		}
		p.wait("its own worker", fmt.Sprintf("navigator.serviceWorker.controller.scriptURL === %s", js(h.url+base+"sw.js")))
	}
	h.stop()
	for base, version := range map[string]string{"/": above, "/reader/below/": below} {
		p.open(h.url + base)
		p.waitForView("#/")
		if got := eval[string](p, shownVersion); got != version {
			t.Errorf("without the host %s shows %s", base, got)
		}
		if got := askWorker[workerUsage](p, "usage"); len(got.Builds) != 1 {
			t.Errorf("%s counts %v as its own", base, got.Builds)
		}
	}
}

// A built site that was looked at on the development server's address doesn't hide what is worked on.
func testUncachedSite(t *testing.T, s *fixture) {
	h := newWebHost(t)
	o := s.options(t, "/")
	h.publish(t, o)
	p := s.tab(t)
	p.open(h.url + "/")
	p.waitForView("#/")
	p.waitForWorker()
	p.run(chromedp.Evaluate(`caches.open("somebody").then(() => true)`, nil, awaitPromise))
	o.NoWorker, o.Config.Title = true, "Worked on"
	version := h.publish(t, o)
	p.run(chromedp.Evaluate(`navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => true)`, nil, awaitPromise))
	p.wait("what is worked on", shownVersion+" === "+js(version))
	p.waitForView("#/")
	p.waitAsync("no worker", `!(await navigator.serviceWorker.getRegistration())`)
	if got := await[[]string](p, "caches.keys()"); !slices.Equal(got, []string{"somebody"}) {
		t.Errorf("caches: %v", got)
	}
}

// What another app shares opens as if it had been pasted.
func testShared(t *testing.T, s *fixture) {
	host := s.host("norderau")
	profile := "#/@bibliothek@" + host
	for _, query := range []string{
		"?title=The+library&text=Look+here%3A+http%3A%2F%2F" + host + "%2F%40bibliothek+%21&url=",
		"?title=&text=&url=http%3A%2F%2F" + host + "%2F%40bibliothek",
		"?title=%40bibliothek%40" + host,
		"?u=web%2Bap%3A%2F%2F" + host + "%2F%40bibliothek",
	} {
		p := s.tab(t)
		p.open(s.site + query)
		p.waitForView(profile)
		if got := eval[string](p, "location.search"); got != "" {
			t.Errorf("%s: the query %q is left", query, got)
		}
	}
	p := s.tab(t)
	p.open(s.site + "?text=nothing+of+that+kind")
	p.waitForView("#/find?q=nothing+of+that+kind")
	p.open(s.site + "?utm_source=x#/settings")
	p.waitForView("#/settings")
}
