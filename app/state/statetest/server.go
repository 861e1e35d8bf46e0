package statetest

import (
	"context"
	"fmt"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/content"
	"vitrine/feeds/feedstest"
)

// Timeline is a list of posts 1 to top of a host, in pages of ten.
type Timeline struct {
	Top   int
	Err   error // of every page; nil for none
	Asked int   // how often a page was asked for

	host string
	mu   sync.Mutex // several sources of a host, and several programs, ask at once
}

// Page answers a question for a page.
func (l *Timeline) Page(c feeds.Cursor) (*feeds.Page, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Asked++
	if l.Err != nil {
		return nil, l.Err
	}
	below := l.Top + 1
	if c != "" {
		if _, err := fmt.Sscan(string(c), &below); err != nil {
			return nil, err
		}
	}
	var posts []*feeds.Post
	for i := below - 1; i > 0 && len(posts) < 10; i-- {
		posts = append(posts, feedstest.Post(l.host, fmt.Sprint(i), i))
	}
	older := feeds.Cursor("")
	if below-10 > 1 {
		older = feeds.Cursor(fmt.Sprint(below - 10))
	}
	return feedstest.Page(older, posts...), nil
}

// Server is a server that can do more than a feedstest.Source.
type Server struct {
	*feedstest.Source
	Can         feeds.Capabilities
	PinnedPosts []*feeds.Post
	OnReplies   func(feeds.Cursor) (*feeds.Page, error)                                         // of profiles with their replies; nil for the same as without
	OnTagged    func(tag string) (*feeds.Page, error)                                           // of profiles, with a hashtag; nil for the same as without
	Recommended []*feeds.Author                                                                 // by everybody
	LiveErr     error                                                                           // of the live timelines; nil for none
	OnTrends    func(context.Context) error                                                     // before the trending hashtags; nil for at once
	OnLong      func(context.Context) error                                                     // before the long description; nil for at once
	LongAsked   int                                                                             // how often the long description was asked for
	OnFollowing func(a *feeds.Author, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error)    // whom somebody follows; nil for nobody
	OnDirectory func(feeds.DirectoryOrder, feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) // who is listed; nil for nobody
	Week        []feeds.DayUse                                                                  // of every hashtag
	WeekAsked   int                                                                             // how often it was asked for
	ExtrasErr   error                                                                           // of what is read in addition to the posts; nil for none
}

// Capabilities implements feeds.Source.
func (s *Server) Capabilities() feeds.Capabilities { return s.Can }

// Pinned implements feeds.Profiles.
func (s *Server) Pinned(context.Context, *feeds.Author) (*feeds.Page, error) {
	return feedstest.Page("", s.PinnedPosts...), nil
}

// ProfilePosts implements feeds.Profiles.
func (s *Server) ProfilePosts(ctx context.Context, a *feeds.Author, f feeds.ProfileFilter, c feeds.Cursor) (*feeds.Page, error) {
	if f.Tag != "" && s.OnTagged != nil {
		return s.OnTagged(f.Tag)
	}
	if f.Replies && s.OnReplies != nil {
		return s.OnReplies(c)
	}
	return s.Source.ProfilePosts(ctx, a, f, c)
}

// Following implements feeds.Following.
func (s *Server) Following(ctx context.Context, a *feeds.Author, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	if s.OnFollowing == nil || ctx.Err() != nil {
		return nil, "", ctx.Err()
	}
	return s.OnFollowing(a, c)
}

// Directory implements feeds.Directory.
func (s *Server) Directory(ctx context.Context, o feeds.DirectoryOrder, c feeds.Cursor) ([]*feeds.Author, feeds.Cursor, error) {
	if s.OnDirectory == nil || ctx.Err() != nil {
		return nil, "", ctx.Err()
	}
	return s.OnDirectory(o, c)
}

// Featured implements feeds.Featurer.
func (s *Server) Featured(context.Context, *feeds.Author) (*feeds.Featured, error) {
	return &feeds.Featured{Tags: []feeds.Tag{{Name: "tea", Uses: 3}}, Accounts: s.Recommended}, s.ExtrasErr
}

// ServerPosts implements feeds.Timelines.
func (s *Server) ServerPosts(ctx context.Context, scope feeds.Scope, c feeds.Cursor) (*feeds.Page, error) {
	if s.LiveErr != nil {
		return nil, s.LiveErr
	}
	return s.Source.ServerPosts(ctx, scope, c)
}

// TrendingPosts implements feeds.Trends.
func (s *Server) TrendingPosts(_ context.Context, c feeds.Cursor) (*feeds.Page, error) {
	return s.OnPosts(c)
}

// TrendingTags implements feeds.Trends.
func (s *Server) TrendingTags(ctx context.Context) ([]feeds.TagTrend, error) {
	if s.OnTrends != nil {
		if err := s.OnTrends(ctx); err != nil {
			return nil, err
		}
	}
	return []feeds.TagTrend{{Tag: feeds.Tag{Name: "tea"}}}, s.ExtrasErr
}

// TagHistory implements feeds.TagHistory.
func (s *Server) TagHistory(context.Context, string) ([]feeds.DayUse, error) {
	s.WeekAsked++
	return s.Week, s.ExtrasErr
}

// TrendingLinks implements feeds.Trends.
func (s *Server) TrendingLinks(context.Context) ([]feeds.LinkTrend, error) { return nil, nil }

// Poll implements feeds.Extras.
func (s *Server) Poll(context.Context, string) (*feeds.Poll, error) { return nil, nil }

// CustomEmoji implements feeds.Extras.
func (s *Server) CustomEmoji(context.Context) ([]content.CustomEmoji, error) { return nil, nil }

// ExtendedDescription implements feeds.Extras.
func (s *Server) ExtendedDescription(ctx context.Context) (content.Doc, error) {
	s.LongAsked++
	if s.OnLong != nil {
		if err := s.OnLong(ctx); err != nil {
			return content.Doc{}, err
		}
	}
	return content.ParseHTML("<p>Long</p>", content.Options{}), s.ExtrasErr
}

// Seen implements feeds.Observer.
func (s *Server) Seen() feeds.Access { return feeds.Access{} }

// Host makes a server with a timeline of the posts 1 to top, a profile of everybody who is asked for, and a description.
func (d *Driver) Host(name string, top int) (*Server, *Timeline) {
	list := &Timeline{Top: top, host: name}
	s := &Server{Source: &feedstest.Source{HostName: name}}
	s.Can = s.Source.Capabilities()
	s.OnPosts = list.Page
	s.OnProfile = func(user, domain string) (*feeds.Author, error) { return feedstest.Author(user, domain), nil }
	s.OnDescribe = func() (*feeds.Instance, error) {
		return &feeds.Instance{Host: name, Domain: name, Software: "mastodon", Title: name, Fetched: feedstest.Epoch()}, nil
	}
	d.Resolver.Sources[name] = s
	return s, list
}

// WebFeed reads one web feed.
type WebFeed struct{ Posts []*feeds.Post }

// Feed implements feeds.Syndicated.
func (w WebFeed) Feed(context.Context, string, feeds.Cursor) (*feeds.Author, *feeds.Page, error) {
	return feedstest.Author("blog", "blog.example"), feedstest.Page("", w.Posts...), nil
}
