package feeds_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/feedstest"
)

const host = "a.example"

// list is a server's timeline: posts 1 (oldest) to n, read in pages by max_id like a Mastodon server's.
func list(max, n int) *feeds.Page {
	var posts []*feeds.Post
	for i := max - 1; i > 0 && len(posts) < n; i-- {
		posts = append(posts, feedstest.Post(host, fmt.Sprint(i), i))
	}
	older := feeds.Cursor("")
	if len(posts) > 0 && posts[len(posts)-1].Key != feedstest.Post(host, "1", 1).Key {
		older = feeds.Cursor(posts[len(posts)-1].Sightings[0].ID)
	}
	return feedstest.Page(older, posts...)
}

func ids(tl *feeds.Timeline) string {
	var s []string
	for _, e := range tl.Entries {
		s = append(s, e.WrapperID)
	}
	return strings.Join(s, " ")
}

func TestMergeOrdersByTimeThenID(t *testing.T) {
	t.Parallel()
	tl := new(feeds.Timeline).Merge("", feedstest.Page("", feedstest.Post(host, "b", 1), feedstest.Post(host, "c", 2), feedstest.Post(host, "a", 1)), feedstest.Epoch())
	if got := ids(tl); got != "c b a" {
		t.Errorf("order = %s", got)
	}
}

func TestMergeLeavesAGapUntilItIsRead(t *testing.T) {
	t.Parallel()
	tl := new(feeds.Timeline).Merge("", list(11, 3), feedstest.Epoch())
	tl = tl.Merge("", list(21, 3), feedstest.Epoch())
	gaps := tl.Gaps()
	if len(gaps) != 1 || gaps[0].Cursor != "18" {
		t.Fatalf("gaps = %+v", gaps)
	}
	tl = tl.Merge("18", list(18, 3), feedstest.Epoch())
	if gaps = tl.Gaps(); len(gaps) != 1 || gaps[0].Cursor != "15" {
		t.Fatalf("after one page gaps = %+v", gaps)
	}
	tl = tl.Merge("15", list(15, 5), feedstest.Epoch())
	if gaps = tl.Gaps(); len(gaps) != 0 {
		t.Fatalf("after the second page gaps = %+v", gaps)
	}
	if got := ids(tl); got != "20 19 18 17 16 15 14 13 12 11 10 9 8" {
		t.Errorf("entries = %s", got)
	}
	if tl.Ranges[0].Older != "8" {
		t.Errorf("goes on at %q", tl.Ranges[0].Older)
	}
}

func TestMergeJoinsAPageThatReachesWhatIsStored(t *testing.T) {
	t.Parallel()
	tl := new(feeds.Timeline).Merge("", list(11, 3), feedstest.Epoch())
	tl = tl.Merge("", list(13, 4), feedstest.Epoch())
	if len(tl.Gaps()) != 0 || ids(tl) != "12 11 10 9 8" {
		t.Errorf("gaps %v, entries %s", tl.Gaps(), ids(tl))
	}
	if got := tl.Ranges[0].Older; got != "8" {
		t.Errorf("goes on at %q", got)
	}
}

func TestMergeKeepsStoredPostsWhenTheListBecameShorter(t *testing.T) {
	t.Parallel()
	tl := new(feeds.Timeline).Merge("", list(11, 3), feedstest.Epoch())
	tl = tl.Merge("", feedstest.Page("", feedstest.Post(host, "20", 20)), feedstest.Epoch())
	if got := ids(tl); got != "20 10 9 8" || len(tl.Gaps()) != 0 {
		t.Errorf("entries = %s, gaps = %v", got, tl.Gaps())
	}
	tl = tl.Merge("", feedstest.Page(""), feedstest.Epoch())
	if got := ids(tl); got != "20 10 9 8" {
		t.Errorf("after an empty page: %s", got)
	}
}

func TestMergeMovesABoostedPostUpAndNeverDown(t *testing.T) {
	t.Parallel()
	post := feedstest.Post(host, "5", 5)
	tl := new(feeds.Timeline).Merge("", list(8, 5), feedstest.Epoch())
	boost := &feeds.Page{Posts: []*feeds.Post{post}, Older: "7", Entries: []feeds.Entry{{Key: post.Key, WrapperID: "9", At: feedstest.Epoch().Add(9 * time.Minute), BoostedBy: feedstest.Author("bob", host)}}}
	tl = tl.Merge("", boost, feedstest.Epoch())
	if tl.Entries[0].Key != post.Key || len(tl.Entries) != 5 {
		t.Errorf("entries = %s", ids(tl))
	}
	tl = tl.Merge("", list(8, 5), feedstest.Epoch())
	if tl.Entries[0].Key != post.Key {
		t.Errorf("the boost lost its place: %s", ids(tl))
	}
}

