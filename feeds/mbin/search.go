package mbin

import (
	"context"
	"net/url"
	"strings"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/wire"
)

// SearchAccounts implements feeds.Searcher: magazines first, then who is named by the words. What one of the two questions gives
// is shown when the other can't be answered.
func (s *Source) SearchAccounts(ctx context.Context, q string) ([]*feeds.Author, error) {
	var magazines, named []*feeds.Author
	var err1, err2 error
	var wg sync.WaitGroup
	wg.Go(func() { magazines, _, err1 = s.magazines(ctx, url.Values{"q": {q}}, "") })
	wg.Go(func() { named, err2 = s.named(ctx, q) })
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err1 != nil && err2 != nil {
		return nil, err1
	}
	found := magazines
	seen := map[string]bool{}
	for _, a := range magazines {
		seen[a.ID] = true
	}
	for _, a := range named {
		if !seen[a.ID] {
			seen[a.ID] = true
			found = append(found, a)
		}
	}
	return found, nil
}

// named asks for whom a search finds, by its second version where there is one: only that finds users by parts of their names.
func (s *Source) named(ctx context.Context, words string) ([]*feeds.Author, error) {
	var hits results
	a, err := s.get(ctx, "/api/search/v2", url.Values{"q": {words}}, &hits)
	if feeds.KindOf(err) == feeds.NotFound {
		a, err = s.get(ctx, "/api/search", url.Values{"q": {words}}, &hits)
	}
	if err != nil {
		return nil, err
	}
	var found []*feeds.Author
	add := func(author *feeds.Author, err error) {
		if err == nil {
			found = append(found, author)
		}
	}
	for _, actor := range hits.Actors {
		var m magazine
		var u user
		switch {
		case actor.Type == "magazine" && wire.Decode(actor.Object, &m) == nil:
			add(a.magazineOf(&m))
		case actor.Type == "user" && wire.Decode(actor.Object, &u) == nil:
			add(a.userOf(&u))
		}
	}
	for i := range hits.Items {
		w := &hits.Items[i]
		if _, number := w.unwrap().identify(); number != "" {
			continue // a post, whose author and magazine weren't looked for
		}
		add(a.magazineOf(w.Magazine))
		add(a.userOf(w.User))
	}
	return found, nil
}

// SearchTags implements feeds.Searcher: there are none to search for.
func (s *Source) SearchTags(context.Context, string) ([]feeds.Tag, error) { return nil, nil }

// Directory implements feeds.Directory: the server's own magazines.
func (s *Source) Directory(ctx context.Context, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	return s.magazines(ctx, url.Values{"federation": {"local"}}, c)
}

// magazines asks for a page of a list of them. One that is broken is left out; when all are the answer is BadData.
func (s *Source) magazines(ctx context.Context, q url.Values, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	const path = "/api/magazines"
	number, err := s.parseCursor(path, c)
	if err != nil {
		return nil, "", err
	}
	var found list[magazine]
	a, err := s.get(ctx, path, pageQuery(q, number), &found)
	if err != nil {
		return nil, "", err
	}
	if found.Items == nil {
		return nil, "", a.badData(errNoList)
	}
	var magazines []*feeds.Author
	var broken error
	for i := range found.Items {
		m, err := a.magazineOf(&found.Items[i])
		if err != nil {
			broken = err
			continue
		}
		if q.Get("federation") != "local" || !strings.Contains(found.Items[i].Name, "@") {
			magazines = append(magazines, m)
		}
	}
	if broken != nil && len(magazines) == 0 {
		return nil, "", a.badData(broken)
	}
	if goesOn(number, len(found.Items), found.Pagination.Last) {
		return magazines, cursor(number + 1), nil
	}
	return magazines, "", nil
}
