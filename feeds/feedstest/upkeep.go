package feedstest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
)

func upkeepContract(t *testing.T, open func(t *testing.T) MaintainedStore) {
	ctx := t.Context()
	const host, other = "a.example", "b.example"
	must := func(t *testing.T, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	save := func(t *testing.T, s MaintainedStore, id feeds.TimelineID, c feeds.Cursor, p *feeds.Page) {
		t.Helper()
		_, err := s.SavePage(ctx, id, c, p, Epoch())
		must(t, err)
	}
	usage := func(t *testing.T, s MaintainedStore) []feeds.Usage {
		t.Helper()
		u, err := s.Usage(ctx)
		must(t, err)
		return u
	}
	total := func(t *testing.T, s MaintainedStore) (n int64) {
		for _, u := range usage(t, s) {
			n += u.Bytes
		}
		return n
	}
	shows := func(t *testing.T, s MaintainedStore, id feeds.TimelineID) string {
		t.Helper()
		tl, err := s.Timeline(ctx, id, feeds.Window{})
		must(t, err)
		if tl == nil {
			return "nothing"
		}
		keys := make([]feeds.Key, 0, len(tl.Entries))
		for _, e := range tl.Entries {
			keys = append(keys, e.Key)
		}
		posts, err := s.Posts(ctx, keys)
		must(t, err)
		if len(posts) != len(keys) {
			t.Errorf("%s: %d entries, %d posts", id, len(keys), len(posts))
		}
		return wrappers(tl)
	}
	// fill stores ten pages of ten posts.
	fill := func(t *testing.T, s MaintainedStore, host string) {
		t.Helper()
		c := feeds.Cursor("")
		for from := 100; from > 0; from -= 10 {
			older := feeds.Cursor(fmt.Sprint(from - 9))
			save(t, s, feeds.TimelineID(host+"/local"), c, pageOf(host, from, from-9, older))
			c = older
		}
	}
	t.Run("what is stored is counted by host", func(t *testing.T) {
		s := open(t)
		if u := usage(t, s); len(u) != 0 {
			t.Errorf("an empty store has %+v", u)
		}
		save(t, s, host+"/local", "", pageOf(host, 3, 1, ""))
		save(t, s, host+"/local", "", pageOf(host, 3, 1, ""))
		must(t, s.SavePosts(ctx, []*feeds.Post{Post(other, "1", 1)}))
		must(t, s.SaveAuthor(ctx, Author("ada", other)))
		must(t, s.SaveAuthor(ctx, Author("ada", other)))
		must(t, s.SaveInstance(ctx, &feeds.Instance{Host: other}))
		u := usage(t, s)
		if len(u) != 2 || u[0].Host != host || u[0].Posts != 3 || u[0].Timelines != 1 || u[0].Authors != 0 ||
			u[1].Host != other || u[1].Posts != 1 || u[1].Authors != 1 || u[1].Timelines != 0 || u[0].Bytes <= u[1].Bytes || u[1].Bytes < 100 {
			t.Errorf("usage %+v", u)
		}
	})
	t.Run("a host is forgotten with all that was read there alone", func(t *testing.T) {
		s := open(t)
		fill(t, s, host)
		both := Post(other, "7", 7)
		there := *both
		there.Sightings = []feeds.Sighting{{Host: host, ID: "copy", At: Epoch()}}
		must(t, s.SavePosts(ctx, []*feeds.Post{both, &there}))
		save(t, s, other+"/local", "", Page("", both))
		must(t, s.SaveAuthor(ctx, Author("ada", host)))
		must(t, s.SaveAuthor(ctx, Author("ada", other)))
		must(t, s.SaveInstance(ctx, &feeds.Instance{Host: host}))
		must(t, s.Forget(ctx, host))
		u := usage(t, s)
		if len(u) != 1 || u[0].Host != other || u[0].Posts != 1 || u[0].Authors != 1 || u[0].Timelines != 1 {
			t.Errorf("usage %+v", u)
		}
		if got := shows(t, s, host+"/local"); got != "nothing" {
			t.Errorf("the timeline still shows %s", got)
		}
		if p, err := s.PostAt(ctx, host, "1"); p != nil || err != nil {
			t.Errorf("PostAt = %v, %v", p, err)
		}
		if p, err := s.PostAt(ctx, host, "copy"); p != nil || err != nil {
			t.Errorf("the copy: %v, %v", p, err)
		}
		if p, err := s.PostAt(ctx, other, "7"); p == nil || err != nil || len(p.Sightings) != 1 {
			t.Errorf("the other host's: %v, %v", p, err)
		}
		if got := shows(t, s, other+"/local"); got != "7" {
			t.Errorf("the other host's timeline shows %s", got)
		}
		if a, err := s.Author(ctx, host, "ada@"+host); a != nil || err != nil {
			t.Errorf("Author = %v, %v", a, err)
		}
	})
	t.Run("everything is forgotten", func(t *testing.T) {
		s := open(t)
		fill(t, s, host)
		must(t, s.SaveAuthor(ctx, Author("ada", other)))
		must(t, s.Forget(ctx, ""))
		if u := usage(t, s); len(u) != 0 || shows(t, s, host+"/local") != "nothing" {
			t.Errorf("usage %+v", u)
		}
		save(t, s, host+"/local", "", pageOf(host, 3, 1, ""))
		if got := shows(t, s, host+"/local"); got != "3 2 1" {
			t.Errorf("afterwards %s", got)
		}
	})
	t.Run("posts without a timeline go first, longest unseen first", func(t *testing.T) {
		s := open(t)
		save(t, s, host+"/local", "", pageOf(host, 3, 1, ""))
		bytes := total(t, s)
		for i := range 4 {
			p := Post(other, fmt.Sprint(i), 1)
			p.Sightings[0].At = Epoch().Add(time.Duration(9-i) * time.Hour)
			must(t, s.SavePosts(ctx, []*feeds.Post{p}))
		}
		must(t, s.Sweep(ctx, feeds.SweepOptions{Budget: (total(t, s) + bytes) / 2}))
		for i := range 4 {
			p, err := s.PostAt(ctx, other, fmt.Sprint(i))
			if err != nil || (p != nil) != (i < 2) {
				t.Errorf("%d: %v, %v", i, p, err)
			}
		}
		if got := shows(t, s, host+"/local"); got != "3 2 1" {
			t.Errorf("timeline: %s", got)
		}
	})
	t.Run("timelines go by their last use, and the last used one loses its oldest pages only", func(t *testing.T) {
		s := open(t)
		fill(t, s, host)
		for i := range 3 {
			save(t, s, feeds.TimelineID(fmt.Sprintf("%s/#%d", other, i)), "", pageOf(other, 10*i+9, 10*i, "more"))
		}
		all := total(t, s)
		shows(t, s, host+"/local")
		shows(t, s, other+"/#0")
		shows(t, s, host+"/local")
		must(t, s.Sweep(ctx, feeds.SweepOptions{Budget: all - 1}))
		for id, want := range map[feeds.TimelineID]bool{other + "/#0": true, other + "/#1": false, other + "/#2": true} {
			if tl, err := s.Timeline(ctx, id, feeds.Window{Below: &feeds.Entry{}}); err != nil || (tl != nil) != want {
				t.Errorf("%s: %v, %v", id, tl, err)
			}
		}
		must(t, s.Sweep(ctx, feeds.SweepOptions{Budget: all / 2}))
		if n := total(t, s); n > all/2 || n < all/4 {
			t.Errorf("%d bytes of %d are left", n, all)
		}
		tl, err := s.Timeline(ctx, host+"/local", feeds.Window{})
		must(t, err)
		lowest := 101 - len(tl.Entries)
		if len(tl.Entries)%10 != 0 || len(tl.Entries) < 20 || len(tl.Ranges) != 1 || tl.Ranges[0].Older != feeds.Cursor(fmt.Sprint(lowest)) ||
			!tl.Ranges[0].Oldest.Equal(tl.Entries[len(tl.Entries)-1].At) {
			t.Errorf("%d entries, ranges %+v", len(tl.Entries), tl.Ranges)
		}
		save(t, s, host+"/local", tl.Ranges[0].Older, pageOf(host, lowest-1, lowest-5, "x"))
		if tl, err = s.Timeline(ctx, host+"/local", feeds.Window{}); err != nil || len(tl.Ranges) != 1 || len(tl.Gaps()) != 0 || len(tl.Entries) != 106-lowest {
			t.Errorf("reading on: %+v, %v", tl.Ranges, err)
		}
		must(t, s.Sweep(ctx, feeds.SweepOptions{Budget: 1}))
		if tl, err = s.Timeline(ctx, host+"/local", feeds.Window{}); err != nil || tl == nil || len(tl.Entries) != 10 {
			t.Errorf("the newest page: %v, %v", tl, err)
		}
	})
	t.Run("what is kept is not touched", func(t *testing.T) {
		s := open(t)
		fill(t, s, host)
		save(t, s, other+"/local", "", pageOf(other, 9, 1, "more"))
		before := shows(t, s, host+"/local")
		shows(t, s, other+"/local")
		must(t, s.Sweep(ctx, feeds.SweepOptions{Budget: 1, Before: time.Now().Add(9 * time.Hour), Keep: []feeds.TimelineID{host + "/local"}}))
		if got := shows(t, s, host+"/local"); got != before {
			t.Errorf("%s", got)
		}
		if got := shows(t, s, other+"/local"); got != "nothing" {
			t.Errorf("the other one shows %s", got)
		}
	})
	t.Run("what is kept is cut where it is to begin", func(t *testing.T) {
		s := open(t)
		fill(t, s, host)
		cut := feeds.SweepOptions{Keep: []feeds.TimelineID{host + "/local"}, Cut: map[feeds.TimelineID]time.Time{host + "/local": Epoch().Add(55 * time.Minute), "none.example/local": Epoch()}}
		for range 2 {
			must(t, s.Sweep(ctx, cut))
			tl, err := s.Timeline(ctx, host+"/local", feeds.Window{})
			must(t, err)
			if tl == nil || len(tl.Entries) != 50 || tl.Complete() || tl.Ranges[len(tl.Ranges)-1].Older != "51" {
				t.Fatalf("%+v", tl)
			}
		}
		cut.Cut[host+"/local"] = time.Time{}
		must(t, s.Sweep(ctx, cut))
		if got := len(strings.Fields(shows(t, s, host+"/local"))); got != 50 {
			t.Errorf("%d posts are left", got)
		}
	})
	t.Run("a list that is kept is not forgotten, and its posts are kept by a timeline", func(t *testing.T) {
		s := open(t)
		posts := []*feeds.Post{Post(host, "1", 1), Post(host, "2", 2)}
		for _, id := range []feeds.TimelineID{host + "/p/1", host + "/p/2"} {
			must(t, s.SaveList(ctx, id, posts, Epoch()))
		}
		save(t, s, host+"/kept", "", &feeds.Page{Entries: feeds.EntriesOf(posts), Posts: posts})
		must(t, s.Sweep(ctx, feeds.SweepOptions{Budget: 1, Before: time.Now().Add(9 * time.Hour), Keep: []feeds.TimelineID{host + "/p/1", host + "/kept"}}))
		if found, at, err := s.List(ctx, host+"/p/1"); len(found) != 2 || at.IsZero() || err != nil {
			t.Errorf("%d posts, %v, %v", len(found), at, err)
		}
		if _, at, err := s.List(ctx, host+"/p/2"); !at.IsZero() || err != nil {
			t.Errorf("the other list is there still: %v, %v", at, err)
		}
	})
	t.Run("a post that stands in two timelines stays in the one that is left", func(t *testing.T) {
		s := open(t)
		save(t, s, host+"/#x", "", pageOf(host, 9, 1, ""))
		save(t, s, host+"/local", "", pageOf(host, 5, 3, ""))
		must(t, s.Sweep(ctx, feeds.SweepOptions{Budget: 1}))
		if a, b := shows(t, s, host+"/#x"), shows(t, s, host+"/local"); a != "nothing" || b != "5 4 3" {
			t.Errorf("%s and %s", a, b)
		}
		if p, err := s.PostAt(ctx, host, "9"); p != nil || err != nil {
			t.Errorf("PostAt = %v, %v", p, err)
		}
	})
	t.Run("what was last seen before a time goes", func(t *testing.T) {
		s := open(t)
		save(t, s, host+"/local", "", pageOf(host, 9, 1, ""))
		for i := range 2 {
			p := Post(other, fmt.Sprint(i), 1)
			p.Sightings[0].At = Epoch().Add(time.Duration(i) * time.Hour)
			must(t, s.SavePosts(ctx, []*feeds.Post{p}))
		}
		must(t, s.SaveAuthor(ctx, Author("ada", host)))
		must(t, s.Sweep(ctx, feeds.SweepOptions{Before: Epoch().Add(-1000 * time.Hour)}))
		if u := usage(t, s); len(u) != 2 || u[1].Posts != 2 || u[0].Authors != 1 {
			t.Errorf("nothing is so old: %+v", u)
		}
		must(t, s.Sweep(ctx, feeds.SweepOptions{Before: time.Now().Add(1000 * time.Hour)}))
		if u := usage(t, s); len(u) != 0 {
			t.Errorf("everything is older: %+v", u)
		}
	})
	t.Run("counts come out even", func(t *testing.T) {
		s, again := open(t), open(t)
		save(t, s, host+"/local", "", pageOf(host, 30, 11, "11"))
		save(t, s, host+"/local", "11", pageOf(host, 10, 1, ""))
		save(t, s, other+"/local", "", pageOf(other, 9, 1, "1"))
		must(t, s.Forget(ctx, other))
		save(t, again, host+"/local", "", pageOf(host, 30, 11, "11"))
		save(t, again, host+"/local", "11", pageOf(host, 10, 1, ""))
		if a, b := usage(t, s), usage(t, again); !slices.Equal(a, b) {
			t.Errorf("%+v and %+v", a, b)
		}
	})
}