// However a list is read, in whatever order newest pages and older pages come, following the cursors ends with all of it,
// in order, each post once, and no gap left.
func TestMergeEndsCompleteInAnyOrder(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		tl, total := new(feeds.Timeline), 5+r.IntN(10)
		for range 4 {
			tl = tl.Merge("", list(total+1, 2+r.IntN(6)), feedstest.Epoch())
			for range r.IntN(3) {
				open := slices.DeleteFunc(slices.Clone(tl.Ranges), func(r feeds.Range) bool { return r.Older == "" })
				if len(open) == 0 {
					break
				}
				tl = follow(t, tl, open[r.IntN(len(open))].Older, 1+r.IntN(5))
			}
			total += r.IntN(12)
		}
		tl = tl.Merge("", list(total+1, 4), feedstest.Epoch())
		for steps := 0; !tl.Complete() || len(tl.Gaps()) > 0; steps++ {
			if steps > 200 {
				t.Fatalf("seed %d: still open: %+v", seed, tl.Ranges)
			}
			for _, r := range tl.Ranges {
				if r.Older != "" {
					tl = follow(t, tl, r.Older, 4)
					break
				}
			}
		}
		var want []string
		for i := total; i > 0; i-- {
			want = append(want, fmt.Sprint(i))
		}
		if got := ids(tl); got != strings.Join(want, " ") {
			t.Fatalf("seed %d: %s", seed, got)
		}
	}
}

func follow(t *testing.T, tl *feeds.Timeline, c feeds.Cursor, n int) *feeds.Timeline {
	t.Helper()
	var max int
	if _, err := fmt.Sscan(string(c), &max); err != nil {
		t.Fatal(err)
	}
	return tl.Merge(c, list(max, n), feedstest.Epoch())
}

func TestWithinOneMomentTheServersOrderStands(t *testing.T) {
	t.Parallel()
	at := feedstest.Epoch()
	for name, ids := range map[string][]string{
		"numbers":    {"100", "99", "7"},
		"ULIDs":      {"01M8HP11XZX8J4AP03N9263YPS", "01M8HP11XGEA9MF2J9W02Z8968"},
		"addresses":  {"https://a.example/?p=10", "https://a.example/?p=9"},
		"one of two": {"1", ""},
	} {
		var entries []feeds.Entry
		for i, id := range ids {
			entries = append(entries, feeds.Entry{Key: feeds.Key(rune('z' - i)), At: at, WrapperID: id})
		}
		got := (&feeds.Timeline{}).Merge("", &feeds.Page{Entries: []feeds.Entry{entries[len(entries)-1], entries[0]}}, at).Entries
		if got[0].WrapperID != ids[0] {
			t.Errorf("%s: %q stands first", name, got[0].WrapperID)
		}
		for i := range entries[1:] {
			if !entries[i].Before(entries[i+1]) {
				t.Errorf("%s: %q doesn't stand above %q", name, ids[i], ids[i+1])
			}
		}
	}
}

func TestAPageBelowWhatWasLostStandsForItself(t *testing.T) {
	p := &feeds.Page{Entries: []feeds.Entry{{Key: "b", At: time.Unix(20, 0)}, {Key: "a", At: time.Unix(10, 0)}}, Older: "10"}
	tl := (&feeds.Timeline{}).Merge("30", p, time.Unix(100, 0))
	if len(tl.Ranges) != 1 || !tl.Ranges[0].Equal(feeds.Range{Newest: time.Unix(20, 0), Oldest: time.Unix(10, 0), Older: "10"}) {
		t.Errorf("%+v", tl.Ranges)
	}
	below := &feeds.Page{Entries: []feeds.Entry{{Key: "0", At: time.Unix(5, 0)}}, Older: "5"}
	above := &feeds.Page{Entries: []feeds.Entry{{Key: "d", At: time.Unix(40, 0)}}, Older: "40"}
	into := &feeds.Page{Entries: []feeds.Entry{{Key: "e", At: time.Unix(25, 0)}, {Key: "f", At: time.Unix(15, 0)}}, Older: "15"}
	for cursor, page := range map[feeds.Cursor]*feeds.Page{"7": below, "45": above, "27": into} {
		gaps := tl.Merge(cursor, page, time.Unix(100, 0)).Gaps()
		if want := map[feeds.Cursor]int{"7": 1, "45": 1}[cursor]; len(gaps) != want {
			t.Errorf("%s: %+v", cursor, gaps)
		}
	}
	if e := p.WithNext().Entries; e[0].Next != "" || e[1].Next != "10" || p.Entries[1].Next != "" {
		t.Errorf("%+v", e)
	}
}
