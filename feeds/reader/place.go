package reader

import (
	"context"
	"net/url"
	"sync"

	"vitrine/feeds"
)

// Place is one timeline of one server.
type Place interface {
	// ID is the name it is stored under.
	ID() feeds.TimelineID
	// Server is the host that is asked.
	Server() string
	// page asks for one page.
	page(ctx context.Context, r *Reader, c feeds.Cursor) (*feeds.Page, error)
	// fleeting says that the server's order isn't time's, so pages of different days can't be joined.
	fleeting() bool
}

// ProfilePlace is what an author wrote and boosted.
type ProfilePlace struct {
	Author *feeds.Author
	Filter feeds.ProfileFilter
	Jump   *Jump // nil for the newest posts

	followed bool // Author is what was known when they were followed: the server may have given their id to somebody else since
}

// ID implements Place.
func (p ProfilePlace) ID() feeds.TimelineID {
	options := ""
	add := func(on bool, option string) {
		if on && options != "" {
			options += "&"
		}
		if on {
			options += option
		}
	}
	add(p.Filter.OnlyMedia, "media=1")
	add(p.Filter.NoBoosts, "noboosts=1")
	add(p.Filter.Replies, "replies=1")
	add(p.Filter.Tag != "", "tag="+url.QueryEscape(p.Filter.Tag))
	sign := "/@"
	if p.Author.Community {
		sign = "/!"
	}
	return feeds.TimelineID(p.Author.Host+sign+p.Author.Handle()+"?"+options) + p.Jump.name()
}

// Server implements Place.
func (p ProfilePlace) Server() string { return p.Author.Host }

func (p ProfilePlace) fleeting() bool { return false }

func (p ProfilePlace) page(ctx context.Context, r *Reader, c feeds.Cursor) (*feeds.Page, error) {
	a, err := p.account(ctx, r)
	if err != nil {
		return nil, err
	}
	s, err := source[feeds.Profiles](ctx, r, a.Host)
	if err != nil {
		return nil, err
	}
	if p.Jump != nil && c == "" {
		return p.jumpTo(ctx, r, s, a)
	}
	page, err := s.ProfilePosts(ctx, a, p.Filter, c)
	if !p.followed || c != "" || !outdated(a, page, err) {
		return page, err
	}
	now, failed := r.Author(ctx, p.request().User, p.request().Domain, p.request().Via)
	switch {
	case failed != nil:
		return nil, failed
	case now.ID == a.ID && now.Host == a.Host:
		return page, err
	}
	return s.ProfilePosts(ctx, now, p.Filter, c)
}

// ServerPlace is a server's local or federated timeline.
type ServerPlace struct {
	Host  string
	Scope feeds.Scope
}

// ID implements Place.
func (p ServerPlace) ID() feeds.TimelineID { return feeds.TimelineID(p.Host + "/" + string(p.Scope)) }

// Server implements Place.
func (p ServerPlace) Server() string { return p.Host }

func (p ServerPlace) fleeting() bool { return false }

func (p ServerPlace) page(ctx context.Context, r *Reader, c feeds.Cursor) (*feeds.Page, error) {
	s, err := source[feeds.ServerTimelines](ctx, r, p.Host)
	if err != nil {
		return nil, err
	}
	return s.ServerPosts(ctx, p.Scope, c)
}

// TagPlace is a hashtag as one server sees it.
type TagPlace struct {
	Host, Tag string
	With      *feeds.TagChoice `json:",omitempty"` // further hashtags; nil for none
	// Joined says that the place is read only where the server joins no hashtags: elsewhere the one that With begins with is read with
	// this one.
	Joined bool `json:",omitempty"`
}

// ID implements Place.
func (p TagPlace) ID() feeds.TimelineID {
	id := p.Host + "/#" + p.Tag
	if w := p.With; w != nil {
		id += "?" + url.Values{"any": w.Any, "all": w.All, "none": w.None}.Encode()
	}
	if p.Joined {
		id += "&joined"
	}
	return feeds.TimelineID(id)
}

// Server implements Place.
func (p TagPlace) Server() string { return p.Host }

func (p TagPlace) fleeting() bool { return false }

func (p TagPlace) page(ctx context.Context, r *Reader, c feeds.Cursor) (*feeds.Page, error) {
	if p.With != nil {
		s, err := r.resolver.Resolve(ctx, p.Host)
		if err != nil {
			return nil, err
		}
		if r.joinsTags(ctx, s) && p.Joined {
			return &feeds.Page{}, nil
		}
	}
	s, err := source[feeds.TagTimelines](ctx, r, p.Host)
	if err != nil {
		return nil, err
	}
	var with feeds.TagChoice
	if p.With != nil {
		with = *p.With
	}
	return s.TagPosts(ctx, p.Tag, with, c)
}

// joinsTags reports that a server heeds further hashtags. One of which it isn't known what it runs is asked that, once.
func (r *Reader) joinsTags(ctx context.Context, s feeds.Source) bool {
	if !s.Capabilities().TagsJoined {
		once, _ := r.tags.LoadOrStore(s.Host(), new(sync.Once))
		once.(*sync.Once).Do(func() { _, _ = s.Describe(ctx) }) // without an answer it is read as one that doesn't
	}
	return s.Capabilities().TagsJoined
}

// TrendPlace is what a server's members pass on. The server chooses the posts; they are shown by time like all others.
type TrendPlace struct{ Host string }

// ID implements Place.
func (p TrendPlace) ID() feeds.TimelineID { return feeds.TimelineID(p.Host + "/trending") }

// Server implements Place.
func (p TrendPlace) Server() string { return p.Host }

func (p TrendPlace) fleeting() bool { return true }

func (p TrendPlace) page(ctx context.Context, r *Reader, c feeds.Cursor) (*feeds.Page, error) {
	s, err := source[feeds.PostTrends](ctx, r, p.Host)
	if err != nil {
		return nil, err
	}
	return s.TrendingPosts(ctx, c)
}

var (
	_ Place = ProfilePlace{}
	_ Place = ServerPlace{}
	_ Place = TagPlace{}
	_ Place = TrendPlace{}
)
