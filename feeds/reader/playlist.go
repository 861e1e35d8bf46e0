package reader

import (
	"context"
	"net/url"
	"slices"
	"sync"

	"vitrine/feeds"
)

// PlaylistPlace is a list of posts that somebody put together, as one server has it.
type PlaylistPlace struct {
	Host string
	List string // its id there
	Bare bool   // only its posts are asked for, not what it is called
}

var _ published = PlaylistPlace{}

// ID implements Place.
func (p PlaylistPlace) ID() feeds.TimelineID {
	return feeds.TimelineID(p.Host + "/l/" + url.QueryEscape(p.List))
}

// Server implements Place.
func (p PlaylistPlace) Server() string { return p.Host }

func (p PlaylistPlace) fleeting() bool { return false }

func (p PlaylistPlace) publisher() string { return p.List }

func (p PlaylistPlace) page(ctx context.Context, r *Reader, c feeds.Cursor) (*feeds.Page, error) {
	_, page, err := p.published(ctx, r, c)
	return page, err
}

// published implements published.
func (p PlaylistPlace) published(ctx context.Context, r *Reader, c feeds.Cursor) (*feeds.Author, *feeds.Page, error) {
	s, err := r.resolver.Resolve(ctx, p.Host)
	if err != nil {
		return nil, nil, err
	}
	lists, ok := s.(feeds.Playlists) // a server of which nothing is known yet may turn out to have them
	if !ok {
		return nil, nil, &feeds.Error{Kind: feeds.Unsupported, Host: p.Host}
	}
	var list *feeds.Author
	var wg sync.WaitGroup
	if !p.Bare && c == "" {
		wg.Go(func() { list, _ = lists.Playlist(ctx, p.List) }) // its posts are shown without it
	}
	page, err := lists.PlaylistPosts(ctx, p.List, c)
	wg.Wait()
	if list != nil && r.blocked.Author(list) {
		list = nil
	}
	return list, page, err
}

// playlistsOf are the lists that an author shows; none where their server has no such lists or doesn't answer.
func (r *Reader) playlistsOf(ctx context.Context, a *feeds.Author) []*feeds.Author {
	s, err := source[feeds.Playlists](ctx, r, a.Host)
	if err != nil {
		return nil
	}
	lists, err := s.PlaylistsOf(ctx, a)
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(lists, func(l *feeds.Author) bool { return r.blocked.At(l.Host, l.ID) })
}
