package mbin

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// part is a page of one of the lists.
type part struct {
	feeds.NumberedPage
	err error
}

// mergedLists reads lists that are shown as one. A list that the server is too old to have is one without anything; the first has
// to be there.
func (s *Source) mergedLists(ctx context.Context, paths []string, c feeds.Cursor) (*feeds.Page, error) {
	at, ok := feeds.Paging{Pages: slices.Repeat([]int{1}, len(paths))}, true
	if c != "" {
		at, ok = feeds.ParsePaging(c, len(paths))
	}
	if !ok {
		return nil, s.NotAsked("GET "+paths[0], apiclient.ErrNoSuchPage)
	}
	parts := make([]part, len(paths))
	var wg sync.WaitGroup
	for i, path := range paths {
		if number := at.Pages[i]; number > 0 {
			wg.Go(func() { parts[i] = s.partAt(ctx, path, number) })
		}
	}
	wg.Wait()
	read := make([]feeds.NumberedPage, len(parts))
	for i, p := range parts {
		if p.err != nil && (i == 0 || feeds.KindOf(p.err) != feeds.NotFound) {
			return nil, p.err
		}
		read[i] = p.NumberedPage
	}
	posts, next := at.Merge(read)
	return &feeds.Page{Posts: posts, Entries: feeds.EntriesOf(posts), Older: next.Cursor()}, nil
}

func (s *Source) partAt(ctx context.Context, path string, number int) part {
	var wire list[thing]
	a, err := s.ask(ctx, path, listQuery(path, number), &wire)
	if err == nil && wire.Items == nil {
		err = a.Failure(apiclient.ErrNoList)
	}
	if err != nil {
		return part{err: err}
	}
	posts, err := a.things(wire.Items, inTime)
	return part{NumberedPage: feeds.NumberedPage{Posts: posts, More: goesOn(number, len(wire.Items), wire.Pagination.Last)}, err: err}
}

// listQuery is the query of a page of one of a profile's lists.
func listQuery(path string, number int) url.Values {
	q := newest()
	if strings.HasSuffix(path, "comments") {
		q.Set("d", "0") // without what is below each
	}
	return pageQuery(q, number)
}
