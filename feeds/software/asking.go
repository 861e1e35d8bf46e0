package software

import (
	"context"
	"errors"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/content"
)

var (
	_ feeds.Source    = (*host)(nil)
	_ feeds.Profiles  = (*host)(nil)
	_ feeds.Timelines = (*host)(nil)
	_ feeds.Threads   = (*host)(nil)
	_ feeds.Trends    = (*host)(nil)
	_ feeds.Searcher  = (*host)(nil)
	_ feeds.Directory = (*host)(nil)
	_ feeds.Extras    = (*host)(nil)
	_ feeds.Observer  = (*host)(nil)
)

func originOf(host string) string { return address.Origin(host) }

// optional makes nothing of a question that the adapter has no answer to.
func optional[T any](answer T, err error) (T, error) {
	if e := (*feeds.Error)(nil); errors.As(err, &e) && e.Kind == feeds.Unsupported {
		var none T
		return none, nil
	}
	return answer, err
}

// Profile implements feeds.Profiles. Where the API is closed, the author of the web feed is returned.
func (h *host) Profile(ctx context.Context, user, domain string) (*feeds.Author, error) {
	a, err := ask(ctx, h, func(s feeds.Profiles) (*feeds.Author, error) { return s.Profile(ctx, h.nameOf(user), domain) })
	h.met(&h.seen.Profiles, err)
	if feeds.KindOf(err) == feeds.NeedsLogin && domain == h.name {
		if author, _, ferr := h.webFeed(ctx, user); ferr == nil {
			return author, nil
		}
	}
	return a, err
}

// ProfilePosts implements feeds.Profiles.
func (h *host) ProfilePosts(ctx context.Context, a *feeds.Author, f feeds.ProfileFilter, c feeds.Cursor) (*feeds.Page, error) {
	p, err := ask(ctx, h, func(s feeds.Profiles) (*feeds.Page, error) { return s.ProfilePosts(ctx, a, f, c) })
	if feeds.KindOf(err) == feeds.NeedsLogin && a.Domain == h.name && c == "" && f == (feeds.ProfileFilter{}) {
		if _, page, ferr := h.webFeed(ctx, a.User); ferr == nil {
			return page, nil
		}
	}
	return p, err
}

// nameOf is how the software asks for a name that was given as a community's ("!name"): as such where it has communities, else as
// any other, as PeerTube's channels.
func (h *host) nameOf(user string) string {
	switch h.software().api {
	case byLemmy, byPieFed, byMbin:
		return user
	}
	return strings.TrimPrefix(user, "!")
}

// webFeed reads a member's web feed as the member's own posts.
func (h *host) webFeed(ctx context.Context, user string) (*feeds.Author, *feeds.Page, error) {
	link := h.feedOf(user)
	if link == "" || h.r.options.NoWebFeeds {
		return nil, nil, &feeds.Error{Kind: feeds.Unsupported, Host: h.name}
	}
	author, page, err := h.r.webFeed.Feed(ctx, link, "")
	if err != nil {
		return nil, nil, err
	}
	known := *author
	known.Host, known.User, known.Domain, known.ID = h.name, user, h.name, ""
	page.Older = "" // the API would be asked for it
	for _, p := range page.Posts {
		p.Author = &known
	}
	return &known, page, nil
}

// Pinned implements feeds.Profiles.
func (h *host) Pinned(ctx context.Context, a *feeds.Author) (*feeds.Page, error) {
	p, err := optional(ask(ctx, h, func(s feeds.Profiles) (*feeds.Page, error) { return s.Pinned(ctx, a) }))
	if p == nil && err == nil {
		p = &feeds.Page{}
	}
	return p, err
}

// FeaturedTags implements feeds.Profiles.
func (h *host) FeaturedTags(ctx context.Context, a *feeds.Author) ([]feeds.Tag, error) {
	return optional(ask(ctx, h, func(s feeds.Profiles) ([]feeds.Tag, error) { return s.FeaturedTags(ctx, a) }))
}

// ServerPosts implements feeds.Timelines.
func (h *host) ServerPosts(ctx context.Context, scope feeds.Scope, c feeds.Cursor) (*feeds.Page, error) {
	p, err := ask(ctx, h, func(s feeds.Timelines) (*feeds.Page, error) { return s.ServerPosts(ctx, scope, c) })
	view := &h.seen.Local
	if scope == feeds.Federated {
		view = &h.seen.Federated
	}
	h.met(view, err)
	return p, err
}

