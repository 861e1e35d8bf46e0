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
	directoryLimit = 40 // up to 80 would be given
)

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

// search asks for one kind of result. resolve and offset want a token, so neither is sent.
func (s *Source) search(ctx context.Context, q, kind string) (*results, *answer, error) {
	if !s.Capabilities().Search {
		return &results{}, &answer{Source: s}, nil
	}
	var wire results
	a, err := s.ask(ctx, "/api/v2/search", url.Values{"q": {q}, "type": {kind}, "limit": {strconv.Itoa(searchLimit)}}, &wire)
	return &wire, a, err
}

// Directory implements feeds.Directory: the server's own members, who was active last first.
func (s *Source) Directory(ctx context.Context, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	if !s.Capabilities().Directory {
		return nil, "", nil
	}
	q := offsetQuery(c, directoryLimit)
	q.Set("local", "true")
	q.Set("order", "active")
	var wire apiclient.List[account]
	a, err := s.ask(ctx, "/api/v1/directory", q, &wire)
	if err != nil {
		return nil, "", err
	}
	people, err := a.people(wire)
	if err != nil {
		return nil, "", err
	}
	return people, offsetCursor(c, directoryLimit, len(wire)), nil
}

func (a *answer) people(wire []account) ([]*feeds.Author, error) {
	return apiclient.Each(a.Answer, wire, a.author)
}
