package archive

import (
	"context"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

type feedFile string

func (f feedFile) Name() string                         { return "feed.json" }
func (f feedFile) Size() int64                          { return int64(len(f)) }
func (f feedFile) Head() []byte                         { return []byte(f[:min(len(f), feeds.FileHead)]) }
func (f feedFile) Bytes() []byte                        { return []byte(f) }
func (f feedFile) Read(context.Context) ([]byte, error) { return []byte(f), nil }
func (f feedFile) Piece(_ context.Context, from, n int64, _ bool, _ int64) (Piece, error) {
	return f[from : from+n], nil
}

func TestAJSONFeedThatWasSavedBringsItsPostsBack(t *testing.T) {
	at := time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC)
	posts, err := Feed(t.Context(), feedFile("\ufeff"+`{"version":"https://jsonfeed.org/version/1.1","title":"Ada","items":[
		{"id":"https://a.example/users/ada/statuses/7","url":"https://a.example/@ada/7","content_html":"<p>Tea <script>alert(1)</script></p>","date_published":"2026-04-01T10:00:00Z","authors":[{"name":"Ada","url":"https://a.example/@ada"}]},
		{"id":"7","content_text":"names no post"}]}`), at)
	if err != nil || len(posts) != 1 {
		t.Fatalf("%d posts, %v", len(posts), err)
	}
	p := posts[0]
	if p.Key != "https://a.example/users/ada/statuses/7" || p.Author.Handle() != "ada@a.example" || p.Published.Month() != time.April || strings.TrimSpace(content.PlainText(p.Body)) != "Tea" {
		t.Errorf("%+v", p)
	}
	if len(p.Sightings) != 1 || p.Sightings[0].Host != "a.example" || p.Sightings[0].ID != "7" {
		t.Errorf("it is at %+v", p.Sightings)
	}
}

func TestWhatIsNoJSONFeedSaysSo(t *testing.T) {
	for _, text := range []string{"", "[]", "{}", `{"version":1}`, "<rss></rss>", `{"items":[`, "\x00\xff"} {
		if posts, err := Feed(t.Context(), feedFile(text), time.Now()); feeds.KindOf(err) != feeds.NotFound || posts != nil {
			t.Errorf("%q: %d posts, %v", text, len(posts), err)
		}
	}
}