// TagPosts implements feeds.Timelines.
func (h *host) TagPosts(ctx context.Context, tag string, c feeds.Cursor) (*feeds.Page, error) {
	p, err := ask(ctx, h, func(s feeds.Timelines) (*feeds.Page, error) { return s.TagPosts(ctx, tag, c) })
	h.met(&h.seen.TagLocal, err)
	return p, err
}

// Post implements feeds.Threads.
func (h *host) Post(ctx context.Context, id string) (*feeds.Post, error) {
	if isDocument(id) {
		return h.r.documents(h.name).Post(ctx, id)
	}
	p, err := ask(ctx, h, func(s feeds.Threads) (*feeds.Post, error) { return s.Post(ctx, id) })
	h.met(&h.seen.Threads, err)
	return p, err
}

// Context implements feeds.Threads.
func (h *host) Context(ctx context.Context, id string) (ancestors, descendants []*feeds.Post, err error) {
	if isDocument(id) {
		return h.r.documents(h.name).Context(ctx, id)
	}
	type around struct{ above, below []*feeds.Post }
	a, err := ask(ctx, h, func(s feeds.Threads) (a around, err error) {
		a.above, a.below, err = s.Context(ctx, id)
		return a, err
	})
	return a.above, a.below, err
}

// TrendingPosts implements feeds.Trends.
func (h *host) TrendingPosts(ctx context.Context, c feeds.Cursor) (*feeds.Page, error) {
	p, err := ask(ctx, h, func(s feeds.Trends) (*feeds.Page, error) { return s.TrendingPosts(ctx, c) })
	h.met(&h.seen.Trends, err)
	return p, err
}

// TrendingTags implements feeds.Trends.
func (h *host) TrendingTags(ctx context.Context) ([]feeds.TagTrend, error) {
	return optional(ask(ctx, h, func(s feeds.Trends) ([]feeds.TagTrend, error) { return s.TrendingTags(ctx) }))
}

// TrendingLinks implements feeds.Trends.
func (h *host) TrendingLinks(ctx context.Context) ([]feeds.LinkTrend, error) {
	return optional(ask(ctx, h, func(s feeds.Trends) ([]feeds.LinkTrend, error) { return s.TrendingLinks(ctx) }))
}

// SearchAccounts implements feeds.Searcher.
func (h *host) SearchAccounts(ctx context.Context, q string) ([]*feeds.Author, error) {
	people, err := ask(ctx, h, func(s feeds.Searcher) ([]*feeds.Author, error) { return s.SearchAccounts(ctx, q) })
	h.met(&h.seen.Search, err)
	return optional(people, err)
}

// SearchTags implements feeds.Searcher.
func (h *host) SearchTags(ctx context.Context, q string) ([]feeds.Tag, error) {
	return optional(ask(ctx, h, func(s feeds.Searcher) ([]feeds.Tag, error) { return s.SearchTags(ctx, q) }))
}

// Directory implements feeds.Directory.
func (h *host) Directory(ctx context.Context, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	type list struct {
		people []*feeds.Author
		older  feeds.Cursor
	}
	l, err := optional(ask(ctx, h, func(s feeds.Directory) (l list, err error) {
		l.people, l.older, err = s.Directory(ctx, c)
		return l, err
	}))
	return l.people, l.older, err
}

// Poll implements feeds.Extras.
func (h *host) Poll(ctx context.Context, id string) (*feeds.Poll, error) {
	return ask(ctx, h, func(s feeds.Extras) (*feeds.Poll, error) { return s.Poll(ctx, id) })
}

// CustomEmoji implements feeds.Extras.
func (h *host) CustomEmoji(ctx context.Context) ([]content.CustomEmoji, error) {
	return optional(ask(ctx, h, func(s feeds.Extras) ([]content.CustomEmoji, error) { return s.CustomEmoji(ctx) }))
}

// ExtendedDescription implements feeds.Extras.
func (h *host) ExtendedDescription(ctx context.Context) (content.Doc, error) {
	return optional(ask(ctx, h, func(s feeds.Extras) (content.Doc, error) { return s.ExtendedDescription(ctx) }))
}
