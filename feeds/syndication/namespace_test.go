package syndication

import (
	"strings"
	"testing"

	"vitrine/feeds/content"
)

func TestNamespacesGoByTheirMeaning(t *testing.T) {
	t.Parallel()
	_, posts := readAll(t, `<x:feed xmlns:x="http://purl.org/atom/ns#" version="0.3" xmlns:pics="http://search.yahoo.com/mrss"><x:title>T</x:title>`+
		`<x:entry><x:title mode="escaped" type="text/html">A &amp;amp; B</x:title><x:link rel="alternate" type="text/html" href="https://blog.example/1"/>`+
		`<x:issued>2026-11-20T10:00:00</x:issued><x:content type="text/html" mode="escaped">&lt;p&gt;C&lt;/p&gt;</x:content>`+
		`<pics:content url="https://blog.example/1.png" type="image/png"/></x:entry></x:feed>`)
	if p := posts[0]; p.Title != "A & B" || content.PlainText(p.Body) != "C" || len(p.Media) != 1 || p.URL != "https://blog.example/1" {
		t.Errorf("%+v", p)
	}
	_, posts = readAll(t, `<feed><entry><title>No namespace</title><link href="https://blog.example/2"/></entry></feed>`)
	if p := posts[0]; p.Title != "No namespace" || p.URL != "https://blog.example/2" {
		t.Errorf("%+v", p)
	}
}

func TestADefaultNamespaceOfSomethingElseEmptiesNoFeed(t *testing.T) {
	t.Parallel()
	const parts = `<title>First</title><link>https://blog.example/1</link><pubDate>Mon, 02 Mar 2026 18:55:00 GMT</pubDate><description>words</description>`
	atom := func(feed, entry, title string) string {
		return `<feed` + feed + `><title>Open data</title><entry` + entry + `><title` + title + `>First</title><link href="https://blog.example/1"/>` +
			`<updated>2026-03-02T18:55:00Z</updated><summary>words</summary></entry></feed>`
	}
	for name, body := range map[string]string{
		"Atom on the root":           `<rss version="2.0" xmlns="http://www.w3.org/2005/Atom"><channel><title>Open data</title><item>` + parts + `</item></channel></rss>`,
		"XHTML on the root":          `<rss version="2.0" xmlns="http://www.w3.org/1999/xhtml"><channel><title>Open data</title><item>` + parts + `</item></channel></rss>`,
		"Media RSS on the root":      `<rss version="2.0" xmlns="http://search.yahoo.com/mrss/"><channel><title>Open data</title><item>` + parts + `</item></channel></rss>`,
		"Dublin Core on the root":    `<rss version="2.0" xmlns="http://purl.org/dc/elements/1.1/"><channel><title>Open data</title><item>` + parts + `</item></channel></rss>`,
		"Atom on the channel":        `<rss version="2.0"><channel xmlns="http://www.w3.org/2005/Atom"><title>Open data</title><item>` + parts + `</item></channel></rss>`,
		"Atom on the item":           `<rss version="2.0"><channel><title>Open data</title><item xmlns="http://www.w3.org/2005/Atom">` + parts + `</item></channel></rss>`,
		"XHTML on the texts":         `<rss version="2.0"><channel><title>Open data</title><item>` + strings.ReplaceAll(strings.ReplaceAll(parts, "<title", `<title xmlns="http://www.w3.org/1999/xhtml"`), "<description", `<description xmlns="http://www.w3.org/1999/xhtml"`) + `</item></channel></rss>`,
		"RDF":                        `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://www.w3.org/2005/Atom"><channel><title>Open data</title></channel><item>` + parts + `</item></rdf:RDF>`,
		"RSS 1.0 with a prefix":      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:r="http://purl.org/rss/1.0/"><r:channel><r:title>Open data</r:title></r:channel><r:item>` + strings.NewReplacer("</", "</r:", "<t", "<r:t", "<l", "<r:l", "<p", "<r:p", "<d", "<r:d").Replace(parts) + `</r:item></rdf:RDF>`,
		"Atom in another namespace":  atom(` xmlns="http://www.w3.org/1999/xhtml"`, "", ""),
		"Atom in none":               atom("", "", ""),
		"Atom with an entry in none": atom(` xmlns="http://www.w3.org/2005/Atom"`, ` xmlns=""`, ""),
		"Atom with a title in none":  atom(` xmlns="http://www.w3.org/2005/Atom"`, "", ` xmlns=""`),
	} {
		author, posts := readAll(t, body)
		if author.Name != "Open data" || len(posts) != 1 {
			t.Errorf("%s: %q with %d posts", name, author.Name, len(posts))
			continue
		}
		if p := posts[0]; p.Title != "First" || p.URL != "https://blog.example/1" || content.PlainText(p.Body) != "words" || p.Published.Day() != 2 {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func TestNamespacesThatAreMeantStay(t *testing.T) {
	t.Parallel()
	_, posts := readAll(t, `<rss version="2.0"><channel><title>Blog</title><link>https://blog.example/</link><link xmlns="http://www.w3.org/2005/Atom" rel="self" href="/feed"/>`+
		`<item><title>First</title><link>https://blog.example/1</link><content xmlns="http://search.yahoo.com/mrss/" url="/1.png" medium="image"/>`+
		`<title xmlns="http://search.yahoo.com/mrss/">Another</title></item></channel></rss>`)
	if p := posts[0]; p.Title != "First" || len(p.Media) != 1 || p.Author.URL != "https://blog.example/" {
		t.Errorf("%+v", p)
	}
	author, _ := readAll(t, `<rss><channel><title>Blog</title><link rel="self" href="/feed"/><link>https://blog.example/</link></channel></rss>`)
	if author.URL != "https://blog.example/" {
		t.Errorf("the feed itself is taken for its home: %q", author.URL)
	}
}

