package state

import (
	"context"
	"slices"
	"time"

	"vitrine/app/route"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// span is a stretch of the merged feed with a beginning: a catch-up, or what is new for who reads upwards. It is loaded once, whatever order
// and groups it is shown in: the views that show it share it.
type span struct {
	list   string
	since  time.Time // of a catch-up; zero for what is new
	query  *reader.Query
	first  *HomeModel       // began it
	last   *reader.Snapshot // nil before the first
	caught follows.Line     // the newest post of the catch-up before; zero for none
	at     time.Time        // when it was loaded; zero while it is
	waited bool             // for long: what has come is shown
	hear   []func(*reader.Snapshot)
}

// spanPatience is how long a reader waits for a span that is shown only as a whole.
const spanPatience = 15 * time.Second

// begins is where the span begins that is shown: a catch-up's, or where a reader stopped who reads upwards; zero for everything.
func (m *HomeModel) begins() time.Time {
	if m.Route.Since.IsZero() && m.Route.Order == route.Oldest {
		return m.Line.At
	}
	return m.Route.Since
}

// CatchesUp reports that a catch-up is shown.
func (m *HomeModel) CatchesUp() bool { return !m.Route.Since.IsZero() }

// Loading reports that a span is being loaded.
func (m *HomeModel) Loading() bool { return m.span != nil && m.span.at.IsZero() }

// LoadedAt is when the span was loaded; zero while it is.
func (m *HomeModel) LoadedAt() time.Time {
	if m.span == nil {
		return time.Time{}
	}
	return m.span.at
}

// Loaded is how many of the places that are read are loaded down to where the span begins, or as far as they go.
func (m *HomeModel) Loaded() (n, all int) {
	for _, s := range m.Feed.Snapshot.Sources {
		if all++; !s.Reaching {
			n++
		}
	}
	return n, all
}

// Short are the sources that can't give the whole span.
func (m *HomeModel) Short() (short []*HomeSource) {
	for _, s := range m.Sources {
		if s.short {
			short = append(short, s)
		}
	}
	return short
}

// settled reports that the order in which the span is shown has its posts. Newest first that is so from the first on: others come below.
func (m *HomeModel) settled() bool {
	return m.span == nil || m.Route.Order == "" && m.Route.By == "" || !m.Loading() || m.span.waited
}

// IsNew reports that a row is a post that is new since the catch-up before this one.
func (m *HomeModel) IsNew(i *reader.Item) bool {
	return i.Gap == nil && m.CatchesUp() && m.span != nil && !m.span.caught.At.IsZero() && i.Entry.At.After(m.span.caught.At)
}

// News is how many posts are new since the catch-up before this one.
func (m *HomeModel) News() (n int) {
	items := m.Feed.Snapshot.Items
	for i := range items {
		if m.IsNew(&items[i]) {
			n++
		}
	}
	return n
}

// takeOver has the model show the span of the view that is open, where only the order or the groups are others.
func (m *HomeModel) takeOver() {
	if !m.CatchesUp() {
		return
	}
	v := m.app.current()
	if v == nil {
		return
	}
	if o, ok := v.Model.(*HomeModel); ok && o.span != nil && o.span.list == m.Route.List && o.span.since.Equal(m.Route.Since) {
		m.span = o.span
	}
}

// beginSpan opens the feed of a span.
func (m *HomeModel) beginSpan(ctx context.Context, sources []reader.Source) {
	s := m.span
	if s == nil {
		s = &span{list: m.Route.List, since: m.Route.Since, first: m, caught: m.caught}
		s.query = m.app.reader.Merge(sources, func(snap *reader.Snapshot) {
			m.app.later(func() {
				s.last = snap
				for _, hear := range s.hear {
					hear(snap)
				}
			})
		})
		s.query.SetLine(m.Line)
		m.span = s
		go m.loadSpan(ctx, func() { s.query.OpenSpan(ctx, m.begins()) })
	}
	f := &FeedModel{Snapshot: &reader.Snapshot{Busy: true}, app: m.app, owner: m, feed: s.query, held: true}
	f.changed, f.arrange = m.changed, m.arrange
	s.hear = append(s.hear, func(snap *reader.Snapshot) { f.take(ctx, snap) })
	m.Feed, m.stop = f, s.query.StopSpan
	if s.last != nil {
		f.take(ctx, s.last)
	}
}

// loadSpan waits until the span is loaded.
func (m *HomeModel) loadSpan(ctx context.Context, load func()) {
	s, done := m.span, make(chan struct{})
	go func() {
		select {
		case <-m.app.clock.After(spanPatience):
			m.app.later(func() { s.waited = true; s.tell() })
		case <-done:
		case <-ctx.Done():
		}
	}()
	load()
	close(done)
	m.app.later(func() {
		if ctx.Err() != nil {
			return
		}
		s.at = m.app.clock.Now()
		s.tell()
		m.catchUp()
	})
}

// tell has all who show the span look at it again.
func (s *span) tell() {
	for _, hear := range s.hear {
		if s.last != nil {
			hear(s.last)
		}
	}
}

// recallCaught has a catch-up that is opened again, after a reload or by going back to it, mark what it marked before.
func (m *HomeModel) recallCaught() {
	v := m.app.current()
	if !m.CatchesUp() || v == nil || v.Model != m {
		return
	}
	if at := v.position.Caught; at != 0 {
		m.caught = follows.Line{At: time.UnixMilli(at)}
	} else if !m.caught.At.IsZero() {
		v.position.Caught = m.caught.At.UnixMilli()
	}
}

// catchUp notes down to where the next catch-up is nothing new.
func (m *HomeModel) catchUp() {
	if !m.CatchesUp() {
		return
	}
	items := m.span.last.Items
	i := slices.IndexFunc(items, func(i reader.Item) bool { return i.Gap == nil })
	if i < 0 {
		return
	}
	to := follows.Line{At: items[i].Entry.At, Key: items[i].Entry.Key}
	m.app.background(func(ctx context.Context) {
		_ = m.app.book.CatchUp(ctx, m.feed(), to, m.app.clock.Now()) // else the next catch-up marks more
	})
}

// loadAgain loads a catch-up again, which a reader asks for.
func (m *HomeModel) loadAgain(ctx context.Context) {
	s := m.span
	if s == nil || m.Loading() {
		return
	}
	s.at, s.waited = time.Time{}, true // what is shown stays until then
	go m.loadSpan(ctx, func() { s.query.LoadSpan(ctx) })
}

// arrange turns the order round for who reads upwards.
func (m *HomeModel) arrange(s *reader.Snapshot) *reader.Snapshot {
	if m.Route.Order != route.Oldest {
		return s
	}
	next := *s
	next.Line = 0
	next.End = true // nothing older is loaded below the newest
	next.Items = slices.Clone(next.Items)
	slices.Reverse(next.Items)
	return &next
}

// SpanChoice is a catch-up that is offered.
type SpanChoice struct {
	Name  string // "evening", "visit", "days", "week"
	Since time.Time
}

// eveningHour is when yesterday's evening begins.
const eveningHour = 18

// Choices are the catch-ups that are offered.
func (m *HomeModel) Choices() []SpanChoice {
	now := m.app.browser.Local(m.app.clock.Now())
	choices := []SpanChoice{{"evening", m.onClock(now, -1, eveningHour)}, {"days", m.onClock(now, -3, 0)}, {"week", m.onClock(now, -7, 0)}}
	if at := m.Line.At; !at.IsZero() {
		choices = append(choices, SpanChoice{"visit", at})
	}
	return choices
}

// onClock is an hour of a day on the reader's clock, so many days from another one.
func (m *HomeModel) onClock(day time.Time, days, hour int) time.Time {
	year, month, n := day.Date()
	local := m.app.browser.Local
	at := time.Date(year, month, n+days, hour, 0, 0, 0, local(day).Location())
	return time.Date(year, month, n+days, hour, 0, 0, 0, local(at).Location()).UTC() // summer isn't winter
}

// since opens the catch-up from a day on, as a field for dates writes it.
func (m *HomeModel) since(text string) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return
	}
	r := route.Route{View: route.Home, List: m.Route.List, Since: m.onClock(day, 0, 0)}
	m.app.browser.Go(r.String(), false)
}
