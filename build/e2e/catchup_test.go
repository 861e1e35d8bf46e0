package e2e

import (
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"vitrine/build/demo"
	"vitrine/feeds/follows"
)

// Gaps, the reading line, news and a catch-up of what is followed, at a fediverse of its own, where somebody writes meanwhile.
func testCatchUp(t *testing.T, shared *fixture) {
	d, err := demo.Start(t.Context(), demo.Options{Addr: "127.0.0.1:0", Budget: 1 << 20, NoStore: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close(); d.Wait() })
	_, port, err := net.SplitHostPort(d.Addr())
	if err != nil {
		t.Fatal(err)
	}
	s := &fixture{demo: d, port: port, referred: &referrers{}, compiled: shared.compiled, browser: shared.browser}
	s.site = s.serve(t, "/")
	written := 0
	write := func(n int) {
		for range n {
			written++
			if err := d.Publish("hafenlicht", "marta", fmt.Sprintf("Written meanwhile %d", written)); err != nil {
				t.Fatal(err)
			}
		}
	}

	p := s.tab(t)
	views := []string{"#/@marta@" + s.host("hafenlicht"), "#/t/" + s.host("norderau") + "/lesesaal"}
	p.open(s.site + views[0])
	for _, view := range views {
		p.run(chromedp.Evaluate("location.hash = "+js(view), nil))
		p.waitForView(view)
		p.click("main [data-action=follow]")
		p.wait("that it is followed", `document.querySelector('main [data-action=follow][aria-pressed=true]')`)
	}
	const (
		idle  = `document.querySelector('main [data-action=refresh]') && !document.querySelector('[data-source][aria-busy=true]')`
		posts = `[...document.querySelectorAll('main [role=feed] article[data-uri]')]`
		times = posts + `.filter(a => !a.querySelector('.ctx')).map(a => a.querySelector('time').getAttribute('datetime'))`
	)
	home := func() {
		p.goTo("#/home")
		p.wait("that nobody is asked any more", idle)
	}
	home()
	first := eval[string](p, posts+"[0].dataset.uri")

	// The reading line stands where the reader was; what comes while somebody reads waits.
	p.goTo("#/")
	p.waitAsync("that the place is stored", "await "+storedLine(follows.Home))
	write(1)
	p.open("about:blank") // the page that is open would show what is new, and take it for read, before it is loaded again
	p.open(s.site + "#/home")
	p.waitForView("#/home")
	p.wait("that nobody is asked any more", idle)
	p.wait("the reading line above what was on top", `document.querySelector('[data-part=line]')?.nextElementSibling?.dataset.uri === `+js(first))
	p.shootHome("line")
	p.run(scrollTo(600))
	write(1)
	p.wait("the place to be noted", `scrollY > 500`)
	p.run(chromedp.Evaluate(`document.querySelector('main [data-action=refresh]').click()`, nil))
	p.wait("what is new", `document.querySelector('button[data-action=show-new]')?.dataset.count === "1"`)
	if y := eval[float64](p, "scrollY"); y < 500 {
		t.Errorf("the page moved to %v", y)
	}
	p.click("[data-action=show-new]")
	p.wait("the new post", posts+`[0].innerText.includes("Written meanwhile 2")`)

	// More news than a page leave a gap, which is filled where it is.
	write(45)
	p.run(chromedp.Evaluate(`scrollTo(0, 0), document.querySelector('main [data-action=refresh]').click()`, nil))
	p.wait("what is new on top", posts+`[0].innerText.includes("Written meanwhile 47")`)
	p.wait("a gap to fill", `(fill => fill ? (fill.click(), true) : void scrollBy(0, 300))(document.querySelector('main [data-part=gap] button[data-action=fill]'))`)
	p.wait("that it is filled", `!document.querySelector('main [data-part=gap]')`)
	p.run(scrollTo(0))
	p.wait("all that was written", `(met => (`+posts+`.filter(a => a.innerText.includes("Written meanwhile")).forEach(a => met.add(a.dataset.uri)), scrollBy(0, 300), met.size === 47))(window.met ??= new Set())`)
	if got := eval[bool](p, `((all) => all.every((at, i) => i === 0 || at <= all[i - 1]))(`+times+`)`); !got {
		t.Error("the posts are out of order")
	}

	// Upwards from where the reader stopped.
	p.goTo("#/home?order=oldest")
	if got := eval[bool](p, `((all) => all.every((at, i) => i === 0 || at >= all[i - 1]))(`+times+`)`); !got {
		t.Error("upwards the posts are out of order")
	}
	if n := eval[int](p, posts+`.filter(a => a.innerText.includes("Written meanwhile 47")).length`); n > 1 {
		t.Errorf("upwards the newest stands there %d times", n)
	}

	// A catch-up is loaded once; then nobody is asked.
	home()
	p.click("main [data-action=catch-up]")
	p.shootHome("choices")
	p.click("main [aria-labelledby=h-catch] a")
	p.wait("the catch-up", `document.querySelector('main:not([data-front])')?.dataset.view?.startsWith("#/home?since=") && !document.querySelector('main progress') && !document.querySelector('[data-source][aria-busy=true]')`)
	span := eval[string](p, "location.hash")
	p.shootHome("catchup")
	if n := p.count("[data-part=new]"); n != 0 {
		t.Errorf("%d posts are new in the first one", n)
	}
	inAll, asked := p.countScrolled(), len(p.requests())
	if inAll < 47 {
		t.Errorf("the catch-up has %d posts", inAll)
	}
	for _, by := range []string{"author", "source", "link"} {
		p.click("main [data-action=group][data-key=" + by + "]")
		p.wait("the groups", `document.querySelector('main:not([data-front])')?.dataset.view === location.hash && document.querySelector('main [data-action=group][data-key=`+by+`][aria-pressed=true]')`)
		p.shootHome("catchup-" + by)
		if by != "link" {
			if n := p.countScrolled(); n != inAll {
				t.Errorf("by %s there are %d posts of %d", by, n, inAll)
			}
		}
		if wrong := eval[bool](p, `((first) => first.some((at, i) => i > 0 && at > first[i - 1]))([...document.querySelectorAll('main [role=feed]')].map(f => f.querySelector('article:not(:has(.ctx)) time')?.getAttribute('datetime')).filter(Boolean))`); wrong && by != "link" {
			t.Errorf("groups by %s aren't in the order of their newest posts", by)
		}
	}
	for range 3 {
		p.run(chromedp.NavigateBack())
	}
	p.wait("the catch-up by time again", "document.querySelector('main').dataset.view === "+js(span))
	p.run(becomeVisible())
	for _, u := range p.requests()[asked:] {
		if strings.Contains(u, "/api/") {
			t.Errorf("in the catch-up %s is asked for", u)
		}
	}
	write(1)
	home()
	p.goTo(span)
	p.wait("what is new since the last one", `!document.querySelector('main progress') && document.querySelectorAll('main [data-part=new]').length === 1`)
	p.shootHome("catchup-new")
}

// countScrolled counts the posts of a view that loads no more, from its beginning to its end: those far from the screen aren't mounted.
func (p *tab) countScrolled() int {
	p.t.Helper()
	return eval[int](p, `(async () => {
		const frame = () => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))), all = new Set();
		scrollTo(0, 0);
		for (let last = -1; last !== scrollY;) {
			await frame();
			for (const a of document.querySelectorAll('main [role=feed] article[data-uri]')) all.add(a.dataset.uri);
			last = scrollY;
			scrollBy(0, innerHeight / 2);
		}
		scrollTo(0, 0);
		return all.size;
	})()`, awaitPromise)
}

// storedLine is an expression whose promise is true once a feed has a reading line in the browser's database.
func storedLine(feed string) string {
	return `new Promise((done) => {
		const open = indexedDB.open("vitrine:/:own");
		open.onsuccess = () => {
			const get = open.result.transaction("records").objectStore("records").get("lines");
			get.onsuccess = () => { open.result.close(); done(Boolean(get.result && JSON.parse(get.result).j?.feeds?.[` + js(feed) + `])); };
		};
	})`
}
