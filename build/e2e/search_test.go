package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// testSearch checks that what was read is found by words and operators, with its hits marked, also without a network.
func testSearch(t *testing.T, s *fixture) {
	p := s.tab(t)
	host := s.host("hafenlicht")
	view := "#/i/" + host
	p.open(s.site + view)
	p.waitForView(view)
	p.wait("all of it", "document.querySelector('main [role=feed]')?.getAttribute('aria-busy') !== 'true'")
	// What the list shows is the standard: what has a word in its text has to be found by it.
	const having = `[...document.querySelectorAll('[role=feed] article[data-uri]')].filter((a) => /\b%s\b/i.test(a.querySelector('[data-part=content]').textContent)).map((a) => a.dataset.uri)`
	want := eval[[]string](p, fmt.Sprintf(having, "the"))
	by := eval[[]string](p, `[...document.querySelectorAll('[role=feed] article[data-uri*="/marta/"]')].map((a) => a.dataset.uri)`)
	if len(want) < 3 {
		t.Fatalf("only %d posts have the word", len(want))
	}

	p.goTo("#/search")
	p.run(chromedp.SendKeys("#search-words", "THE"+kb.Enter, chromedp.ByQuery))
	p.waitForView("#/search?q=THE")
	found := func() []string {
		return eval[[]string](p, `[...document.querySelectorAll('[role=feed] article[data-uri]')].map((a) => a.dataset.uri)`)
	}
	check := func(what string, want []string) {
		t.Helper()
		all := " " + strings.Join(found(), " ") + " "
		for _, uri := range want {
			if !strings.Contains(all, " "+uri+" ") {
				t.Errorf("%s: %s isn't found", what, uri)
			}
		}
		if n := eval[string](p, `document.querySelector('[data-part=count]').textContent`); n != fmt.Sprint(len(found())) {
			t.Errorf("%s: %s are said, %d are listed", what, n, len(found()))
		}
	}
	check("a word", want)
	if times := eval[[]string](p, `[...document.querySelectorAll('[role=feed] article .by time')].map((x) => x.dateTime)`); len(times) > 1 {
		for i := range times[1:] {
			if times[i] < times[i+1] {
				t.Errorf("%s stands above %s", times[i], times[i+1])
			}
		}
	}
	if n := p.count("[role=feed] article [data-part=content] mark"); n < len(want) {
		t.Errorf("%d hits are marked in %d posts", n, len(want))
	}
	p.goTo("#/search?q=from%3Amarta%40" + strings.ReplaceAll(host, ":", "%3A") + "+-nowhere")
	check("an account", by)

	p.run(network.EmulateNetworkConditions(true, 0, 0, 0))
	defer p.run(network.EmulateNetworkConditions(false, 0, -1, -1))
	p.goTo("#/search?q=the+-zzzz")
	check("without a network", want)
	p.goTo("#/search?q=zzzz")
	if n := eval[string](p, `document.querySelector('[data-part=count]').textContent`); n != "0" || p.count("main .empty") != 1 {
		t.Errorf("nothing: %s", n)
	}
	p.screenshot("search-nothing")
	p.checkNothingLogged()
}
