package feedstest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/feeds"
)

// Files is a feeds.FileFetcher whose hosts have Has.
type Files struct {
	mu     sync.Mutex
	Has    map[string]MediaBytes // by URL; all others are NotFound
	Err    map[string]error      // by URL: why it can't be had
	Status map[string]int        // by URL; 200 where there is none
	Asked  []string              // what was asked for, in order
}

var _ feeds.FileFetcher = (*Files)(nil)

// memoryBody are bytes in memory.
type memoryBody []byte

func (b memoryBody) Size() int64   { return int64(len(b)) }
func (b memoryBody) Bytes() []byte { return b }

// File implements feeds.FileFetcher.
func (f *Files) File(ctx context.Context, url string, most int64) (*feeds.FileAnswer, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.Asked = append(f.Asked, url)
	if err := f.Err[url]; err != nil {
		return nil, err
	}
	b, ok := f.Has[url]
	status := f.Status[url]
	switch {
	case !ok:
		status, b.Type = 404, "text/html"
	case status == 0:
		status = 200
	}
	if int64(len(b.Data)) > most {
		return nil, &feeds.Error{Kind: feeds.TooLarge, Op: "GET"}
	}
	return &feeds.FileAnswer{
		Status: status, URL: url, Header: map[string]string{"content-type": b.Type}, Head: b.Data[:min(len(b.Data), feeds.FileHead)], Body: memoryBody(b.Data),
	}, ctx.Err()
}

// A small file of each kind: what stands at the beginning of one, and a few bytes more.
const (
	PNG     = "\x89PNG\r\n\x1a\n" + "a picture"
	MP4     = "\x00\x00\x00\x18ftypisom" + "a film, whose bytes go on for a while"
	webPage = "<!doctype html><title>Not here</title>"
)

