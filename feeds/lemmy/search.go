package lemmy

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// searchLimit is how many communities and how many persons are looked for.
const searchLimit = 20

// SearchAccounts implements feeds.AccountSearch: communities first, then persons. What one of the two gives is shown when the other
// can't be read.
func (s *Source) SearchAccounts(ctx context.Context, q string) ([]*feeds.Author, error) {
	kinds := [...]string{"Communities", "Users"}
	var found [len(kinds)][]*feeds.Author
	var errs [len(kinds)]error
	if _, err := s.api(ctx); err != nil { // both searches would ask for it
		return nil, err
	}
	var wg sync.WaitGroup
	for i, kind := range kinds {
		wg.Go(func() { found[i], errs[i] = s.search(ctx, q, kind) })
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if errs[0] != nil && errs[1] != nil {
		return nil, errs[0]
	}
	return slices.Concat(found[:]...), nil
}

func (s *Source) search(ctx context.Context, words, kind string) ([]*feeds.Author, error) {
	var wire page
	a, _, err := s.ask(ctx, "/search", func(by api) url.Values {
		q := url.Values{"q": {words}, "type_": {by.word(kind)}, "limit": {strconv.Itoa(searchLimit)}}
		if by.v4 {
			q.Set("sort", by.word("Top"))
			return q
		}
		q.Set("listing_type", "All")
		q.Set("sort", "TopAll")
		return q
	}, &wire)
	if err != nil {
		return nil, err
	}
	if _, known := wire.size(); !known {
		return nil, a.Failure(apiclient.ErrNoList)
	}
	people, err := a.people(slices.Concat(wire.Communities, wire.Users, wire.Items, wire.Search, wire.Results))
	return slices.DeleteFunc(people, func(p *feeds.Author) bool { return p.Group != (kind == "Communities") }), err
}

// SearchPosts implements feeds.PostSearch.
func (s *Source) SearchPosts(ctx context.Context, q string, c feeds.Cursor) (*feeds.Page, error) {
	return s.postsOf(ctx, "/search", c, inTime, func(by api) url.Values {
		query := url.Values{"q": {q}, "type_": {by.word("Posts")}, "sort": {by.word(newest)}}
		if !by.v4 {
			query.Set("listing_type", "All")
		}
		return query
	})
}

// Directory implements feeds.Directory: the server's own communities, the most active or the newest first.
// Source: https://join-lemmy.org/api/interfaces/ListCommunities.html
func (s *Source) Directory(ctx context.Context, o feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	wire, a, older, err := s.list(ctx, "/community/list", c, func(by api) url.Values {
		q := url.Values{"type_": {by.word("Local")}}
		switch {
		case o == feeds.NewestFirst:
			q.Set("sort", by.word(newest))
		case by.v4:
			q.Set("sort", by.word("ActiveMonthly"))
		case s.quirks.Dialect == PieFed:
			q.Set("sort", "Active")
		default:
			q.Set("sort", "TopMonth")
		}
		return q
	})
	if err != nil {
		return nil, "", err
	}
	communities := slices.Concat(wire.Communities, wire.Items)
	people, err := a.people(communities[:min(len(communities), listLimit)])
	return people, older, err
}

// people adapts a list of communities and persons, who may stand among posts.
func (a *answer) people(wire []view) ([]*feeds.Author, error) {
	wire = slices.DeleteFunc(slices.Clone(wire), func(v view) bool { return v.Post != nil || v.Comment != nil })
	return apiclient.Each(a.Answer, wire, func(v *view) (*feeds.Author, error) {
		if v.Person != nil {
			return a.person(v.Person, v.Counts)
		}
		if _, err := visibilityOf(v.Community); err != nil {
			return nil, err
		}
		return a.community(v.Community, v.Counts)
	})
}
