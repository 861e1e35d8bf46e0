package document_test

import (
	"cmp"
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/app/document"
	"vitrine/app/markup"
	"vitrine/feeds"
	"vitrine/feeds/archive"
	"vitrine/feeds/content"
	"vitrine/feeds/exchange"
	"vitrine/feeds/fetch"
	"vitrine/feeds/reader"
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

type file []byte

func (f file) Name() string                         { return "feed.json" }
func (f file) Size() int64                          { return int64(len(f)) }
func (f file) Head() []byte                         { return f[:min(len(f), feeds.FileHead)] }
func (f file) Bytes() []byte                        { return f }
func (f file) Read(context.Context) ([]byte, error) { return f, nil }
func (f file) Piece(_ context.Context, from, n int64, _ bool, _ int64) (archive.Piece, error) {
	return f[from : from+n], nil
}

// What a file holds of a post comes back as it was. Left aside are what an author's profile has, what a server alone knows (ids, what is custom
// of an emoji), and how a picture is laid out.
func TestAPostComesBackFromAJSONFeedAsItWas(t *testing.T) {
	items := everything()
	data, _ := write(t, document.Document{Feed: feed(t, items...), Format: document.JSONFeed})
	posts, err := archive.Feed(t.Context(), file(data), made)
	if err != nil {
		t.Fatal(err)
	}
	back := map[feeds.Key]*feeds.Post{}
	for _, p := range posts {
		back[p.Post.Key] = p.Post
	}
	for _, i := range items {
		got := back[i.Post.Key]
		if got == nil {
			t.Errorf("%s is missing", i.Post.Key)
			continue
		}
		if want, got := essence(t, i.Post), essence(t, got); got != want {
			t.Errorf("%s came back as\n%s\nand was\n%s", i.Post.Key, got, want)
		}
	}
}

// Custom emoji stay pictures, in texts and in names.
func TestCustomEmojiComeBackFromAJSONFeed(t *testing.T) {
	lamp := []content.CustomEmoji{{Shortcode: "lamp", URL: "https://town.example/lamp.gif", Static: "https://town.example/lamp.png"}}
	p := *everything()[0].Post
	by := *p.Author
	by.Name, by.Emoji = "Ada :lamp:", lamp
	p.Author, p.Emoji, p.Body = &by, lamp, content.ParseHTML("<p>A :lamp: at night</p>", content.Options{Emoji: lamp})
	quoting := p
	quoting.Key, quoting.URL = p.Key+"0", p.URL+"0"
	quoting.Quote = &feeds.Quote{State: feeds.QuoteAccepted, URL: p.URL, Post: &p}
	data, _ := write(t, document.Document{Feed: feed(t, reader.Item{Post: &quoting, Entry: feeds.Entry{Key: quoting.Key, At: p.Published}}), Format: document.JSONFeed})
	posts, err := archive.Feed(t.Context(), file(data), made)
	if err != nil || len(posts) != 1 || posts[0].Post.Quote == nil || posts[0].Post.Quote.Post == nil {
		t.Fatalf("%v, %+v", err, posts)
	}
	for _, got := range []*feeds.Post{posts[0].Post, posts[0].Post.Quote.Post} {
		if !slices.Equal(got.Emoji, lamp) || !slices.Equal(got.Author.Emoji, lamp) || content.DirectedHTML(got.Body) != content.DirectedHTML(p.Body) || !reflect.DeepEqual(got.Body.Blocks, p.Body.Blocks) {
			t.Errorf("%+v by %+v: %+v", got.Emoji, got.Author, got.Body)
		}
	}
}

// What a reader says of saved posts goes along, and comes back.
func TestWhatAReaderSaysOfSavedPostsComesBackFromAJSONFeed(t *testing.T) {
	items := everything()
	gone := made.Add(-time.Hour).Truncate(time.Second)
	said := map[feeds.Key]*markup.Kept{items[0].Post.Key: {Tags: []string{"tea", "quotes \" and ,"}, Note: "Line one\nline two", Gone: gone}, items[1].Post.Key: {}}
	data, _ := write(t, document.Document{Feed: feed(t, items...), Format: document.JSONFeed, Kept: said})
	posts, err := archive.Feed(t.Context(), file(data), made)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range posts {
		want := cmp.Or(said[p.Post.Key], &markup.Kept{})
		if !slices.Equal(p.Labels, want.Tags) || p.Note != want.Note || !p.Gone.Equal(want.Gone) {
			t.Errorf("%s came back with %q, %q, %v", p.Post.Key, p.Labels, p.Note, p.Gone)
		}
	}
	if n := strings.Count(string(data), `"labels": [`); n != 1 {
		t.Errorf("%d posts have labels", n)
	}
}

// essence is what has to come back of a post.
func essence(t *testing.T, p *feeds.Post) string {
	t.Helper()
	q := *p
	q.Sightings, q.Emoji, q.URI, q.Body, q.Partial = nil, nil, "", content.Doc{}, false
	q.Author = &feeds.Author{User: p.Author.User, Domain: p.Author.Domain, Name: p.Author.Name, URL: p.Author.URL}
	if g := p.Group; g != nil {
		q.Group = &feeds.Author{User: g.User, Domain: g.Domain}
	}
	q.Published, q.Edited = p.Published.Truncate(time.Second), p.Edited.Truncate(time.Second)
	q.Counts.AllBelow = false
	q.Warned, q.Visibility = p.HasWarning(), cmp.Or(p.Visibility, feeds.Public)
	q.Media = nil
	for _, m := range p.Media {
		m.FocusX, m.FocusY, m.Blurhash = 0, 0, ""
		q.Media = append(q.Media, m)
	}
	if p.Poll != nil {
		poll := *p.Poll
		poll.ID, poll.Emoji = "", nil
		q.Poll = &poll
	}
	if p.Card != nil {
		card := *p.Card
		card.Width, card.Height, card.Blurhash = 0, 0, ""
		q.Card = &card
	}
	if p.ReplyTo != nil {
		to := *p.ReplyTo
		to.ID = ""
		q.ReplyTo = &to
	}
	q.CrossPosts = nil
	for _, c := range p.CrossPosts {
		c.ID = ""
		q.CrossPosts = append(q.CrossPosts, c)
	}
	quoted := ""
	if quote := p.Quote; quote != nil {
		if quote.Post != nil {
			quoted = essence(t, quote.Post)
		}
		q.Quote = &feeds.Quote{State: quote.State, URL: quote.URL}
	}
	out, err := json.MarshalIndent(q, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out) + "\n" + strings.TrimSpace(content.PlainText(p.Body)) + "\n" + quoted
}
