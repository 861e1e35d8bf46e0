package state

import (
	"context"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// news is what is to be learned of a source.
type news struct {
	failed feeds.Kind // "" where it answered
	times  []time.Time
	at     time.Time
	name   string // what it is called by now; "" for unknown
}

// learn keeps what was noted, all at once.
func (m *HomeModel) learn() {
	if len(m.news) == 0 {
		return
	}
	noted := m.news
	m.news = map[follows.Address]news{}
	m.app.background(func(ctx context.Context) { learnAll(ctx, m.app.book, m.app.reader, noted) })
}

// learnFrom keeps what a list tells that is read for a view of its own, where its source is followed.
func (a *App) learnFrom(m *FeedModel) {
	s, now := m.Snapshot, a.clock.Now()
	source, ok := m.owner.(Followable)
	if !ok || m.place == nil || s.Busy || s.Err == nil && (s.Stale || s.AsOf.IsZero()) || s.Err != nil && s.Err.Kind == feeds.Offline {
		return
	}
	f, ok := source.Follow(now)
	if !ok {
		return
	}
	own, ok := a.Followed(f)
	if !ok || !reads(own, m.place) {
		return
	}
	n := news{at: s.AsOf}
	if s.Err != nil {
		n = news{at: now, failed: s.Err.Kind}
	}
	if n.failed == m.failed && (n.failed != "" || n.at.Sub(m.learned) < homeEvery) { // a list that is open is asked each minute
		return
	}
	m.learned, m.failed = n.at, n.failed
	if n.failed == "" {
		n.times, n.name = m.feed.Newest(""), f.Title
	}
	a.background(func(ctx context.Context) { learnAll(ctx, a.book, a.reader, map[follows.Address]news{own.Address: n}) })
}

// reads reports that a source is read at a place.
func reads(f follows.Follow, p reader.Place) bool {
	for _, s := range reader.SourcesOf(f, nil) {
		if s.Place.ID() == p.ID() {
			return true
		}
	}
	return false
}

// learnAll keeps what was noted of sources, and their names where they have others by now, or none: lists that come from a file or a link
// may bring only addresses.
func learnAll(ctx context.Context, book *follows.Book, r *reader.Reader, noted map[follows.Address]news) {
	_ = book.Learn(ctx, func(all map[follows.Address]follows.Learned) error { // the next refresh learns it too
		for a, n := range noted {
			if n.failed != "" {
				all[a] = all[a].Failed(n.failed, n.at)
			} else {
				all[a] = all[a].Answered(n.at, n.times...)
			}
		}
		return nil
	})
	data, err := book.Load(ctx)
	if err != nil {
		return
	}
	names := map[follows.Address]string{}
	for _, f := range data.Follows {
		n, ok := noted[f.Address]
		switch {
		case !ok || n.failed != "":
			continue
		case n.name != "" && n.name != f.Title:
			names[f.Address] = n.name
			continue
		case f.Title != "":
			continue
		}
		for _, s := range reader.SourcesOf(f, nil) {
			if by := r.Writes(ctx, s.Place); by != nil {
				names[f.Address] = chosenName(by)
			}
		}
	}
	named := make([]follows.Address, 0, len(names))
	for a, name := range names {
		if name != "" {
			named = append(named, a)
		}
	}
	if len(named) > 0 {
		_, _ = book.Change(ctx, func(d *follows.Data) error {
			d.Update(func(f *follows.Follow) { f.Title = names[f.Address] }, named...)
			return nil
		})
	}
}
