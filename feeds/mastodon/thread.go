package mastodon

import (
	"bytes"
	"context"
	"net/url"
	"slices"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
	"vitrine/feeds/jsontext"
)

// Post implements feeds.Threads. A post that was not addressed to everybody is NeedsLogin; a boost is the post it passes on. See ReadsPage for
// ids that are addresses.
func (s *Source) Post(ctx context.Context, id string) (*feeds.Post, error) {
	if p, ok := s.permalinkOf(id); ok {
		return s.shown(ctx, p)
	}
	var wire status
	a, err := s.ask(ctx, "/api/v1/statuses/"+url.PathEscape(id), nil, &wire)
	if err != nil {
		return nil, err
	}
	item, err := a.entry(&wire)
	if err != nil {
		return nil, a.Failure(err)
	}
	return item.Post, nil
}

// Context implements feeds.Threads. Mastodon gives a guest 40 posts above and 60 below, 20 deep.
func (s *Source) Context(ctx context.Context, id string) (ancestors, descendants []*feeds.Post, err error) {
	if p, ok := s.permalinkOf(id); ok {
		descendants, err = s.comments(ctx, p)
		return nil, descendants, err
	}
	var wire conversation
	a, err := s.ask(ctx, "/api/v1/statuses/"+url.PathEscape(id)+"/context", nil, &wire)
	if err != nil {
		return nil, nil, err
	}
	above, err := a.half(wire.Ancestors)
	if err != nil {
		return nil, nil, err
	}
	below, err := a.half(wire.Descendants)
	if err != nil {
		return nil, nil, err
	}
	if s.quirks.ThreadIsConversation {
		ancestors, descendants = splitConversation(id, above.Posts, below.Posts)
		return ancestors, descendants, nil
	}
	return above.Posts, below.Posts, nil
}

// half adapts one half of a conversation, which as a list is checked like a whole answer; one that is missing is empty.
func (a *answer) half(raw jsontext.Raw) (*feeds.Page, error) {
	if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
		return &feeds.Page{}, nil
	}
	var wire apiclient.List[status]
	if err := apiclient.DecodeList(raw, &wire); err != nil {
		return nil, a.Failure(err)
	}
	return a.page(wire)
}

// splitConversation finds what is below the post with the given id, where a server says no more than which posts of a
// conversation are older and younger (Pleroma). Younger posts that answer others of it are left out, unless what they answer
// is missing. Which of the older ones lead to the post, only the post itself says: all stay.
func splitConversation(id string, older, younger []*feeds.Post) (above, below []*feeds.Post) {
	posts := make(map[string]*feeds.Post, len(older)+len(younger))
	for _, p := range slices.Concat(older, younger) {
		posts[p.Sightings[0].ID] = p
	}
	for _, p := range older {
		if isBelow(id, p, posts) {
			below = append(below, p)
		} else {
			above = append(above, p)
		}
	}
	for _, p := range younger {
		lost := p.ReplyTo != nil && posts[p.Sightings[0].ParentID] == nil
		if lost || isBelow(id, p, posts) {
			below = append(below, p)
		}
	}
	slices.SortStableFunc(above, feeds.EarlierPost)
	slices.SortStableFunc(below, feeds.EarlierPost)
	return above, below
}

// isBelow climbs from p to the post with the given id. The steps are counted, as a server may send a circle.
func isBelow(id string, p *feeds.Post, posts map[string]*feeds.Post) bool {
	for range len(posts) {
		parent := p.Sightings[0].ParentID
		if parent == id {
			return true
		}
		if p = posts[parent]; p == nil {
			return false
		}
	}
	return false
}
