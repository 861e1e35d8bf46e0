package syndication

import (
	"testing"

	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/feedstest/golden"
	"vitrine/feeds/fetch"
)

// fixtures are whole feeds, and where they come from.
var fixtures = map[string]string{
	"podcast.xml":  "https://cast.example/@harbour/feed.xml",
	"blog.atom":    "https://blog.example/feed.atom",
	"old.rdf":      "https://old.example/feed",
	"mastodon.rss": "https://social.example/@ada.rss",
	"feed.json":    "https://notes.example/feed.json",
	"film.atom":    "https://film.example/feed",
}

// TestFixtures compares what is made of each fixture with its golden file, with texts as HTML.
func TestFixtures(t *testing.T) {
	t.Parallel()
	for name, address := range fixtures {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			author, page, err := read([]byte(golden.Text(t, name)), "", address, feedstest.Epoch(), fetch.Charsets{})
			if err != nil {
				t.Fatal(err)
			}
			bodies := map[string]string{}
			for _, p := range page.Posts { // readable, and without the tree
				bodies[string(p.Key)] = content.HTML(p.Body)
				p.Body = content.Doc{}
			}
			golden.Compare(t, "testdata/"+name+".golden", golden.View(t, map[string]any{"Publisher": author, "Page": page, "Bodies": bodies}))
		})
	}
}
