package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// What is followed stands in one feed by time; a source that fails is named and holds nothing back.
func testHome(t *testing.T, s *fixture) {
	p := s.tab(t)
	person, tag, fails := "#/@harbour@"+s.host("filmdose"), "#/t/"+s.host("norderau")+"/lesesaal", "#/i/"+s.host("500.klippe")
	server := "#/i/" + s.host("hafenlicht")
	p.open(s.site + server)
	p.waitForView(server)
	more := []string{"#/@umi@" + s.host("bucht"), "#/!bikes@" + s.host("tresen"), "#/@kamera@" + s.host("lichtbild")}
	views := append([]string{server, person, tag, fails}, more...)
	for _, view := range views {
		if view != server {
			p.goTo(view)
		}
		p.click("main [data-action=follow]")
		p.wait("that it is followed", `document.querySelector('main [data-action=follow][aria-pressed=true]')`)
	}
	p.goTo("#/home")
	chip := func(view string) string { return "[data-source=" + js(view) + "]" }
	p.wait("the one that fails", fmt.Sprintf(`document.querySelector(%s)?.dataset.kind === "ServerError"`, js(chip(fails))))
	p.wait("that nobody is asked any more", `document.querySelector('main [data-action=refresh]') && !document.querySelector('[data-source][aria-busy=true]')`)
	if n := p.count("[data-source]"); n != len(views) {
		t.Errorf("%d sources", n)
	}
	if n := p.count("[role=feed] article[data-uri]"); n < 20 {
		t.Errorf("%d posts", n)
	}
	wrong := eval[[]string](p, `(() => {
		const posts = [...document.querySelectorAll('[role=feed] article[data-uri]')], wrong = [];
		const uris = new Set();
		let last = "9";
		for (const a of posts) {
			if (!a.dataset.from) wrong.push("from nowhere: " + a.dataset.uri);
			if (uris.has(a.dataset.uri)) wrong.push("twice: " + a.dataset.uri);
			uris.add(a.dataset.uri);
			if (a.querySelector('.ctx')) continue;
			const at = a.querySelector('time').getAttribute('datetime');
			if (at > last) wrong.push("out of order: " + at + " below " + last);
			last = at;
		}
		return wrong;
	})()`)
	if len(wrong) > 0 {
		t.Error(wrong)
	}
	p.shootHome("home")
	p.click(chip(fails))
	p.wait("what to do", `document.querySelector('main [data-part=source][data-kind=ServerError] [data-action=retry-source]')`)
	p.shootHome("home-source")

	recordingScreens(p).run(chromedp.Reload())
	if front, _ := p.recordedScreens(); len(front) == 0 {
		t.Error("no front was seen before the program's page")
	}
	p.waitForView("#/home")
	p.wait("that all are asked again", `document.querySelector('main [data-action=refresh]') && !document.querySelector('[data-source][aria-busy=true]')`)
	if n := p.count("[role=feed] article[data-uri]"); n < 20 {
		t.Errorf("%d posts after a reload", n)
	}
}

// shootHome takes pictures of the page on small and large screens, by day and by night.
func (p *tab) shootHome(name string) {
	p.t.Helper()
	for _, size := range []size{phone(), desktop()} {
		for _, scheme := range []string{"dark", "light"} {
			p.setSize(size)
			p.setColorScheme(scheme)
			p.run(scrollTo(0))
			p.screenshot(name + "-" + size.name + "-" + scheme)
		}
	}
}
