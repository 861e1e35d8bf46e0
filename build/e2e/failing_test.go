package e2e

import (
	"fmt"
	"testing"
)

// Each way of failing is a host of the demo: everything it is asked fails that way.
func testFailures(t *testing.T, s *fixture) {
	for _, c := range []struct{ host, kind string }{
		{"429.klippe", "RateLimited"}, {"500.klippe", "ServerError"}, {"wall.klippe", "Unreachable"}, {"html.klippe", "BadData"},
		{"cut.klippe", "BadData"}, {"login.klippe", "NeedsLogin"}, {"422.klippe", "NeedsLogin"}, {"gone.klippe", "Gone"},
		{"empty.klippe", "BadData"}, {"huge.klippe", "TooLarge"}, {"closed.klippe", "Unreachable"}, {"hang.klippe", "Timeout"},
	} {
		t.Run(c.host, func(t *testing.T) {
			p := s.tab(t)
			view := "#/i/" + s.host(c.host)
			p.open(s.site + view)
			p.wait(c.kind, fmt.Sprintf("document.querySelector(%s)", js("main [role=alert][data-kind="+c.kind+"]")))
			p.waitForView(view)
			if p.count("main [role=alert]") != 1 {
				t.Errorf("%d alerts", p.count("main [role=alert]"))
			}
			if p.count("main [role=alert] strong") == 0 || p.count("main h1") != 1 {
				t.Error("the alert has no words, or the page no title")
			}
			p.screenshot("fail-" + c.host)
		})
	}
	t.Run("somebody who isn't there", func(t *testing.T) {
		p := s.tab(t)
		p.open(s.site + "#/@nobody@" + s.host("hafenlicht"))
		p.wait("the alert", `document.querySelector('main [role=alert][data-kind=NotFound]')`)
	})
	t.Run("a post that isn't there", func(t *testing.T) {
		p := s.tab(t)
		p.open(s.site + "#/p/" + s.host("hafenlicht") + "/1")
		p.wait("the alert", `document.querySelector('main [role=alert][data-kind=NotFound]')`)
	})
}

// A view never shows what belongs to the one before it.
func testNothingLeaks(t *testing.T, s *fixture) {
	p := s.tab(t)
	p.open(s.site + "#/i/" + s.host("hafenlicht"))
	p.waitForView("#/i/" + s.host("hafenlicht"))
	p.run(clickElement(fmt.Sprintf(`(location.hash = %s, document.body)`, js("#/i/"+s.host("500.klippe")))))
	p.waitForView("#/i/" + s.host("500.klippe"))
	if n := p.count("main article[data-uri]"); n > 0 {
		t.Errorf("%d posts of the view before", n)
	}
	p.goTo("#/i/" + s.host("norderau"))
	if n := p.count("main [role=alert]"); n > 0 {
		t.Errorf("%d alerts of the view before", n)
	}
}

// Whatever a server writes into any field, no script runs and no other host is requested.
func testHostileServer(t *testing.T, s *fixture) {
	p := s.tab(t)
	host := s.host("hostile")
	for _, view := range []string{"#/i/" + host, "#/i/" + host + "/about", "#/i/" + host + "/trending"} {
		p.open(s.site + view)
		p.wait("content or an alert", `document.querySelector('main[data-view]')`)
	}
	p.open(s.site + "#/i/" + host)
	p.waitForView("#/i/" + host)
	p.wait("its posts", fmt.Sprintf("document.querySelectorAll(%s).length > 0", js(inFeed)))
	for _, link := range eval[[]string](p, `[...document.querySelectorAll('main article')].flatMap(a => [a.querySelector('a.when')?.getAttribute('href'), a.querySelector('a.name')?.getAttribute('href')]).filter(h => h?.startsWith('#/')).slice(0, 8)`) {
		p.run(clickElement(fmt.Sprintf("(location.hash = %s, document.body)", js(link))))
		p.wait("the view of "+link, `document.querySelector('main[data-view]') && document.querySelector('main').dataset.view === location.hash`)
	}
	if eval[bool](p, "'pwned' in window") {
		t.Error("foreign script ran")
	}
	if n := s.demo.Hits("evil." + s.host("")); n > 0 {
		t.Errorf("%d requests to a host that nobody chose", n)
	}
	if bad := eval[[]string](p, `[...document.querySelectorAll('main [href], main [src]')].map(e => e.getAttribute('href') ?? e.getAttribute('src')).filter(u => !/^(https?:|mailto:|#|\/)/i.test(u))`); len(bad) > 0 {
		t.Errorf("targets: %q", bad)
	}
}
