package syndication

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// fixtures are whole feeds, and where they come from.
var fixtures = map[string]string{
	"podcast.xml":  "https://cast.example/@harbour/feed.xml",
	"blog.atom":    "https://blog.example/feed.atom",
	"old.rdf":      "https://old.example/feed",
	"mastodon.rss": "https://social.example/@ada.rss",
	"feed.json":    "https://notes.example/feed.json",
	"film.atom":    "https://film.example/feed",
}

// TestFixtures compares what is made of each fixture with its golden file. -update writes the golden files.
func TestFixtures(t *testing.T) {
	for name, address := range fixtures {
		t.Run(name, func(t *testing.T) {
			author, page, err := Read(fixture(t, name), "", address, feedstest.Epoch())
			if err != nil {
				t.Fatal(err)
			}
			bodies := map[string]string{}
			for _, p := range page.Posts { // readable, and without the tree
				bodies[string(p.Key)] = content.HTML(p.Body)
				p.Body = content.Doc{}
			}
			got, err := json.MarshalIndent(map[string]any{"Author": author, "Page": page, "Bodies": bodies}, "", "\t")
			if err != nil {
				t.Fatal(err)
			}
			golden := "testdata/" + name + ".golden"
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(bytes.TrimSpace(want), got) {
				t.Errorf("%v; -update shows in the diff what has changed:\n%s", err, got)
			}
		})
	}
}
