package mbin

import (
	"context"
	"net/url"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/forum"
)

// ServerPosts implements feeds.ServerTimelines: entries and microblog posts, or entries alone where the server is too old to mix them.
func (s *Source) ServerPosts(ctx context.Context, scope feeds.Scope, c feeds.Cursor) (*feeds.Page, error) {
	of := "all"
	if scope == feeds.Local {
		of = "local"
	}
	return s.combined(ctx, c, inTime, url.Values{"sort": {"newest"}, "federation": {of}})
}

// TrendingPosts implements feeds.PostTrends: what got most votes within a day.
func (s *Source) TrendingPosts(ctx context.Context, c feeds.Cursor) (*feeds.Page, error) {
	return s.combined(ctx, c, asGiven, url.Values{"sort": {"top"}, "time": {"day"}})
}

const (
	combinedPath = "/api/combined"
	entriesPath  = "/api/entries"
)

func (s *Source) combined(ctx context.Context, c feeds.Cursor, o order, q url.Values) (*feeds.Page, error) {
	if s.onlyEntries.Load() {
		return s.posts(ctx, entriesPath, c, o, q)
	}
	page, err := s.posts(ctx, combinedPath, c, o, q)
	if feeds.KindOf(err) != feeds.NotFound {
		return page, err
	}
	page, again := s.posts(ctx, entriesPath, c, o, q)
	if again == nil {
		s.onlyEntries.Store(true)
	}
	return page, again
}

// posts asks for a page of a list.
func (s *Source) posts(ctx context.Context, path string, c feeds.Cursor, o order, q url.Values) (*feeds.Page, error) {
	wire, a, older, err := pageOf[thing](ctx, s, path, q, c)
	if err != nil {
		return nil, err
	}
	page, err := a.page(wire, o)
	if err != nil {
		return nil, err
	}
	page.Older = older
	return page, nil
}

// order says in which order posts come.
type order bool

const (
	inTime  order = true  // newest first, but for what is kept on top
	asGiven order = false // by votes
)

// page adapts a list.
func (a *answer) page(wire []thing, o order) (*feeds.Page, error) {
	posts, err := a.things(wire, o)
	if err != nil {
		return nil, err
	}
	return &feeds.Page{Posts: posts, Entries: feeds.EntriesOf(posts)}, nil
}

// things adapts what a list holds and everybody may read.
func (a *answer) things(wire []thing, o order) ([]*feeds.Post, error) {
	onTop := map[*feeds.Post]bool{}
	posts, err := apiclient.Each(a.Answer, wire, func(w *thing) (*feeds.Post, error) {
		w = w.unwrap()
		post, err := a.post(w)
		if err == nil && post.Deleted {
			return nil, apiclient.ErrDeleted
		}
		onTop[post] = w.Pinned == apiclient.Yes
		return post, err
	})
	if o == inTime && err == nil {
		posts = forum.Chronological(posts, func(p *feeds.Post) bool { return onTop[p] })
	}
	return posts, err
}
