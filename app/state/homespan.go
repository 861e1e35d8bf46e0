package state

import (
	"context"
	"slices"
	"time"

	"vitrine/app/route"
	"vitrine/feeds/reader"
)

// mostCaughtUp is how many posts are loaded at most to reach where a span begins.
const mostCaughtUp = 2000

// reach loads down to where the span begins, as far as the sources go.
func (m *HomeModel) reach(ctx context.Context) {
	f := m.Feed
	if m.reaching || f.Snapshot.Busy && len(f.Snapshot.Items) == 0 {
		return
	}
	m.reaching = true
	before := len(f.Snapshot.Items)
	go func() {
		_ = f.feed.LoadOlder(ctx) // the snapshot says it
		m.app.later(func() {
			m.reaching = false
			switch {
			case ctx.Err() != nil || m.Feed != f || m.reached:
			case !f.Snapshot.Busy && len(f.Snapshot.Items) == before: // there is no more
				m.reached = true
				m.app.changed(m)
			default:
				m.reach(ctx)
			}
		})
	}()
}

// begins is where the span begins that is shown: a catch-up's, or where a reader stopped who reads upwards; zero for everything.
func (m *HomeModel) begins() time.Time {
	if m.Route.Since.IsZero() && m.Route.Order == route.Oldest {
		return m.Line.At
	}
	return m.Route.Since
}

// arrange cuts off what is older than the span, and turns the order round for who reads upwards. The span has an end on both sides: nothing older is
// loaded below it.
func (m *HomeModel) arrange(s *reader.Snapshot) *reader.Snapshot {
	upwards, from := m.Route.Order == route.Oldest, m.begins()
	if !upwards && from.IsZero() {
		return s
	}
	next := *s
	next.Line = 0
	if !from.IsZero() {
		end := slices.IndexFunc(s.Items, func(i reader.Item) bool { return i.Gap == nil && !i.Entry.At.After(from) })
		m.reached = m.reached || end >= 0 || s.End || s.Err != nil || s.OldErr != nil || len(s.Items) >= mostCaughtUp
		if end >= 0 {
			next.Items = s.Items[:end]
		}
	}
	next.End = m.reached || from.IsZero()
	if upwards {
		next.Items = slices.Clone(next.Items)
		slices.Reverse(next.Items)
	}
	return &next
}
