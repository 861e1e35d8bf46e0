package mbin

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"time"

	"vitrine/feeds"
)

// ServerPosts implements feeds.Timelines: entries and microblog posts, or entries alone where the server is too old to mix them.
func (s *Source) ServerPosts(ctx context.Context, scope feeds.Scope, c feeds.Cursor) (*feeds.Page, error) {
	of := "all"
	if scope == feeds.Local {
		of = "local"
	}
	return s.combined(ctx, c, inTime, url.Values{"sort": {"newest"}, "federation": {of}})
}

// TagPosts implements feeds.Timelines: lists of hashtags aren't read.
func (s *Source) TagPosts(context.Context, string, feeds.Cursor) (*feeds.Page, error) {
	return nil, s.failure(feeds.NotFound, combinedPath, 0, errors.New("no lists of hashtags"))
}

// TrendingPosts implements feeds.Trends: what got most votes within a day.
func (s *Source) TrendingPosts(ctx context.Context, c feeds.Cursor) (*feeds.Page, error) {
	return s.combined(ctx, c, asGiven, url.Values{"sort": {"top"}, "time": {"day"}})
}

// TrendingTags implements feeds.Trends: there are none.
func (s *Source) TrendingTags(context.Context) ([]feeds.TagTrend, error) { return nil, nil }

// TrendingLinks implements feeds.Trends: there are none.
func (s *Source) TrendingLinks(context.Context) ([]feeds.LinkTrend, error) { return nil, nil }

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
	number, err := s.parseCursor(path, c)
	if err != nil {
		return nil, err
	}
	var wire list[thing]
	a, err := s.get(ctx, path, pageQuery(q, number), &wire)
	if err != nil {
		return nil, err
	}
	if wire.Items == nil {
		return nil, a.badData(errNoList)
	}
	page, err := a.page(wire.Items, o)
	if err != nil {
		return nil, err
	}
	if goesOn(number, len(wire.Items), wire.Pagination.Last) {
		page.Older = cursor(number + 1)
	}
	return page, nil
}

// order says in which order posts come.
type order bool

const (
	inTime  order = true  // newest first, but for what is kept on top
	asGiven order = false // by votes
)

// page adapts a list. What a guest may not read is left out, and so is what can't be adapted: one broken post must not cost the
// others. When all are broken the answer is BadData.
func (a *answer) page(wire []thing, o order) (*feeds.Page, error) {
	page := &feeds.Page{}
	posts, broken := a.things(wire, o)
	if broken != nil && len(posts) == 0 {
		return nil, a.badData(broken)
	}
	page.Posts = posts
	page.Entries = entriesOf(posts)
	return page, nil
}

// things adapts what a list holds and everybody may read.
func (a *answer) things(wire []thing, o order) (posts []*feeds.Post, broken error) {
	onTop := map[feeds.Key]bool{}
	for i := range wire {
		w := wire[i].unwrap()
		post, err := a.post(w)
		switch {
		case err == nil && !post.Deleted:
			posts = append(posts, post)
			onTop[post.Key] = w.Pinned == yes
		case err != nil && !errors.Is(err, errHidden):
			broken = err
		}
	}
	if o == inTime {
		posts = chronological(posts, onTop)
	}
	return posts, broken
}

func entriesOf(posts []*feeds.Post) []feeds.Entry {
	var entries []feeds.Entry
	for _, p := range posts {
		entries = append(entries, feeds.Entry{Key: p.Key, At: p.Published, WrapperID: p.Sightings[0].ID})
	}
	return entries
}

// chronological orders posts by time. A list may begin with what is kept on top there, however old: such a post stays where it
// belongs by its time, or is left out when that is below the page. In the list it would make a page seem to reach down to it,
// and all between would never be asked for.
func chronological(posts []*feeds.Post, onTop map[feeds.Key]bool) []*feeds.Post {
	var end time.Time
	for _, p := range posts {
		if !onTop[p.Key] && (end.IsZero() || p.Published.Before(end)) {
			end = p.Published
		}
	}
	posts = slices.DeleteFunc(posts, func(p *feeds.Post) bool { return onTop[p.Key] && p.Published.Before(end) })
	slices.SortStableFunc(posts, newestFirst)
	return posts
}

func newestFirst(p, q *feeds.Post) int { return q.Published.Compare(p.Published) }
