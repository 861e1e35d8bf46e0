package state

import (
	"cmp"
	"context"
	"slices"
	"time"

	"vitrine/app/browser"
	"vitrine/app/markup"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// How the merged feed keeps itself up to date.
const (
	// homeEvery is how often all sources are asked quietly while the feed is open.
	homeEvery = 5 * time.Minute
	// readEvery is how often a reader's place is looked at while they scroll.
	readEvery = 2 * time.Second
	// mostCaughtUp is how many posts are loaded at most to reach where a span begins.
	mostCaughtUp = 2000
)

// HomeModel is everything that is followed, or one list of it, as one feed.
type HomeModel struct {
	Route    route.Route
	List     follows.List  // the zero value for everything
	Known    bool          // there is such a list
	Feed     *FeedModel    // nil while nothing is followed
	Sources  []*HomeSource // in the order in which they were followed
	Asked    follows.Address
	Revealed bool // what filters hide is shown, folded
	Line     follows.Line

	app      *App
	from     map[feeds.TimelineID]string // names of the sources of a place
	learned  map[follows.Address]follows.Learned
	opened   bool // the reading line and what was learned are loaded
	reached  bool // what is shown goes down to where its span begins, or as far as it can
	reaching bool // older posts are being loaded for that
	behind   bool // what is followed has changed while another view was open
	asked    time.Time
	stop     context.CancelFunc // ends the refresh; nil before the first
	looked   time.Time          // when the reader's place was last looked at
	news     map[follows.Address]news
}

// HomeSource is how it stands with a source.
type HomeSource struct {
	follows.Follow
	Busy       bool
	Err        *feeds.Error
	AsOf       time.Time // when it last answered; zero for never
	FailsSince time.Time // zero when it doesn't, or since now

	fresh bool
}

// news is what is to be learned of a source.
type news struct {
	failed feeds.Kind // "" where it answered
	times  []time.Time
	at     time.Time
}

// NewHome makes the model of the merged feed.
func NewHome(a *App, r route.Route) *HomeModel {
	return &HomeModel{Route: r, app: a, news: map[follows.Address]news{}}
}

// feed names what is shown, as its reading line is kept.
func (m *HomeModel) feed() string { return cmp.Or(m.Route.List, follows.Home) }

// Ready implements Model.
func (m *HomeModel) Ready() bool {
	return m.opened && m.app.FollowsKnown && (m.Feed == nil || m.Feed.ready() && (m.reached || m.begins().IsZero()))
}

// Host implements Model: no server's data alone.
func (m *HomeModel) Host() string { return "" }

// Open implements Model.
func (m *HomeModel) Open(ctx context.Context) {
	go func() {
		lines, _ := m.app.book.Lines(ctx)     // without them there is no line
		learned, _ := m.app.book.Learned(ctx) // without it nobody knows since when a source fails
		m.app.later(func() {
			m.opened, m.Line, m.learned = true, lines[m.feed()], learned
			m.take(ctx)
		})
	}()
}

// followsChanged implements followsWatcher.
func (m *HomeModel) followsChanged(ctx context.Context, r follows.Record) {
	switch r {
	case follows.RecordFollows:
		m.take(ctx)
	case follows.RecordLearned:
		go func() {
			if learned, err := m.app.book.Learned(ctx); err == nil {
				m.app.later(func() { m.learned = learned })
			}
		}()
	}
}

// take reads what is followed by now.
func (m *HomeModel) take(ctx context.Context) {
	if !m.opened || !m.app.FollowsKnown || ctx.Err() != nil {
		return
	}
	if v := m.app.current(); m.Feed != nil && v != nil && v.Model != m {
		m.behind = true // nobody is asked for a view that isn't open
		return
	}
	m.behind = false
	data := m.app.Follows
	m.List, m.Known = data.List(m.Route.List)
	m.Known = m.Known || m.Route.List == ""
	followed := data.In(m.feed())
	m.keepSources(followed)
	switch {
	case len(followed) == 0:
		m.Feed = nil
		m.app.changed(m)
	case m.Feed == nil:
		m.begin(ctx, m.places(followed))
		m.app.changed(m)
	default:
		read := m.Feed.feed.SetSources(m.places(followed))
		go read(ctx)
	}
}

// begin opens the feed.
func (m *HomeModel) begin(ctx context.Context, sources []reader.Source) {
	asking, stop := context.WithCancel(ctx)
	m.stop, m.asked = stop, m.app.clock.Now()
	f := m.app.feedOf(ctx, m, func(emit func(*reader.Snapshot)) *reader.Query { return m.app.reader.Merge(sources, emit) })
	f.changed, f.arrange = m.changed, m.arrange
	f.feed.SetLine(m.Line)
	m.Feed = f
	go f.feed.Open(asking, m.app.browser.AtTop)
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

// places are where the sources are read: those first that are likely to have something new.
func (m *HomeModel) places(followed []follows.Follow) (places []reader.Source) {
	now := m.app.clock.Now()
	likely := func(f follows.Follow) float64 {
		l, known := m.learned[f.Address]
		if !known || l.PerWeek == 0 {
			return 1
		}
		return l.PerWeek * now.Sub(l.Asked).Hours() / (7 * 24)
	}
	followed = slices.Clone(followed)
	slices.SortStableFunc(followed, func(a, b follows.Follow) int { return cmp.Compare(likely(b), likely(a)) })
	matchers := m.app.Follows.Matchers(m.feed())
	for _, f := range followed {
		places = append(places, reader.SourcesOf(f, matchers[f.Address])...)
	}
	return slices.DeleteFunc(places, func(s reader.Source) bool { return m.app.blocked.Host(s.Place.Server()) })
}

// changed notes how it stands with each source, and what is to be learned of it.
func (m *HomeModel) changed(ctx context.Context) {
	s := m.Feed.Snapshot
	now := map[follows.Address]*HomeSource{}
	m.from = make(map[feeds.TimelineID]string, len(s.Sources))
	for _, state := range s.Sources {
		for _, name := range state.Names {
			id := state.Place.ID()
			if m.from[id] != "" {
				m.from[id] += " "
			}
			m.from[id] += string(name)
			h := now[name]
			if h == nil {
				h = &HomeSource{}
				now[name] = h
			}
			h.Busy, h.fresh = h.Busy || state.Busy, h.fresh || state.Fresh
			h.Err, h.AsOf = cmp.Or(h.Err, state.Err), feeds.Later(h.AsOf, state.AsOf)
		}
	}
	for i, was := range m.Sources {
		next := now[was.Address]
		if next == nil {
			continue
		}
		next.Follow = was.Follow
		if next.Err != nil {
			next.FailsSince = cmp.Or(was.FailsSince, m.learned[was.Address].FailsSince, m.app.clock.Now())
		}
		m.note(was, next)
		m.Sources[i] = next
	}
	if !s.Busy {
		m.learn()
	}
	if !m.begins().IsZero() && !m.reached {
		m.reach(ctx)
	}
}

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

// note notes what an answer or a failure tells of a source.
func (m *HomeModel) note(was, is *HomeSource) {
	switch {
	case is.Err != nil && is.Err != was.Err && is.Err.Kind != feeds.Offline: // without a network nothing is said of the source
		m.news[is.Address] = news{failed: is.Err.Kind, at: m.app.clock.Now()}
	case is.Err == nil && is.fresh && (!was.fresh || !is.AsOf.Equal(was.AsOf)):
		m.news[is.Address] = news{times: m.Feed.feed.Newest(is.Address), at: is.AsOf}
	}
}

// learn keeps what was noted, all at once.
func (m *HomeModel) learn() {
	if len(m.news) == 0 {
		return
	}
	noted := m.news
	m.news = map[follows.Address]news{}
	m.app.background(func(ctx context.Context) {
		_ = m.app.book.Learn(ctx, func(all map[follows.Address]follows.Learned) error { // the next refresh learns it too
			for a, n := range noted {
				if n.failed != "" {
					all[a] = all[a].Failed(n.failed, n.at)
				} else {
					all[a] = all[a].Answered(n.at, n.times...)
				}
			}
			return nil
		})
	})
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

// Refresh implements Model.
func (m *HomeModel) Refresh(ctx context.Context, quiet bool) {
	if m.behind {
		m.take(ctx)
	}
	if m.Feed == nil || m.Feed.Snapshot.Busy {
		return
	}
	now := m.app.clock.Now()
	if quiet && now.Sub(m.asked) < homeEvery {
		return
	}
	m.asked = now
	m.stop() // what waits to be asked again is asked now
	asking, stop := context.WithCancel(ctx)
	m.stop = stop
	f := m.Feed.feed
	go func() {
		if quiet {
			_ = f.Poll(asking) // the next one comes soon enough
			return
		}
		_ = f.Refresh(asking, m.app.browser.AtTop) // the snapshot says it
	}()
}

// Handle implements Model.
func (m *HomeModel) Handle(ctx context.Context, e browser.Event) bool {
	if _, ok := e.(browser.ChunkMove); ok && m.app.clock.Now().Sub(m.looked) >= readEvery {
		m.looked = m.app.clock.Now()
		m.app.afterDraw(func() {
			if v := m.app.shown; v != nil && v.Model == m {
				m.wasRead(m.app.browser.ReadPosition())
			}
		})
		return false
	}
	p, ok := e.(browser.Click)
	if !ok {
		return false
	}
	name := follows.Address(p.Post)
	switch p.Action {
	case "refresh":
		m.Refresh(feeds.Anew(ctx), false)
	case "stop":
		if m.stop != nil {
			m.stop()
		}
	case "source":
		if m.Asked == name {
			name = ""
		}
		m.Asked = name
	case "retry-source":
		if m.Feed != nil {
			go m.Feed.feed.RefreshSource(feeds.Anew(ctx), name)
		}
	case "unfollow":
		if f, ok := m.app.Follows.Find(name); ok {
			m.app.changeFollows(m.app.Words.T("follow.removed", FollowName(f)), func(d *follows.Data) error { d.Remove(name); return nil })
		}
	case "reveal":
		if m.Feed != nil {
			m.Revealed = !m.Revealed
			go m.Feed.feed.Reveal(m.Revealed)
		}
	case "to-line":
		m.toLine()
	default:
		return m.Feed.handle(ctx, e)
	}
	return true
}

// toLine goes to the reading line.
func (m *HomeModel) toLine() {
	if m.Feed == nil {
		return
	}
	s := m.Feed.Snapshot
	if s.Line > 0 && s.Line < len(s.Items) && s.Items[s.Line].Post != nil {
		m.app.browser.ScrollTo(browser.Position{URI: markup.URI(s.Items[s.Line].Post), Off: lineOffset})
	}
}

// lineOffset is how far below the screen's top a reader finds the post that they read last, in pixels: under the line and a piece of what is new.
const lineOffset = 160

// wasRead implements placed: the reading line moves up to what stood at the top of the screen.
func (m *HomeModel) wasRead(p browser.Position) {
	if m.Feed == nil || p.URI == "" || !m.Ready() {
		return
	}
	for _, i := range m.Feed.Snapshot.Items {
		if i.Post == nil || markup.URI(i.Post) != p.URI {
			continue
		}
		if !i.Entry.At.After(m.Line.At) {
			return
		}
		to := follows.Line{At: i.Entry.At, Key: i.Entry.Key}
		m.app.background(func(ctx context.Context) {
			_ = m.app.book.MoveLine(ctx, m.feed(), to, m.app.clock.Now()) // the next place moves it too
		})
		return
	}
}

// placed is a Model that keeps where its reader has been.
type placed interface{ wasRead(browser.Position) }

// LoadOlder implements Model.
func (m *HomeModel) LoadOlder(ctx context.Context) { m.Feed.LoadOlder(ctx) }

// Posts implements Model.
func (m *HomeModel) Posts() []*feeds.Post { return m.Feed.posts() }

// Rows implements Model.
func (m *HomeModel) Rows() int { return m.Feed.rows() }

// Fresh implements Model: the feed is as fresh as its freshest source once all have been asked.
func (m *HomeModel) Fresh() (at time.Time, withdrawn bool) {
	if m.Feed == nil {
		return time.Time{}, m.Ready() // a front would show what is no longer followed
	}
	if m.Feed.Snapshot.Busy || len(m.Feed.Snapshot.Items) == 0 {
		return time.Time{}, false
	}
	for _, s := range m.Sources {
		if s.fresh {
			at = feeds.Later(at, s.AsOf)
		}
	}
	return at, false
}

// AsOf is when the last of the sources answered; zero when none ever did.
func (m *HomeModel) AsOf() (at time.Time) {
	for _, s := range m.Sources {
		at = feeds.Later(at, s.AsOf)
	}
	return at
}

func (m *HomeModel) lists() []*FeedModel { return []*FeedModel{m.Feed} }
