package syndicate_test

import (
	"bytes"
	"encoding/json"
	"html"
	"strings"
	"testing"

	"vitrine/app/markup"
	"vitrine/app/syndicate"
	"vitrine/build/config"
	"vitrine/build/snapshot/ledger"
	"vitrine/build/snapshot/pages"
	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/reader"
	"vitrine/web"
)

// lostFiles is a post whose files can't be had, with their descriptions.
func lostFiles() (p *feeds.Post, descriptions []string) {
	lost := func(kind feeds.MediaKind, alt string) feeds.Media {
		return feeds.Media{Kind: kind, URL: "https://media.example/" + string(kind), Preview: "https://media.example/small-" + string(kind), Alt: alt}
	}
	inner := feedstest.Post("b.example", "9", 0)
	inner.Media = []feeds.Media{lost(feeds.Image, "Boats <b> on the mud")}
	p = feedstest.Post("a.example", "1", 1)
	p.Media = []feeds.Media{lost(feeds.Image, "The pier at low tide"), lost(feeds.Video, "The crane swings"), lost(feeds.Audio, "Gulls & waves"),
		{Kind: feeds.UnknownMedia, Original: "https://far.example/ribbon.jxl", Alt: "The mayor cuts a ribbon"}}
	p.Quote = &feeds.Quote{State: feeds.QuoteAccepted, Post: inner}
	return p, []string{"Picture: The pier at low tide", "The crane swings", "Audio: Gulls & waves", "The mayor cuts a ribbon", "Picture: Boats <b> on the mud"}
}

func TestOfficialFeedsDescribeWhatTheyCannotMirror(t *testing.T) {
	t.Parallel()
	p, descriptions := lostFiles()
	c := config.Default()
	c.BaseURL = "https://town.example/"
	s, err := pages.New(web.Files, c, "/")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]ledger.Mirrored{}
	for _, m := range append(p.Media, p.Quote.Post.Media...) {
		files[m.URL], files[m.Preview] = ledger.Mirrored{Failed: string(feeds.Gone)}, ledger.Mirrored{Failed: string(feeds.Gone)}
	}
	for _, media := range []string{"mirror", "none"} {
		out, err := s.Feed(&pages.Feed{Feed: config.Feed{Name: "all", Limit: 9, Media: media, Warnings: "fold", Language: "en"},
			Ledger: &ledger.Ledger{Files: files}, Posts: []ledger.Item{{Post: p, Entry: feeds.Entry{Key: p.Key, At: p.Published}}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"index.html", "embed.html", "fragment.html", "tree.json", "feed.atom", "feed.json"} {
			said := string(out[name])
			if strings.HasSuffix(name, ".json") {
				said = unescaped(t, out[name])
			}
			said = html.UnescapeString(html.UnescapeString(said))
			for _, want := range append(descriptions, "https://a.example/@ada/1", "ribbon.jxl") {
				if !strings.Contains(said, want) {
					t.Errorf("%s (%s) lacks %q", name, media, want)
				}
			}
			if strings.Contains(said, "media.example") {
				t.Errorf("%s (%s) names a file that isn't mirrored", name, media)
			}
		}
	}
}

// unescaped is JSON with the characters as they are meant.
func unescaped(t *testing.T, data []byte) string {
	t.Helper()
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var visit func(any)
	visit = func(v any) {
		switch v := v.(type) {
		case string:
			b.WriteString(v + "\n")
		case []any:
			for _, e := range v {
				visit(e)
			}
		case map[string]any:
			for _, e := range v {
				visit(e)
			}
		}
	}
	visit(value)
	return b.String()
}

func TestAFileAtItsOriginAloneIsLinkedInEveryOutput(t *testing.T) {
	t.Parallel()
	p := feedstest.Post("a.example", "1", 1)
	p.Media = []feeds.Media{{Kind: feeds.UnknownMedia, Original: "https://far.example/photo.jpg", Alt: "A tree"}}
	f := &syndicate.Feed{Title: "All", Home: "https://a.example/", Items: []reader.Item{{Post: p}}, Words: sentences(t)}
	var js, atom, text bytes.Buffer
	for _, err := range []error{syndicate.JSONFeed(&js, f), syndicate.Atom(&atom, f), syndicate.Text(&text, f)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	article, err := articleOf(t, p)
	if err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]string{
		js.String():   `"url": "https://far.example/photo.jpg",` + "\n" + `          "mime_type": "image/jpeg",` + "\n" + `          "title": "A tree"`,
		atom.String(): `<link rel="enclosure" href="https://far.example/photo.jpg" type="image/jpeg" title="A tree">`,
		text.String(): "[photo.jpg: A tree] https://far.example/photo.jpg",
		article:       `>File on far.example: photo.jpg</a></p><p class="quiet" dir="auto">A tree</p>`,
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is missing in %s", want, said)
		}
	}
}

func articleOf(t *testing.T, p *feeds.Post) (string, error) {
	t.Helper()
	var b strings.Builder
	err := markup.HTML(&b, markup.Article(&markup.Drawing{Words: sentences(t), Links: appLinks{}}, markup.Row{Post: p}))
	return b.String(), err
}

func TestTextKeepsTabsAndNothingThatATerminalObeys(t *testing.T) {
	t.Parallel()
	p := feedstest.Post("a.example", "1", 1)
	p.Title = "a\tb\x1b[31m\u009bc"
	var out bytes.Buffer
	if err := syndicate.Text(&out, &syndicate.Feed{Title: "All", Items: []reader.Item{{Post: p}}, Words: sentences(t)}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "a\tb[31mc\n") {
		t.Errorf("%q", out.String())
	}
}

func TestTextSaysWhereLinksLead(t *testing.T) {
	t.Parallel()
	p := feedstest.Post("a.example", "1", 1)
	p.Body = content.ParseHTML(`<p><a href="https://b.example/">here</a>, <a href="https://b.example/">there</a>, <a href="https://b.example/page">https://b.example/page</a>,
		<a href="https://c.example/">c.example</a>, <a href="mailto:ada@c.example">ada@c.example</a></p>`, content.Options{})
	var out bytes.Buffer
	if err := syndicate.Text(&out, &syndicate.Feed{Title: "All", Items: []reader.Item{{Post: p}}, Words: sentences(t)}); err != nil {
		t.Fatal(err)
	}
	want := "here, there, https://b.example/page, c.example, ada@c.example\n\n→ https://b.example/\n\nhttps://a.example/@ada/1\n"
	if !strings.HasSuffix(out.String(), want) {
		t.Errorf("got  %q\nwant %q", out.String(), want)
	}
}