func TestAddressesAreRelativeToTheNearestBase(t *testing.T) {
	t.Parallel()
	author, posts := readAll(t, `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://cdn.example/a/"><title>T</title><icon xml:base="icons/">i.png</icon><link href="home"/>`+
		`<entry xml:base="b/"><id>urn:1</id><title>One</title><link href="1"/><link rel="enclosure" xml:base="/files/" type="image/png" href="2.png"/>`+
		`<content type="xhtml" xml:base="c/"><div xmlns="http://www.w3.org/1999/xhtml"><a href="3">3</a> <span xml:base="/d/"><a href="4">4</a></span></div></content></entry>`+
		`<entry><id>urn:2</id><title>Two</title><link href="5"/><content type="html">&lt;a href="6"&gt;6&lt;/a&gt;</content></entry></feed>`)
	if author.Avatar != "https://cdn.example/a/icons/i.png" || author.URL != "https://cdn.example/a/home" {
		t.Errorf("%q, %q", author.Avatar, author.URL)
	}
	one, two := posts[0], posts[1]
	if one.Title != "One" {
		one, two = two, one
	}
	if body := content.HTML(one.Body); one.URL != "https://cdn.example/a/b/1" || one.Media[0].URL != "https://cdn.example/files/2.png" ||
		!strings.Contains(body, `"https://cdn.example/a/b/c/3"`) || !strings.Contains(body, `"https://cdn.example/d/4"`) {
		t.Errorf("%+v %s", one, body)
	}
	if body := content.HTML(two.Body); two.URL != "https://cdn.example/a/5" || !strings.Contains(body, `"https://cdn.example/a/6"`) {
		t.Errorf("%+v %s", two, body)
	}
	_, posts = readAll(t, `<rss xml:base="https://cdn.example/"><channel><title>T</title><item><title>x</title><link>1</link><enclosure url="2.png" type="image/png"/></item></channel></rss>`)
	if p := posts[0]; p.URL != "https://cdn.example/1" || p.Media[0].URL != "https://cdn.example/2.png" {
		t.Errorf("RSS: %+v", p)
	}
}
