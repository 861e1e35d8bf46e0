package e2e

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestBackEngines goes back from what covers the window in each engine.
func TestBackEngines(t *testing.T) {
	engines := chosenEngines(t)
	s := newFixture(t)
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) { backClosesDialogs(t, s, visitor{t, e.start(t)}, e.name != "webkit") })
	}
}

const (
	noDialog = `!document.querySelector("dialog[open]") && !history.state?.dialog`
	// where says where the reader is: how far the page is scrolled and what has the focus.
	where = `Math.round(scrollY) + " " + (document.activeElement.dataset.action ?? document.activeElement.tagName) + " " + (document.activeElement.closest("article")?.dataset.uri ?? "")`
)

// openings are the dialogs, what has the focus before they are opened, and what opens them.
func openings() []struct{ id, focus, press string } {
	return []struct{ id, focus, press string }{
		{"viewer", "main article [data-action=view]", "document.querySelector('main article [data-action=view]').click()"},
		{"menu", "main article [data-action=more]", "document.querySelector('main article [data-action=more]').click()"},
		{"help", "main article", `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "?", bubbles: true}))`},
	}
}

// backClosesDialogs checks that going back closes what is open and nothing else, and that what was closed by other means leaves
// nothing behind in the history. forward also goes forward to what was closed: WebKitGTK's driver now and then answers nothing after that.
func backClosesDialogs(t *testing.T, s *fixture, v visitor, forward bool) {
	server, profile := "#/i/"+s.host("hafenlicht"), "#/@marta@"+s.host("hafenlicht")
	do := func(what, script string) {
		t.Helper()
		v.do(what, func(ctx context.Context) error { _, err := v.eval(ctx, "("+script+", 0)"); return err })
	}
	focus := func(selector string) {
		t.Helper()
		v.wait("the focus on "+selector, fmt.Sprintf(`(document.querySelector(%[1]q)?.focus({preventScroll: true}), document.activeElement.matches(%[1]q))`, selector))
	}
	v.visit(s.site)
	v.waitForView("#/")
	v.follow(server)
	for _, o := range openings() {
		closed := func(view string) {
			t.Helper()
			v.wait("nothing that is open", noDialog)
			v.waitForView(view)
		}
		open := func() {
			t.Helper()
			focus(o.focus)
			do("open "+o.id, o.press)
			v.wait(o.id, fmt.Sprintf(`document.getElementById(%q).open && history.state?.dialog`, o.id))
		}
		place := func() string {
			t.Helper()
			return v.text(where)
		}
		do("take the focus away", "document.activeElement.blur()")
		v.follow(profile)
		v.wait("the focus that a new view gets", "document.activeElement.localName === 'main'")
		focus(o.focus)
		do("scroll", "scrollTo(0, 300)")
		before := place()
		open()
		v.do("back", v.back)
		closed(profile)
		if now := place(); now != before {
			t.Errorf("%s: the reader was at %s, and is at %s", o.id, before, now)
		}
		v.do("back", v.back)
		closed(server)

		v.follow(profile)
		open()
		do("close as Escape, the button and the backdrop do", fmt.Sprintf(`document.getElementById(%q).close()`, o.id))
		closed(profile)
		v.do("back", v.back)
		closed(server)

		v.follow(profile)
		open()
		do("an address that is typed", "location.hash = '#/settings'")
		closed("#/settings")
		v.do("back", v.back)
		closed(profile)
		open()
		v.do("reload", v.reload)
		closed(profile)
		if forward {
			do("forward, where nothing is open any more", `window.steps = 0, addEventListener("popstate", () => window.steps++), history.forward()`)
			v.wait("the step forward, and the one back that follows", "window.steps === 2")
			closed(profile)
		}
		v.do("back", v.back)
		closed(server)
	}
	v.follow(profile)
	focus(openings()[1].focus)
	do("open the menu", openings()[1].press)
	v.wait("a link in it", `document.querySelector("#menu[open] a[href^='#/i/']") && history.state?.dialog`)
	link := v.text(`document.querySelector("#menu a[href^='#/i/']").getAttribute("href")`)
	do("follow it", `document.querySelector("#menu a[href^='#/i/']").click()`)
	v.wait("nothing that is open", noDialog)
	v.waitForView(link)
	v.do("back", v.back)
	v.waitForView(profile)
	v.do("back", v.back)
	v.waitForView(server)
	v.do("back", v.back)
	v.waitForView("#/")
}

// testBackClosesDialogs does in Chromium what the engines do, and then as a reader does it: with mouse and keys.
func testBackClosesDialogs(t *testing.T, s *fixture) {
	p := s.tab(t)
	backClosesDialogs(t, s, visitor{t, chromium{p}}, true)
	server, profile := "#/i/"+s.host("hafenlicht"), "#/@marta@"+s.host("hafenlicht")
	p.goTo(server)
	p.goTo(profile)
	const picture = "main article [data-action=view]"
	steps := eval[int](p, "history.length")
	for name, end := range map[string]chromedp.Action{
		"Escape":       chromedp.KeyEvent(kb.Escape),
		"the button":   chromedp.Click("#viewer [data-action=close]", chromedp.ByQuery),
		"going back":   historyGo(-1),
		"the backdrop": clickElement(`document.querySelector("#viewer")`),
	} {
		if name == "the backdrop" {
			p.click("main article [data-action=more]")
			p.wait("the menu", `document.querySelector("#menu").open && history.state?.dialog`)
			end = chromedp.MouseClickXY(3, 3)
		} else {
			p.click(picture)
			p.wait("the picture", `document.querySelector("#viewer").open && history.state?.dialog`)
			p.run(chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowLeft))
		}
		if now := eval[int](p, "history.length"); now != steps+1 {
			t.Errorf("%s: %d steps became %d", name, steps, now)
		}
		asked := eval[int](p, fetches)
		p.run(end)
		p.wait("nothing that is open", noDialog)
		p.waitForView(profile)
		p.wait("the focus on what opened it", `document.activeElement.matches("[data-action=view], [data-action=more]")`)
		if now := eval[int](p, fetches); now != asked {
			t.Errorf("%s: servers were asked %d times", name, now-asked)
		}
	}
	p.run(historyGo(-1))
	p.waitForView(server)
}

// fetches counts the requests that the program made.
const fetches = `performance.getEntriesByType("resource").filter((r) => r.initiatorType === "fetch").length`
