package reader

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
	"vitrine/feeds/follows"
)

// weighed counts the entries that are read from a store.
type weighed struct {
	feeds.Store
	entries atomic.Int64
}

func (w *weighed) Timeline(ctx context.Context, id feeds.TimelineID, window feeds.Window) (*feeds.Timeline, error) {
	tl, err := w.Store.Timeline(ctx, id, window)
	if tl != nil {
		w.entries.Add(int64(len(tl.Entries)))
	}
	return tl, err
}

// Of many sources little is read of what is stored, and what is shown is all the same what a merge of all of them begins with.
func TestOfManyStoredSourcesOnlyWhatIsShownAndNewIsRead(t *testing.T) {
	const many, each = 40, 30
	store := &weighed{Store: cache.NewMemory()}
	pages := make([]*feeds.Page, many)
	var servers []feeds.Source
	var sources []Source
	var all []*feeds.Post
	for h := range many {
		host := fmt.Sprintf("h%02d.example", h)
		var posts []*feeds.Post
		for i := range each {
			minute := -1000*i - 2*h - 9 // one of them writes more than all others
			if h == 7 {
				minute = -2*i - 10
			}
			posts = append(posts, feedstest.Post(host, fmt.Sprint(each-i), minute))
		}
		all = append(all, posts...)
		pages[h] = feedstest.Page("", posts...)
		servers = append(servers, &feedstest.Source{HostName: host, OnPosts: func(feeds.Cursor) (*feeds.Page, error) { return pages[h], nil }})
		sources = append(sources, Source{Name: follows.Address(host), Place: at(host)})
	}
	slices.SortFunc(all, func(a, b *feeds.Post) int { return b.Published.Compare(a.Published) })
	r := New(Options{Store: store, Resolver: resolverOf(servers...), Clock: still{feedstest.NewClock()}})
	var mu sync.Mutex
	var answers []Answer
	renew := func() []Answer {
		answers = nil
		r.RenewAll(t.Context(), sources, false, func(a Answer) {
			mu.Lock()
			defer mu.Unlock()
			answers = append(answers, a)
		})
		return answers
	}
	renew()

	store.entries.Store(0)
	var last *Snapshot
	q := r.Merge(sources, func(s *Snapshot) { last = s })
	q.Show(t.Context())
	if n := store.entries.Load(); n > many*10 {
		t.Errorf("%d entries are read at first", n)
	}
	shows := func(want []*feeds.Post) {
		t.Helper()
		var got, keys []feeds.Key
		for _, i := range last.Items {
			got = append(got, i.Post.Key)
		}
		for _, p := range want[:min(len(want), FirstShown)] {
			keys = append(keys, p.Key)
		}
		if !slices.Equal(got, keys) {
			t.Errorf("it shows %v\nwant %v", got, keys)
		}
	}
	shows(all)

	fresh := feedstest.Post("h03.example", "31", 0)
	pages[3] = feedstest.Page("", append([]*feeds.Post{fresh}, pages[3].Posts...)...)
	said := renew()
	store.entries.Store(0)
	q.Hear(t.Context(), said, true, nil)
	q.ShowNew()
	if n := store.entries.Load(); n > 10 {
		t.Errorf("%d entries are read again for one that is new", n)
	}
	all = slices.Insert(all, 0, fresh)
	shows(all)
	for range 20 {
		if err := q.LoadOlder(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(last.Items); n < 200 || last.Items[n-1].Entry.Key != all[n-1].Key {
		t.Errorf("%d posts further down", n)
	}
}

// What is stored stands under these names.
func TestTimelinesOfAuthorsKeepTheirNames(t *testing.T) {
	a := feedstest.Author("ada", "a.example")
	for want, filter := range map[feeds.TimelineID]feeds.ProfileFilter{
		"a.example/@ada@a.example?":                             {},
		"a.example/@ada@a.example?replies=1":                    {Replies: true},
		"a.example/@ada@a.example?media=1&noboosts=1&replies=1": {Replies: true, NoBoosts: true, OnlyMedia: true},
		"a.example/@ada@a.example?noboosts=1&tag=a+b%26c":       {NoBoosts: true, Tag: "a b&c"},
	} {
		if got := (ProfilePlace{Author: a, Filter: filter}).ID(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// A page of 40 posts, as servers give them, that were all stored before has nothing new.
func TestALongPageThatWasStoredBeforeHasNothingNew(t *testing.T) {
	var posts []*feeds.Post
	for i := range 40 {
		posts = append(posts, feedstest.Post("a.example", fmt.Sprint(100-i), -i))
	}
	page := feedstest.Page("older", posts...)
	r := readerOf(cache.NewMemory(), blocklist.List{}, &feedstest.Source{HostName: "a.example", OnPosts: func(feeds.Cursor) (*feeds.Page, error) { return page, nil }})
	var last Answer
	for range 2 {
		r.RenewAll(t.Context(), []Source{{Place: at("a.example")}}, false, func(a Answer) { last = a })
	}
	if !last.Stored || last.New != 0 {
		t.Errorf("%+v", last)
	}
}
