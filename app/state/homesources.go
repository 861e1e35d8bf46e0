package state

import (
	"cmp"
	"context"
	"slices"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// HomeSource is a source, and how it stands with it. It isn't changed: one of which something else is known is another value.
type HomeSource struct {
	follows.Follow
	Standing
}

// Standing is how it stands with a source.
type Standing struct {
	Busy       bool
	Err        *feeds.Error
	AsOf       time.Time // when it last answered; zero for never
	FailsSince time.Time // zero when it doesn't, or since now

	fresh bool
	short bool // of a span: it can't give all of it
}

// keepSources notes what is followed by now; what is known of each stays.
func (m *HomeModel) keepSources(followed []follows.Follow) {
	known := map[follows.Address]*HomeSource{}
	for _, s := range m.Sources {
		known[s.Address] = s
	}
	m.Sources = make([]*HomeSource, 0, len(followed))
	for _, f := range followed {
		s := &HomeSource{Follow: f}
		if was := known[f.Address]; was != nil {
			next := *was
			next.Follow, s = f, &next
		}
		m.Sources = append(m.Sources, s)
	}
}

// places are where the sources are read.
func (m *HomeModel) places() []reader.Source {
	return placesOf(m.app.Follows, m.learned, m.feed(), m.app.clock.Now(), m.app.blocked)
}

// placesOf are where the sources of a feed are read: those first that are likely to have something new.
func placesOf(data *follows.Data, learned map[follows.Address]follows.Learned, feed string, now time.Time, blocked blocklist.List) (places []reader.Source) {
	likely := func(f *follows.Follow) float64 {
		l, known := learned[f.Address]
		if !known || l.PerWeek == 0 {
			return 1
		}
		return l.PerWeek * now.Sub(l.Asked).Hours() / (7 * 24)
	}
	var followed []*follows.Follow // by pointers, which share one function that sorts
	for _, f := range data.In(feed) {
		followed = append(followed, &f)
	}
	slices.SortStableFunc(followed, func(a, b *follows.Follow) int { return cmp.Compare(likely(b), likely(a)) })
	matchers := data.Matchers(feed)
	for _, f := range followed {
		places = append(places, reader.SourcesOf(*f, matchers[f.Address])...)
	}
	return slices.DeleteFunc(places, func(s reader.Source) bool { return blocked.Host(s.Place.Server()) })
}

// changed notes how it stands with each source, and what is to be learned of it.
func (m *HomeModel) changed(ctx context.Context) {
	s := m.Feed.Snapshot
	now := make(map[follows.Address]*Standing, len(m.Sources))
	m.from = make(map[feeds.TimelineID]string, len(s.Sources))
	for _, state := range s.Sources {
		for _, name := range state.Names {
			id := state.ID
			if m.from[id] != "" {
				m.from[id] += " "
			}
			m.from[id] += string(name)
			h := now[name]
			if h == nil {
				h = &Standing{}
				now[name] = h
			}
			h.Busy, h.fresh = h.Busy || state.Busy, h.fresh || state.Fresh
			h.short = h.short || m.span != nil && !state.Reaching && (!state.Reaches || state.Err != nil && state.Err.Kind != feeds.Offline) // what was loaded is there without a network
			h.Err, h.AsOf = cmp.Or(h.Err, state.Err), feeds.Later(h.AsOf, state.AsOf)
		}
	}
	for i, was := range m.Sources {
		next := now[was.Address]
		if next == nil {
			continue
		}
		if next.Err != nil {
			next.FailsSince = cmp.Or(was.FailsSince, m.learned[was.Address].FailsSince, m.app.clock.Now())
		}
		if *next == was.Standing {
			continue
		}
		is := &HomeSource{was.Follow, *next}
		if m.beside == unwished && (m.span == nil || m.span.first == m) { // who asks learns of it
			m.note(was, is)
		}
		m.Sources[i] = is
	}
	if !s.Busy {
		m.learn()
	}
	if m.waiting {
		m.waiting = false
		m.atLine()
	}
	m.group()
}

// note notes what an answer or a failure tells of a source.
func (m *HomeModel) note(was, is *HomeSource) {
	switch {
	case is.Err != nil && is.Err != was.Err && is.Err.Kind != feeds.Offline: // without a network nothing is said of the source
		m.news[is.Address] = news{failed: is.Err.Kind, at: m.app.clock.Now()}
	case is.Err == nil && is.fresh && (!was.fresh || !is.AsOf.Equal(was.AsOf)):
		m.news[is.Address] = news{times: m.Feed.feed.Newest(is.Address), at: is.AsOf}
	}
}

// From are the fragments of the sources that hold the post of a row, as an attribute has them.
func (m *HomeModel) From(i reader.Item) string {
	out := ""
	for _, id := range i.From {
		if out != "" {
			out += " "
		}
		out += m.from[id]
	}
	return out
}
