package state

import (
	"context"
	"time"

	"vitrine/app/browser"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// FeedModel is a list of posts within a view.
type FeedModel struct {
	Snapshot *reader.Snapshot // never nil

	app     *App
	owner   Model
	came    func() // looks at what came before the view is drawn; nil for nothing to do
	ctx     context.Context
	place   reader.Place
	feed    *reader.Query
	stopped bool // its server lets no guest read it, and another list stands in for it
}

// newFeed opens a place for a view. Snapshots arrive through App.later.
func (a *App) newFeed(ctx context.Context, owner Model, p reader.Place) *FeedModel {
	m := &FeedModel{Snapshot: &reader.Snapshot{Busy: true}, app: a, owner: owner, ctx: ctx, place: p}
	m.feed = a.reader.Feed(p, func(s *reader.Snapshot) { a.later(func() { m.take(s) }) })
	if v := a.next; v != nil && v.Model == owner {
		m.feed.ShowAtFirst(v.position.N)
	}
	go m.feed.Open(ctx, a.browser.AtTop)
	return m
}

func (m *FeedModel) take(s *reader.Snapshot) {
	if m.ctx.Err() != nil {
		return
	}
	m.Snapshot = s
	if m.came != nil {
		m.came()
	}
	m.app.changed(m.owner)
}

// Refresh asks for the newest page.
func (m *FeedModel) Refresh(quiet bool) {
	if m == nil || m.stopped {
		return
	}
	if quiet && m.Snapshot.Err == nil {
		go m.feed.Poll(m.ctx)
		return
	}
	if quiet && !m.Snapshot.Err.RetryAt.IsZero() {
		return // it has its own time
	}
	go m.feed.Refresh(m.ctx, func() bool { return !quiet })
}

// LoadOlder shows more, unless the last try failed: then only a press of the button tries again.
func (m *FeedModel) LoadOlder() {
	if m == nil || m.Snapshot.End || m.Snapshot.Older || m.Snapshot.OldErr != nil || len(m.Snapshot.Items) == 0 && !m.Snapshot.LeftOut {
		return
	}
	go m.feed.LoadOlder(m.ctx)
}

// handle does what the buttons of a list mean, and reports whether the event was one of these.
func (m *FeedModel) handle(e browser.Event) bool {
	p, ok := e.(browser.Press)
	if !ok || m == nil {
		return false
	}
	switch p.Action {
	case "older":
		go m.feed.LoadOlder(m.ctx)
	case "new":
		go m.feed.ShowNew()
		m.app.browser.ScrollTo(browser.Position{})
	case "gap":
		go m.feed.Fill(m.ctx, m.place.ID(), p.Cursor)
	default:
		return false
	}
	return true
}

// posts are those that the list shows.
func (m *FeedModel) posts() []*feeds.Post {
	if m == nil {
		return nil
	}
	return reader.Posts(m.Snapshot.Items)
}

// rows is how many rows the list has.
func (m *FeedModel) rows() int {
	if m == nil {
		return 0
	}
	return len(m.Snapshot.Items)
}

// ready reports that the list, if there is one, has something to show.
func (m *FeedModel) ready() bool { return m != nil && m.Snapshot.Ready() }

// Server is the host that is asked.
func (m *FeedModel) Server() string { return m.place.Server() }

// fresh implements Model.Fresh for a view that is this list.
func (m *FeedModel) fresh() (time.Time, bool) {
	if m == nil {
		return time.Time{}, false
	}
	s := m.Snapshot
	if s.Err != nil || s.Busy || s.Stale {
		return time.Time{}, lost(s.Err)
	}
	return s.AsOf, false
}

// lost reports a problem that means that a server doesn't show something any more.
func lost(err *feeds.Error) bool {
	if err == nil {
		return false
	}
	switch err.Kind {
	case feeds.Gone, feeds.Refused, feeds.NeedsLogin, feeds.NotFound:
		return true
	}
	return false
}
