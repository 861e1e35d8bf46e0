package state

import (
	"context"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// ThreadModel is a post among what was said around it.
type ThreadModel struct {
	Route    route.Route
	Snapshot *reader.ThreadSnapshot

	app    *App
	thread *reader.Thread
}

// NewThread makes the model of a post.
func NewThread(a *App, r route.Route) *ThreadModel { return &ThreadModel{Route: r, app: a} }

// Ready implements Model.
func (m *ThreadModel) Ready() bool { return m.Snapshot != nil && m.Snapshot.Ready() }

// Host implements Model.
func (m *ThreadModel) Host() string { return m.Route.Host }

// Open implements Model.
func (m *ThreadModel) Open(ctx context.Context) {
	m.thread = m.app.reader.Thread(m.Route.Host, m.Route.ID, func(s *reader.ThreadSnapshot) {
		m.app.later(func() { m.take(ctx, s) })
	})
	go m.thread.Open(ctx)
}

func (m *ThreadModel) take(ctx context.Context, s *reader.ThreadSnapshot) {
	if ctx.Err() != nil {
		return
	}
	if s.Blocked {
		m.app.refuse(m, "")
		return
	}
	m.Snapshot = s
	m.app.changed(m)
}

// Refresh implements Model. A thread that is being read is left alone.
func (m *ThreadModel) Refresh(ctx context.Context, quiet bool) {
	if quiet && (m.Snapshot == nil || m.Snapshot.Err == nil || m.app.waits(m.Snapshot.Err)) {
		return
	}
	go m.thread.Refresh(ctx)
}

// LoadOlder implements Model: a thread comes whole.
func (m *ThreadModel) LoadOlder(context.Context) {}

// Handle implements Model: a thread has no buttons of its own.
func (m *ThreadModel) Handle(context.Context, browser.Event) bool { return false }

// Posts implements Model.
func (m *ThreadModel) Posts() []*feeds.Post {
	if m.Snapshot == nil || m.Snapshot.Tree == nil {
		return nil
	}
	return m.Snapshot.Tree.Posts()
}

// Rows implements Model: a thread is read as a whole.
func (m *ThreadModel) Rows() int { return 0 }

// Fresh implements Model.
func (m *ThreadModel) Fresh() (time.Time, bool) {
	s := m.Snapshot
	if s == nil || s.Err != nil || s.Busy || s.Stale || s.Around != nil {
		return time.Time{}, s != nil && withdrawn(s.Err)
	}
	return s.AsOf, false
}
