package e2e

import (
	"fmt"
	"net"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"vitrine/build/demo"
)

// island is a site and a demo of its own, both of which can be stopped; the demo can come back.
type island struct {
	*stage
	stopSite func()
}

func (s *stage) island(t testing.TB) *island {
	t.Helper()
	own := *s
	own.startDemo(t, "127.0.0.1:0")
	_, own.port, _ = net.SplitHostPort(own.demo.Addr())
	h := newWebHost(t)
	h.publish(t, own.options(t, "/"))
	own.site = h.url + "/"
	return &island{stage: &own, stopSite: h.stop}
}

func (s *stage) startDemo(t testing.TB, addr string) {
	t.Helper()
	d, err := demo.Start(t.Context(), demo.Options{Addr: addr, Budget: 1 << 20, Uncached: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close(); d.Wait() })
	s.demo = d
}

func (i *island) stopDemo() {
	_ = i.demo.Close()
	i.demo.Wait()
}

func testOffline(t *testing.T, s *stage) {
	i := s.island(t)
	p := i.tab(t)
	p.screen(phone())
	p.open(i.site + "#/i/" + i.host("hafenlicht"))
	p.view("#/i/" + i.host("hafenlicht"))
	thread := eval[string](p, `[...document.querySelectorAll('main article')].find((a) => parseInt(a.querySelector('.acts')?.innerText) > 1).querySelector('a.when').getAttribute('href')`)
	views := []string{"#/i/" + i.host("hafenlicht"), "#/@bibliothek@" + i.host("norderau"), "#/t/" + i.host("norderau") + "/lesesaal", thread}
	for _, view := range views {
		p.open(i.site + view)
		p.view(view)
		p.served()
		p.wait("its posts, read and kept", frontKept(view))
	}
	// Once more through the worker, which has the pictures then.
	p.open(i.site + views[0])
	p.view(views[0])
	p.wait("a picture", picture)
	p.wait("the worker has it", "(vitrine.tellWorker('usage').then((u) => { window.__kept = u?.media?.count }), window.__kept > 3)")
	posts := map[string]int{}
	for _, view := range views {
		p.open(i.site + view)
		p.view(view)
		p.wait("all of it", "document.querySelector('main [role=feed]')?.getAttribute('aria-busy') !== 'true'")
		posts[view] = p.count("main article[data-uri]")
	}

	if posts[thread] < 2 {
		t.Errorf("the thread has %d posts", posts[thread])
	}
	i.stopDemo()
	i.stopSite()
	p.run(network.EmulateNetworkConditions(true, 0, 0, 0))
	for n, view := range views {
		p.open("about:blank")
		p.open(i.site + view)
		p.view(view)
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
		p.shot(fmt.Sprintf("offline-%d", n))
	}
	p.to("#/")
	p.run(chromedp.NavigateBack())
	p.view(thread)
	p.run(chromedp.NavigateForward())
	p.view("#/")
	p.run(chromedp.Reload())
	p.view("#/")
	p.open(i.site + "about.html")
	p.wait("a page of the site", "document.querySelector('article.text h1')")
	missing := "#/@nobody@" + i.host("hafenlicht")
	p.open(i.site + missing)
	p.view(missing)
	p.wait("the word that it can't be had now", `document.querySelector('main [role=alert][data-kind=Offline]')`)
	p.shot("offline-missing")

	p.to(views[0])
	p.wait("the word that there is no network", `document.querySelector('main [role=alert][data-kind=Offline]')`)
	i.startDemo(t, i.demo.Addr())
	p.run(network.EmulateNetworkConditions(false, 0, -1, -1))
	p.wait("it to refresh by itself", `!document.querySelector('main [role=alert]') && document.querySelectorAll('main article[data-uri]').length >= 20`)
}

const picture = `[...document.querySelectorAll('main article img')].some((img) => img.complete && img.naturalWidth > 0)`
