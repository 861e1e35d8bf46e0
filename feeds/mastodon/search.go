package mastodon

import (
	"context"
	"net/url"
	"strconv"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

const (
	searchLimit    = 20 // the most that a guest gets of a kind
	directoryLimit = 40
	mostListed     = 80 // the most that a server gives of them at once
)

// SearchNames implements feeds.NameSearch: one answer has both. Nobody is asked where search is for members.
func (s *Source) SearchNames(ctx context.Context, q string) ([]*feeds.Author, []feeds.TagTrend, error) {
	wire, a, err := s.search(ctx, q, "")
	if err != nil {
		return nil, nil, err
	}
	people, err := a.people(wire.Accounts)
	if err != nil {
		return nil, nil, err
	}
	return people, s.trendsOf(wire.Hashtags), nil
}

// SearchPosts implements feeds.PostSearch: one page, since what follows it wants a token.
func (s *Source) SearchPosts(ctx context.Context, q string, c feeds.Cursor) (*feeds.Page, error) {
	if c != "" || !s.Capabilities().SearchPosts {
		return &feeds.Page{}, nil
	}
	wire, a, err := s.search(ctx, q, "statuses")
	if err != nil {
		return nil, err
	}
	return a.page(wire.Statuses)
}

// SearchAccounts implements feeds.AccountSearch.
func (s *Source) SearchAccounts(ctx context.Context, q string) ([]*feeds.Author, error) {
	wire, a, err := s.search(ctx, q, "accounts")
	if err != nil {
		return nil, err
	}
	return a.people(wire.Accounts)
}

// SearchTags implements feeds.TagSearch.
func (s *Source) SearchTags(ctx context.Context, q string) ([]feeds.Tag, error) {
	wire, _, err := s.search(ctx, q, "hashtags")
	if err != nil {
		return nil, err
	}
	return s.tagsOf(wire.Hashtags), nil
}

// search asks for one kind of result, "" for all. resolve and offset want a token, so neither is sent.
func (s *Source) search(ctx context.Context, q, kind string) (*results, *answer, error) {
	if !s.Capabilities().Search {
		return &results{}, &answer{Source: s}, nil
	}
	var wire results
	query := url.Values{"q": {q}, "limit": {strconv.Itoa(searchLimit)}}
	if kind != "" {
		query.Set("type", kind)
	}
	a, err := s.ask(ctx, "/api/v2/search", query, &wire)
	return &wire, a, err
}

// Directory implements feeds.Directory: the server's own members, who was active last or came last first.
// Source: https://docs.joinmastodon.org/methods/directory/
func (s *Source) Directory(ctx context.Context, o feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	if !s.Capabilities().Directory {
		return nil, "", nil
	}
	q := offsetQuery(c, directoryLimit)
	q.Set("local", "true")
	q.Set("order", "active")
	if o == feeds.NewestFirst {
		q.Set("order", "new")
	}
	var wire apiclient.List[account]
	a, err := s.ask(ctx, "/api/v1/directory", q, &wire)
	if err != nil {
		return nil, "", err
	}
	people, err := a.people(wire[:min(len(wire), mostListed)])
	if err != nil {
		return nil, "", err
	}
	return people, offsetCursor(c, directoryLimit, len(wire)), nil
}

func (a *answer) people(wire []account) ([]*feeds.Author, error) {
	return apiclient.Each(a.Answer, wire, a.author)
}
