package mbin

import (
	"context"
	"net/url"
	"slices"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// SearchAccounts implements feeds.AccountSearch: magazines first, then who is named by the words. What one of the two questions gives
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
	a, err := s.ask(ctx, "/api/search/v2", url.Values{"q": {words}}, &hits)
	if feeds.KindOf(err) == feeds.NotFound {
		a, err = s.ask(ctx, "/api/search", url.Values{"q": {words}}, &hits)
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
		case actor.Type == "magazine" && apiclient.Decode(actor.Object, &m) == nil:
			add(a.magazineOf(&m))
		case actor.Type == "user" && apiclient.Decode(actor.Object, &u) == nil:
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

// Directory implements feeds.Directory: the server's own magazines, those that were active last or came last first.
// Source: https://docs.joinmbin.org/extending-mbin/api/ ("GET /api/magazines")
func (s *Source) Directory(ctx context.Context, o feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	sort := "active"
	if o == feeds.NewestFirst {
		sort = "newest"
	}
	return s.magazines(ctx, url.Values{"federation": {"local"}, "sort": {sort}}, c)
}

// magazines asks for a page of a list of them. Of a list of the server's own, others are left out.
func (s *Source) magazines(ctx context.Context, q url.Values, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	wire, a, older, err := pageOf[magazine](ctx, s, "/api/magazines", q, c)
	if err != nil {
		return nil, "", err
	}
	magazines, err := apiclient.Each(a.Answer, wire[:min(len(wire), pageSize)], a.magazineOf)
	if err != nil {
		return nil, "", err
	}
	if q.Get("federation") == "local" {
		magazines = slices.DeleteFunc(magazines, func(m *feeds.Author) bool { return !s.IsHere(m.Domain) })
	}
	return magazines, older, nil
}
