package state

import (
	"context"
	"slices"
	"time"

	"vitrine/app/browser"
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// FeedModel is a list of posts within a view.
type FeedModel struct {
	Snapshot *reader.Snapshot // never nil
	Revealed bool             // what filters hide is shown, folded
	Above    bool             // what says how many posts are hidden stands above the list: it came before anybody read on

	app     *App
	owner   Model
	arrange func(*reader.Snapshot) *reader.Snapshot // makes of a snapshot what is shown; nil for the same
	changed func(context.Context)                   // is called for each snapshot before the view is drawn; nil for nothing to do
	place   reader.Place                            // nil for several
	feed    *reader.Query
	held    bool // all of it stays in memory
	holding bool // posts are being read again, or let go of
	stopped bool // its server lets no guest read it, and another list stands in for it

	learned time.Time  // up to here its source was learned of where it is followed
	failed  feeds.Kind // with that it failed then

	renewing bool // another program was asked to renew it, and didn't say yet that it did
}

// newFeed opens a place for a view. Snapshots arrive through App.later.
func (a *App) newFeed(ctx context.Context, owner Model, p reader.Place) *FeedModel {
	m := a.feedOf(ctx, owner, func(emit func(*reader.Snapshot)) *reader.Query { return a.reader.Merge(a.filtered(p), emit) })
	m.place = p
	go func() {
		a.awaitFollows(ctx)
		m.feed.Open(ctx, a.browser.AtTop)
	}()
	return m
}

// feedOf makes the list of a query for a view. The query is opened by the caller.
func (a *App) feedOf(ctx context.Context, owner Model, query func(emit func(*reader.Snapshot)) *reader.Query) *FeedModel {
	m := &FeedModel{Snapshot: &reader.Snapshot{Busy: true}, app: a, owner: owner}
	m.feed = query(func(s *reader.Snapshot) { a.later(func() { m.take(ctx, s) }) })
	if v := a.next; v != nil && v.Model == owner {
		m.feed.ShowAtFirst(v.position.N)
	}
	return m
}

func (m *FeedModel) take(ctx context.Context, s *reader.Snapshot) {
	if ctx.Err() != nil {
		return
	}
	if m.arrange != nil {
		s = m.arrange(s)
	}
	m.Snapshot = s
	if len(m.app.saving.keys) > 0 && !s.Stale {
		m.app.lookForEdits(reader.Posts(s.Items))
	}
	m.app.count(s)
	m.Above = m.Above || len(s.Hidden) > 0 && m.app.browser.AtTop()
	if m.changed != nil {
		m.changed(ctx)
	}
	m.app.learnFrom(m)
	m.app.changed(m.owner)
	m.hold()
}

// Refresh asks for the newest page.
func (m *FeedModel) Refresh(ctx context.Context, quiet bool) {
	switch {
	case m == nil || m.stopped || quiet && m.app.waits(m.Snapshot.Err):
	case quiet && m.Snapshot.Err == nil:
		m.app.renew(ctx, m)
	default:
		go m.feed.Refresh(ctx, func() bool { return !quiet })
	}
}

// LoadOlder shows more, unless the last try failed: then only a click on the button tries again.
func (m *FeedModel) LoadOlder(ctx context.Context) {
	if m == nil || m.Snapshot.End || m.Snapshot.Older || m.Snapshot.OldErr != nil || len(m.Snapshot.Items) == 0 && !m.Snapshot.LeftOut && len(m.Snapshot.Hidden) == 0 {
		return
	}
	go m.feed.LoadOlder(ctx)
}

// handle does what the buttons of a list mean, and reports whether the event was one of these.
func (m *FeedModel) handle(ctx context.Context, e browser.Event) bool {
	p, ok := e.(browser.Click)
	if !ok || m == nil {
		return false
	}
	ctx = feeds.Anew(ctx)
	switch p.Action {
	case "older":
		go m.feed.LoadOlder(ctx)
	case "show-new":
		go m.feed.ShowNew()
		m.app.browser.ScrollTo(browser.Position{})
	case "show-hidden":
		m.Revealed = !m.Revealed
		go m.feed.Reveal(m.Revealed)
	case "fill":
		for _, i := range m.Snapshot.Items {
			if i.Gap != nil && i.Gap.Cursor == p.Cursor {
				go m.feed.Fill(ctx, i.From[0], p.Cursor)
			}
		}
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

// What is the list in the words of a problem: see words.Problems. Where a server shows only some of its lists to guests, the sentence says
// which one.
func (m *FeedModel) What(kind feeds.Kind) string {
	if kind == feeds.NeedsLogin {
		switch m.place.(type) {
		case reader.TagPlace:
			return "tag"
		case reader.ProfilePlace:
			return "profile"
		case reader.WebFeedPlace:
			return "webfeed"
		case reader.PlaylistPlace:
			return "playlist"
		}
	}
	return "feed"
}

// Server is the host that is asked; "" for several.
func (m *FeedModel) Server() string {
	if m.place == nil {
		return ""
	}
	return m.place.Server()
}

// fresh implements Model.Fresh for a view that is this list.
func (m *FeedModel) fresh() (time.Time, bool) {
	if m == nil {
		return time.Time{}, false
	}
	s := m.Snapshot
	if s.Err != nil || s.Busy || s.Stale {
		return time.Time{}, withdrawn(s.Err)
	}
	return s.AsOf, false
}

// withdrawn reports a problem that means that something isn't there any more, or isn't meant to be read. What a server shows to members
// alone by now isn't: what is stored of it stays.
func withdrawn(err *feeds.Error) bool {
	if err == nil {
		return false
	}
	switch err.Kind {
	case feeds.Gone, feeds.Refused, feeds.NotFound:
		return true
	}
	return false
}

// unconnected reports that a source of a list, which may be nil, couldn't be asked for want of a network.
func (m *FeedModel) unconnected() bool {
	return m != nil && slices.ContainsFunc(m.Snapshot.Sources, func(s reader.SourceState) bool { return s.Err != nil && s.Err.Kind == feeds.Offline })
}
