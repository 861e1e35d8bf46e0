package software

import (
	"context"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/activitypub"
	"vitrine/feeds/content"
)

// A host has the methods of every interface, since what it runs may turn out to be another software than was assumed. What its adapter
// of the moment lacks is Unsupported; feeds.As reports it beforehand.
var (
	_ feeds.Forwarder       = (*host)(nil)
	_ feeds.Observer        = (*host)(nil)
	_ feeds.Profiles        = (*host)(nil)
	_ feeds.Pinner          = (*host)(nil)
	_ feeds.Featurer        = (*host)(nil)
	_ feeds.ServerTimelines = (*host)(nil)
	_ feeds.TagTimelines    = (*host)(nil)
	_ feeds.Threads         = (*host)(nil)
	_ feeds.PageReader      = (*host)(nil)
	_ feeds.Edits           = (*host)(nil)
	_ feeds.PostTrends      = (*host)(nil)
	_ feeds.TagTrends       = (*host)(nil)
	_ feeds.LinkTrends      = (*host)(nil)
	_ feeds.TagHistory      = (*host)(nil)
	_ feeds.AccountSearch   = (*host)(nil)
	_ feeds.TagSearch       = (*host)(nil)
	_ feeds.NameSearch      = (*host)(nil)
	_ feeds.PostSearch      = (*host)(nil)
	_ feeds.Directory       = (*host)(nil)
	_ feeds.Following       = (*host)(nil)
	_ feeds.Jumper          = (*host)(nil)
	_ feeds.Polls           = (*host)(nil)
	_ feeds.Emojis          = (*host)(nil)
	_ feeds.Describer       = (*host)(nil)
	_ feeds.Playlists       = (*host)(nil)
)

// Profile implements feeds.Profiles. Where the API is closed, the author of the web feed is returned.
func (h *host) Profile(ctx context.Context, user, domain string) (*feeds.Author, error) {
	elsewhere := func() bool {
		home, err := h.r.HomeOf(ctx, user, domain)
		return err == nil && home != h.name
	}
	if domain != h.name {
		elsewhere = nil
	}
	a, err := askUnless(ctx, h, elsewhere, func(s feeds.Profiles) (*feeds.Author, error) { return s.Profile(ctx, h.nameOf(user), domain) })
	h.noteAccess(&h.seen.Profiles, err)
	if feeds.KindOf(err) == feeds.NeedsLogin && domain == h.name {
		if author, _, ferr := h.webFeed(ctx, user); ferr == nil {
			return author, nil
		}
	}
	return a, err
}

// ProfilePosts implements feeds.Profiles.
func (h *host) ProfilePosts(ctx context.Context, a *feeds.Author, f feeds.ProfileFilter, c feeds.Cursor) (*feeds.Page, error) {
	if isDocument(string(c)) {
		return h.r.documents(h.name).ProfilePosts(ctx, a, f, c)
	}
	p, err := ask(ctx, h, func(s feeds.Profiles) (*feeds.Page, error) { return s.ProfilePosts(ctx, asKnownTo(s, a), f, c) })
	if isDocument(a.ID) && (feeds.KindOf(err) == feeds.NotFound || feeds.KindOf(err) == feeds.BadData) {
		if read, derr := h.r.documents(h.name).ProfilePosts(ctx, a, f, c); derr == nil {
			return read, nil
		}
	}
	if feeds.KindOf(err) == feeds.NeedsLogin && a.Domain == h.name && c == "" && f == (feeds.ProfileFilter{}) {
		if _, page, ferr := h.webFeed(ctx, a.User); ferr == nil {
			return page, nil
		}
	}
	return p, err
}

// asKnownTo returns an author as s may be asked for them. An id that is the address of a document means nothing to another API, which
// looks them up by their handle instead.
func asKnownTo(s any, a *feeds.Author) *feeds.Author {
	if _, reads := s.(*activitypub.Source); reads || !isDocument(a.ID) {
		return a
	}
	named := *a
	named.ID = ""
	return &named
}

