package reader

import (
	"cmp"
	"slices"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/follows"
)

// row is a place in the list: an entry, which sources have its post, and what became of it there.
type row struct {
	*feeds.Entry
	from    []feeds.TimelineID
	verdict follows.Verdict
	warn    follows.Warnings
	boosts  []*feeds.Author // of several sources
}

// list is what may be shown of what was loaded, from the top on.
type list struct {
	rows    []row       // each post once
	waiting int         // how many posts wait above them
	hidden  []Hidden    // by filters,
	at      []time.Time // where those would stand
	leftOut bool        // there is something that the site doesn't open
}

// view makes the list down to a number of rows and one more: that there is one below says that the list goes on. Rows of the future don't count,
// so that there is one of the past in the list if there is any. The rows are overwritten by the next call. The lock is held.
func (q *Query) view(most int) (l list) {
	q.merge()
	horizon, now := q.bottom(), q.r.clock.Now()
	of := viewed{most, q.changes, horizon, q.from, q.admitted.at, q.line, q.reveal}
	if q.viewed == of {
		return q.list
	}
	l.rows = q.list.rows[:0]
	defer func() {
		if q.list, q.viewed = l, of; len(l.rows) > 0 && l.rows[0].At.After(now) || q.admitted.ahead != nil {
			q.viewed = viewed{} // time passes
		}
	}()
	for _, p := range q.merged {
		if n := len(l.rows); q.below(p.Entry, horizon) || n > most && !l.rows[n-1].At.After(now) {
			break
		}
		if q.leaves(p) {
			l.leftOut = true
			continue
		}
		r, verdict := q.rowOf(p, horizon)
		switch {
		case r.Entry == nil && verdict.Action == follows.Hide:
			l.hidden, l.at = append(l.hidden, Hidden{p.Key, verdict}), append(l.at, p.At)
		case r.Entry == nil: // it stands at another place, or no source asks for such posts
		case !q.admitted.at.IsZero() && r.At.After(q.admitted.at) && !q.admitted.ahead[r.Key]:
			l.waiting++
		default:
			l.rows = append(l.rows, r)
		}
	}
	return l
}

// viewed is what a list was made of: it is the same for as long as that is.
type viewed struct {
	most, changes           int
	horizon, from, admitted time.Time
	line                    follows.Line
	reveal                  bool
}

// leaves reports an entry that the site doesn't open. The lock is held.
func (q *Query) leaves(p *placed) bool { return q.left[p.Key] || q.r.blocked.Author(p.BoostedBy) }

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

// rowOf is the row of a post, if p is where that stands: at its first place above the reading line, else at its newest. It is the zero value
// at other places, and with why at the newest place of one that filters hide everywhere. The lock is held.
func (q *Query) rowOf(p *placed, horizon time.Time) (r row, why follows.Verdict) {
	if p.post == nil || len(p.post.all) == 1 {
		return q.onlyRow(p)
	}
	var newest, place *placed
	var boosts []*feeds.Author
	for _, o := range p.post.all {
		if q.below(o.Entry, horizon) {
			break
		}
		if o != p && q.leaves(o) {
			continue
		}
		j := o.source.judge(o)
		if j.outside {
			continue
		}
		if newest == nil {
			newest, why, r.from = o, j.verdict, o.source.from
		} else if id := o.source.from[0]; !slices.Contains(r.from, id) {
			r.from = append(slices.Clip(r.from), id)
		}
		if j.verdict.Action == follows.Hide && !q.reveal {
			continue
		}
		if by := o.BoostedBy; by != nil {
			boosts = append(boosts, by)
		}
		if place == nil || !q.line.At.IsZero() && o.At.After(q.line.At) {
			place, r.verdict, r.warn = o, j.verdict, j.warn
		}
	}
	switch {
	case place == nil && newest == p:
		return row{}, why
	case place == nil || place != p:
		return row{}, follows.Verdict{}
	}
	r.Entry, r.boosts = p.Entry, boostsOf(boosts)
	return r, r.verdict
}

// onlyRow is rowOf for a post that stands at one place, as nearly all do. The lock is held.
func (q *Query) onlyRow(p *placed) (r row, why follows.Verdict) {
	j := p.source.judge(p)
	if j.outside || j.verdict.Action == follows.Hide && !q.reveal {
		return row{}, j.verdict
	}
	r = row{Entry: p.Entry, from: p.source.from, verdict: j.verdict, warn: j.warn}
	if p.BoostedBy != nil && p.post != nil {
		r.boosts = []*feeds.Author{p.BoostedBy}
	}
	return r, r.verdict
}

// boostsOf are who boosted a post, each once, from the earliest on.
func boostsOf(newestFirst []*feeds.Author) (by []*feeds.Author) {
	for i := len(newestFirst) - 1; i >= 0; i-- { // an iterator would cost each row of thousands a closure
		a := newestFirst[i]
		if !slices.ContainsFunc(by, func(o *feeds.Author) bool { return o == a || o.User == a.User && o.Domain == a.Domain }) {
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
	l := q.view(q.shown)
	rows := l.rows
	q.top = q.markOf(rows)
	s := &Snapshot{Older: q.older, New: l.waiting, LeftOut: l.leftOut, End: q.shown >= len(rows), Busy: q.flying > 0, Left: q.flying}
	rows = rows[:min(q.shown, len(rows))]
	s.Items = q.items(rows)
	s.Line = q.lineAmong(s.Items)
	for i, h := range l.hidden {
		if s.End || !l.at[i].Before(rows[len(rows)-1].At) {
			s.Hidden = append(s.Hidden, h)
		}
	}
	failed, goesOn := 0, false
	for _, src := range q.sources {
		state := src.state()
		s.Sources = append(s.Sources, state)
		s.Busy = s.Busy || state.Busy
		s.End = s.End && (state.End || failsAlone(src, q))
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

// failsAlone reports a source among others that can't be read, and of which nothing is known that goes on: it doesn't keep the list open. The
// lock is held.
func failsAlone(s *stream, q *Query) bool { return len(q.sources) > 1 && s.err != nil && !s.goesOn() }

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
		p, why := q.posts[r.Key], absence(0)
		if p == nil {
			why = q.absent[r.Key]
		}
		switch {
		case p != nil || why == unseen || why == stored || why == lost:
			i := Item{Entry: *r.Entry, Post: p, Lost: why == lost, From: r.from, Folded: r.verdict, Warnings: r.warn, Boosts: r.boosts}
			if len(q.sources) > 1 && p != nil && p.ReplyTo != nil {
				i.Answers = q.parents[r.Key]
			}
			items = append(items, i)
		case why == failed:
			items = q.unreadable(items, r)
		}
	}
	return items
}
