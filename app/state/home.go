package state

import (
	"cmp"
	"context"
	"time"

	"vitrine/app/browser"
	"vitrine/app/route"
	"vitrine/feeds"
	"vitrine/feeds/follows"
	"vitrine/feeds/reader"
)

// HomeModel is everything that is followed, or one list of it, as one feed.
type HomeModel struct {
	Route   route.Route
	List    follows.List  // the zero value for everything
	Known   bool          // there is such a list
	Feed    *FeedModel    // nil while nothing is followed
	Sources []*HomeSource // in the order in which they were followed
	Asked   follows.Address
	WebFeed string // of the source that is asked about, where it fails and this answers; "" otherwise
	Line    follows.Line

	Going     bool     // what is down to the reading line is being loaded, to go there
	Choosing  bool     // where a catch-up begins is being chosen
	Groups    []*Group // of a catch-up that is grouped
	Ungrouped int      // posts that are in none of them

	app     *App
	span    *span                       // nil for all that is followed
	caught  follows.Line                // the newest post of the last catch-up; zero for none
	from    map[feeds.TimelineID]string // names of the sources of a place
	learned map[follows.Address]follows.Learned
	opened  bool // the reading line and what was learned are loaded
	behind  bool // what is followed has changed while another view was open
	asked   time.Time
	stop    context.CancelFunc // ends what the page itself asks; nil before the first
	count   int                // how many places there are
	beside  wish               // that all are asked by another program
	job     feeds.Job          // that it does
	heard   time.Time          // when it last told something
	run     int                // counts what was asked so
	over    bool               // all of the last one is told
	taken   int                // how many of its answers are shown
	again   bool               // more is followed since it began
	hearing *Queue             // shows what it tells, in order; nil before the first
	looked  time.Time          // when the reader's place was last looked at
	seen    map[feeds.Key]bool // posts that were in sight
	waiting bool               // the post at the reading line is read again, to go there
	news    map[follows.Address]news
}

// NewHome makes the model of the merged feed.
func NewHome(a *App, r route.Route) *HomeModel {
	m := &HomeModel{Route: r, app: a, news: map[follows.Address]news{}}
	m.takeOver()
	return m
}

// feed names what is shown, as its reading line is kept.
func (m *HomeModel) feed() string { return cmp.Or(m.Route.List, follows.Home) }

// Scope is the filter of the feed: that of the list, or of everything.
func (m *HomeModel) Scope() follows.Scope {
	if m.Route.List == "" {
		return follows.Everywhere
	}
	return follows.ListScope(m.Route.List)
}

// Ready implements Model.
func (m *HomeModel) Ready() bool {
	return m.opened && m.app.FollowsKnown && (m.Feed == nil || m.settled() && (m.Feed.ready() || m.span != nil && m.span.waited))
}

// Host implements Model: no server's data alone.
func (m *HomeModel) Host() string { return "" }

// Open implements Model.
func (m *HomeModel) Open(ctx context.Context) {
	go func() {
		lines, _ := m.app.book.Lines(ctx)     // without them there is no line
		caught, _ := m.app.book.CaughtUp(ctx) // without them nothing is marked as new
		learned, _ := m.app.book.Learned(ctx) // without it nobody knows since when a source fails
		m.app.later(func() {
			m.opened, m.Line, m.caught, m.learned = true, lines[m.feed()], caught[m.feed()], learned
			m.recallCaught()
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
		m.begin(ctx, m.places())
		m.app.changed(m)
	default:
		m.change(ctx, m.places())
	}
}

// change takes over which places are read by now.
func (m *HomeModel) change(ctx context.Context, places []reader.Source) {
	added, show := m.Feed.feed.SetSources(places)
	m.count = len(places)
	here := m.app.jobs == nil || m.span != nil || added <= askedHere
	go func() {
		show(ctx, here)
		if here {
			return
		}
		m.app.later(func() {
			m.again = m.beside != unwished
			if !m.again && m.Feed != nil {
				m.ask(ctx, false)
			}
		})
	}()
}

// begin opens the feed.
func (m *HomeModel) begin(ctx context.Context, sources []reader.Source) {
	if !m.begins().IsZero() {
		m.count = len(sources)
		m.beginSpan(ctx, sources)
		return
	}
	f := m.app.feedOf(ctx, m, func(emit func(*reader.Snapshot)) *reader.Query { return m.app.reader.Merge(sources, emit) })
	f.changed, f.arrange = m.changed, m.arrange
	f.feed.SetLine(m.Line)
	m.Feed, m.count = f, len(sources)
	if m.app.jobs == nil || !m.many() {
		m.open(ctx, false, true)
		return
	}
	f.feed.Await()
	go func() {
		f.feed.Show(ctx)
		m.app.later(func() {
			if m.Feed == f && ctx.Err() == nil {
				m.ask(ctx, false)
			}
		})
	}()
}

// Handle implements Model.
func (m *HomeModel) Handle(ctx context.Context, e browser.Event) bool {
	if _, ok := e.(browser.ChunkMove); ok && m.app.clock.Now().Sub(m.looked) >= readEvery {
		m.looked = m.app.clock.Now()
		m.app.afterDraw(func() {
			if v := m.app.shown; v != nil && v.Model == m {
				m.wasRead(m.app.browser.ReadPosition(), m.app.browser.InSight())
			}
		})
		return false
	}
	if _, ok := e.(browser.VisibilityChange); ok {
		m.heard = m.app.clock.Now() // while no page is seen nobody is asked
	}
	if f, ok := e.(browser.Submit); ok && f.Form == "catch-up" {
		m.since(f.Text)
		return true
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
		m.stopAsking(ctx)
	case "source":
		if m.Asked == name {
			name = ""
		}
		m.Asked = name
		m.lookForFeed(ctx, name)
	case "follow-feed":
		m.followFeed(name)
	case "retry-source":
		switch {
		case m.CatchesUp():
			m.loadAgain(feeds.Anew(ctx))
		case m.Feed != nil:
			go m.Feed.feed.RefreshSource(feeds.Anew(ctx), name)
		}
	case "to-line":
		m.toLine(feeds.Anew(ctx))
	case "mark-read":
		m.markRead()
	case "catch-up":
		m.Choosing = !m.Choosing
	case "group":
		r := m.Route
		r.By = string(p.Post)
		m.app.browser.Go(r.String(), false)
	default:
		return m.Feed.handle(ctx, e)
	}
	return true
}

// LoadOlder implements Model.
func (m *HomeModel) LoadOlder(ctx context.Context) {
	if m.span == nil {
		m.Feed.LoadOlder(ctx)
	}
}

// Posts implements Model.
func (m *HomeModel) Posts() []*feeds.Post { return m.Feed.posts() }

// Rows implements Model.
func (m *HomeModel) Rows() int { return m.Feed.rows() }

// Fresh implements Model: the feed is as fresh as its freshest source once all have been asked.
func (m *HomeModel) Fresh() (at time.Time, withdrawn bool) {
	if m.Feed == nil {
		return time.Time{}, m.Ready() // a front would show what is no longer followed
	}
	if m.Feed.Snapshot.Busy || m.Loading() || m.Route.By != "" || len(m.Feed.Snapshot.Items) == 0 {
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
