package e2e

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// testFilters mutes a person from a post's menu, finds what that hides, adds a word, and takes both back where all filters stand.
func testFilters(t *testing.T, s *fixture) {
	source, p := axe(t), s.tab(t)
	server := "#/i/" + s.host("hafenlicht")
	p.open(s.site + server)
	p.waitForView(server)
	var author string
	p.run(chromedp.Evaluate(`document.querySelector("main article a.name").getAttribute("href")`, &author))
	gone := fmt.Sprintf(`![...document.querySelectorAll("main article a.name")].some(a => a.getAttribute("href") === %s)`, js(author))
	p.click("main article [data-action=more]")
	p.wait("the menu", `document.querySelector("#menu[open] [data-action=mute-person][aria-pressed=false]")`)
	p.shots("filters-menu")
	p.click("#menu [data-action=mute-person]")
	p.wait("the posts to go", gone+` && !document.querySelector("dialog[open]") && document.querySelector("[data-action=show-hidden]")?.dataset.count > 0`)
	p.shots("filters-hidden")
	p.run(chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(`window.seen = [];
			new MutationObserver(() => document.querySelectorAll("article a.name").forEach((a) => seen.push(a.getAttribute("href")))).observe(document, {childList: true, subtree: true});`).Do(ctx)
		return err
	}))
	p.run(chromedp.Reload())
	p.waitForView(server)
	p.wait("the posts to be gone after a load", gone+` && document.querySelector("[data-action=show-hidden]")`)
	if !eval[bool](p, "seen.length > 0 && !seen.includes("+js(author)+")") {
		t.Error("they were seen before the program was there")
	}
	p.run(chromedp.Evaluate(`document.querySelector("[data-action=show-hidden]").click()`, nil)) // rows that come move it
	p.wait("the reason", `document.querySelector("main article details[data-part=fold]:not([open])")`)
	p.shots("filters-shown")

	p.run(chromedp.Evaluate(`document.querySelector("[data-part=hidden] [data-action=filter-edit]").click()`, nil)) // rows that come move it
	p.wait("the editor", `document.querySelector("#filter[open] [data-kind=person]")`)
	p.run(chromedp.SendKeys("#filter [name=text]", "Hafen\r", chromedp.ByQuery))
	p.wait("the word and an empty field", `document.querySelector("#filter [data-kind=word]") && document.activeElement.name === "text" && document.activeElement.value === ""`)
	p.shots("filters-editor")
	for _, v := range violations(p, source) {
		t.Errorf("editor: %s", v)
	}
	p.run(chromedp.NavigateBack())
	p.wait("the editor to close and nothing else", noDialog)
	p.waitForView(server)

	p.goTo("#/following")
	p.wait("all filters", `document.querySelectorAll("[data-part=filters] [data-part=filter]").length === 2`)
	p.shots("filters-all")
	for _, v := range violations(p, source) {
		t.Errorf("filters: %s", v)
	}
	p.click("[data-part=filter][data-kind=person] [data-action=rule-remove]")
	p.wait("the person to be unmuted", `!document.querySelector("[data-kind=person]")`)
	p.click("[data-action=undo]")
	p.wait("the person to be muted again", `document.querySelector("[data-kind=person]")`)

	// Rows go by keyboard, one after the other, and the focus doesn't get lost.
	p.wait("what moves the focus", `performance.getEntriesByType("resource").some((r) => r.name.includes("/extras."))`)
	p.run(chromedp.Evaluate(`[...document.querySelectorAll("[data-part=filters] [data-action=rule-remove]")].at(-1).focus()`, nil))
	p.run(chromedp.KeyEvent(kb.Enter))
	p.wait("the button of the other row to have the focus", `document.querySelectorAll("[data-part=filters] [data-part=filter]").length === 1 && document.activeElement.matches("[data-part=filter] [data-action=rule-remove]")`)
	p.run(chromedp.KeyEvent(kb.Enter))
	p.wait("something beside the list to have it", `document.querySelectorAll("[data-part=filters] [data-part=filter]").length === 0 && document.activeElement.closest("[data-part=filters]")`)
	p.checkNothingLogged()
}
