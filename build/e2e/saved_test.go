package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// testSaved saves posts of a list, finds them in all tabs, labels one, reads it without its server, and lets it go.
func testSaved(t *testing.T, s *fixture) {
	source, harbour := axe(t), s.host("hafenlicht")
	p := s.tab(t)
	list := "#/i/" + harbour
	p.open(s.site + list)
	p.waitForView(list)
	p.wait("a button in each post", `(posts => posts.length >= 20 && posts.every((a) => a.querySelectorAll("button[data-action=save][aria-pressed=false]").length === 1))([...document.querySelectorAll("main [role=feed] article[data-uri]")])`)
	p.run(chromedp.Evaluate(`(window.chosen = [...document.querySelectorAll("main [role=feed] article[data-uri]")].slice(1, 4).map((a) => a.dataset.uri), document.querySelectorAll("main [role=feed] [data-action=save]").forEach((b, i) => { if (i > 0 && i < 4) b.click(); }))`, nil))
	p.wait("pressed buttons", `document.querySelectorAll("main [data-action=save][aria-pressed=true]").length === 3`)
	first := eval[string](p, `chosen[0]`)
	q := p.newTabWithSameStorage(s.browser)
	q.open(s.site + "#/saved")
	q.waitForView("#/saved")
	q.wait("the posts in another tab", `document.querySelectorAll("main [role=feed] article[data-uri]").length === 3 && document.querySelector("[data-part=count]").textContent === "3"`)
	if !eval[bool](q, `(times => times.every((t, i) => !i || t <= times[i - 1]))([...document.querySelectorAll("main [role=feed] time[datetime]")].map((t) => t.dateTime))`) {
		t.Error("they aren't in the order of time")
	}
	q.run(chromedp.Evaluate(`document.querySelector('article[data-uri="' + `+js(first)+` + '"] [data-action=saved-edit]').click()`, nil))
	q.wait("the dialog", `document.querySelector("#saved-menu[open] #saved-note")`)
	for _, v := range violations(q, source) {
		t.Errorf("dialog: %s", v)
	}
	q.run(chromedp.Evaluate(`(document.querySelector("#saved-tags").value = "ferry, to read", document.querySelector("#saved-note").value = "Ask Marta", document.querySelector("#saved-menu [type=submit]").click())`, nil))
	q.wait("the labels", `document.querySelectorAll("[data-action=saved-tag]").length === 2 && document.querySelector("[data-part=note]").textContent === "Ask Marta"`)
	for _, scheme := range []string{"light", "dark"} {
		q.setColorScheme(scheme)
		for _, v := range violations(q, source) {
			t.Errorf("%s: %s", scheme, v)
		}
	}
	q.shots("saved")
	q.run(chromedp.Evaluate(`document.querySelector("[data-action=saved-tag]").click()`, nil))
	q.wait("what has the label", `document.querySelectorAll("main article[data-uri]").length === 1 && document.querySelector("[data-part=count]").textContent === "1"`)

	p.run(chromedp.Evaluate(`document.querySelector("main [data-action=save][aria-pressed=true]").click()`, nil))
	q.wait("what is let go to go", `document.querySelectorAll("main article[data-uri]").length === 2 && !document.querySelector("[data-action=saved-tag]")`)
	p.click("[data-action=undo]")
	q.wait("it to come back", `document.querySelectorAll("main article[data-uri]").length === 3 && document.querySelector("[data-part=note]")`)
	q.run(chromedp.Reload())
	q.waitForView("#/saved")
	q.wait("all after a reload", `document.querySelectorAll("main article[data-uri] [data-action=save][aria-pressed=true]").length === 3`)
}
