package syndication

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

const feedAddress = "https://blog.example/feed"

// reply is what a server answers.
type reply struct {
	status int // 0 is 200
	body   string
	mime   string
	url    string // after redirects; "" for what was asked
	err    error
}

// web answers by whole addresses; others are 404. It notes what it was asked.
type web struct {
	replies map[string]reply

	mu    sync.Mutex
	asked []string
}

func (w *web) Fetch(_ context.Context, r feeds.Request) (*feeds.Response, error) {
	w.mu.Lock()
	w.asked = append(w.asked, r.URL)
	w.mu.Unlock()
	answer, ok := w.replies[r.URL]
	if !ok {
		answer = reply{status: 404, body: "nothing here"}
	}
	if answer.err != nil {
		return nil, answer.err
	}
	if answer.status == 0 {
		answer.status = 200
	}
	if answer.url == "" {
		answer.url = r.URL
	}
	return &feeds.Response{
		Status: answer.status, URL: answer.url, Header: map[string]string{"content-type": answer.mime}, Body: []byte(answer.body), At: feedstest.Epoch(),
	}, nil
}

// requests returns what was asked.
func (w *web) requests() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.Join(w.asked, " ")
}

func serve(replies map[string]reply) (*Source, *web) {
	w := &web{replies: replies}
	return New(w, feedstest.NewClock()), w
}

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
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
