package state

import (
	"context"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// ProfileModel is a person, group or channel.
type ProfileModel struct {
	reader.ProfileSnapshot
	Route    route.Route
	Feed     *FeedModel // nil on the about tab
	Choosing bool       // a month is being chosen
	Wrong    bool       // what was typed for it is none
	Asked    int        // how many requests the jump to a month has taken so far

	// Others are the author's answers and boosts, read where there is nothing else: it tells an account that writes nothing of its own from
	// one whose posts its server hides. nil while that isn't asked.
	Others *FeedModel

	app     *App
	profile *reader.Profile
}

// Ready implements Model.
func (m *ProfileModel) Ready() bool {
	switch {
	case m.Author == nil:
		return m.Err != nil
	case m.Feed == nil:
		return true
	}
	return m.Feed.ready() && m.PinnedSet && (m.Others == nil || m.Others.ready())
}

// Host implements Model.
func (m *ProfileModel) Host() string {
	if m.Author != nil {
		return m.Author.Host
	}
	if m.Route.Via != "" {
		return m.Route.Via
	}
	return m.Route.Domain
}

// Open implements Model.
func (m *ProfileModel) Open(ctx context.Context) {
	want := reader.ProfileRequest{User: m.Route.User, Domain: m.Route.Domain, Via: m.Route.Via, Pinned: m.whole(), Tags: m.Route.Tab == "about"}
	if m.Route.View == route.Community {
		want.User = "!" + want.User
	}
	m.profile = m.app.reader.Profile(want, func(s *reader.ProfileSnapshot) { m.app.later(func() { m.take(ctx, s) }) })
	go m.profile.Open(ctx)
}

// whole reports that the author's own posts are shown, from the newest on.
func (m *ProfileModel) whole() bool {
	return m.Route.Tab == "" && m.Route.Month.IsZero() && m.Route.Tag == ""
}

// take shows what is known of the author, and begins to read their posts.
func (m *ProfileModel) take(ctx context.Context, s *reader.ProfileSnapshot) {
	if ctx.Err() != nil {
		return
	}
	if s.Blocked != nil {
		m.app.refuse(m, "@"+s.Blocked.Handle())
		return
	}
	m.ProfileSnapshot = *s
	switch {
	case m.Author == nil:
		m.Feed = nil
	case m.Feed == nil && m.Author.Gone == "" && m.Route.Tab != "about":
		f := feeds.ProfileFilter{Replies: m.Route.Tab == "replies", OnlyMedia: m.Route.Tab == "media", NoBoosts: m.app.Settings.HideBoosts, Tag: m.Route.Tag}
		m.Feed = m.app.newFeed(ctx, m, reader.ProfilePlace{Author: m.Author, Filter: f, Jump: m.jump(ctx)})
		m.Feed.changed = m.lookForOthers
	}
	m.app.changed(m)
}

// lookForOthers asks for answers and boosts where posts are counted and none is listed.
func (m *ProfileModel) lookForOthers(ctx context.Context) {
	if m.Feed == nil || m.Others != nil {
		return
	}
	s := m.Feed.Snapshot
	if m.whole() && m.Can.Replies && m.Author.Counts.Posts > 0 && s.Err == nil && s.End && len(s.Items)+len(s.Hidden) == 0 {
		m.Others = m.app.newFeed(ctx, m, reader.ProfilePlace{Author: m.Author, Filter: feeds.ProfileFilter{Replies: true}})
	}
}

// Refresh implements Model.
func (m *ProfileModel) Refresh(ctx context.Context, quiet bool) {
	switch {
	case quiet && (m.app.waits(m.Err) || !m.Route.Month.IsZero() && m.Feed.ready()): // nothing becomes of a month that is over
	case m.Author == nil || m.Err != nil && !quiet:
		go m.profile.Refresh(ctx)
	default:
		m.Feed.Refresh(ctx, quiet)
	}
}

// Fresh implements Model.
func (m *ProfileModel) Fresh() (time.Time, bool) {
	switch {
	case m.Err != nil:
		return time.Time{}, withdrawn(m.Err)
	case m.Author != nil && m.Author.Gone != "":
		return time.Time{}, withdrawn(m.Author.Failure())
	case !m.PinnedSet || m.Busy: // what stands above the posts may become another
		return time.Time{}, false
	}
	return m.Feed.fresh()
}

// LoadOlder implements Model.
func (m *ProfileModel) LoadOlder(ctx context.Context) { m.Feed.LoadOlder(ctx) }

// Handle implements Model.
func (m *ProfileModel) Handle(ctx context.Context, e browser.Event) bool {
	if c, ok := e.(browser.Click); ok && c.Action == "follow-author" && m.Author != nil && m.Author.Moved != nil {
		if f, ok := m.Successor(); ok && string(f.Address) == string(c.Post) {
			m.app.toggleFollow(f, m.Author.Moved.Group)
			return true
		}
	}
	return m.chooseMonth(e) || m.Feed.handle(ctx, e)
}

// Posts implements Model.
func (m *ProfileModel) Posts() []*feeds.Post {
	return append(reader.Posts(m.Pinned), m.Feed.posts()...)
}

// Rows implements Model.
func (m *ProfileModel) Rows() int { return m.Feed.rows() }

// NewProfile makes the model of a person, group or channel.
func NewProfile(a *App, r route.Route) *ProfileModel { return &ProfileModel{Route: r, app: a} }
