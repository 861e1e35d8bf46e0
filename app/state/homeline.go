package state

import (
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

// readEvery is how often a reader's place is looked at while they scroll.
const readEvery = 2 * time.Second

// Unread reports that there are posts above the reading line, which may be further down than what is loaded.
func (m *HomeModel) Unread() bool {
	if m.Feed == nil || m.span != nil || m.Line.At.IsZero() {
		return false
	}
	items := m.Feed.Snapshot.Items
	i := slices.IndexFunc(items, func(i reader.Item) bool { return i.Gap == nil })
	return i >= 0 && items[i].Entry.At.After(m.Line.At)
}

// toLine goes to the reading line, once all down to there is loaded.
func (m *HomeModel) toLine(ctx context.Context) {
	if m.Going || !m.Unread() {
		return
	}
	m.Going = true
	q := m.Feed.feed
	go func() {
		q.ReachLine(ctx)
		m.app.later(func() {
			if m.Going = false; ctx.Err() == nil && m.app.shown != nil && m.app.shown.Model == m {
				m.atLine()
			}
		})
	}()
}

// atLine shows the post below the reading line, or the last one where that couldn't be reached. Its rows may have been folded away.
func (m *HomeModel) atLine() {
	s := m.Feed.Snapshot
	n := s.Line
	if n == 0 {
		n = len(s.Items) - 1
	}
	for ; n > 0 && s.Items[n].Gap != nil; n-- {
	}
	if n < 0 {
		return
	}
	m.app.listed(FeedList).move(browser.ChunkMove{List: FeedList, Chunk: n / ChunkSize, Near: true})
	if s.Items[n].Post == nil {
		m.waiting = !s.Items[n].Lost
		m.Feed.hold()
		return
	}
	to := browser.Position{URI: markup.URI(s.Items[n].Post), Off: lineOffset}
	m.app.afterDraw(func() { m.app.browser.ScrollTo(to) })
}

// lineOffset is how far below the screen's top a reader finds the post that they read last, in pixels: under the line and a piece of what is new.
const lineOffset = 160

// MarkRead moves the reading line above all that the list shows, as its reader says.
func (m *HomeModel) markRead() {
	if !m.Unread() {
		return
	}
	items := m.Feed.Snapshot.Items
	top := items[slices.IndexFunc(items, func(i reader.Item) bool { return i.Gap == nil })].Entry
	m.Line = follows.Line{At: top.At, Key: top.Key}
	m.moveLine(m.Line)
	q := m.Feed.feed
	go q.SetLine(m.Line)
}

func (m *HomeModel) moveLine(to follows.Line) {
	m.app.background(func(ctx context.Context) {
		_ = m.app.book.MoveLine(ctx, m.feed(), to, m.app.clock.Now()) // the next place moves it too
	})
}

// wasRead implements placed: the reading line moves up over what was in sight.
func (m *HomeModel) wasRead(p browser.Position, seen []feeds.Key) {
	if m.seen == nil {
		m.seen = map[feeds.Key]bool{}
	}
	for _, k := range seen {
		m.seen[k] = true
	}
	if m.Feed == nil || !m.Ready() || m.Route.By != "" || m.Feed.Snapshot.Busy || m.Loading() { // what is to come may stand between
		return
	}
	if e := m.readTo(p); e != nil && e.At.After(m.Line.At) {
		m.moveLine(follows.Line{At: e.At, Key: e.Key})
	}
}

// readTo is the newest post of those that were in sight without a post or a gap between them and the line that wasn't. Upwards it is one that the
// reader has gone past, or the last. Without a line it is the newest that was in sight: who begins to follow has read what was there before.
func (m *HomeModel) readTo(p browser.Position) (to *feeds.Entry) {
	items := m.Feed.Snapshot.Items
	oldest := m.Route.Order == route.Oldest
	at := func(n int) *reader.Item { // from the oldest on
		if !oldest {
			n = len(items) - 1 - n
		}
		return &items[n]
	}
	if m.Line.At.IsZero() && !oldest {
		for i := range items {
			if items[i].Gap == nil && m.seen[items[i].Entry.Key] {
				return &items[i].Entry
			}
		}
		return nil
	}
	start, end := 0, len(items)
	for n := range items {
		if i := at(n); i.Gap == nil && !i.Entry.At.After(m.Line.At) {
			start = n + 1
		}
	}
	if start == 0 && !m.reachesLine() {
		return nil
	}
	if oldest && end > 0 && !m.seen[at(end-1).Entry.Key] {
		end = slices.IndexFunc(items, func(i reader.Item) bool { return i.Post != nil && markup.URI(i.Post) == p.URI })
	}
	for n := start; n < end; n++ {
		i := at(n)
		if i.Gap != nil || !m.seen[i.Entry.Key] {
			break
		}
		to = &i.Entry
	}
	return to
}

// reachesLine reports that nothing between the reading line and the oldest post that is loaded is missing, though no post below the line is.
func (m *HomeModel) reachesLine() bool {
	if m.span != nil {
		return !m.begins().After(m.Line.At)
	}
	return m.Feed.Snapshot.End
}

// placed is a Model that keeps where its reader has been: the page's place, and the posts that were in sight.
type placed interface {
	wasRead(browser.Position, []feeds.Key)
}
