package ui

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"
	"golang.org/x/net/html"

	"vitrine/app/markup"
	"vitrine/app/words"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

type links struct{}

func (links) Profile(a *feeds.Author) string { return "#/@" + a.Handle() }
func (links) Handle(handle string) string    { return "#/@" + handle }
func (links) Tag(host, tag string) string    { return "#/t/" + host + "/" + tag }
func (links) Post(p *feeds.Post) string      { return "#/p/x/1" }
func (links) Page(string) string             { return "" }
func (links) Server(host string) string      { return "#/i/" + host }

func drawing(t *testing.T) *markup.Drawing {
	t.Helper()
	data, err := os.ReadFile("../../web/locales/en.json")
	if err != nil {
		t.Fatal(err)
	}
	w, err := words.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	return &markup.Drawing{Words: w, Now: feedstest.Epoch(), Links: links{}, Icons: "/icons.svg", Host: "a.example", Actions: true}
}

// rich is a post with most of what hangs on posts.
func rich() *feeds.Post {
	p := feedstest.Post("a.example", "1", -5)
	p.Body = content.ParseHTML(`<p>Hello <em>there</em>, <a href="https://b.example">link</a></p><ul><li>one</li></ul><pre><code>x</code></pre>`, content.Options{})
	p.Media = []feeds.Media{{Kind: feeds.Image, URL: "https://a.example/1.jpg", Alt: "A picture", Width: 800, Height: 600}, {Kind: feeds.Video, URL: "https://a.example/1.mp4", Preview: "https://a.example/1.png"}}
	p.Poll = &feeds.Poll{Options: []feeds.PollOption{{Title: "Yes", Votes: 3}, {Title: "No", Votes: 1}}, Votes: 4, Voters: 4, Expired: true, Ends: feedstest.Epoch().Add(-time.Hour)}
	p.Card = &feeds.Card{URL: "https://c.example/x", Title: "A card"}
	p.Warning, p.Sensitive = "Careful", true
	p.Counts = feeds.Counts{Replies: 2, Boosts: 1, Favourites: 0}
	return p
}

// What go-app draws is what the HTML writer writes: the same elements, attributes and texts in the same order.
func TestDrawEqualsHTML(t *testing.T) {
	d := drawing(t)
	for _, place := range []markup.Place{{}, {Kind: markup.Focused}, {Kind: markup.Reply, Depth: 2, Step: 1, Parent: "https://a.example/1", ByAuthor: true}, {Kind: markup.Chain, Part: 2, Parts: 3}, {Kind: markup.Pinned}} {
		n := markup.Article(d, markup.Row{Post: rich(), Place: place})
		var want bytes.Buffer
		if err := markup.HTML(&want, n); err != nil {
			t.Fatal(err)
		}
		if got := outline(t, app.HTMLString(Draw(n))); got != outline(t, want.String()) {
			t.Errorf("%+v\n got %s\nwant %s", place, got, outline(t, want.String()))
		}
	}
}

// outline writes a document with sorted attributes. Boolean ones are compared by being there: go-app says "false" where HTML
// says nothing.
func outline(t *testing.T, src string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			if text := strings.TrimSpace(n.Data); text != "" {
				b.WriteString("{" + text + "}")
			}
		case html.ElementNode:
			b.WriteString("<" + n.Data)
			var attrs []string
			for _, a := range n.Attr {
				switch {
				case property(a.Key) && a.Val == "false", a.Key == "":
				case property(a.Key), a.Val == "true", a.Val == "": // go-app prints "true" bare
					attrs = append(attrs, a.Key)
				default:
					attrs = append(attrs, a.Key+"="+strings.TrimSpace(a.Val))
				}
			}
			slices.Sort(attrs)
			b.WriteString(" " + strings.Join(attrs, " ") + ">")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	return b.String()
}

func TestListDrawsOnlyChunksThatAreNotFolded(t *testing.T) {
	d := drawing(t)
	var rows []Row
	for i := range 45 {
		rows = append(rows, Row{Post: markup.Row{Post: feedstest.Post("a.example", string(rune('A'+i)), -i)}})
	}
	l := &List{Drawing: d, ID: "feed", Feed: true, Label: "Posts", Size: 20, Rows: rows, Heights: []int{0, 900}}
	out := app.HTMLString(l)
	if n := strings.Count(out, "<article"); n != 25 {
		t.Errorf("%d posts are drawn, want the first 20 and the last 5", n)
	}
	if n := strings.Count(out, "data-chunk"); n != 3 {
		t.Errorf("%d chunks", n)
	}
}
