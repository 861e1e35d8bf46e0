package markup

import (
	"strings"
	"testing"

	"vitrine/feeds/content"
)

func TestFootnotesLeadToTheNoteAndBack(t *testing.T) {
	const (
		words = `<p>One<sup id="fnref:1"><a href="#fn:1">1</a></sup> and two<sup id="fnref:2"><a href="#fn:2">[2]</a></sup>, then one again<sup><a href="#fn:1">1</a></sup>.</p>`
		notes = `<ol><li id="fn:1"><p>First. <a href="#fnref:1">↩︎</a></p></li><li id="fn:2">Second. <a href="#fnref:2">↩</a></li></ol>`
	)
	for _, c := range []struct {
		name, html          string
		buttons             int
		actions, plainLinks bool
	}{
		{"notes", words + notes, 5, true, false},
		{"a page that nobody's program listens to", words + notes, 0, false, true},
		{"marks without notes", words, 0, true, true},
		{"more marks than notes", words + `<p><a href="#fn:3">3</a></p>` + notes, 0, true, true},
		{"notes without marks", notes, 0, true, true},
		{"a list of places in the page", `<ol><li><a href="#a">A</a></li><li><a href="#b">B</a></li></ol>`, 0, true, true},
	} {
		d := drawing(t, "en")
		d.Actions = c.actions
		var b strings.Builder
		if err := HTML(&b, Article(d, inFeed(post(marta(), "77", "en", 5, content.ParseHTML(c.html, content.Options{BaseURL: "https://blog.example/a-page"}))))); err != nil {
			t.Fatal(err)
		}
		html := b.String()
		if n := strings.Count(html, `data-action="heading"`); n != c.buttons {
			t.Errorf("%s: %d buttons in %s", c.name, n, html)
		}
		for _, button := range strings.Split(html, `data-action="heading" data-part="`)[1:] {
			id, _, _ := strings.Cut(button, `"`)
			if n := strings.Count(html, ` id="`+id+`"`); n != 1 {
				t.Errorf("%s: %d elements with the id %s in %s", c.name, n, id, html)
			}
		}
		if got := strings.Contains(html, `href="https://blog.example/a-page#`); got != c.plainLinks {
			t.Errorf("%s: links to the page itself: %t", c.name, got)
		}
	}
}
