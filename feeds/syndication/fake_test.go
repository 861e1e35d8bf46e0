package syndication

import (
	"errors"
	"strings"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

const feedAddress = "https://blog.example/feed"

func serve(replies map[string]feedstest.Answered) (*Source, *feedstest.Network) {
	w := &feedstest.Network{Replies: replies}
	return New(w, feedstest.NewClock()), w
}

// rss is a feed of items, whose channel has no more than it must.
func rss(items ...string) string {
	return `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"` +
		` xmlns:source="http://source.scripting.com/" xmlns:podcast="https://podcastindex.org/namespace/1.0">` +
		`<channel><title>Blog</title><link>https://blog.example/</link>` + strings.Join(items, "") + `</channel></rss>`
}

// readAll reads a feed that has to be sound.
func readAll(t testing.TB, body string) (*feeds.Author, []*feeds.Post) {
	t.Helper()
	author, page, err := Read([]byte(body), "", feedAddress, feedstest.Epoch())
	if err != nil {
		t.Fatal(err)
	}
	return author, page.Posts
}

// readOne reads an item with what stands in it beside a link.
func readOne(t testing.TB, parts string) *feeds.Post {
	t.Helper()
	_, posts := readAll(t, rss("<item><link>https://blog.example/1</link>"+parts+"</item>"))
	if len(posts) != 1 {
		t.Fatalf("%d posts", len(posts))
	}
	return posts[0]
}

func checkKind(t *testing.T, err error, want feeds.Kind) {
	t.Helper()
	if got := feeds.KindOf(err); got != want {
		t.Errorf("%v, want %q", err, want)
	}
	var e *feeds.Error
	if want != "" && !errors.As(err, &e) {
		t.Errorf("%T is no *feeds.Error", err)
	}
}
