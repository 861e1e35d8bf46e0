package mbin

import (
	"context"
	"net/url"
	"strconv"
	"sync/atomic"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// Source reads one server. It is safe for use by many goroutines.
type Source struct {
	*apiclient.Client
	onlyEntries atomic.Bool // the server is too old for lists of entries and microblog posts
}

var (
	_ feeds.Source    = (*Source)(nil)
	_ feeds.Profiles  = (*Source)(nil)
	_ feeds.Threads   = (*Source)(nil)
	_ feeds.Directory = (*Source)(nil)
)

// New makes a source that reads host (with its port) through f.
func New(f feeds.Fetcher, clock feeds.Clock, host string) *Source {
	return &Source{Client: apiclient.New(f, clock, host, explain)}
}

// Capabilities implements feeds.Source. Lists of hashtags aren't read, and a profile's media are only found by reading
// all of its posts.
func (s *Source) Capabilities() feeds.Capabilities {
	return feeds.Capabilities{
		Profiles: true, Replies: true, Pinned: true, Local: true, Federated: true, TrendingPosts: true,
		Directory: true, Threads: true, Search: true,
	}
}

// answer is an answer whose body was decoded. Its methods make values of the domain.
type answer struct {
	*Source
	*apiclient.Answer
}

// ask is Get for answers that values of the domain are made of.
func (s *Source) ask(ctx context.Context, path string, q url.Values, into any) (*answer, error) {
	a, err := s.Get(ctx, path, q, into)
	return &answer{s, a}, err
}

// pageSize is how much a page has. It is always the same, because pages are counted.
const pageSize = 25

// pageQuery is the query of a page of a list.
func pageQuery(q url.Values, number int) url.Values {
	q.Set("perPage", strconv.Itoa(pageSize))
	if number > 1 {
		q.Set("p", strconv.Itoa(number))
	}
	return q
}

// goesOn reports that a list has another page below the one with the given number, which had got elements.
func goesOn(page, got int, last apiclient.Number) bool {
	if last.Known { // a page without anything for guests may stand above others
		return float64(page) < last.Value
	}
	return got >= pageSize
}

// pageOf asks for a page of a list, whose cursors are the numbers of pages. older is where the list goes on.
func pageOf[T any](ctx context.Context, s *Source, path string, q url.Values, c feeds.Cursor) (wire []T, a *answer, older feeds.Cursor, err error) {
	number, err := apiclient.Position(c, 1)
	if err != nil {
		return nil, nil, "", s.NotAsked("GET "+path, err)
	}
	var found list[T]
	a, err = s.ask(ctx, path, pageQuery(q, number), &found)
	switch {
	case err != nil:
		return nil, nil, "", err
	case found.Items == nil:
		return nil, nil, "", a.Failure(apiclient.ErrNoList)
	}
	if goesOn(number, len(found.Items), found.Pagination.Last) {
		older = apiclient.CursorAt(number + 1)
	}
	return found.Items, a, older, nil
}
