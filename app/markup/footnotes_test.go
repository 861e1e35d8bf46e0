package markup

import (
	"regexp"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

func TestFootnotesLeadToTheNoteAndBack(t *testing.T) {
	const (
		words = `<p>One<sup id="fnref:1"><a href="#fn:1">1</a></sup> and two<sup id="fnref:2"><a href="#fn:2">[2]</a></sup>, then one again<sup><a href="#fn:1">1</a></sup>.</p>`
		notes = `<ol><li id="fn:1"><p>First. <a href="#fnref:1">↩︎</a></p></li><li id="fn:2">Second. <a href="#fnref:2">↩</a></li></ol>`
	)
	const (
		button = `data-action="heading" data-part="`
		inPage = `href="#`
	)
	for _, c := range []struct {
		name, html     string
		actions, whole bool
		ways           int    // to notes and back
		by             string // how they begin
	}{
		{"notes", words + notes, true, false, 5, button},
		{"a file that holds the whole post", words + notes, false, true, 5, inPage},
		{"an excerpt that nobody's program listens to", words + notes, false, false, 0, button},
		{"marks without notes", words, true, false, 0, button},
		{"marks without notes in a file", words, false, true, 0, inPage},
		{"more marks than notes", words + `<p><a href="#fn:3">3</a></p>` + notes, true, false, 0, button},
		{"notes without marks", notes, true, false, 0, button},
		{"a list of places in the page", `<ol><li><a href="#a">A</a></li><li><a href="#b">B</a></li></ol>`, true, false, 0, button},
	} {
		d := drawing(t, "en")
		d.Actions, d.Whole = c.actions, c.whole
		var b strings.Builder
		if err := HTML(&b, Article(d, inFeed(post(marta(), "77", "en", 5, content.ParseHTML(c.html, content.Options{BaseURL: "https://blog.example/a-page"}))))); err != nil {
			t.Fatal(err)
		}
		html := b.String()
		ways := regexp.MustCompile(c.by+`(f[^"]*)"`).FindAllStringSubmatch(html, -1)
		if len(ways) != c.ways {
			t.Errorf("%s: %d ways to notes and back in %s", c.name, len(ways), html)
		}
		for _, way := range ways {
			id := way[1]
			if n := strings.Count(html, ` id="`+id+`"`); n != 1 {
				t.Errorf("%s: %d elements with the id %s in %s", c.name, n, id, html)
			}
		}
		if leaves := strings.Contains(html, `href="https://blog.example/a-page#`); leaves != (c.ways == 0) {
			t.Errorf("%s: links to the page at its server: %t", c.name, leaves)
		}
	}
}

// What is quoted may stand on the page a second time, by itself.
func TestFootnotesOfAQuotedPostLeadToItsNotes(t *testing.T) {
	const html = `<p>One<sup><a href="#fn:1">1</a></sup>.</p><ol><li id="fn:1">First. <a href="#fnref:1">↩</a></li></ol>`
	quoted := post(marta(), "78", "en", 6, content.ParseHTML(html, content.Options{BaseURL: "https://blog.example/quoted"}))
	p := post(marta(), "77", "en", 5, content.ParseHTML(html, content.Options{BaseURL: "https://blog.example/a-page"}))
	p.Quote = &feeds.Quote{State: feeds.QuoteAccepted, Post: quoted}
	for _, actions := range []bool{true, false} {
		d := drawing(t, "en")
		d.Actions, d.Whole = actions, !actions
		var b strings.Builder
		for _, p := range []*feeds.Post{p, quoted} {
			if err := HTML(&b, Article(d, inFeed(p))); err != nil {
				t.Fatal(err)
			}
		}
		page := b.String()
		ways := regexp.MustCompile(`(?:href="#|data-part=")(f[^"]*-[nr]\d+)"`).FindAllStringSubmatch(page, -1)
		if len(ways) != 6 || strings.Contains(page, "blog.example/quoted#") || strings.Contains(page, "blog.example/a-page#") {
			t.Errorf("actions %t: %d ways to notes and back in %s", actions, len(ways), page)
		}
		for _, way := range ways {
			if n := strings.Count(page, ` id="`+way[1]+`"`); n != 1 {
				t.Errorf("actions %t: %d elements with the id %s", actions, n, way[1])
			}
		}
	}
}
