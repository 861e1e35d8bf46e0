package reader

import (
	"cmp"
	"slices"
	"time"

	"vitrine/feeds"
)

// placed is an entry of one source. It is handled by its address: entries are large, and sorted with each snapshot.
type placed struct {
	*feeds.Entry
	source *stream
}

func (p *placed) at() time.Time { return p.At }

// comparePlaced orders entries of several sources. Within one moment those of one server stand together, in its order.
func comparePlaced(a, b *placed) int {
	return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.source.place.Server(), b.source.place.Server()), a.Compare(*b.Entry), cmp.Compare(a.source.from[0], b.source.from[0]))
}

// row is a place in the list: an entry, and which sources have its post.
type row struct {
	*feeds.Entry
	from []feeds.TimelineID
}

// view returns the rows that may be shown, each post once, at its newest place; how many posts wait above them; and whether there is
// something that the site doesn't open. The lock is held.
func (q *Query) view() (rows []row, waiting int, leftOut bool) {
	lists := make([]feeds.PartialList[*placed], len(q.sources))
	for i, s := range q.sources {
		entries := s.loaded()
		all := make([]placed, len(entries))
		lists[i].Items = make([]*placed, 0, len(entries))
		for n := range entries {
			e := &entries[n]
			if q.left[e.Key] || q.r.blocked.Author(e.BoostedBy) {
				leftOut = true
				continue
			}
			all[n] = placed{e, s}
			lists[i].Items = append(lists[i].Items, &all[n])
		}
		if len(q.sources) > 1 {
			lists[i].Horizon = s.horizon()
		}
	}
	all, _ := feeds.MergeLists(lists, (*placed).at, comparePlaced)
	above := 0
	if !q.admitted.IsZero() {
		above, _ = slices.BinarySearchFunc(all, q.admitted, func(p *placed, at time.Time) int { return at.Compare(p.At) })
	}
	return q.unique(all[above:]), len(q.unique(all[:above])), leftOut
}

// unique returns each post once, with all sources that have it. A single source has none twice.
func (q *Query) unique(all []*placed) []row {
	rows := make([]row, 0, len(all))
	at := map[feeds.Key]int{}
	for _, p := range all {
		if len(q.sources) > 1 {
			if i, known := at[p.Key]; known {
				rows[i].from = append(slices.Clip(rows[i].from), p.source.from...)
				continue
			}
			at[p.Key] = len(rows)
		}
		rows = append(rows, row{p.Entry, p.source.from})
	}
	return rows
}

// send emits the state of things. The lock is held.
func (q *Query) send() {
	rows, waiting, leftOut := q.view()
	s := &Snapshot{Older: q.older, New: waiting, LeftOut: leftOut, End: q.shown >= len(rows), Items: q.items(rows[:min(q.shown, len(rows))])}
	failed, goesOn := 0, false
	for _, src := range q.sources {
		state := src.state()
		s.Sources = append(s.Sources, state)
		s.Busy = s.Busy || state.Busy
		s.End = s.End && state.End
		goesOn = goesOn || src.goesOn() && src.oldErr == nil
		s.OldErr = cmp.Or(s.OldErr, state.OldErr)
		if state.Err != nil {
			failed++
			s.Err = cmp.Or(s.Err, state.Err)
		}
		if src.tl != nil {
			s.Stale = s.Stale || !src.fresh
			if s.AsOf.IsZero() || state.AsOf.Before(s.AsOf) {
				s.AsOf = state.AsOf
			}
		}
	}
	if failed < len(q.sources) {
		s.Err = nil
	}
	if goesOn {
		s.OldErr = nil
	}
	q.emit(s)
}

// hole is a gap of one source.
type hole struct {
	feeds.Gap
	source *stream
}

// items joins rows with their posts and puts the gaps where they are. A gap whose upper side isn't shown is none to the reader.
func (q *Query) items(rows []row) []Item {
	var gaps []*hole
	for _, s := range q.sources {
		for _, g := range s.tl.Gaps() {
			gaps = append(gaps, &hole{g, s})
		}
	}
	slices.SortStableFunc(gaps, func(a, b *hole) int {
		return cmp.Or(b.Below.Compare(a.Below), cmp.Compare(a.source.from[0], b.source.from[0]))
	})
	items := make([]Item, 0, len(rows)+len(gaps))
	for _, r := range rows {
		for len(gaps) > 0 && !r.At.After(gaps[0].Below) {
			if g := gaps[0]; !rows[0].At.Before(g.Above) {
				items = append(items, Item{Gap: &g.Gap, Filling: g.source.filling == g.Cursor, From: g.source.from})
			}
			gaps = gaps[1:]
		}
		p, why := q.posts[r.Key], q.absent[r.Key]
		switch {
		case p != nil || why == stored || why == lost:
			items = append(items, Item{Entry: *r.Entry, Post: p, Lost: why == lost, From: r.from})
		case why == failed:
			items = q.unreadable(items, r)
		}
	}
	return items
}
