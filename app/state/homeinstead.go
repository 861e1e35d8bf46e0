package state

import (
	"context"
	"slices"
	"strings"

	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/follows"
	"vitrine/feeds/software"
)

// copiesOffered is how many servers are offered to read a copy from.
const copiesOffered = 2

// Copies are the views in which other servers show what they hold of a source that fails: followed servers first, then those that the site
// knows. There are none of what was withdrawn.
func (m *HomeModel) Copies(s *HomeSource) []route.Route {
	if s.Err == nil {
		return nil
	}
	var not []string
	for _, o := range m.Sources {
		if o.Err != nil {
			not = append(not, o.Host)
		}
	}
	return m.app.copies(&s.Follow, s.Err.Kind, not)
}

// copies are Copies of a source that fails with a kind of problem; hosts that fail too are left out.
func (a *App) copies(s *follows.Follow, why feeds.Kind, failing []string) []route.Route {
	r, err := route.Parse(string(s.Address))
	if err != nil || why == feeds.Offline || withdrawn(&feeds.Error{Kind: why}) {
		return nil
	}
	var holds func(software string) bool
	switch s.Kind {
	case follows.Profile, follows.Community, follows.Channel:
		holds = software.SpeaksMastodon
	case follows.Playlist:
		holds = func(name string) bool { return name == "peertube" }
	default:
		return nil
	}
	not := append([]string{s.Host, r.Host, r.Domain}, failing...)
	var all []route.Route
	offer := func(host, name string) {
		if host != "" && name != "" && len(all) < copiesOffered && holds(name) && !slices.Contains(not, host) && !a.blocked.Host(host) {
			not = append(not, host)
			r.Via = host
			all = append(all, r)
		}
	}
	for _, f := range a.Follows.Follows {
		offer(f.Host, f.Software)
	}
	for _, l := range a.Site.Servers {
		name := l.Software
		if name == "" {
			name = "mastodon"
		}
		offer(l.Host, name)
	}
	return all
}

// lookForFeed finds out whether a source that fails has a web feed that answers.
func (m *HomeModel) lookForFeed(ctx context.Context, name follows.Address) {
	m.WebFeed = ""
	i := slices.IndexFunc(m.Sources, func(s *HomeSource) bool { return s.Address == name })
	if i < 0 || m.Sources[i].Err == nil || withdrawn(m.Sources[i].Err) {
		return
	}
	s := m.Sources[i]
	switch s.Err.Kind {
	case feeds.Offline, feeds.RateLimited, feeds.Timeout: // it would be asked what it can't answer now
		return
	}
	go func() {
		f := s.Follow
		if f.Software == "" {
			info, _ := m.app.hosts.Recall(ctx, f.Host)
			f.Software = info.Software
		}
		if s.Err.Kind == feeds.NeedsLogin && !software.StandsIn(f.Software) {
			return
		}
		found := m.app.reader.WebFeedAt(ctx, webFeedsOf(f))
		m.app.later(func() {
			if found != "" && m.Asked == name && !m.app.refuses(route.Route{View: route.Feed, URL: found}) {
				m.WebFeed = found
				m.app.changed(m)
			}
		})
	}()
}

// webFeedsOf are the addresses where the server of a follow may have a web feed of it. A server that only holds a copy has none.
func webFeedsOf(f follows.Follow) []string {
	user, domain, _ := strings.Cut(f.Handle, "@")
	feed := ""
	switch f.Kind {
	case follows.Profile, follows.Channel, follows.Community:
		if domain != f.Host {
			return nil
		}
		return software.WebFeeds(f.Host, f.Software, user, f.Kind == follows.Community)
	case follows.Hashtag:
		feed = software.TagFeed(f.Host, f.Software, f.Tag)
	case follows.Server:
		feed = software.LocalFeed(f.Host, f.Software)
	}
	if feed == "" {
		return nil
	}
	return []string{feed}
}

// followFeed follows the web feed of a source that fails in its place: in the same lists, with the same filter.
func (m *HomeModel) followFeed(name follows.Address) {
	old, ok := m.app.Follows.Find(name)
	feed, fits := followOfRoute(route.Route{View: route.Feed, URL: m.WebFeed}, m.app.clock.Now())
	if !ok || !fits || m.WebFeed == "" || m.Asked != name {
		return
	}
	feed.Title, feed.Lists, feed.Filter = FollowName(old), old.Lists, old.Filter
	m.Asked, m.WebFeed = "", ""
	m.app.changeFollows(m.app.Words.T("home.webfeed.followed", feed.Title), func(d *follows.Data) error {
		if _, both := d.Find(feed.Address); both {
			d.Add(feed)
			d.Remove(name)
			return nil
		}
		d.Update(func(f *follows.Follow) { *f = feed }, name)
		return nil
	})
}
