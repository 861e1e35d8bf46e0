package feedstest

import (
	"context"
	"errors"

	"vitrine/feeds"
)

// Source is a feeds.Source made of functions. A nil function answers NotFound.
type Source struct {
	HostName    string
	OnProfile   func(user, domain string) (*feeds.Author, error)
	OnPosts     func(c feeds.Cursor) (*feeds.Page, error) // profiles, servers, hashtags and playlists alike
	OnPost      func(id string) (*feeds.Post, error)
	OnContext   func(id string) (above, below []*feeds.Post, err error)
	OnDescribe  func() (*feeds.Instance, error)
	OnPlaylist  func(id string) (*feeds.Author, error)
	OnPlaylists func(a *feeds.Author) ([]*feeds.Author, error)
}

var (
	_ feeds.Source          = (*Source)(nil)
	_ feeds.Profiles        = (*Source)(nil)
	_ feeds.ServerTimelines = (*Source)(nil)
	_ feeds.TagTimelines    = (*Source)(nil)
	_ feeds.Threads         = (*Source)(nil)
	_ feeds.Playlists       = (*Source)(nil)
)

func (s *Source) notFound() error { return &feeds.Error{Kind: feeds.NotFound, Host: s.HostName} }

// Host implements feeds.Source.
func (s *Source) Host() string { return s.HostName }

// Capabilities implements feeds.Source.
func (s *Source) Capabilities() feeds.Capabilities {
	return feeds.Implemented(s).Without(feeds.Capabilities{Replies: true, Media: true, Federated: true, TagsJoined: true})
}

// Describe implements feeds.Source.
func (s *Source) Describe(context.Context) (*feeds.Instance, error) {
	if s.OnDescribe == nil {
		return nil, s.notFound()
	}
	return s.OnDescribe()
}

// Profile implements feeds.Profiles.
func (s *Source) Profile(_ context.Context, user, domain string) (*feeds.Author, error) {
	if s.OnProfile == nil {
		return nil, s.notFound()
	}
	return s.OnProfile(user, domain)
}

func (s *Source) posts(ctx context.Context, c feeds.Cursor) (*feeds.Page, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s.OnPosts == nil {
		return nil, s.notFound()
	}
	return s.OnPosts(c)
}

// ProfilePosts implements feeds.Profiles.
func (s *Source) ProfilePosts(ctx context.Context, _ *feeds.Author, _ feeds.ProfileFilter, c feeds.Cursor) (*feeds.Page, error) {
	return s.posts(ctx, c)
}

// ServerPosts implements feeds.ServerTimelines.
func (s *Source) ServerPosts(ctx context.Context, _ feeds.Scope, c feeds.Cursor) (*feeds.Page, error) {
	return s.posts(ctx, c)
}

// TagPosts implements feeds.TagTimelines.
func (s *Source) TagPosts(ctx context.Context, _ string, _ feeds.TagChoice, c feeds.Cursor) (*feeds.Page, error) {
	return s.posts(ctx, c)
}

// Playlist implements feeds.Playlists.
func (s *Source) Playlist(_ context.Context, id string) (*feeds.Author, error) {
	if s.OnPlaylist == nil {
		return nil, s.notFound()
	}
	return s.OnPlaylist(id)
}

// PlaylistPosts implements feeds.Playlists.
func (s *Source) PlaylistPosts(ctx context.Context, _ string, c feeds.Cursor) (*feeds.Page, error) {
	return s.posts(ctx, c)
}

// PlaylistsOf implements feeds.Playlists.
func (s *Source) PlaylistsOf(_ context.Context, a *feeds.Author) ([]*feeds.Author, error) {
	if s.OnPlaylists == nil {
		return nil, s.notFound()
	}
	return s.OnPlaylists(a)
}

// Post implements feeds.Threads.
func (s *Source) Post(_ context.Context, id string) (*feeds.Post, error) {
	if s.OnPost == nil {
		return nil, s.notFound()
	}
	return s.OnPost(id)
}

// Context implements feeds.Threads.
func (s *Source) Context(_ context.Context, id string) ([]*feeds.Post, []*feeds.Post, error) {
	if s.OnContext == nil {
		return nil, nil, s.notFound()
	}
	return s.OnContext(id)
}

// Resolver is a feeds.Resolver over a fixed set of sources.
type Resolver struct {
	Sources map[string]feeds.Source
	Homes   map[string]string // domain -> API host
	// WebFeeds reads feeds; nil for none.
	WebFeeds feeds.Syndicated
	Pages    map[string]feeds.Found // by URL
}

var _ feeds.Resolver = (*Resolver)(nil)

// Resolve implements feeds.Resolver; a host without a source is Unreachable.
func (r *Resolver) Resolve(_ context.Context, host string) (feeds.Source, error) {
	if s := r.Sources[host]; s != nil {
		return s, nil
	}
	return nil, &feeds.Error{Kind: feeds.Unreachable, Host: host, Err: errors.New("no such server in this test")}
}

// Feeds implements feeds.Resolver.
func (r *Resolver) Feeds() feeds.Syndicated { return r.WebFeeds }

// Look implements feeds.Resolver.
func (r *Resolver) Look(_ context.Context, url string) (feeds.Found, error) {
	if f, ok := r.Pages[url]; ok {
		return f, nil
	}
	return feeds.Found{}, &feeds.Error{Kind: feeds.NotFound}
}

// HomeOf implements feeds.Resolver.
func (r *Resolver) HomeOf(_ context.Context, _, domain string) (string, error) {
	if h := r.Homes[domain]; h != "" {
		return h, nil
	}
	return "", &feeds.Error{Kind: feeds.NotFound, Host: domain}
}
