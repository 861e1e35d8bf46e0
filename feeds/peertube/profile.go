package peertube

import (
	"context"
	"net/url"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/apiclient"
)

// Profile implements feeds.Profiles. Channels and accounts share one space of names on a server; a handle doesn't say
// which it is, and channels are what is followed.
func (s *Source) Profile(ctx context.Context, user, domain string) (*feeds.Author, error) {
	name := s.nameOf(user, strings.ToLower(domain))
	author, err := s.profileAt(ctx, "/api/v1/video-channels/", name, channel)
	if feeds.KindOf(err) != feeds.NotFound {
		return author, err
	}
	return s.profileAt(ctx, "/api/v1/accounts/", name, person)
}

func (s *Source) profileAt(ctx context.Context, list, name string, as actor) (*feeds.Author, error) {
	var wire account
	a, err := s.ask(ctx, list+url.PathEscape(name), nil, &wire)
	if err != nil {
		return nil, err
	}
	author, err := a.author(&wire, as)
	if err != nil {
		return nil, a.Failure(err)
	}
	return author, nil
}

// nameOf is how the server asked names somebody: its own by the bare name.
func (s *Source) nameOf(user, domain string) string {
	if s.IsHere(domain) {
		return user
	}
	return user + "@" + domain
}

// ProfilePosts implements feeds.Profiles. Every video is one of media, and there are no boosts or replies to leave out.
func (s *Source) ProfilePosts(ctx context.Context, a *feeds.Author, f feeds.ProfileFilter, c feeds.Cursor) (*feeds.Page, error) {
	path, err := s.pathOf(ctx, a)
	if err != nil {
		return nil, err
	}
	q := url.Values{"sort": {newestFirst}}
	if f.Tag != "" {
		q.Set("tagsOneOf", f.Tag)
	}
	return s.videos(ctx, path+"/videos", q, c)
}

// Jump implements feeds.Jumper: a list is entered by counting, and says how many videos it has.
func (s *Source) Jump(ctx context.Context, a *feeds.Author, _ feeds.ProfileFilter) (*feeds.Jump, error) {
	path, err := s.pathOf(ctx, a)
	if err != nil {
		return nil, err
	}
	var wire videos
	if _, err := s.ask(ctx, path+"/videos", span{0, firstCount}.query(), &wire); err != nil {
		return nil, err
	}
	return &feeds.Jump{
		At: func(pages []int, _ time.Time) feeds.Cursor {
			if pages[0] == 1 {
				return ""
			}
			return apiclient.CursorAt((pages[0] - 1) * firstCount)
		},
		Lists: []int{(int(wire.Total.Value) + firstCount - 1) / firstCount},
		Asked: 1,
	}, nil
}

// pathOf is where the API has a channel or an account.
func (s *Source) pathOf(ctx context.Context, a *feeds.Author) (string, error) {
	id := a.ID
	if a.Host != s.Host() || id == "" { // what it is here, only the server knows
		here, err := s.Profile(ctx, a.User, a.Domain)
		if err != nil {
			return "", err
		}
		id = here.ID
	}
	list := "/api/v1/accounts/"
	if strings.HasPrefix(id, string(channel)) {
		list = "/api/v1/video-channels/"
	}
	return list + url.PathEscape(s.nameOf(a.User, a.Domain)), nil
}
