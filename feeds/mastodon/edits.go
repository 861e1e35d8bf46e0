package mastodon

import (
	"context"
	"net/url"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

var _ feeds.Edits = (*Source)(nil)

// Edits implements feeds.Edits. Source: https://docs.joinmastodon.org/methods/statuses/#history
func (s *Source) Edits(ctx context.Context, id string) ([]*feeds.Post, error) {
	var wire apiclient.List[status] // of a status they have what can be edited, and no id
	a, err := s.ask(ctx, "/api/v1/statuses/"+url.PathEscape(id)+"/history", nil, &wire)
	if err != nil {
		return nil, err
	}
	var versions []*feeds.Post
	for i := range wire {
		wire[i].ID = apiclient.Text(id)
		if p, err := a.post(&wire[i], bareQuote); err == nil { // one that can't be read leaves the others
			versions = append(versions, p)
		}
	}
	return versions, nil
}
