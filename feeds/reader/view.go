package reader

import (
	"cmp"
	"slices"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/follows"
)

// placed is an entry of one source. It is handled by its address: entries are large, and sorted with each snapshot.
type placed struct {
	*feeds.Entry
	source *stream
	judgement
	second int64 // of At, which is quicker to compare
}

// comparePlaced orders entries of several sources. Within one moment those of one server stand together, in its order.
func comparePlaced(a, b *placed) int {
	if a.second != b.second {
		return cmp.Compare(b.second, a.second)
	}
	return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.source.server, b.source.server), a.Compare(*b.Entry), cmp.Compare(a.source.from[0], b.source.from[0]))
}

// row is a place in the list: an entry, which sources have its post, and what became of it there.
type row struct {
	*feeds.Entry
	from    []feeds.TimelineID
	verdict follows.Verdict
	warn    follows.Warnings
	boosts  []*feeds.Author // of several sources
}

// list is what may be shown of all that was loaded.
type list struct {
	rows    []row     // each post once
	waiting int       // how many posts wait above them
	hidden  []*placed // by filters
	leftOut bool      // there is something that the site doesn't open
}

// view makes the list. The lock is held.
func (q *Query) view() (l list) {
	several := len(q.sources) > 1
	n, horizon := 0, time.Time{}
	for _, s := range q.sources {
		n += len(s.loaded())
		if several {
			horizon = feeds.Later(horizon, s.horizon())
		}
	}
	store, all := make([]placed, 0, n), make([]*placed, 0, n)
	for _, s := range q.sources {
		entries := s.loaded()
		for i := range entries {
			e := &entries[i]
			if e.At.Before(horizon) || !e.At.After(q.from) && !q.from.IsZero() {
				break
			}
			if q.left[e.Key] || q.r.blocked.Author(e.BoostedBy) {
				l.leftOut = true
				continue
			}
			if j := s.judge(e); !j.outside {
				store = append(store, placed{e, s, j, e.At.Unix()})
				all = append(all, &store[len(store)-1])
			}
		}
	}
	if several {
		slices.SortFunc(all, comparePlaced)
	}
	rows := make([]row, 0, len(all))
	if several {
		rows, l.hidden = q.together(all)
	} else {
		for _, p := range all {
			if p.verdict.Action == follows.Hide && !q.reveal {
				l.hidden = append(l.hidden, p)
				continue
			}
			rows = append(rows, row{p.Entry, p.source.from, p.verdict, p.warn, nil})
		}
	}
	waiting := 0
	if !q.admitted.at.IsZero() {
		waiting, _ = slices.BinarySearchFunc(rows, q.admitted.at, func(r row, at time.Time) int { return at.Compare(r.At) })
	}
	l.waiting, l.rows = waiting, rows[waiting:]
	if q.admitted.ahead != nil && waiting > 0 {
		l.rows = make([]row, 0, len(rows))
		for i := range rows {
			if i >= waiting || q.admitted.ahead[rows[i].Key] {
				l.rows = append(l.rows, rows[i])
			}
		}
		l.waiting = len(rows) - len(l.rows)
	}
	return l
}

// mark is the top of what is shown: what comes above it waits.
type mark struct {
	at    time.Time
	ahead map[feeds.Key]bool // posts of the future that are shown: they stand above whatever comes; nil for none
}

// markOf is the mark of rows. When all are in the future, it is the clock that is wrong. The lock is held.
func (q *Query) markOf(rows []row) (m mark) {
	if len(rows) == 0 {
		return m
	}
	now := q.r.clock.Now()
	n := 0
	for n < len(rows) && rows[n].At.After(now) {
		n++
	}
	if n == len(rows) {
		n = 0
	}
	m.at = rows[n].At
	for _, r := range rows[:n] {
		if m.ahead == nil {
			m.ahead = map[feeds.Key]bool{}
		}
		m.ahead[r.Key] = true
	}
	return m
}

// gathered are the places of one post.
type gathered struct {
	place  *placed // where it is shown; nil while it is hidden at all of them
	from   []feeds.TimelineID
	boosts []*feeds.Author
}

// together puts each post at one place: the first above the reading line, else the newest. hidden are the places of those that filters leave out
// everywhere. The lock is held.
func (q *Query) together(all []*placed) (rows []row, hidden []*placed) {
	posts := make(map[feeds.Key]*gathered, len(all))
	store := make([]gathered, len(all))
	for i, p := range all {
		g := posts[p.Key]
		if g == nil {
			g = &store[i]
			posts[p.Key] = g
		}
		switch id := p.source.from[0]; {
		case g.from == nil:
			g.from = p.source.from
		case !slices.Contains(g.from, id):
			g.from = append(slices.Clip(g.from), id)
		}
		if p.verdict.Action == follows.Hide && !q.reveal {
			continue
		}
		if by := p.BoostedBy; by != nil {
			g.boosts = append(g.boosts, by)
		}
		if g.place == nil || !q.line.At.IsZero() && p.At.After(q.line.At) {
			g.place = p
		}
	}
	rows = make([]row, 0, len(posts))
	for _, p := range all {
		g := posts[p.Key]
		switch {
		case g == nil: // it was hidden, and is counted
		case g.place == nil:
			hidden = append(hidden, p)
			delete(posts, p.Key)
		case g.place == p:
			rows = append(rows, row{p.Entry, g.from, p.verdict, p.warn, boostsOf(g.boosts)})
		}
	}
	return rows, hidden
}

// boostsOf are who boosted a post, each once, from the earliest on.
func boostsOf(newestFirst []*feeds.Author) (by []*feeds.Author) {
	for _, a := range slices.Backward(newestFirst) {
		if !slices.ContainsFunc(by, func(o *feeds.Author) bool { return o == a || o.Handle() == a.Handle() }) {
			by = append(by, a)
		}
	}
	return by
}

// sendNow emits the state of things. The lock is held.
func (q *Query) sendNow() {
	q.sending = false
	began := q.r.clock.Now()
	defer func() { q.took = q.r.clock.Now().Sub(began) }()
	l := q.view()
	rows := l.rows
	q.top = q.markOf(rows)
	s := &Snapshot{Older: q.older, New: l.waiting, LeftOut: l.leftOut, End: q.shown >= len(rows), Busy: q.flying > 0, Left: q.flying}
	rows = rows[:min(q.shown, len(rows))]
	s.Items = q.items(rows)
	s.Line = q.lineAmong(s.Items)
	for _, p := range l.hidden {
		if s.End || !p.At.Before(rows[len(rows)-1].At) {
			s.Hidden = append(s.Hidden, Hidden{p.Key, p.verdict})
		}
	}
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
	if goesOn || !q.from.IsZero() {
		s.OldErr = nil
	}
	if !q.from.IsZero() {
		s.End = !s.Busy
	}
	q.emit(s)
}

// lineAmong is the row above which the reading line stands; 0 when nothing is above it, or it is further down. The lock is held.
func (q *Query) lineAmong(items []Item) int {
	if q.line.At.IsZero() {
		return 0
	}
	return max(0, slices.IndexFunc(items, func(i Item) bool { return i.Gap == nil && !i.Entry.At.After(q.line.At) }))
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
		case p != nil || why == unseen || why == stored || why == lost:
			i := Item{Entry: *r.Entry, Post: p, Lost: why == lost, From: r.from, Folded: r.verdict, Warnings: r.warn, Boosts: r.boosts}
			if len(q.sources) > 1 {
				i.Answers = q.parents[r.Key]
			}
			items = append(items, i)
		case why == failed:
			items = q.unreadable(items, r)
		}
	}
	return items
}
