package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// testAside reads a thread at the side of a list, in which a picture is looked at, and comes back to the list, which was never left.
func testAside(t *testing.T, s *fixture) {
	p := s.tab(t)
	p.setSize(desktop())
	server := "#/i/" + s.host("hafenlicht")
	p.open(s.site + server)
	p.waitForView(server)
	const (
		post    = `[...document.querySelectorAll("main [role=feed] article")].find((a) => a.querySelector("[data-part=content] p") && a.querySelector("[data-action=view]"))`
		aside   = `document.querySelector("#aside article[aria-current=true]")`
		focused = `document.activeElement`
	)
	p.wait("a post with a picture", post)
	uri := eval[string](p, post+".dataset.uri")
	p.run(chromedp.Evaluate(post+`.querySelector("[data-part=content] p").click()`, nil))
	p.wait("its thread at the side", aside+`?.dataset.uri === `+js(uri))
	p.wait("the focus in it", focused+`.id === "aside"`)
	if view := eval[string](p, `document.querySelector("main").dataset.view + " " + location.hash`); view != server+" "+server {
		t.Errorf("the list was left: %s", view)
	}
	p.wait("the post to be marked in the list", `document.querySelector("main article[aria-current=true]")?.dataset.uri === `+js(uri))
	if n := eval[int](p, `document.querySelectorAll("h1").length`); n != 1 {
		t.Errorf("%d headings of the page", n)
	}
	p.screenshot("aside")

	// The keyboard goes through it, and the list stays where it is.
	p.run(chromedp.Evaluate("scrollTo(0, 300)", nil))
	p.wait("the list to be scrolled", "scrollY > 200")
	at := eval[int](p, "Math.round(scrollY)")
	for n := range 6 {
		p.run(chromedp.KeyEvent(kb.Tab))
		p.wait("the focus further in it", focused+`.closest("#aside") && `+focused+`.id !== "aside"`)
		if now := eval[int](p, "Math.round(scrollY)"); now != at {
			t.Fatalf("the list moves from %d to %d at the focus on %s, number %d", at, now, eval[string](p, focused+`.outerHTML.slice(0, 120)`), n+1)
		}
	}

	// What is opened from it lies above it, and is left first.
	p.run(chromedp.Evaluate(aside+`.querySelector("[data-action=view]").click()`, nil))
	p.wait("the picture", `document.querySelector("#viewer[open]")`)
	p.run(chromedp.NavigateBack())
	p.wait("the thread without the picture", `!document.querySelector("#viewer[open]") && `+aside)
	p.run(chromedp.NavigateBack())
	p.wait("the list alone, with the focus on the post", `!document.querySelector("#aside") && `+focused+`.dataset.uri === `+js(uri))
	if view := eval[string](p, `location.hash`); view != server {
		t.Errorf("the list was left: %s", view)
	}
	p.checkNothingLogged()
}

// testAsideBegins opens a reply at the side after another post: each conversation begins at the post that was chosen.
func testAsideBegins(t *testing.T, s *fixture) {
	p := s.tab(t)
	low := desktop() // a column that is scrolled to the post
	low.height = 360
	p.setSize(low)
	replies := "#/@jo@" + s.host("hafenlicht") + "/replies"
	p.open(s.site + replies)
	p.waitForView(replies)
	const chosen = `[...document.querySelectorAll("main [role=feed] article[data-uri]")].filter((a) => a.querySelector("[data-part=content] p") && %s /repl/.test(a.querySelector("p.ctx")?.innerText))`
	p.wait("a reply, and a post that is none", fmt.Sprintf(chosen, "")+".length && "+fmt.Sprintf(chosen, "!")+".length")
	for _, is := range []string{"!", ""} {
		uri := eval[string](p, fmt.Sprintf(chosen, is)+"[0].dataset.uri")
		p.run(chromedp.Evaluate(fmt.Sprintf(chosen, is)+`[0].querySelector("[data-part=content] p").click()`, nil))
		p.wait("its thread at the side", `document.querySelector("#aside article[aria-current=true]")?.dataset.uri === `+js(uri))
	}
	p.wait("what it answers, above it", `document.querySelector("#aside .anc ~ .focus") && document.querySelector("#aside [data-part=replies][aria-busy=false]") && !document.getAnimations().length`)
	if from := eval[float64](p, `document.querySelector("#aside .focus").getBoundingClientRect().top - document.querySelector("#aside .bar").getBoundingClientRect().bottom`); from < -2 || from > 2 {
		t.Errorf("it begins %v pixels from the post", from)
	}
	const lacks = `((c) => c.scrollHeight - c.scrollTop - c.clientHeight > 2 && parseFloat(c.style.paddingBlockEnd) > 0)(document.querySelector("#aside"))`
	if eval[bool](p, lacks) {
		t.Error("it has more room at its end than the post needs")
	}
}
