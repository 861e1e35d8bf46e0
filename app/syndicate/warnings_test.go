package syndicate_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"vitrine/app/markup"
	"vitrine/app/syndicate"
	"vitrine/feeds/reader"
)

func TestAnEmptyWarningHidesWhatItCovers(t *testing.T) {
	p := fullPost()
	p.Title, p.Warning, p.Warned = "", "", true
	feed := &syndicate.Feed{Title: "All", Home: "https://a.example/", Items: []reader.Item{{Post: p}}, Words: sentences(t)}
	for _, c := range []struct {
		name     string
		warnings syndicate.Warnings
	}{{"folded", syndicate.WarningsFolded}, {"linked", syndicate.WarningsLinked}} {
		feed.Entry = func(reader.Item) syndicate.Entry {
			return syndicate.Entry{URL: "https://town.example/1", Title: syndicate.Title(p), Warnings: c.warnings}
		}
		for name, write := range map[string]func(*bytes.Buffer) error{
			jsonFeed: func(b *bytes.Buffer) error { return syndicate.JSONFeed(b, feed) },
			atom:     func(b *bytes.Buffer) error { return syndicate.Atom(b, feed) },
			text:     func(b *bytes.Buffer) error { return syndicate.Text(b, feed) },
		} {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			before, _, _ := strings.Cut(b.String(), "The body")
			if !strings.Contains(before, "Content warning") || c.warnings == syndicate.WarningsLinked && strings.Contains(b.String(), "The body") {
				t.Errorf("%s, %s: %s", c.name, name, b.String())
			}
		}
	}
	var b strings.Builder
	if err := markup.HTML(&b, markup.Article(&markup.Drawing{Words: sentences(t), Links: appLinks{}}, markup.Row{Post: p})); err != nil {
		t.Fatal(err)
	}
	if before, behind, _ := strings.Cut(b.String(), "</summary>"); strings.Contains(before, "The body") || !strings.Contains(before, "Content warning") || !strings.Contains(behind, "The body") {
		t.Errorf("%s", b.String())
	}
}

func TestWhatIsBehindAWarningStaysBehindItInEveryOutput(t *testing.T) {
	p := fullPost()
	p.Title = ""
	feed := &syndicate.Feed{Title: "All", Home: "https://a.example/", Items: []reader.Item{{Post: p}}, Words: sentences(t)}
	var js, at, plain bytes.Buffer
	for _, err := range []error{syndicate.JSONFeed(&js, feed), syndicate.Atom(&at, feed), syndicate.Text(&plain, feed)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var read struct {
		Items []struct {
			Title string
			HTML  string `json:"content_html"`
			Text  string `json:"content_text"`
		}
	}
	if err := json.Unmarshal(js.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	item := read.Items[0]
	before, behind, _ := strings.Cut(item.HTML, "</summary>")
	if item.Title != "" || strings.Contains(before, "The body") || !strings.Contains(before, "The warning") || !strings.Contains(behind, "The body") || strings.Count(item.HTML, "<details>") != 1 || strings.Count(item.HTML, "</details>") != 1 {
		t.Errorf("%q: %s", item.Title, item.HTML)
	}
	for _, said := range []string{item.Text, plain.String()} {
		if w, b := strings.Index(said, "Content warning: The warning"), strings.Index(said, "The body"); w < 0 || b < w {
			t.Errorf("the warning doesn't come first: %s", said)
		}
	}
	if !strings.Contains(at.String(), "<title>The warning</title>") {
		t.Errorf("%s", at.String())
	}

	feed.Entry = func(reader.Item) syndicate.Entry {
		return syndicate.Entry{URL: "https://town.example/1", Title: syndicate.Title(p), Warnings: syndicate.WarningsLinked}
	}
	js.Reset()
	at.Reset()
	plain.Reset()
	for _, err := range []error{syndicate.JSONFeed(&js, feed), syndicate.Atom(&at, feed), syndicate.Text(&plain, feed)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, said := range []string{js.String(), at.String(), plain.String()} {
		for _, secret := range []string{"The body", "media.example", "Option one", "The card", "quoted words", "The place", "cross-post", "reactionname", "named@"} {
			if strings.Contains(said, secret) {
				t.Errorf("%s is shown beside the warning", secret)
			}
		}
	}
}
