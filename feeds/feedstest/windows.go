package feedstest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
)

// pageOf makes a page of posts from (newest) to to at host, written at the minutes of their numbers.
func pageOf(host string, from, to int, older feeds.Cursor) *feeds.Page {
	var posts []*feeds.Post
	for i := from; i >= to; i-- {
		posts = append(posts, Post(host, fmt.Sprint(i), i))
	}
	return Page(older, posts...)
}

// wrappers writes a timeline's entries by their ids at its host.
func wrappers(tl *feeds.Timeline) string {
	if tl == nil {
		return "nothing"
	}
	var s []string
	for _, e := range tl.Entries {
		s = append(s, e.WrapperID)
	}
	return strings.Join(s, " ")
}

func windowsContract(t *testing.T, open func(t *testing.T) MaintainedStore) {
	ctx := t.Context()
	const host = "a.example"
	// window reads and checks one window and returns its last entry.
	window := func(t *testing.T, s feeds.Store, w feeds.Window, want string, more bool) *feeds.Entry {
		t.Helper()
		tl, err := s.Timeline(ctx, host+"/local", w)
		if err != nil || tl == nil || wrappers(tl) != want || tl.More != more {
			t.Fatalf("window %+v: %s, %+v, %v; want %s, more %v", w, wrappers(tl), tl, err, want, more)
		}
		if len(tl.Ranges) == 0 {
			t.Error("a window without ranges")
		}
		if len(tl.Entries) == 0 {
			return nil
		}
		return &tl.Entries[len(tl.Entries)-1]
	}
	save := func(t *testing.T, s feeds.Store, c feeds.Cursor, p *feeds.Page) *feeds.Timeline {
		t.Helper()
		saved, err := s.SavePage(ctx, host+"/local", c, p, Epoch())
		if err != nil {
			t.Fatal(err)
		}
		return saved.Timeline
	}
	t.Run("a timeline is read from the newest entry down, window by window", func(t *testing.T) {
		s := open(t)
		save(t, s, "", pageOf(host, 9, 7, "7"))
		save(t, s, "7", pageOf(host, 6, 4, "4"))
		save(t, s, "4", pageOf(host, 3, 1, ""))
		last := window(t, s, feeds.Window{Limit: 4}, "9 8 7 6", true)
		last = window(t, s, feeds.Window{Below: last, Limit: 4}, "5 4 3 2", true)
		last = window(t, s, feeds.Window{Below: last, Limit: 4}, "1", false)
		window(t, s, feeds.Window{Below: last, Limit: 4}, "", false)
		window(t, s, feeds.Window{Limit: 9}, "9 8 7 6 5 4 3 2 1", false)
		window(t, s, feeds.Window{}, "9 8 7 6 5 4 3 2 1", false)
	})
	t.Run("entries of other timelines stay out", func(t *testing.T) {
		s := open(t)
		save(t, s, "", pageOf(host, 2, 1, ""))
		for _, id := range []feeds.TimelineID{host + "/localx", host + "/loca", "b.example/local"} {
			if _, err := s.SavePage(ctx, id, "", pageOf(host, 5, 1, ""), Epoch()); err != nil {
				t.Fatal(err)
			}
		}
		window(t, s, feeds.Window{}, "2 1", false)
	})
	t.Run("entries of one moment stand by their ids, and none is lost between windows", func(t *testing.T) {
		s := open(t)
		var posts []*feeds.Post
		for i, name := range []string{"c", "a", "b", "d"} {
			p := Post(host, name, 1)
			p.Published = p.Published.Add(time.Duration(i/3) * 300 * time.Nanosecond)
			posts = append(posts, p)
		}
		save(t, s, "", Page("", posts...))
		last := window(t, s, feeds.Window{Limit: 2}, "d c", true)
		window(t, s, feeds.Window{Below: last, Limit: 2}, "b a", false)
	})
	t.Run("times before 1970 are in order", func(t *testing.T) {
		s := open(t)
		old, older := Post(host, "old", 0), Post(host, "older", 0)
		old.Published, older.Published = time.Unix(-1, 0).UTC(), time.Date(1890, 1, 1, 0, 0, 0, 0, time.UTC)
		save(t, s, "", Page("", older, old, Post(host, "new", 0)))
		window(t, s, feeds.Window{}, "new old older", false)
	})
	t.Run("an entry keeps all it says", func(t *testing.T) {
		s := open(t)
		p := pageOf(host, 2, 1, "c")
		p.Entries[0].BoostedBy = Author("bob", "b.example")
		p.Entries[0].At = p.Entries[0].At.Add(123456789 * time.Nanosecond)
		p.Entries[1].Pinned = true
		save(t, s, "", p)
		tl, err := s.Timeline(ctx, host+"/local", feeds.Window{})
		if err != nil || len(tl.Entries) != 2 {
			t.Fatalf("%+v, %v", tl, err)
		}
		top, low := tl.Entries[0], tl.Entries[1]
		if !top.At.Equal(p.Entries[0].At) || top.BoostedBy == nil || top.BoostedBy.Handle() != "bob@b.example" || top.Next != "" {
			t.Errorf("top = %+v", top)
		}
		if !low.Pinned || low.Next != "c" {
			t.Errorf("low = %+v", low)
		}
	})
	t.Run("where a page ended is remembered when its posts come again", func(t *testing.T) {
		s := open(t)
		save(t, s, "", pageOf(host, 5, 4, "4"))
		save(t, s, "", pageOf(host, 7, 3, "3"))
		tl, err := s.Timeline(ctx, host+"/local", feeds.Window{})
		if err != nil || len(tl.Entries) != 5 || tl.Entries[3].Next != "4" || tl.Entries[4].Next != "3" || tl.Entries[1].Next != "" {
			t.Errorf("%+v, %v", tl, err)
		}
	})
	t.Run("a boosted post moves up and stands once", func(t *testing.T) {
		s := open(t)
		save(t, s, "", pageOf(host, 3, 1, "1"))
		p := pageOf(host, 1, 1, "9")
		p.Entries[0].At, p.Entries[0].WrapperID = Epoch().Add(9*time.Minute), "boost"
		save(t, s, "", p)
		window(t, s, feeds.Window{}, "boost 3 2", false)
	})
	t.Run("saving returns the ranges as they are and the page's entries", func(t *testing.T) {
		s := open(t)
		save(t, s, "", pageOf(host, 5, 4, "4"))
		tl := save(t, s, "", pageOf(host, 9, 8, "8"))
		if wrappers(tl) != "9 8" || len(tl.Ranges) != 2 || !tl.Fetched.Equal(Epoch()) {
			t.Errorf("%s, %+v", wrappers(tl), tl)
		}
	})
}
