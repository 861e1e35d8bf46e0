package document_test

import (
	"testing"

	"vitrine/app/document"
	"vitrine/feeds/content"
	"vitrine/feeds/exchange"
	"vitrine/feeds/fetch"
	"vitrine/feeds/syndication"
)

// A JSON Feed that was saved opens as a web feed with its posts, and its authors can be followed by importing it.
func TestAJSONFeedGoesBackIn(t *testing.T) {
	items := everything()
	data, _ := write(t, document.Document{Feed: feed(t, items...), Format: document.JSONFeed})
	_, page, err := syndication.Read(data, "application/feed+json", "https://files.example/feed.json", made)
	if err != nil || len(page.Posts) < 5 {
		t.Fatalf("%v, %+v", err, page)
	}
	back := map[string]string{}
	for _, p := range page.Posts {
		back[p.URL] = content.PlainText(p.Body)
		if p.Published.IsZero() || p.Author == nil {
			t.Errorf("%+v", p)
		}
	}
	for _, i := range items {
		text, ok := back[i.Post.URL]
		if !ok || len(text) < len(content.PlainText(i.Post.Body))/2 {
			t.Errorf("%s came back as %q", i.Post.URL, text)
		}
	}
	file, err := exchange.Read(data, fetch.Charsets{})
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, e := range file.Entries {
		named[e.Address] = true
	}
	for _, who := range []string{"@ada@town.example", "@bob@town.example", "@noor@town.example"} {
		if !named[who] {
			t.Errorf("%s isn't offered: %v", who, named)
		}
	}
}
