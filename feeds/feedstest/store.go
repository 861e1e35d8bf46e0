package feedstest

import (
	"context"
	"errors"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/content"
)

// MaintainedStore is a store with its upkeep.
type MaintainedStore interface {
	feeds.Store
	feeds.Upkeep
}

// StoreContract checks what every feeds.Store and its feeds.Upkeep promise. open returns an empty store for each call.
func StoreContract(t *testing.T, open func(t *testing.T) MaintainedStore) {
	t.Run("pages", func(t *testing.T) { pagesContract(t, open) })
	t.Run("windows", func(t *testing.T) { windowsContract(t, open) })
	t.Run("upkeep", func(t *testing.T) { upkeepContract(t, open) })
}

func pagesContract(t *testing.T, open func(t *testing.T) MaintainedStore) {
	ctx := t.Context()
	const host = "a.example"
	t.Run("an empty store has nothing and no error", func(t *testing.T) {
		s := open(t)
		if tl, err := s.Timeline(ctx, "x", feeds.Window{}); tl != nil || err != nil {
			t.Errorf("Timeline = %v, %v", tl, err)
		}
		if p, err := s.PostAt(ctx, host, "1"); p != nil || err != nil {
			t.Errorf("PostAt = %v, %v", p, err)
		}
		if a, err := s.Author(ctx, host, "ada@a.example"); a != nil || err != nil {
			t.Errorf("Author = %v, %v", a, err)
		}
		if i, err := s.Instance(ctx, host); i != nil || err != nil {
			t.Errorf("Instance = %v, %v", i, err)
		}
	})
	t.Run("what was saved or used last is listed first, and no more than is wanted", func(t *testing.T) {
		s := open(t)
		if r, err := s.Recent(ctx, 9); len(r.Authors)+len(r.Timelines) > 0 || err != nil {
			t.Errorf("Recent = %v, %v", r, err)
		}
		for n, user := range []string{"bob", "ada", "cy"} {
			for begin := time.Now().UnixMilli(); begin == time.Now().UnixMilli(); { // what is saved within a millisecond has no order
			}
			a := Author(user, host)
			a.Host = host
			if err := s.SaveAuthor(ctx, a); err != nil {
				t.Fatal(err)
			}
			if _, err := s.SavePage(ctx, feeds.TimelineID(host+"/"+user), "", Page("", Post(host, user, n)), Epoch()); err != nil {
				t.Fatal(err)
			}
		}
		r, err := s.Recent(ctx, 2)
		if err != nil || len(r.Authors) != 2 || r.Authors[0].User != "cy" || r.Authors[1].User != "ada" {
			t.Errorf("authors = %v, %v", r.Authors, err)
		}
		if len(r.Timelines) != 2 || r.Timelines[0] != host+"/cy" || r.Timelines[1] != host+"/ada" {
			t.Errorf("timelines = %v", r.Timelines)
		}
		if r, err = s.Recent(ctx, 9); len(r.Authors) != 3 || len(r.Timelines) != 3 || err != nil {
			t.Errorf("Recent = %v, %v", r, err)
		}
	})
	t.Run("a page is found again in order, with its posts", func(t *testing.T) {
		s := open(t)
		a, b := Post(host, "1", 1), Post(host, "2", 2)
		if _, err := s.SavePage(ctx, "x", "", Page("c1", a, b), Epoch()); err != nil {
			t.Fatal(err)
		}
		tl, err := s.Timeline(ctx, "x", feeds.Window{})
		if err != nil || tl == nil {
			t.Fatalf("Timeline = %v, %v", tl, err)
		}
		if len(tl.Entries) != 2 || tl.Entries[0].Key != b.Key || tl.Entries[1].Key != a.Key {
			t.Errorf("entries = %v", tl.Entries)
		}
		if !tl.Fetched.Equal(Epoch()) || tl.Complete() {
			t.Errorf("fetched %v, complete %v", tl.Fetched, tl.Complete())
		}
		posts, err := s.Posts(ctx, []feeds.Key{a.Key, b.Key, "https://nowhere.example/1"})
		if err != nil || len(posts) != 2 || posts[a.Key] == nil || posts[a.Key].URL != a.URL || len(posts[a.Key].Body.Blocks) != 1 {
			t.Errorf("Posts = %v, %v", posts, err)
		}
		if p, err := s.PostAt(ctx, host, "2"); err != nil || p == nil || p.Key != b.Key {
			t.Errorf("PostAt = %v, %v", p, err)
		}
	})
	t.Run("two copies of a post are one, the origin's, found by both ids", func(t *testing.T) {
		s := open(t)
		origin := Post(host, "1", 1)
		there := *origin
		there.Warning = "as the copy has it"
		there.Sightings = []feeds.Sighting{{Host: "b.example", ID: "77", At: Epoch().Add(time.Hour)}}
		if err := s.SavePosts(ctx, []*feeds.Post{origin}); err != nil {
			t.Fatal(err)
		}
		if err := s.SavePosts(ctx, []*feeds.Post{&there}); err != nil {
			t.Fatal(err)
		}
		for _, at := range [][2]string{{host, "1"}, {"b.example", "77"}} {
			p, err := s.PostAt(ctx, at[0], at[1])
			if err != nil || p == nil || p.Warning != "" || len(p.Sightings) != 2 || p.Sightings[0].Host != host {
				t.Errorf("PostAt(%v) = %+v, %v", at, p, err)
			}
		}
	})
	t.Run("a list that was saved as a whole is replaced, and has the posts in its order", func(t *testing.T) {
		s := open(t)
		if posts, at, err := s.List(ctx, "a.example/p/1"); len(posts) != 0 || !at.IsZero() || err != nil {
			t.Errorf("List = %v, %v, %v", posts, at, err)
		}
		a, b, c := Post(host, "1", 1), Post(host, "2", 2), Post(host, "3", 3)
		for _, posts := range [][]*feeds.Post{{a, c}, {b, a}} {
			if err := s.SaveList(ctx, "a.example/p/1", posts, Epoch()); err != nil {
				t.Fatal(err)
			}
		}
		posts, at, err := s.List(ctx, "a.example/p/1")
		if err != nil || len(posts) != 2 || posts[0].Key != b.Key || posts[1].Key != a.Key || !at.Equal(Epoch()) {
			t.Errorf("List = %v, %v, %v", posts, at, err)
		}
		if p, err := s.PostAt(ctx, host, "3"); err != nil || p == nil {
			t.Errorf("a post that left the list is gone: %v, %v", p, err)
		}
	})
	t.Run("authors and servers are found by what was asked", func(t *testing.T) {
		s := open(t)
		if err := s.SaveAuthor(ctx, Author("ada", host)); err != nil {
			t.Fatal(err)
		}
		if a, err := s.Author(ctx, host, "ada@a.example"); err != nil || a == nil || a.User != "ada" {
			t.Errorf("Author = %v, %v", a, err)
		}
		if err := s.SaveInstance(ctx, &feeds.Instance{Host: host, Title: "A"}); err != nil {
			t.Fatal(err)
		}
		if i, err := s.Instance(ctx, host); err != nil || i == nil || i.Title != "A" {
			t.Errorf("Instance = %v, %v", i, err)
		}
	})
	t.Run("what a server says at length outlives its next description, and the other way round", func(t *testing.T) {
		s := open(t)
		for _, i := range []*feeds.Instance{
			{Host: host, Title: "A", Fetched: Epoch()},
			{Host: host, Long: content.ParsePlain("at length", content.Options{}), LongFetched: Epoch()},
			{Host: host, Title: "B", Fetched: Epoch().Add(time.Hour)},
		} {
			if err := s.SaveInstance(ctx, i); err != nil {
				t.Fatal(err)
			}
		}
		i, err := s.Instance(ctx, host)
		if err != nil || i == nil || i.Title != "B" || !i.Fetched.Equal(Epoch().Add(time.Hour)) || len(i.Long.Blocks) != 1 || !i.LongFetched.Equal(Epoch()) {
			t.Errorf("Instance = %+v, %v", i, err)
		}
	})
	t.Run("a later page joins or leaves a gap that can be closed", func(t *testing.T) {
		s := open(t)
		save := func(c feeds.Cursor, p *feeds.Page) *feeds.Timeline {
			t.Helper()
			saved, err := s.SavePage(ctx, "x", c, p, Epoch())
			if err != nil {
				t.Fatal(err)
			}
			return saved.Timeline
		}
		save("", Page("2", Post(host, "3", 3), Post(host, "2", 2)))
		tl := save("", Page("8", Post(host, "9", 9), Post(host, "8", 8)))
		if gaps := tl.Gaps(); len(gaps) != 1 || gaps[0].Cursor != "8" {
			t.Fatalf("gaps = %v", gaps)
		}
		tl = save("8", Page("3", Post(host, "5", 5), Post(host, "3", 3)))
		if len(tl.Gaps()) != 0 || len(tl.Entries) != 2 {
			t.Errorf("gaps = %v, entries = %d, want those of the page", tl.Gaps(), len(tl.Entries))
		}
		if all, err := s.Timeline(ctx, "x", feeds.Window{}); err != nil || len(all.Entries) != 5 || len(all.Gaps()) != 0 {
			t.Errorf("timeline %+v, %v", all, err)
		}
	})
	t.Run("saving a page returns its posts as they are stored", func(t *testing.T) {
		s := open(t)
		edited := Post(host, "1", 1)
		edited.Warning, edited.Edited = "edited", Epoch().AddDate(0, 0, 1)
		edited.Sightings[0].ID = "1"
		known := Post(host, "3", 3)
		if err := s.SavePosts(ctx, []*feeds.Post{edited, known}); err != nil {
			t.Fatal(err)
		}
		there := Post(host, "1", 1)
		there.Sightings = []feeds.Sighting{{Host: "b.example", ID: "77", At: Epoch()}}
		p := Page("", there, Post(host, "2", 2))
		p.Entries = append(p.Entries, feeds.Entry{Key: known.Key, At: known.Published, WrapperID: "3"})
		saved, err := s.SavePage(ctx, "x", "", p, Epoch())
		if err != nil || len(saved.Posts) != 3 || saved.Posts[p.Posts[1].Key] == nil || saved.Posts[known.Key] == nil {
			t.Fatalf("%+v, %v", saved.Posts, err)
		}
		stored, err := s.Posts(ctx, []feeds.Key{edited.Key})
		got := saved.Posts[edited.Key]
		if err != nil || got == nil || got.Warning != "edited" || len(got.Sightings) != 2 || len(stored[edited.Key].Sightings) != 2 {
			t.Errorf("returned %+v, stored %+v, %v", got, stored[edited.Key], err)
		}
	})
	t.Run("a quoted post is stored too", func(t *testing.T) {
		s := open(t)
		p, quoted := Post(host, "1", 1), Post(host, "2", 2)
		p.Quote = &feeds.Quote{State: feeds.QuoteAccepted, Post: quoted}
		if err := s.SavePosts(ctx, []*feeds.Post{p}); err != nil {
			t.Fatal(err)
		}
		if got, err := s.PostAt(ctx, host, "2"); err != nil || got == nil || got.Key != quoted.Key {
			t.Errorf("PostAt = %v, %v", got, err)
		}
	})
	t.Run("a call whose context is over returns its error and stores nothing", func(t *testing.T) {
		s := open(t)
		over, cancel := context.WithCancel(ctx)
		cancel()
		if _, err := s.SavePage(over, "x", "", Page("c1", Post(host, "1", 1)), Epoch()); !errors.Is(err, context.Canceled) {
			t.Errorf("SavePage: %v", err)
		}
		if err := s.SavePosts(over, []*feeds.Post{Post(host, "1", 1)}); !errors.Is(err, context.Canceled) {
			t.Errorf("SavePosts: %v", err)
		}
		if _, err := s.Timeline(over, "x", feeds.Window{}); !errors.Is(err, context.Canceled) {
			t.Errorf("Timeline: %v", err)
		}
		if p, err := s.PostAt(ctx, host, "1"); p != nil || err != nil {
			t.Errorf("PostAt = %v, %v", p, err)
		}
	})
}
