package e2e

import (
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"
)

// testArticle reads a long article with contents, terms and footnotes, an event and a gallery of as many pictures as there may be.
func testArticle(t *testing.T, s *fixture) {
	p := s.tab(t)
	p.setSize(phone())
	article := "#/p/" + s.host("pult") + "/" + url.PathEscape("/api/posts/letter00")
	p.open(s.site + article)
	p.wait("its contents", `document.querySelectorAll("main .contents [data-action=heading]").length === 7`)
	if n := p.count("main article dl > dt"); n != 4 {
		t.Errorf("%d terms", n)
	}
	const focused = `document.activeElement`
	p.run(chromedp.Evaluate(`document.querySelectorAll("main article sup button")[1].click()`, nil))
	p.wait("the second note", focused+`.matches("li") && `+focused+`.innerText.startsWith("A floor")`)
	p.wait("it to be seen", focused+`.getBoundingClientRect().top >= 0 && `+focused+`.getBoundingClientRect().bottom <= innerHeight`)
	p.run(chromedp.Evaluate(focused+`.querySelector("button").click()`, nil))
	p.wait("the place in the text", focused+`.closest("sup")?.textContent === "2"`)
	if hash := eval[string](p, "location.hash"); hash != article {
		t.Errorf("the view was left for %s", hash)
	}

	event := "#/p/" + s.host("termine") + "/" + url.PathEscape("/events/2f9c1f6e-0001-4c7a-9d53-2b7a4c1d0001")
	p.goTo(event)
	p.wait("when and where", `document.querySelectorAll("main [data-part=event] time").length === 2 && document.querySelector("main [data-part=event]").innerText.includes("Am Speicher 4, Norderau")`)
	p.wait("its calendar file", `document.querySelector("main [data-part=event] [data-action=calendar]")`)

	p.goTo("#/p/" + s.host("lichtbild") + "/7")
	p.wait("four pictures and how many more", `document.querySelectorAll("main article .grid4 img").length === 4 && document.querySelector("main article .grid4").innerText.includes("+12")`)
	p.run(chromedp.Evaluate(`document.querySelectorAll("main article [data-action=view]")[3].click()`, nil))
	p.wait("all of them in the viewer", `document.querySelectorAll("#viewer[open] .slide").length === 16 && document.querySelector("#viewer [role=status]").innerText.includes("4")`)
	p.checkNothingLogged()
}