// nameOf is how the software is asked for a name that was given as a community's ("!name").
func (h *host) nameOf(user string) string {
	if h.software().communities {
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

// Pinned implements feeds.Pinner.
func (h *host) Pinned(ctx context.Context, a *feeds.Author) (*feeds.Page, error) {
	return ask(ctx, h, func(s feeds.Pinner) (*feeds.Page, error) { return s.Pinned(ctx, asKnownTo(s, a)) })
}

// Featured implements feeds.Featurer.
func (h *host) Featured(ctx context.Context, a *feeds.Author) (*feeds.Featured, error) {
	return ask(ctx, h, func(s feeds.Featurer) (*feeds.Featured, error) { return s.Featured(ctx, asKnownTo(s, a)) })
}

// Following implements feeds.Following.
func (h *host) Following(ctx context.Context, a *feeds.Author, c feeds.Cursor) (people []*feeds.Author, older feeds.Cursor, err error) {
	people, err = ask(ctx, h, func(s feeds.Following) (found []*feeds.Author, err error) {
		found, older, err = s.Following(ctx, asKnownTo(s, a), c)
		return found, err
	})
	return people, older, err
}

// Jump implements feeds.Jumper.
func (h *host) Jump(ctx context.Context, a *feeds.Author, f feeds.ProfileFilter) (*feeds.Jump, error) {
	return ask(ctx, h, func(s feeds.Jumper) (*feeds.Jump, error) { return s.Jump(ctx, asKnownTo(s, a), f) })
}

// ServerPosts implements feeds.ServerTimelines.
func (h *host) ServerPosts(ctx context.Context, scope feeds.Scope, c feeds.Cursor) (*feeds.Page, error) {
	p, err := ask(ctx, h, func(s feeds.ServerTimelines) (*feeds.Page, error) { return s.ServerPosts(ctx, scope, c) })
	view := &h.seen.Local
	if scope == feeds.Federated {
		view = &h.seen.Federated
	}
	h.noteAccess(view, err)
	return p, err
}

// TagPosts implements feeds.TagTimelines.
func (h *host) TagPosts(ctx context.Context, tag string, with feeds.TagChoice, c feeds.Cursor) (*feeds.Page, error) {
	p, err := ask(ctx, h, func(s feeds.TagTimelines) (*feeds.Page, error) { return s.TagPosts(ctx, tag, with, c) })
	h.noteAccess(&h.seen.TagLocal, err)
	return p, err
}

// Playlist implements feeds.Playlists.
func (h *host) Playlist(ctx context.Context, id string) (*feeds.Author, error) {
	return ask(ctx, h, func(s feeds.Playlists) (*feeds.Author, error) { return s.Playlist(ctx, id) })
}

// PlaylistPosts implements feeds.Playlists.
func (h *host) PlaylistPosts(ctx context.Context, id string, c feeds.Cursor) (*feeds.Page, error) {
	return ask(ctx, h, func(s feeds.Playlists) (*feeds.Page, error) { return s.PlaylistPosts(ctx, id, c) })
}

// PlaylistsOf implements feeds.Playlists.
func (h *host) PlaylistsOf(ctx context.Context, a *feeds.Author) ([]*feeds.Author, error) {
	return ask(ctx, h, func(s feeds.Playlists) ([]*feeds.Author, error) { return s.PlaylistsOf(ctx, a) })
}

// Post implements feeds.Threads.
func (h *host) Post(ctx context.Context, id string) (*feeds.Post, error) {
	if isDocument(id) && !h.ReadsPage(id) {
		return h.r.documents(h.name).Post(ctx, id)
	}
	if err := h.meet(ctx, id); err != nil {
		return nil, err
	}
	p, err := ask(ctx, h, func(s feeds.Threads) (*feeds.Post, error) { return s.Post(ctx, id) })
	h.noteAccess(&h.seen.Threads, err)
	return p, err
}

// ReadsPage implements feeds.PageReader.
func (h *host) ReadsPage(address string) bool {
	s, ok := h.source().(feeds.PageReader)
	return ok && s.ReadsPage(address)
}

// Edits implements feeds.Edits.
func (h *host) Edits(ctx context.Context, id string) ([]*feeds.Post, error) {
	return ask(ctx, h, func(s feeds.Edits) ([]*feeds.Post, error) { return s.Edits(ctx, id) })
}

// Context implements feeds.Threads.
func (h *host) Context(ctx context.Context, id string) (ancestors, descendants []*feeds.Post, err error) {
	if isDocument(id) && !h.ReadsPage(id) {
		return h.r.documents(h.name).Context(ctx, id)
	}
	if err := h.meet(ctx, id); err != nil {
		return nil, nil, err
	}
	ancestors, err = ask(ctx, h, func(s feeds.Threads) (above []*feeds.Post, err error) {
		above, descendants, err = s.Context(ctx, id)
		return above, err
	})
	return ancestors, descendants, err
}

// TrendingPosts implements feeds.PostTrends.
func (h *host) TrendingPosts(ctx context.Context, c feeds.Cursor) (*feeds.Page, error) {
	p, err := ask(ctx, h, func(s feeds.PostTrends) (*feeds.Page, error) { return s.TrendingPosts(ctx, c) })
	h.noteAccess(&h.seen.Trends, err)
	return p, err
}

// TrendingTags implements feeds.TagTrends.
func (h *host) TrendingTags(ctx context.Context) ([]feeds.TagTrend, error) {
	return ask(ctx, h, func(s feeds.TagTrends) ([]feeds.TagTrend, error) { return s.TrendingTags(ctx) })
}

// TrendingLinks implements feeds.LinkTrends.
func (h *host) TrendingLinks(ctx context.Context) ([]feeds.LinkTrend, error) {
	return ask(ctx, h, func(s feeds.LinkTrends) ([]feeds.LinkTrend, error) { return s.TrendingLinks(ctx) })
}

// SearchAccounts implements feeds.AccountSearch.
func (h *host) SearchAccounts(ctx context.Context, q string) ([]*feeds.Author, error) {
	people, err := ask(ctx, h, func(s feeds.AccountSearch) ([]*feeds.Author, error) { return s.SearchAccounts(ctx, q) })
	h.noteAccess(&h.seen.Search, err)
	return people, err
}

// SearchTags implements feeds.TagSearch.
func (h *host) SearchTags(ctx context.Context, q string) ([]feeds.Tag, error) {
	return ask(ctx, h, func(s feeds.TagSearch) ([]feeds.Tag, error) { return s.SearchTags(ctx, q) })
}

// SearchNames implements feeds.NameSearch.
func (h *host) SearchNames(ctx context.Context, q string) (people []*feeds.Author, tags []feeds.TagTrend, err error) {
	people, err = ask(ctx, h, func(s feeds.NameSearch) (found []*feeds.Author, err error) {
		found, tags, err = s.SearchNames(ctx, q)
		return found, err
	})
	h.noteAccess(&h.seen.Search, err)
	return people, tags, err
}

// SearchPosts implements feeds.PostSearch.
func (h *host) SearchPosts(ctx context.Context, q string, c feeds.Cursor) (*feeds.Page, error) {
	return ask(ctx, h, func(s feeds.PostSearch) (*feeds.Page, error) { return s.SearchPosts(ctx, q, c) })
}

// Directory implements feeds.Directory.
func (h *host) Directory(ctx context.Context, o feeds.DirectoryOrder, c feeds.Cursor) (people []*feeds.Author, older feeds.Cursor, err error) {
	people, err = ask(ctx, h, func(s feeds.Directory) (found []*feeds.Author, err error) {
		found, older, err = s.Directory(ctx, o, c)
		return found, err
	})
	return people, older, err
}

// TagHistory implements feeds.TagHistory. It is asked of what is known to answer, so that nothing is learned by it.
func (h *host) TagHistory(ctx context.Context, tag string) ([]feeds.DayUse, error) {
	s, ok := h.source().(feeds.TagHistory)
	if !ok {
		return nil, h.lacking()
	}
	return s.TagHistory(ctx, tag)
}

// Poll implements feeds.Polls.
func (h *host) Poll(ctx context.Context, id string) (*feeds.Poll, error) {
	return ask(ctx, h, func(s feeds.Polls) (*feeds.Poll, error) { return s.Poll(ctx, id) })
}

// CustomEmoji implements feeds.Emojis.
func (h *host) CustomEmoji(ctx context.Context) ([]content.CustomEmoji, error) {
	return ask(ctx, h, func(s feeds.Emojis) ([]content.CustomEmoji, error) { return s.CustomEmoji(ctx) })
}

// ExtendedDescription implements feeds.Describer.
func (h *host) ExtendedDescription(ctx context.Context) (content.Doc, error) {
	return ask(ctx, h, func(s feeds.Describer) (content.Doc, error) { return s.ExtendedDescription(ctx) })
}