// MediaContract checks what every feeds.MediaStore promises. open returns an empty store for each call that asks hosts through files,
// with the records beside it.
func MediaContract(t *testing.T, open func(t *testing.T, files feeds.FileFetcher, clock feeds.Clock) feeds.MediaStore) {
	const first, second, film = "https://media.example/1.png", "https://media.example/b%20c.png?v=%C3%BC", "https://video.example/film.mp4"
	hosts := func() *Files {
		return &Files{
			Has: map[string]MediaBytes{first: {"image/png", []byte(PNG)}, second: {"image/png", []byte(PNG + PNG)}, film: {"video/mp4", []byte(MP4)}},
			Err: map[string]error{}, Status: map[string]int{},
		}
	}
	ctx := t.Context()
	keep := func(t *testing.T, m feeds.MediaStore, owner, url, mime string) feeds.KeptMedia {
		t.Helper()
		k, err := m.Keep(ctx, owner, feeds.MediaFile{URL: url, Type: mime}, 1000)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	wants := func(t *testing.T, m feeds.MediaStore, urls ...string) {
		t.Helper()
		kept, err := m.Kept(ctx, []string{first, second, film})
		if err != nil {
			t.Fatal(err)
		}
		if len(kept) != len(urls) {
			t.Errorf("%d files are kept, want %d", len(kept), len(urls))
		}
		for _, u := range []string{first, second, film} {
			data, _, err := m.Bytes(ctx, u)
			if k, ok := kept[u]; err != nil || ok != (len(data) > 0) || k.Bytes != int64(len(data)) {
				t.Errorf("%s: %d bytes, kept %+v, %v", u, len(data), k, err)
			}
		}
		for _, u := range urls {
			if _, ok := kept[u]; !ok {
				t.Errorf("%s isn't kept", u)
			}
		}
	}
	kindOf := func(t *testing.T, m feeds.MediaStore, url, mime string, most int64, kind feeds.Kind) error {
		t.Helper()
		_, err := m.Keep(ctx, "list a", feeds.MediaFile{URL: url, Type: mime}, most)
		if feeds.KindOf(err) != kind {
			t.Errorf("%s as %s: %v, want %s", url, mime, err, kind)
		}
		wants(t, m)
		return err
	}
	t.Run("a file is kept whole, asked for once, and shared by its owners", func(t *testing.T) {
		h := hosts()
		m := open(t, h, NewClock())
		if k := keep(t, m, "list a", first, "image/"); k.Type != "image/png" || k.Bytes != int64(len(PNG)) {
			t.Errorf("%+v", k)
		}
		keep(t, m, "saved https://x.example/1#é", first, "image/png")
		keep(t, m, "list a", second, "")
		keep(t, m, "list a", second, "")
		if got := strings.Join(h.Asked, " "); got != first+" "+second {
			t.Errorf("asked for %s", got)
		}
		wants(t, m, first, second)
		if data, mime, err := m.Bytes(ctx, second); string(data) != PNG+PNG || mime != "image/png" || err != nil {
			t.Errorf("%q, %s, %v", data, mime, err)
		}
		owned, err := m.Owned(ctx)
		if got := fmt.Sprint(owned); err != nil || got != "map[list a:{2 51} saved https://x.example/1#é:{1 17}]" {
			t.Errorf("%s, %v", got, err)
		}
	})
	t.Run("a file that is here already is kept under a URL, unless something is", func(t *testing.T) {
		h := hosts()
		m := open(t, h, NewClock())
		put := func(url, mime, data string) (feeds.KeptMedia, error) {
			return m.Put(ctx, "archive a", feeds.MediaFile{URL: url, Type: mime}, []byte(data)[:min(len(data), feeds.FileHead)], memoryBody(data))
		}
		const own = "https://media.example/own.png?archived"
		if k, err := put(own, "image/", PNG); err != nil || k.Type != "image/png" || k.Bytes != int64(len(PNG)) {
			t.Errorf("%+v, %v", k, err)
		}
		for _, lie := range []string{webPage, MP4, ""} {
			if k, err := put("https://media.example/lie.png?archived", "image/png", lie); feeds.KindOf(err) != feeds.BadData {
				t.Errorf("%q is kept: %+v, %v", lie, k, err)
			}
		}
		keep(t, m, "list a", first, "image/")
		if k, err := put(first, "image/", PNG+PNG); err != nil || k.Bytes != int64(len(PNG)) {
			t.Errorf("another file stands under a URL that has one: %+v, %v", k, err)
		}
		wants(t, m, first)
		if len(h.Asked) != 1 {
			t.Errorf("asked for %v", h.Asked)
		}
		if data, _, err := m.Bytes(ctx, own); string(data) != PNG || err != nil {
			t.Errorf("%q, %v", data, err)
		}
		if err := m.Release(ctx, "archive a"); err != nil {
			t.Fatal(err)
		}
		if data, _, err := m.Bytes(ctx, own); data != nil || err != nil {
			t.Errorf("%q, %v", data, err)
		}
	})
	t.Run("what nobody wants any more is removed", func(t *testing.T) {
		m := open(t, hosts(), NewClock())
		keep(t, m, "list a", first, "image/")
		keep(t, m, "list a", film, "video/")
		keep(t, m, "list ab", first, "image/")
		for _, owner := range []string{"list a", "nobody"} {
			if err := m.Release(ctx, owner); err != nil {
				t.Fatal(err)
			}
		}
		wants(t, m, first)
		if err := m.Release(ctx, "list ab"); err != nil {
			t.Fatal(err)
		}
		wants(t, m)
		if owned, err := m.Owned(ctx); len(owned) != 0 || err != nil {
			t.Errorf("%v, %v", owned, err)
		}
	})
	t.Run("files that are too large, end early, or aren't what their posts say are not kept", func(t *testing.T) {
		h := hosts()
		const page, lie, empty = "https://media.example/page.png", "https://media.example/lie.png", "https://media.example/empty.png"
		h.Has[page] = MediaBytes{"image/png", []byte(webPage)}
		h.Has[lie] = MediaBytes{"text/html", []byte(PNG)}
		h.Has[empty] = MediaBytes{"image/png", nil}
		m := open(t, h, NewClock())
		kindOf(t, m, first, "image/", 10, feeds.TooLarge)
		kindOf(t, m, first, "video/", 1000, feeds.BadData)
		kindOf(t, m, film, "image/", 1000, feeds.BadData)
		kindOf(t, m, page, "image/", 1000, feeds.BadData)
		kindOf(t, m, empty, "image/", 1000, feeds.BadData)
		kindOf(t, m, "https://media.example/none.png", "image/", 1000, feeds.NotFound)
		h.Err[second] = &feeds.Error{Kind: feeds.BadData}
		kindOf(t, m, second, "image/", 1000, feeds.BadData)
		if k := keep(t, m, "list a", lie, "image/"); k.Type != "image/png" {
			t.Errorf("what its server calls a page and is a picture is kept as %s", k.Type)
		}
		if k := keep(t, m, "list a", film, "audio/"); k.Type != "video/mp4" { // sounds stand in the containers of films
			t.Errorf("%+v", k)
		}
	})
	t.Run("a host that lets no page read its files is asked again after a day, or when somebody wants it", func(t *testing.T) {
		h, clock := hosts(), NewClock()
		m := open(t, h, clock)
		h.Err[first] = &feeds.Error{Kind: feeds.Unreachable, Host: "media.example", Err: feeds.ErrClosed}
		for _, u := range []string{first, second, first} {
			if err := kindOf(t, m, u, "image/", 1000, feeds.Unreachable); !errors.Is(err, feeds.ErrClosed) {
				t.Error(err)
			}
		}
		if closed, err := m.Closed(ctx); fmt.Sprint(closed) != "map[media.example:true]" || err != nil {
			t.Errorf("%v, %v", closed, err)
		}
		if len(h.Asked) != 1 {
			t.Errorf("asked %q", h.Asked)
		}
		keep(t, m, "list a", film, "video/") // another host
		delete(h.Err, first)
		if _, err := m.Keep(feeds.Anew(ctx), "list a", feeds.MediaFile{URL: first, Type: "image/"}, 1000); err != nil {
			t.Error(err)
		}
		if closed, err := m.Closed(ctx); len(closed) != 0 || err != nil {
			t.Errorf("%v, %v", closed, err)
		}
		h.Err[second] = &feeds.Error{Kind: feeds.Unreachable, Host: "media.example", Err: feeds.ErrClosed}
		if _, err := m.Keep(ctx, "list a", feeds.MediaFile{URL: second, Type: "image/"}, 1000); !errors.Is(err, feeds.ErrClosed) {
			t.Error(err)
		}
		wants(t, m, first, film) // what was read before stays
		delete(h.Err, second)
		clock.Advance(25 * time.Hour)
		keep(t, m, "list a", second, "image/")
	})
	t.Run("many at once", func(t *testing.T) {
		h := hosts()
		m := open(t, h, NewClock())
		var group sync.WaitGroup
		for i := range 12 {
			group.Go(func() {
				_, err := m.Keep(ctx, fmt.Sprint("list ", i%3), feeds.MediaFile{URL: []string{first, second, film}[i/4]}, 1000)
				if err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		wants(t, m, first, second, film)
		if len(h.Asked) != 3 {
			t.Errorf("asked for %q", h.Asked)
		}
	})
	t.Run("what is cancelled keeps nothing", func(t *testing.T) {
		m := open(t, hosts(), NewClock())
		over, cancel := context.WithCancel(ctx)
		cancel()
		if _, err := m.Keep(over, "list a", feeds.MediaFile{URL: first}, 1000); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		wants(t, m)
	})
}
