package reader

import (
	"context"
	"net/url"

	"vitrine/feeds"
)

// WebFeedPlace is an RSS, Atom or JSON feed.
type WebFeedPlace struct {
	URL string
	// Told is called with who publishes the feed whenever the feed itself was read; nil to leave it.
	Told func(*feeds.Author)
}

var _ Place = WebFeedPlace{}

// ID implements Place.
func (p WebFeedPlace) ID() feeds.TimelineID {
	return feeds.TimelineID(p.Server() + "/f/" + url.QueryEscape(p.URL))
}

// Server implements Place.
func (p WebFeedPlace) Server() string {
	u, err := url.Parse(p.URL)
	if err != nil {
		return ""
	}
	return u.Host
}

func (p WebFeedPlace) fleeting() bool { return false }

func (p WebFeedPlace) page(ctx context.Context, r *Reader, c feeds.Cursor) (*feeds.Page, error) {
	source := r.resolver.Feeds()
	if source == nil {
		return nil, &feeds.Error{Kind: feeds.Unsupported, Host: p.Server()}
	}
	author, page, err := source.Feed(ctx, p.URL, c)
	if err != nil {
		return nil, err
	}
	if author != nil && p.Told != nil {
		p.Told(author)
	}
	return page, nil
}

// Look asks for what stands at a URL whose form tells nothing.
func (r *Reader) Look(ctx context.Context, address string) (feeds.Found, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	found, err := r.resolver.Look(ctx, address)
	if err != nil {
		host := ""
		if u, perr := url.Parse(address); perr == nil {
			host = u.Host
		}
		return feeds.Found{}, timely(ctx, host, err)
	}
	if found.Author != nil {
		_ = r.store.SaveAuthor(ctx, found.Author) // reading goes on without a store
	}
	if found.Post != nil {
		_ = r.store.SavePosts(ctx, []*feeds.Post{found.Post})
	}
	found.Posts = admitAll(r.blocked, found.Posts)
	return found, nil
}
