package e2e

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"testing"

	"vitrine/build/demo"
)

// referrers records what servers learn about the page that asks them.
type referrers struct {
	mu    sync.Mutex
	sent  []string // requests with a Referer, and what it says
	kinds map[string]int
}

// record notes the Referer of each request, and what it was for. Source: https://www.w3.org/TR/fetch-metadata/#sec-fetch-dest-header
func (r *referrers) record(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		r.mu.Lock()
		if r.kinds == nil {
			r.kinds = map[string]int{}
		}
		r.kinds[q.Header.Get("Sec-Fetch-Dest")]++
		// What a page on the same server asks for, as a framed player's own film or the worker's script, tells nobody anything new.
		from := q.Referer()
		if u, err := url.Parse(from); from != "" && (err != nil || u.Host != q.Host) {
			r.sent = append(r.sent, q.Host+q.URL.Path+" ("+q.Header.Get("Sec-Fetch-Dest")+") was sent "+from)
		}
		r.mu.Unlock()
		next.ServeHTTP(w, q)
	})
}

// seen returns how many requests there were of a kind.
func (r *referrers) seen(kind string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.kinds[kind]
}

// check fails for every request that said where it came from.
func (r *referrers) check(t testing.TB) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	slices.Sort(r.sent)
	for _, request := range slices.Compact(r.sent) {
		t.Error(request)
	}
	r.sent = nil
}

func testNoReferrer(t *testing.T, s *fixture) {
	readWithoutReferrer(t, s, visitor{t, chromium{s.tab(t)}})
}

// TestReferrerEngines looks in each engine at what servers learn.
func TestReferrerEngines(t *testing.T) {
	engines := chosenEngines(t)
	s := newFixture(t)
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) { readWithoutReferrer(t, s, visitor{t, e.start(t)}) })
	}
}

// everythingLoaded has films, sounds and pictures fetched that are so far left to a tap or to scrolling.
const everythingLoaded = `(() => {
	for (const img of document.images) img.loading = "eager";
	for (const media of document.querySelectorAll("video, audio")) if (media.preload !== "auto") { media.preload = "auto"; media.load(); }
	return [...document.images].every((i) => i.complete) && [...document.querySelectorAll("video, audio")].every((m) => m.readyState > 0 || m.error);
})()`

// readWithoutReferrer goes every way on which a browser asks servers, first without the service worker, then through it.
func readWithoutReferrer(t *testing.T, s *fixture, v visitor) {
	views := []string{
		"#/i/" + s.host("hafenlicht"), "#/@marta@" + s.host("hafenlicht"), "#/i/" + s.host("filmdose"), "#/i/" + s.host("bucht"),
		"#/i/" + s.host("hafenlicht") + "/trending",
	}
	v.visit(s.site)
	v.waitForView("#/")
	read := func() {
		for _, view := range views {
			v.follow(view)
			v.wait("all that it shows", everythingLoaded)
		}
	}
	read()
	v.wait("the worker", "navigator.serviceWorker.controller?.state === 'activated'")
	for _, view := range views {
		v.follow(view)
		v.reloadView(view)
		v.wait("all that it shows, through the worker", everythingLoaded)
	}
	v.wait("pictures that the worker stored", "(vitrine.tellWorker('usage').then((u) => { window.stored = u?.media?.count }), window.stored > 3)")
	if s.referred.seen("image") == 0 && s.referred.seen("") == 0 {
		t.Error("no picture was asked for")
	}
	s.referred.check(t)

	// Pages that are not the program's: those of official feeds, and somebody else's that includes one.
	o := newOfficial(t, feedsOfTown, demo.Options{Middleware: s.referred.record})
	pages := []string{"feeds/linked/index.html", "feeds/linked/embed.html", "feeds/town/index.html", "feeds/harbour/index.html"}
	for _, page := range pages {
		v.visit(o.url + page)
		v.wait("all that it shows", everythingLoaded)
	}
	s.referred.check(t)
	o.policy = "default-src * 'unsafe-inline'"
	for name, body := range map[string]string{
		"host-fragment.html": `<link rel="stylesheet" href="/embed.css">` + o.read("feeds/linked/fragment.html"),
		"host-element.html":  `<script src="/embed.js" defer></script><vitrine-feed src="/feeds/linked/"></vitrine-feed>`,
		"host-frame.html":    `<iframe src="/feeds/linked/embed.html" title="Marta"></iframe>`,
	} {
		v.visit(o.host(name, body))
		v.do("wait", func(context.Context) error { return nil })
		v.wait("all that it shows", everythingLoaded)
		s.referred.check(t)
	}
}
