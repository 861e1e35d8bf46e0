package state

import (
	"context"
	"time"

	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// ProfileModel is a person, group or channel.
type ProfileModel struct {
	Route  route.Route
	Author *feeds.Author // nil until known
	Err    *feeds.Error  // why the profile can't be read
	Pinned []reader.Item
	Tags   []feeds.Tag // what the author often writes about
	Feed   *FeedModel  // nil on the about tab
	Can    feeds.Capabilities

	app    *App
	ctx    context.Context
	retry  time.Time
	pinned bool // the pinned posts are there or won't come
	busy   bool
	looked bool // in the store
}

// Ready implements Model.
func (m *ProfileModel) Ready() bool {
	switch {
	case m.Author == nil:
		return m.Err != nil && m.looked
	case m.Feed == nil:
		return true
	}
	return m.Feed.ready() && m.pinned
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
	m.ctx = ctx
	go func() {
		a := m.app.reader.StoredProfile(ctx, m.user(), m.Route.Domain, m.Route.Via)
		can := m.can(a)
		m.app.later(func() {
			m.looked, m.Can = true, can
			if a != nil && m.Author == nil && (m.Err == nil || !closed(m.Err)) {
				m.take(a)
				return
			}
			m.app.changed(m)
		})
	}()
	m.ask()
}

// user is the name as a reader asks for it: a community's after "!".
func (m *ProfileModel) user() string {
	if m.Route.View == route.Community {
		return "!" + m.Route.User
	}
	return m.Route.User
}

// can says what the server can fill; a is nil while the author isn't known.
func (m *ProfileModel) can(a *feeds.Author) feeds.Capabilities {
	host := m.Route.Domain
	if m.Route.Via != "" {
		host = m.Route.Via
	}
	if a != nil {
		host = a.Host
	}
	return m.app.reader.Capabilities(m.ctx, host)
}

func (m *ProfileModel) ask() {
	if m.busy {
		return
	}
	m.busy = true
	go func() {
		a, err := m.app.reader.Profile(m.ctx, m.user(), m.Route.Domain, m.Route.Via)
		can := m.can(a)
		m.app.later(func() {
			m.busy, m.Can = false, can
			if err != nil {
				m.Err = feeds.AsError(err)
				if closed(m.Err) {
					m.Author, m.Feed, m.Pinned = nil, nil, nil // what was stored isn't shown against the will of who wrote it
				}
				m.app.retryAt(m.ctx, m.Err.RetryAt, &m.retry, m.ask)
				m.app.changed(m)
				return
			}
			m.Err = nil
			m.take(a)
		})
	}()
}

// take shows an author and begins to read their posts.
func (m *ProfileModel) take(a *feeds.Author) {
	if m.app.blocked.Author(a) {
		m.app.refuse(m, "@"+a.Handle())
		return
	}
	first := m.Author == nil
	m.Author = a
	if first && a.Gone == "" {
		m.read()
	}
	m.app.changed(m)
}

func (m *ProfileModel) read() {
	if m.Route.Tab == "about" {
		m.readTags()
		return
	}
	f := feeds.ProfileFilter{Replies: m.Route.Tab == "replies", OnlyMedia: m.Route.Tab == "media", NoBoosts: m.app.Settings.HideBoosts}
	m.Feed = m.app.newFeed(m.ctx, m, reader.ProfilePlace{Author: m.Author, Filter: f})
	if m.Route.Tab != "" || !m.Can.Pinned {
		m.pinned = true
		return
	}
	a := m.Author
	go func() {
		if items, known := m.app.reader.StoredPinned(m.ctx, a); known {
			m.app.later(func() { m.pin(items) })
		}
		items, err := m.app.reader.Pinned(m.ctx, a)
		m.app.later(func() {
			if err != nil {
				items = m.Pinned
			}
			m.pin(items)
		})
	}()
}

// pin shows what stands first.
func (m *ProfileModel) pin(items []reader.Item) {
	if m.Author == nil {
		return // it was taken off meanwhile
	}
	m.Pinned, m.pinned = m.app.admit(items), true
	m.app.changed(m)
}

func (m *ProfileModel) readTags() {
	if !m.app.reader.Capabilities(m.ctx, m.Author.Host).FeaturedTags {
		return
	}
	go func() {
		tags, err := m.app.reader.FeaturedTags(m.ctx, m.Author)
		if err != nil {
			return // a profile without them is no trouble
		}
		m.app.later(func() { m.Tags = tags; m.app.changed(m) })
	}()
}

// Refresh implements Model.
func (m *ProfileModel) Refresh(quiet bool) {
	if m.Author == nil || m.Err != nil && !quiet {
		m.ask()
		return
	}
	m.Feed.Refresh(quiet)
}

// Fresh implements Model.
func (m *ProfileModel) Fresh() (time.Time, bool) {
	if m.Err != nil {
		return time.Time{}, lost(m.Err)
	}
	if !m.pinned {
		return time.Time{}, false
	}
	return m.Feed.fresh()
}

// LoadOlder implements Model.
func (m *ProfileModel) LoadOlder() { m.Feed.LoadOlder() }
