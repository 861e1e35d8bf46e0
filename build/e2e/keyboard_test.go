package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// unseenFocus says why what has the focus can't be seen, "" when it can (WCAG 2.2, 2.4.7 and 2.4.11). A view that was opened has the focus as a whole.
const unseenFocus = `(() => {
	const e = document.activeElement;
	if (!e || e.matches("body, main")) return "";
	const marked = (x) => { const s = x && getComputedStyle(x); return s && (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 || s.boxShadow !== "none"); };
	const words = e.outerHTML.slice(0, 140);
	if (!marked(e) && !marked(e.closest("label"))) return "nothing marks " + words;
	const { left, top, right, bottom } = e.getBoundingClientRect();
	if (bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth) return "outside of the screen: " + words;
	const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [left + x * (right - left), top + y * (bottom - top)])).filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
	const seen = points.some(([x, y]) => { const at = document.elementFromPoint(x, y); return at && (e.contains(at) || at.contains(e)); });
	return seen ? "" : "covered: " + words;
})()`

// mostTabs is how often Tab may be pressed until something has the focus.
const mostTabs = 120

// tabTo presses Tab, or Shift and Tab, until something has the focus, and sees that the focus can be seen all the way.
func (p *tab) tabTo(what, selector string, how ...chromedp.KeyOption) {
	p.t.Helper()
	for range mostTabs {
		p.run(chromedp.KeyEvent(kb.Tab, how...))
		if why := eval[string](p, unseenFocus); why != "" {
			p.t.Errorf("on the way to %s: %s", what, why)
		}
		if eval[bool](p, "document.activeElement?.matches("+js(selector)+") ?? false") {
			return
		}
	}
	p.t.Fatalf("%s can't be reached by Tab\n%s", what, p.state())
}

// testKeyboardAlone reads, follows, and changes the language without a pointer.
func testKeyboardAlone(t *testing.T, s *fixture) {
	p, back := s.tab(t), chromedp.KeyModifiers(input.ModifierShift)
	press := func(key string) { p.run(chromedp.KeyEvent(key)) }
	profile := "#/@marta@" + s.host("hafenlicht")
	p.open(s.site)
	p.waitForView("#/")
	p.tabTo("the way past the navigation", ".skip")
	press(kb.Enter)
	p.wait("the focus on what is shown", `document.activeElement?.matches("main")`)
	p.tabTo("the address box", "#u")
	press("@marta@" + s.host("hafenlicht") + kb.Enter)
	p.waitForView(profile)
	p.wait("the focus on the profile", `document.activeElement?.matches("main")`)
	p.tabTo("the button that follows", "main [data-action=follow]")
	press(" ")
	p.wait("that it is followed", `document.querySelector("main [data-action=follow][aria-pressed=true]")`)
	p.tabTo("the replies", `.tabs a[href$="/replies"]`)
	press(kb.Enter)
	p.waitForView(profile + "/replies")
	p.wait("the focus on the replies", `document.activeElement?.matches("main")`)
	press("b")
	p.waitForView(profile)
	press("j")
	p.wait("a post in focus", `document.activeElement?.matches("article[data-uri]")`)
	p.tabTo("what can be done with a post", "article [data-action=more]")
	press(kb.Enter)
	p.wait("the menu", `document.querySelector("#menu[open]")`)
	for range 4 {
		press(kb.Tab)
		if !eval[bool](p, `document.querySelector("#menu").contains(document.activeElement) || document.activeElement === document.body`) {
			t.Errorf("the focus leaves the open menu: %s", eval[string](p, "document.activeElement.outerHTML.slice(0, 100)"))
		}
		if why := eval[string](p, unseenFocus); why != "" {
			t.Errorf("in the menu: %s", why)
		}
	}
	press(kb.Escape)
	p.wait("the focus where it was", `!document.querySelector("#menu[open]") && document.activeElement?.matches("article [data-action=more]")`)
	post := eval[string](p, `document.activeElement.closest("article").dataset.uri`)
	p.tabTo("a post's time", "article a.when", back)
	press(kb.Enter)
	p.wait("its thread", fmt.Sprintf(`document.querySelector("main:not([data-front]) article.focus")?.dataset.uri === %s`, js(post)))
	p.wait("the focus on the thread", `document.activeElement?.matches("main")`)
	p.tabTo("the settings", `.nav a[href="#/settings"]`, back)
	press(kb.Enter)
	p.waitForView("#/settings")
	p.wait("the focus on the settings", `document.activeElement?.matches("main")`)
	p.tabTo("the language", "#lang")
	press("D")
	p.wait("German", `document.documentElement.lang === "de"`)
	p.tabTo("what is followed", `.nav a[href="#/home"]`, back)
	press(kb.Enter)
	p.waitForView("#/home")
	p.wait("posts", "document.querySelector("+js(inFeed)+")")
	press("?")
	p.wait("the list of keys", `document.querySelector("#help[open]")`)
	press(kb.Escape)
	p.wait("the list to be gone", `!document.querySelector("#help[open]")`)

	// What has the focus and goes leaves it where it was, not at the top of the page.
	server := "#/i/" + s.host("hafenlicht")
	p.goTo(server)
	p.waitForView(server)
	p.wait("the way to older posts", `document.querySelector("main [data-action=older]")`)
	last := eval[string](p, `(document.querySelector("main [data-action=older]").focus({ preventScroll: true }), [...document.querySelectorAll("main [role=feed] article")].at(-1).dataset.uri)`)
	press(kb.Enter)
	p.wait("older posts, and the focus on the last one before them", `document.activeElement?.closest("article")?.dataset.uri === `+js(last)+` && document.querySelectorAll("main [role=feed] article").length > 20`)
	p.run(chromedp.Evaluate(`document.querySelector("main article [data-action=save]").focus()`, nil))
	press(kb.Enter)
	p.wait("it to be saved", `document.activeElement?.matches("[data-action=save][aria-pressed=true]")`)
	press(kb.Enter)
	p.wait("the way to undo that it isn't any more", `document.querySelector(".fresh [data-action=undo]")`)
	p.run(chromedp.Evaluate(`document.querySelector(".fresh [data-action=undo]").focus()`, nil))
	press(kb.Enter)
	p.wait("it to be saved again, and the focus on it", `document.activeElement?.matches("[data-action=save][aria-pressed=true]")`)
}
