package reader

import (
	"context"
	"testing"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

// searching is a server that finds posts.
type searching struct {
	*feedstest.Source
	posts []*feeds.Post
	err   error
}

func (s *searching) SearchPosts(context.Context, string, feeds.Cursor) (*feeds.Page, error) {
	return feedstest.Page("", s.posts...), s.err
}

func TestPostsThatServersFindAreOneListByTimeWithoutThoseOfWhoDoesNotWishIt(t *testing.T) {
	shy := feedstest.Post("b.example", "3", 3)
	author := *shy.Author
	author.Wishes.NotIndexable = true
	shy.Author = &author
	a := &searching{Source: &feedstest.Source{HostName: "a.example"}, posts: []*feeds.Post{feedstest.Post("a.example", "1", 1), feedstest.Post("a.example", "4", 4)}}
	b := &searching{Source: &feedstest.Source{HostName: "b.example"}, posts: []*feeds.Post{shy, feedstest.Post("b.example", "2", 2)}}
	shut := &searching{Source: &feedstest.Source{HostName: "shut.example"}, err: &feeds.Error{Kind: feeds.NeedsLogin, Host: "shut.example"}}
	r := New(Options{Store: cache.NewMemory(), Clock: feedstest.NewClock(), Resolver: &feedstest.Resolver{Sources: map[string]feeds.Source{"a.example": a, "b.example": b, "shut.example": shut}}})
	var last *Snapshot
	q := r.Query([]Place{SearchPlace{"a.example", "tea"}, SearchPlace{"b.example", "tea"}, SearchPlace{"shut.example", "tea"}}, func(s *Snapshot) { last = s })
	q.Open(t.Context(), nil)
	if got := feedstest.IDs(Posts(last.Items)); got != "4 2 1" || last.Err != nil {
		t.Errorf("%s, %v", got, last.Err)
	}
	if err := last.Sources[2].Err; feeds.KindOf(err) != feeds.NeedsLogin {
		t.Errorf("%v", err)
	}
}
