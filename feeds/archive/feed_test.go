package archive

import (
	"context"
	"slices"
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
	p := posts[0].Post
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

func TestAJSONFeedThatEndsEarlyIsDamaged(t *testing.T) {
	whole := `{"version":"https://jsonfeed.org/version/1.1","title":"Ada","items":[{"id":"https://a.example/1","url":"https://a.example/@ada/1","content_text":"x"}]}`
	for n := strings.Index(whole, ",\"title"); n < len(whole); n += 7 {
		if posts, err := Feed(t.Context(), feedFile(whole[:n]), time.Now()); feeds.KindOf(err) != feeds.BadData || posts != nil {
			t.Errorf("%s: %d posts, %v", whole[:n], len(posts), err)
		}
	}
}

func TestWhatAFileSaysOfAPostIsChecked(t *testing.T) {
	at := time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC)
	many := strings.Repeat(`{"kind":"image","url":"https://a.example/1.png"},`, 1000)
	posts, err := Feed(t.Context(), feedFile(`{"version":"https://jsonfeed.org/version/1.1","title":"Ada","items":[{
		"id":"https://a.example/users/ada/statuses/7","url":"https://a.example/@ada/7","content_html":"<p>x</p>","date_published":"2026-04-01T10:00:00Z",
		"authors":[{"name":"Ada","url":"https://a.example/@ada","avatar":"javascript:alert(1)"}],"_fediverse":{"handle":"@ada@a.example"},
		"_vitrine":{"complete":true,"html":"<p>Tea<script>alert(1)</script><img src=x onerror=alert(1)></p>",
			"media":[{"kind":"applet","url":"javascript:alert(1)"},{"kind":"video","url":"https://a.example/f.mp4","width":-4,"duration":1e300,"live":"never","files":[{"url":"data:text/html,x"}]},{"kind":"audio","url":"https://a.example/f.mp3","chapters":[{"start":90,"title":"Late"},{"start":-5,"title":"First"},{"start":30,"title":"Early"}]},`+many+`{}],
			"poll":{"options":[{"title":"A","votes":-7}],"votes":-1,"ends":"soon"},"card":{"url":"javascript:alert(1)","title":"x"},"event":{"starts":"never"},
			"quote":{"state":"accepted","url":"https://a.example/2","post":{"url":"https://a.example/2","author":{"name":"Bob","handle":"@bob@a.example"},"html":"<p>inner</p>","quote":{"state":"accepted","post":{"url":"https://a.example/3"}}}},
			"in_reply_to":{"id":"javascript:alert(1)","handle":"nobody"},"mentions":[{"handle":"@a@b/c","url":"x"}],"license":{"name":" ","url":"javascript:alert(1)"},
			"edited":"1970-01-01T00:00:00Z","visibility":"direct","counts":{"replies":-9},"group":{"handle":"x"},"language":"not a tag"}},
		{"id":"https://a.example/users/ada/statuses/8","url":"https://a.example/@ada/8","content_html":"<p>Second</p>","_fediverse":{"handle":"@ada@a.example"},"_vitrine":[1,2]}]}`), at)
	if err != nil || len(posts) != 2 {
		t.Fatalf("%d posts, %v", len(posts), err)
	}
	p := posts[slices.IndexFunc(posts, func(p Item) bool { return p.Post.Key == "https://a.example/users/ada/statuses/7" })].Post
	if text := strings.TrimSpace(content.PlainText(p.Body)); text != "Tea" || p.Author.Avatar != "" || p.Author.Handle() != "ada@a.example" {
		t.Errorf("%q by %+v", text, p.Author)
	}
	if len(p.Media) > mostParts || p.Media[0].Kind != feeds.Video || p.Media[0].Width != 0 || p.Media[0].Duration != 0 || p.Media[0].Film != nil {
		t.Errorf("%d media, %+v", len(p.Media), p.Media[0])
	}
	var chapters []string
	for _, c := range p.Media[1].Film.Chapters {
		chapters = append(chapters, c.Title)
	}
	if got := strings.Join(chapters, " "); got != "First Early Late" {
		t.Errorf("chapters %s", got)
	}
	if p.Poll == nil || p.Poll.Options[0].Votes != -1 || p.Poll.Votes != 0 || !p.Poll.Ends.IsZero() || p.Card != nil || p.Event != nil || p.License != nil || p.Group != nil {
		t.Errorf("%+v", p)
	}
	if q := p.Quote; q == nil || q.Post == nil || q.Post.Quote != nil || content.PlainText(q.Post.Body) != "inner" {
		t.Errorf("%+v", q)
	}
	if p.ReplyTo.Key != "" || p.ReplyTo.Handle != "" || len(p.Mentions) != 0 || !p.Edited.IsZero() || p.Visibility != feeds.Public || p.Counts.Replies != -1 || p.Language != "" {
		t.Errorf("%+v, %+v", p, p.ReplyTo)
	}
}

func FuzzFeed(f *testing.F) {
	f.Add(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"https://a.example/1","content_html":"x","_fediverse":{"handle":"@a@b"},"_vitrine":{"complete":true,"html":"<p>y</p>","media":[{"kind":"image"}],"quote":{"state":"accepted","post":{"url":"https://a.example/2","author":{"handle":"@c@d"}}}}}]}`)
	at := time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		posts, err := Feed(context.Background(), feedFile(text), at)
		if err != nil {
			return
		}
		for _, i := range posts {
			p := i.Post
			if p.Author == nil || p.Key == "" || p.Visibility != feeds.Public && p.Visibility != feeds.Unlisted {
				t.Errorf("%+v", p)
			}
		}
	})
}

// A feed that was published has the warning in its items' content alone.
func TestAWarningIsntSaidTwice(t *testing.T) {
	posts, err := Feed(t.Context(), feedFile(`{"version":"https://jsonfeed.org/version/1.1","title":"Ada","items":[{"id":"https://a.example/7","url":"https://a.example/7",
		"content_html":"<details><summary>Spoiler</summary><p>It was tea</p></details>","_fediverse":{"handle":"@ada@a.example"},"_vitrine":{"warning":"Spoiler","language":"en"}}]}`), time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC))
	if err != nil || len(posts) != 1 {
		t.Fatalf("%d posts, %v", len(posts), err)
	}
	if p := posts[0].Post; p.Warning != "" || p.Language != "en" || strings.Count(content.PlainText(p.Body), "Spoiler") != 1 {
		t.Errorf("%q, %q, %q", p.Warning, p.Language, content.PlainText(p.Body))
	}
}
