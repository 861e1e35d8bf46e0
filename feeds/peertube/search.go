package peertube

import (
	"context"
	"net/url"
	"strconv"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

const searchCount = 20

// SearchAccounts implements feeds.AccountSearch: channels, since a guest can't search accounts. Only the server itself is asked,
// though it may send its own visitors' words to an index elsewhere.
func (s *Source) SearchAccounts(ctx context.Context, q string) ([]*feeds.Author, error) {
	var wire accounts
	a, err := s.ask(ctx, "/api/v1/search/video-channels", url.Values{"search": {q}, "searchTarget": {"local"}, "count": {strconv.Itoa(searchCount)}}, &wire)
	if err != nil {
		return nil, err
	}
	if wire.Data == nil {
		return nil, a.Failure(apiclient.ErrNoList)
	}
	return apiclient.Each(a.Answer, wire.Data, func(w *account) (*feeds.Author, error) { return a.author(w, channel) })
}
