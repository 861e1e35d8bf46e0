// Keeper is the page that TestWhatWasAcknowledgedSurvivesAKill ends again and again: it checks that everything that the server says was
// acknowledged is stored, pages of posts, what is followed and what is saved, then goes on storing, and reports each to the test's server.
package main

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"syscall/js"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/content"
)

const (
	host  = "keeper.example"
	line  = feeds.TimelineID(host + "/local")
	batch = 10 // posts that a page has of its own
)

func main() {
	get("/lost?why=" + url.QueryEscape(run(context.Background()).Error()))
}

// run stores until it fails.
func run(ctx context.Context) error {
	d, err := cache.Open(ctx, "vitrine:/keeper/:cache")
	if err != nil {
		return err
	}
	acknowledged, err := strconv.Atoi(get("/acknowledged"))
	if err != nil {
		return err
	}
	if err := verify(ctx, d, acknowledged); err != nil {
		return err
	}
	mine := openOwn()
	if err := mine.verify(ctx, acknowledged); err != nil {
		return err
	}
	saved := openShelf(d)
	if err := saved.verify(ctx, acknowledged); err != nil {
		return err
	}
	get("/verified")
	idle := make(chan struct{}, 1) // holds a value while no report to the server is under way
	idle <- struct{}{}
	for n := acknowledged + 1; ; n++ {
		if _, err := d.SavePage(ctx, line, "", page(n), at(n*batch)); err != nil {
			return fmt.Errorf("page %d: %w", n, err)
		}
		if err := mine.keep(ctx, n); err != nil {
			return err
		}
		if err := saved.keep(ctx, n); err != nil {
			return err
		}
		// The next page is being written while the server hears of this one, so that the end can come at any moment of a write.
		<-idle
		go func() {
			get(fmt.Sprintf("/stored?n=%d", n))
			idle <- struct{}{}
		}()
	}
}

// verify reads the whole timeline and compares every post and entry of the pages up to one.
func verify(ctx context.Context, d *cache.DB, pages int) error {
	left := map[feeds.Key]int{}
	for i := batch; i < (pages+1)*batch; i++ {
		left[key(i)] = i
	}
	var below *feeds.Entry
	for more := pages > 0; more; {
		tl, err := d.Timeline(ctx, line, feeds.Window{Below: below, Limit: 200})
		if err != nil {
			return err
		}
		if tl == nil {
			return fmt.Errorf("no timeline though %d pages were acknowledged", pages)
		}
		if len(tl.Ranges) != 1 {
			return fmt.Errorf("%d ranges", len(tl.Ranges))
		}
		keys := make([]feeds.Key, 0, len(tl.Entries))
		for i := range tl.Entries {
			below = &tl.Entries[i]
			keys = append(keys, below.Key)
		}
		posts, err := d.Posts(ctx, keys)
		if err != nil {
			return err
		}
		for _, e := range tl.Entries {
			i, known := left[e.Key]
			if !known {
				continue // written, and not acknowledged
			}
			want := post(i)
			p := posts[e.Key]
			switch {
			case p == nil:
				return fmt.Errorf("post %d is not stored", i)
			case p.URL != want.URL || len(p.Body.Blocks) != 1 || p.Body.Blocks[0].Children[0].Text != want.Body.Blocks[0].Children[0].Text:
				return fmt.Errorf("post %d is stored as %+v", i, p)
			case !e.At.Equal(at(i)) || e.WrapperID != fmt.Sprint(i):
				return fmt.Errorf("entry %d is %+v", i, e)
			}
			delete(left, e.Key)
		}
		more = tl.More
	}
	if len(left) > 0 {
		return fmt.Errorf("%d of %d posts are not in the timeline", len(left), pages*batch)
	}
	return nil
}

func at(i int) time.Time { return time.Date(2026, 11, 22, 12, 0, i, 0, time.UTC) }

func key(i int) feeds.Key { return feeds.Key(fmt.Sprintf("https://%s/posts/%d", host, i)) }

func post(i int) *feeds.Post {
	text := fmt.Sprintf("post %d, which has to be whole", i)
	return &feeds.Post{
		Key: key(i), URL: string(key(i)), Published: at(i), Visibility: feeds.Public,
		Body:      content.Doc{Blocks: []content.Node{{Kind: content.Paragraph, Children: []content.Node{{Text: text}}}}},
		Sightings: []feeds.Sighting{{Host: host, ID: fmt.Sprint(i), At: at(i)}},
	}
}

// page has the posts of its number, and one of the page before, so that the two join.
func page(n int) *feeds.Page {
	p := &feeds.Page{Older: feeds.Cursor(fmt.Sprint(n))}
	for i := (n+1)*batch - 1; i >= n*batch-1; i-- {
		if i >= batch {
			p.Posts = append(p.Posts, post(i))
			p.Entries = append(p.Entries, feeds.Entry{Key: key(i), At: at(i), WrapperID: fmt.Sprint(i)})
		}
	}
	return p
}

// get asks the test's server, and returns what it says.
func get(path string) string {
	answer := make(chan string, 1)
	read := js.FuncOf(func(_ js.Value, args []js.Value) any { return args[0].Call("text") })
	take := js.FuncOf(func(_ js.Value, args []js.Value) any {
		answer <- args[0].String()
		return nil
	})
	fail := js.FuncOf(func(js.Value, []js.Value) any {
		answer <- ""
		return nil
	})
	defer read.Release()
	defer take.Release()
	defer fail.Release()
	js.Global().Call("fetch", path).Call("then", read).Call("then", take).Call("catch", fail)
	return <-answer
}
