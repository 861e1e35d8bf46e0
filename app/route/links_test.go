package route

import (
	"testing"

	"vitrine/app/markup"
	"vitrine/feeds"
)

var _ markup.Links = Links{}

func TestLinksLeadToViews(t *testing.T) {
	l := Links{}
	seen := &feeds.Post{URL: "https://x.example/1", Sightings: []feeds.Sighting{{Host: "a.example:8443", ID: "12"}, {Host: "x.example", ID: "1"}}}
	for _, c := range []struct{ what, got, want string }{
		{"author", l.Profile(&feeds.Author{User: "ada", Domain: "a.example", Host: "b.example"}), "#/@ada@a.example"},
		{"handle", l.Handle("ada@a.example:8443"), "#/@ada@a.example:8443"},
		{"name without a server", l.Handle("ada"), ""},
		{"hashtag", l.Tag("a.example", "ق"), "#/t/a.example/%D9%82"},
		{"post", l.Post(seen), "#/p/a.example:8443/12"},
		{"entry of a feed with its address for an id", l.Post(&feeds.Post{URL: "https://x.example/1", Sightings: []feeds.Sighting{{Host: "x.example", ID: "https://x.example/1"}}}), "https://x.example/1"},
		{"entry of a feed", l.Post(&feeds.Post{URL: "https://x.example/1"}), "https://x.example/1"},
		{"page of a community", l.Page("https://a.example/c/town@b.example"), "#/!town@b.example"},
		{"page of a comment", l.Page("https://a.example/comment/12"), "#/p/a.example/comment:12"},
		{"page of a playlist", l.Page("https://a.example/w/p/12"), "#/l/a.example/12"},
		{"page of nothing", l.Page("https://a.example/modlog"), ""},
		{"server", l.Server("a.example"), "#/i/a.example"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.what, c.got, c.want)
		}
	}
}
