package peertube

import (
	"context"
	"net/url"
	"strconv"

	"vitrine/feeds"
)

const searchCount = 20

// SearchAccounts implements feeds.Searcher: channels, since a guest can't search accounts. Only the server itself is asked,
// though it may send its own visitors' words to an index elsewhere.
func (s *Source) SearchAccounts(ctx context.Context, q string) ([]*feeds.Author, error) {
	var wire accounts
	a, err := s.get(ctx, "/api/v1/search/video-channels", url.Values{"search": {q}, "searchTarget": {"local"}, "count": {strconv.Itoa(searchCount)}}, &wire)
	if err != nil {
		return nil, err
	}
	if wire.Data == nil {
		return nil, a.badData(errNoList)
	}
	var people []*feeds.Author
	var broken error
	for i := range wire.Data {
		author, err := a.author(&wire.Data[i], channel)
		if err != nil {
			broken = err
			continue
		}
		people = append(people, author)
	}
	if broken != nil && len(people) == 0 {
		return nil, a.badData(broken)
	}
	return people, nil
}

// SearchTags implements feeds.Searcher: PeerTube doesn't search tags by a part of their name.
func (s *Source) SearchTags(context.Context, string) ([]feeds.Tag, error) { return nil, nil }
