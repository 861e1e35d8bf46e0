package feedstest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
)

// NotedStore is a store that notes what changes of its posts.
type NotedStore interface {
	feeds.Store
	feeds.Upkeep
	feeds.PostNotes
}

// NotesContract checks what every feeds.PostNotes promises. open returns an empty store for each call.
func NotesContract(t *testing.T, open func(t *testing.T) NotedStore) {
	ctx := t.Context()
	// taken returns the posts of all notes and drops these; "all" for a note without a post.
	taken := func(t *testing.T, s NotedStore) string {
		t.Helper()
		notes, err := s.Notes(ctx, 100)
		if err != nil {
			t.Fatal(err)
		}
		var keys, names []string
		for _, n := range notes {
			names = append(names, n.Name)
			if len(n.Keys) == 0 {
				keys = append(keys, "all")
			}
			for _, k := range n.Keys {
				keys = append(keys, string(k[strings.LastIndexByte(string(k), '/')+1:]))
			}
		}
		if err := s.DropNotes(ctx, names); err != nil {
			t.Fatal(err)
		}
		slices.Sort(keys)
		return strings.Join(slices.Compact(keys), " ")
	}
	save := func(t *testing.T, s NotedStore, posts ...*feeds.Post) {
		t.Helper()
		if _, err := s.SavePage(ctx, "a.example/local", "", Page("", posts...), Epoch()); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("what is new, edited or removed is noted, what is counted on isn't", func(t *testing.T) {
		s := open(t)
		one, two := Post("a.example", "1", 0), Post("a.example", "2", 1)
		save(t, s, two, one)
		if err := s.SavePosts(ctx, []*feeds.Post{Post("a.example", "3", 2)}); err != nil {
			t.Fatal(err)
		}
		if got := taken(t, s); got != "1 2 3" {
			t.Errorf("noted: %q", got)
		}
		counted, edited := *one, *two
		counted.Counts.Favourites = 12
		counted.Sightings = []feeds.Sighting{{Host: "a.example", ID: "1", At: Epoch().Add(time.Hour)}}
		edited.Warning, edited.Edited = "long", Epoch().Add(time.Hour)
		save(t, s, &edited, &counted)
		if got := taken(t, s); got != "2" {
			t.Errorf("noted after one was counted on and one edited: %q", got)
		}
		if err := s.Sweep(ctx, feeds.SweepOptions{Before: Epoch().Add(1000 * time.Hour), Keep: []feeds.TimelineID{"a.example/local"}}); err != nil {
			t.Fatal(err)
		}
		if got := taken(t, s); got != "3" {
			t.Errorf("noted after a sweep: %q", got)
		}
		if err := s.Forget(ctx, ""); err != nil {
			t.Fatal(err)
		}
		if got := taken(t, s); got != "all" {
			t.Errorf("noted after all was forgotten: %q", got)
		}
		if got := taken(t, s); got != "" {
			t.Errorf("noted twice: %q", got)
		}
	})
	t.Run("notes count as nothing that is stored", func(t *testing.T) {
		s := open(t)
		save(t, s, Post("a.example", "1", 0))
		if err := s.Note(ctx, []feeds.Key{"https://a.example/9"}); err != nil {
			t.Fatal(err)
		}
		usage, err := s.Usage(ctx)
		if err != nil || len(usage) != 1 || usage[0].Host != "a.example" || usage[0].Posts != 1 {
			t.Errorf("%+v, %v", usage, err)
		}
		if got := taken(t, s); got != "1 9" {
			t.Errorf("noted: %q", got)
		}
	})
	t.Run("posts are listed in order, a few at a time", func(t *testing.T) {
		s := open(t)
		save(t, s, Post("a.example", "3", 3), Post("a.example", "2", 2), Post("a.example", "1", 1))
		var got []feeds.Key
		for after := feeds.Key(""); ; after = got[len(got)-1] {
			keys, err := s.PostKeys(ctx, after, 2)
			if err != nil {
				t.Fatal(err)
			}
			if got = append(got, keys...); len(keys) < 2 {
				break
			}
		}
		if len(got) != 3 || !slices.IsSorted(got) {
			t.Errorf("%q", got)
		}
	})
}
