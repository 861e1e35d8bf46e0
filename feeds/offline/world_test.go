package offline_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/offline"
	"vitrine/feeds/reader"
)

const (
	host     = "a.example"
	fragment = "#/i/a.example"
)

// world is a server with posts, each with a picture and every fifth with a conversation, and who takes it offline.
type world struct {
	*offline.Taker
	t      *testing.T
	store  *cache.Memory
	media  *feedstest.MediaStore
	posts  []*feeds.Post
	news   []feeds.Job
	asked  atomic.Int64 // pages
	talks  atomic.Int64 // conversations that were asked for
	source *feedstest.Source
	fails  func() error // of the server; nil: it doesn't
}

func picture(i int) string { return fmt.Sprintf("https://media.example/%d.png", i) }

func newWorld(t *testing.T, posts int) *world {
	t.Helper()
	w := &world{t: t, store: cache.NewMemory(), media: feedstest.NewMediaStore()}
	clock := feedstest.NewClock()
	clock.Advance(time.Hour)
	for i := range posts {
		p := feedstest.Post(host, fmt.Sprint(posts-i), -10*i)
		p.Media = []feeds.Media{{Kind: feeds.Image, Preview: picture(i), URL: strings.Replace(picture(i), ".png", ".full.png", 1)}}
		w.media.Files[picture(i)] = feedstest.MediaBytes{Type: "image/png", Data: []byte(feedstest.PNG)}
		w.media.Files[p.Media[0].URL] = feedstest.MediaBytes{Type: "image/png", Data: []byte(strings.Repeat(feedstest.PNG, 9))}
		if i%5 == 0 {
			p.Counts.Replies = 2
		}
		w.posts = append(w.posts, p)
	}
	w.source = &feedstest.Source{
		HostName: host,
		OnPosts: func(c feeds.Cursor) (*feeds.Page, error) {
			w.asked.Add(1)
			if w.fails != nil {
				if err := w.fails(); err != nil {
					return nil, err
				}
			}
			from := 0
			_, _ = fmt.Sscan(string(c), &from)
			to, older := min(from+20, len(w.posts)), feeds.Cursor("")
			if to < len(w.posts) {
				older = feeds.Cursor(fmt.Sprint(to))
			}
			return feedstest.Page(older, w.posts[from:to]...), nil
		},
		OnPost: func(id string) (*feeds.Post, error) {
			for _, p := range w.posts {
				if p.Sightings[0].ID == id {
					return p, nil
				}
			}
			return nil, &feeds.Error{Kind: feeds.NotFound, Host: host}
		},
		OnContext: func(id string) (above, below []*feeds.Post, err error) {
			w.talks.Add(1)
			for i := range 2 {
				r := feedstest.Reply(host, fmt.Sprintf("%s-%d", id, i), id, 5)
				r.Media = []feeds.Media{{Kind: feeds.Image, Preview: "https://media.example/reply.png"}}
				below = append(below, r)
			}
			return nil, below, nil
		},
	}
	w.media.Files["https://media.example/reply.png"] = feedstest.MediaBytes{Type: "image/png", Data: []byte(feedstest.PNG)}
	r := reader.New(reader.Options{Store: w.store, Clock: clock, Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{host: w.source}}})
	w.Taker = &offline.Taker{Records: offline.NewRecords(cache.NewMemoryRecords()), Reader: r, Store: w.store, Media: w.media, Clock: clock}
	return w
}

func wish(c offline.Choice) offline.Wish {
	return offline.Wish{Fragment: fragment, Name: "A", Places: []string{reader.PlaceName(reader.ServerPlace{Host: host, Scope: feeds.Local})}, Choice: c}
}

// run takes a wish offline, and returns what came of it.
func (w *world) run(ctx context.Context, wish offline.Wish) (offline.Taken, error) {
	w.t.Helper()
	if err := w.Put(w.t.Context(), wish); err != nil {
		w.t.Fatal(err)
	}
	err := w.Work(ctx, wish.Job(), func(j feeds.Job) error { w.news = append(w.news, j); return ctx.Err() })
	t, ok, failed := w.Get(w.t.Context(), wish.Fragment)
	if failed != nil || !ok {
		w.t.Fatal(ok, failed)
	}
	return t, err
}

func (w *world) must(c offline.Choice) offline.Taken {
	w.t.Helper()
	t, err := w.run(w.t.Context(), wish(c))
	if err != nil {
		w.t.Fatal(err)
	}
	return t
}

// kept is how many files are kept for the wish.
func (w *world) kept() int {
	w.t.Helper()
	owned, err := w.media.Owned(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	n := 0
	for owner, sum := range owned {
		if offline.FragmentOf(owner) == fragment {
			n += sum.Files
		}
	}
	return n
}
