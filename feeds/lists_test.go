package feeds_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"vitrine/feeds"
)

type item struct {
	minute int
	name   string
}

func (i item) at() time.Time { return time.Unix(int64(i.minute)*60, 0).UTC() }

func byMinute(a, b item) int {
	return cmp.Or(cmp.Compare(b.minute, a.minute), cmp.Compare(a.name, b.name))
}

func partial(horizon int, items ...item) feeds.PartialList[item] {
	l := feeds.PartialList[item]{Items: items}
	if horizon != 0 {
		l.Horizon = item{minute: horizon}.at()
	}
	return l
}

func TestMergeListsShowsNothingBelowTheHighestHorizon(t *testing.T) {
	a, b, c, d := item{9, "a"}, item{7, "b"}, item{5, "c"}, item{3, "d"}
	for name, test := range map[string]struct {
		lists   []feeds.PartialList[item]
		want    []item
		horizon int
	}{
		"nothing":                              {nil, nil, 0},
		"whole lists":                          {[]feeds.PartialList[item]{partial(0, a, d), partial(0, b, c)}, []item{a, b, c, d}, 0},
		"one that goes on":                     {[]feeds.PartialList[item]{partial(5, a, c), partial(0, b, d)}, []item{a, b, c}, 5},
		"two that go on":                       {[]feeds.PartialList[item]{partial(3, a, d), partial(7, b)}, []item{a, b}, 7},
		"items of one moment, by name":         {[]feeds.PartialList[item]{partial(0, item{5, "z"}), partial(5, item{5, "y"})}, []item{{5, "y"}, {5, "z"}}, 5},
		"a list that holds all of it back":     {[]feeds.PartialList[item]{partial(10), partial(0, a)}, nil, 10},
		"one of which nobody waits for a rest": {[]feeds.PartialList[item]{partial(0, a), partial(3, b, d)}, []item{a, b, d}, 3},
	} {
		got, horizon := feeds.MergeLists(test.lists, item.at, byMinute)
		if !slices.Equal(got, test.want) || test.horizon == 0 != horizon.IsZero() || test.horizon != 0 && !horizon.Equal(item{minute: test.horizon}.at()) {
			t.Errorf("%s: %v, %v", name, got, horizon)
		}
	}
}

func TestMergeListsGivesTheSameInAnyOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		lists := make([]feeds.PartialList[item], 1+random.IntN(5))
		n := 0
		for i := range lists {
			for minute := 60; minute > 0; minute -= 1 + random.IntN(9) {
				lists[i].Items = append(lists[i].Items, item{minute, fmt.Sprint(n)})
				n++
			}
			if last := lists[i].Items[len(lists[i].Items)-1]; random.IntN(2) == 0 {
				lists[i].Horizon = last.at()
			}
		}
		want, horizon := feeds.MergeLists(lists, item.at, byMinute)
		random.Shuffle(len(lists), func(i, j int) { lists[i], lists[j] = lists[j], lists[i] })
		got, again := feeds.MergeLists(lists, item.at, byMinute)
		if !slices.Equal(got, want) || !again.Equal(horizon) {
			t.Fatalf("%v\n%v", want, got)
		}
		if slices.ContainsFunc(got, func(i item) bool { return i.at().Before(horizon) }) {
			t.Fatalf("%v is below %v", got, horizon)
		}
	}
}

func TestPagingReadsEachPostOnceThoughPagesOverlapTheHorizon(t *testing.T) {
	// Two lists in pages of two: one is written every minute, the other every five.
	list := func(step int) []*feeds.Post {
		var posts []*feeds.Post
		for minute := 20; minute > 0; minute -= step {
			posts = append(posts, &feeds.Post{Key: feeds.Key(fmt.Sprint(step, "/", minute)), Published: item{minute: minute}.at()})
		}
		return posts
	}
	lists := [][]*feeds.Post{list(1), list(5)}
	page := func(posts []*feeds.Post, number int) feeds.NumberedPage {
		if number == 0 {
			return feeds.NumberedPage{}
		}
		from, to := min(2*(number-1), len(posts)), min(2*number, len(posts))
		return feeds.NumberedPage{Posts: posts[from:to], More: to < len(posts)}
	}
	at, ok := feeds.Paging{Pages: []int{1, 1}}, true
	var got []*feeds.Post
	for turn := 0; ; turn++ {
		if turn > 30 {
			t.Fatal("it doesn't end")
		}
		posts, next := at.Merge([]feeds.NumberedPage{page(lists[0], at.Pages[0]), page(lists[1], at.Pages[1])})
		got = append(got, posts...)
		c := next.Cursor()
		if c == "" {
			break
		}
		if at, ok = feeds.ParsePaging(c, 2); !ok {
			t.Fatalf("%q can't be read", c)
		}
	}
	seen := map[feeds.Key]bool{}
	for i, p := range got {
		if seen[p.Key] || i > 0 && p.Published.After(got[i-1].Published) {
			t.Errorf("%s comes twice or out of order", p.Key)
		}
		seen[p.Key] = true
	}
	if len(got) != 24 {
		t.Errorf("%d posts of 24", len(got))
	}
}

func TestPagingTakesNothingElseForACursor(t *testing.T) {
	for _, c := range []feeds.Cursor{"", "1", "1,2", "0,0,5", "-1,2,5", "1,x,5", "1,2,x", "1,2,3,4", "9999999,1,5"} {
		if p, ok := feeds.ParsePaging(c, 2); ok {
			t.Errorf("%q is %+v", c, p)
		}
	}
	if p, ok := feeds.ParsePaging("2,0,1767225600000000", 2); !ok || !slices.Equal(p.Pages, []int{2, 0}) || p.Shown.Year() != 2026 || p.Cursor() != "2,0,1767225600000000" {
		t.Errorf("%+v, %v", p, ok)
	}
}

func TestPagingWaitsForAListWhosePageNobodyMayRead(t *testing.T) {
	post := func(minute int) *feeds.Post {
		return &feeds.Post{Key: feeds.Key(fmt.Sprint(minute)), Published: item{minute: minute}.at()}
	}
	open, hidden := feeds.NumberedPage{Posts: []*feeds.Post{post(9), post(3)}, More: true}, feeds.NumberedPage{More: true}
	posts, next := feeds.Paging{Pages: []int{1, 1}}.Merge([]feeds.NumberedPage{open, hidden})
	if len(posts) != 0 || !slices.Equal(next.Pages, []int{1, 2}) || !next.Shown.IsZero() {
		t.Errorf("%d posts, then %+v", len(posts), next)
	}
	at, ok := feeds.ParsePaging(next.Cursor(), 2)
	if posts, _ := at.Merge([]feeds.NumberedPage{open, {Posts: []*feeds.Post{post(7)}}}); !ok || len(posts) != 3 || posts[1].Key != "7" {
		t.Errorf("%+v from %+v", posts, at)
	}
}
