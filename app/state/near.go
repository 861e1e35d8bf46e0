package state

import (
	"vitrine/feeds"
	"vitrine/feeds/reader"
)

// FeedList names the list of posts that a view has (browser.ChunkMove, Visit.Heights).
const FeedList = "feed"

// Distances from the chunks that are drawn, in chunks. What is read again and what is let go of is so in pieces of a few chunks, since each
// time makes a new snapshot.
const (
	readWithin  = 3  // is read again before it is drawn,
	readUntil   = 8  // with what is up to here
	heldUntil   = 10 // is kept in memory
	letGoAtOnce = 6  // chunks
	topHeld     = 2  // chunks at the top of a list that are always held: a front is made of them
)

// holdNear has the list of the open view hold what is near the screen.
func (a *App) holdNear(list string) {
	if l, ok := a.shown.Model.(lister); ok && list == FeedList {
		for _, m := range l.lists() {
			m.hold()
		}
	}
}

// hold has the posts near the screen in memory, and lets go of those far from it. It does so for the view that is open.
func (m *FeedModel) hold() {
	if m == nil || m.app.shown == nil || m.app.shown.Model != m.owner || m.holding || m.held || m.feed.Whole() {
		return
	}
	n := nearby(m.Snapshot.Items, m.app.shown.Heights(FeedList))
	if n.Empty() {
		return
	}
	m.holding = true
	ctx := m.app.shown.ctx
	go func() {
		m.feed.Hold(ctx, n)
		m.app.later(func() {
			m.holding = false
			if ctx.Err() == nil {
				m.hold()
			}
		})
	}()
}

// nearby says what a list with chunks of these heights needs, which are 0 or missing where a chunk is drawn.
func nearby(items []reader.Item, heights []int) (n reader.Nearby) {
	chunks := (len(items) + ChunkSize - 1) / ChunkSize
	distance := make([]int, chunks)
	since := chunks
	for i := range chunks {
		since++
		if i >= len(heights) || heights[i] == 0 {
			since = 0
		}
		distance[i] = since
	}
	for i := chunks - 1; i >= 0; i-- {
		since = min(since+1, distance[i])
		distance[i] = since
	}
	if chunks == 0 || distance[0] >= chunks { // the screen is between two places
		return n
	}
	var around, far []feeds.Key
	reading := false
	letGo := 0
	for i, d := range distance {
		rows := items[i*ChunkSize : min((i+1)*ChunkSize, len(items))]
		switch {
		case d == 0:
			n.Near = appendMissing(n.Near, rows, true)
		case d <= readUntil || i < topHeld:
			before := len(around)
			around = appendMissing(around, rows, false)
			reading = reading || len(around) > before && (d <= readWithin || i < topHeld)
		case d > heldUntil:
			before := len(far)
			for _, r := range rows {
				if r.Post != nil {
					far = append(far, r.Post.Key)
				}
			}
			if len(far) > before {
				letGo++
			}
		}
	}
	if reading || len(n.Near) > 0 {
		n.Around = around
	}
	if letGo >= letGoAtOnce {
		n.Far = far
	}
	return n
}

// appendMissing adds the posts that aren't in memory. lost: those too that the store doesn't have.
func appendMissing(keys []feeds.Key, rows []reader.Item, lost bool) []feeds.Key {
	for _, r := range rows {
		if r.Post == nil && r.Gap == nil && (lost || !r.Lost) {
			keys = append(keys, r.Entry.Key)
		}
	}
	return keys
}
