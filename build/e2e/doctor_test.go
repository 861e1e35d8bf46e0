package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"vitrine/build/demo"
	"vitrine/build/doctor"
	"vitrine/feeds"
	"vitrine/feeds/address"
)

// quiet is true when nothing was loaded for half a second.
const quiet = `((n) => {
	performance.setResourceTimingBufferSize(10000);
	if (window.loaded !== n) [window.loaded, window.loadedAt] = [n, Date.now()];
	return Date.now() - window.loadedAt > 500;
})(location.hash + performance.getEntriesByType('resource').length)`

// testDoctor opens each part of the demo's servers in the app, and compares what it shows with what `doctor` says that a browser may read:
// content, or an alert of a kind. All patterns of access are visited in one session of the browser.
func testDoctor(t *testing.T, s *fixture) {
	i := s.stoppable(t)
	for _, c := range []struct {
		address string
		fails   map[string]demo.Failure // by path of the address's server
	}{
		{address: "@marta@" + i.host("hafenlicht")},
		{address: "@rathaus@" + i.host("norderau"), fails: map[string]demo.Failure{"/api/v2/instance": demo.BotWall, "/api/v1/instance": demo.BotWall}},
		{address: "@bibliothek@" + i.host("norderau"), fails: map[string]demo.Failure{"/api/v1/timelines/": demo.BotWall, "/api/v1/statuses/": demo.Login}},
		{address: "@hafenamt@" + i.host("norderau"), fails: map[string]demo.Failure{"/api/v1/accounts/": demo.BotWall}},
		{address: "@rathaus@" + i.host("norderau"), fails: map[string]demo.Failure{"/api/": demo.Login, "/.well-known/": demo.BotWall, "/nodeinfo/": demo.BotWall}},
		{address: "@rathaus@" + i.host("norderau"), fails: map[string]demo.Failure{"/api/v1/timelines/tag/": demo.NeedsUser, "/api/v1/trends/": demo.ServerError}},
		{address: "@teichwirt@" + i.host("teich")},
		{address: "@harbour@" + i.host("filmdose")},
		{address: "@umi@" + i.host("bucht")},
		{address: "!bikes@" + i.host("tresen")},
		{address: "@lumen@" + i.host("lichtbild")},
		{address: "@feder@" + i.host("pult")},
		{address: "http://" + i.host("pult") + "/feder/"},
		{address: "http://" + i.host("funk") + "/@hafenfunk/feed.xml"},
		{address: i.host("funk")},
		{address: i.host("429.klippe")}, {address: i.host("500.klippe")}, {address: i.host("503.klippe")}, {address: i.host("wall.klippe")}, {address: i.host("html.klippe")},
		{address: i.host("login.klippe")}, {address: i.host("refused.klippe")}, {address: i.host("422.klippe")}, {address: i.host("gone.klippe")}, {address: i.host("empty.klippe")},
		{address: i.host("closed.klippe")}, {address: i.host("cut.klippe")},
	} {
		t.Run(fmt.Sprint(c.address, " ", c.fails), func(t *testing.T) {
			a, err := address.Parse(c.address)
			if err != nil {
				t.Fatal(err)
			}
			i.demo.ClearFailures()
			name, _, _ := strings.Cut(a.Host, ":")
			for path, f := range c.fails {
				i.demo.Fail(name, path, f)
			}
			want := map[string]feeds.Kind{}
			var order []string
			for _, v := range doctor.Examine(t.Context(), a, "").Views {
				if v.Route == "" {
					continue
				}
				if _, seen := want[v.Route]; !seen {
					order = append(order, v.Route)
				}
				if want[v.Route] == "" {
					want[v.Route] = feeds.KindOf(v.Browser)
				}
				if v.Note != "" && want[v.Route] == "" {
					want[v.Route] = "any"
				}
			}
			p := i.tab(t) // with a store of its own: what was stored stays under an alert
			p.open(i.site)
			p.waitForView("#/")
			for _, view := range order {
				p.run(chromedp.Evaluate("location.hash = "+js(view), nil))
				p.wait("content or an alert in "+view, `(m => m.dataset.view === location.hash && (m.querySelector('[role=alert]') || !location.hash.startsWith('#/open') && !m.querySelector('[aria-busy=true]')))(document.querySelector('main'))`)
				p.wait("the server's answers", quiet)
				kinds := ""
				for tries := 0; tries == 0 || tries < 50 && want[view] != "any" && kinds != string(want[view]); tries++ { // an alert comes after what is stored
					kinds = strings.Join(await[[]string](p, `new Promise((r) => setTimeout(() => r([...document.querySelectorAll('main [role=alert]')].map((e) => e.dataset.kind)), 100))`), " ")
				}
				if kind := want[view]; kind != "any" && string(kind) != kinds {
					t.Errorf("%s with %v: %s shows %q, doctor says %q\n%s", c.address, c.fails, view, kinds, kind, p.text("main [role=alert]"))
				}
			}
		})
	}
}
