package reader

import (
	"fmt"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

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
	if !last.Same {
		t.Errorf("%+v", last)
	}
}
