package e2e

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"vitrine/build/demo"
)

// stoppableFixture is a site and a demo of its own, both of which can be stopped; the demo can be started again.
type stoppableFixture struct {
	*fixture
	stopSite func()
}

func (s *fixture) stoppable(t testing.TB) *stoppableFixture { return s.behind(t, nil) }

// behind is stoppable with something before the demo's servers; nil for nothing.
func (s *fixture) behind(t testing.TB, before func(http.Handler) http.Handler) *stoppableFixture {
	t.Helper()
	own := *s
	own.startDemo(t, "127.0.0.1:0", before)
	_, own.port, _ = net.SplitHostPort(own.demo.Addr())
	h := newWebHost(t)
	h.publish(t, own.options(t, "/"))
	own.site = h.url + "/"
	return &stoppableFixture{fixture: &own, stopSite: h.stop}
}

func (s *fixture) startDemo(t testing.TB, addr string, before func(http.Handler) http.Handler) {
	t.Helper()
	d, err := demo.Start(t.Context(), demo.Options{Addr: addr, Budget: 1 << 20, NoStore: true, Middleware: before})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close(); d.Wait() })
	s.demo = d
}

func (i *stoppableFixture) stopDemo() {
	_ = i.demo.Close()
	i.demo.Wait()
}

func testOffline(t *testing.T, s *fixture) {
	i := s.stoppable(t)
	p := i.tab(t)
	p.setSize(phone())
	p.open(i.site + "#/i/" + i.host("hafenlicht"))
	p.waitForView("#/i/" + i.host("hafenlicht"))
	thread := eval[string](p, `[...document.querySelectorAll('main article')].find((a) => parseInt(a.querySelector('.acts')?.innerText) > 1).querySelector('a.when').getAttribute('href')`)
	views := []string{"#/i/" + i.host("hafenlicht"), "#/@bibliothek@" + i.host("norderau"), "#/t/" + i.host("norderau") + "/lesesaal", thread}
	for _, view := range views {
		p.open(i.site + view)
		p.waitForView(view)
		p.waitForWorker()
		p.wait("its posts, read and kept", frontStored(view))
	}
	// Once more through the worker, which has the pictures then.
	p.open(i.site + views[0])
	p.waitForView(views[0])
	p.wait("a picture", picture)
	p.wait("the worker has it", "(vitrine.tellWorker('usage').then((u) => { window.__kept = u?.media?.count }), window.__kept > 3)")
	posts := map[string]int{}
	for _, view := range views {
		p.open(i.site + view)
		p.waitForView(view)
		p.wait("all of it", "document.querySelector('main [role=feed]')?.getAttribute('aria-busy') !== 'true'")
		posts[view] = p.count("main article[data-uri]")
	}

	film := i.takeFilms(p)

	if posts[thread] < 2 {
		t.Errorf("the thread has %d posts", posts[thread])
	}
	i.stopDemo()
	i.stopSite()
	p.run(network.EmulateNetworkConditions(true, 0, 0, 0))
	for n, view := range views {
		p.open("about:blank")
		p.open(i.site + view)
		p.waitForView(view)
		p.wait("the word that there is no network", `document.querySelector('main [role=alert][data-kind=Offline]')`)
		if got := p.count("main article[data-uri]"); got < min(posts[view], 40) {
			t.Errorf("%s: %d posts are left of %d", view, got, posts[view])
		}
		if p.count("main [data-asof]") == 0 {
			t.Errorf("%s: nothing says how old it is", view)
		}
		if n == 0 {
			p.wait("a picture without a network", picture)
		}
		p.screenshot(fmt.Sprintf("offline-%d", n))
	}
	p.open(i.site + film)
	p.waitForView(film)
	p.wait("a film", "document.querySelector('main article.focus video')")
	eval[any](p, `void (document.querySelector('main article.focus video').muted = true, document.querySelector('main article.focus video').play())`)
	p.wait("it to play without a network", "document.querySelector('main article.focus video').currentTime > 0.1")
	eval[any](p, `void (document.querySelector('main article.focus video').currentTime = document.querySelector('main article.focus video').duration - 0.5)`)
	p.wait("its end, by a range of its file", "(v => v.currentTime > v.duration - 0.5)(document.querySelector('main article.focus video'))")
	p.screenshot("offline-film")
	p.goTo(thread)
	p.goTo("#/")
	p.run(chromedp.NavigateBack())
	p.waitForView(thread)
	p.run(chromedp.NavigateForward())
	p.waitForView("#/")
	p.run(chromedp.Reload())
	p.waitForView("#/")
	p.open(i.site + "about.html")
	p.wait("a page of the site", "document.querySelector('article.text h1')")
	missing := "#/@nobody@" + i.host("hafenlicht")
	p.open(i.site + missing)
	p.waitForView(missing)
	p.wait("the word that it can't be had now", `document.querySelector('main [role=alert][data-kind=Offline]')`)
	p.screenshot("offline-missing")

	p.goTo(views[0])
	p.wait("the word that there is no network", `document.querySelector('main [role=alert][data-kind=Offline]')`)
	i.startDemo(t, i.demo.Addr(), nil)
	p.run(network.EmulateNetworkConditions(false, 0, -1, -1))
	p.wait("it to refresh by itself", `!document.querySelector('main [role=alert]') && document.querySelectorAll('main article[data-uri]').length >= 20`)
}

const picture = `[...document.querySelectorAll('main article img')].some((img) => img.complete && img.naturalWidth > 0)`

// takeFilms takes the videos of a server offline, which nobody has opened before, and returns the view of one.
func (i *stoppableFixture) takeFilms(p *tab) string {
	p.t.Helper()
	i.beginToTakeFilms(p, "50000000")
	p.wait("what is kept", filmsTaken)
	if said := p.text("main [data-part=offline]"); strings.Contains(said, "could not") {
		p.t.Errorf("it says: %s", said)
	}
	p.screenshot("taken")
	return eval[string](p, `document.querySelector('main article figure a').getAttribute('href')`)
}

// filmsTaken says what is kept of a list, and since when.
const filmsTaken = `/\d\s?(B|kB|MB|GB)\b/.test(document.querySelector('main [data-part=offline]')?.textContent) && document.querySelector('main [data-part=offline] time')`

// beginToTakeFilms begins to take the videos of a server offline, each of at most so many bytes.
func (i *stoppableFixture) beginToTakeFilms(p *tab, most string) {
	p.t.Helper()
	host := i.host("filmdose")
	p.open(i.site + "#/i/" + host)
	p.waitForView("#/i/" + host)
	p.wait("its videos", `document.querySelectorAll('main [role=feed] article').length === 4`)
	choose := func(name, value string) {
		p.wait("the choice", "document.querySelector('#take select[name="+name+"]')")
		eval[any](p, `void (e => (e.value = "`+value+`", e.dispatchEvent(new Event('change', {bubbles: true}))))(document.querySelector('#take select[name=`+name+`]'))`)
	}
	eval[any](p, `void document.querySelector('[data-action=take-offline]').click()`)
	p.wait("threads and small pictures as the choice", `document.querySelector('#take[open] [name=take-threads]').checked && document.querySelector('#take [name=take-pictures]').value === 'small'`)
	choose("take-far", "p50")
	choose("take-film", most)
	p.wait("the size before", `/\d\s?(B|kB|MB|GB)\b/.test(document.querySelector('#take [data-part=size]').textContent)`)
	p.screenshot("take")
	eval[any](p, `void document.querySelector('#take button[type=submit]').click()`)
}
