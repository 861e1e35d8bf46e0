package reader

import (
	"cmp"
	"slices"
	"time"

	"vitrine/feeds"
)

// placed is an entry of one source among those of all. It is handled by its address: entries are large.
type placed struct {
	*feeds.Entry
	source *stream
	second int64   // of At, which is quicker to compare
	post   *places // nil where the list has a single source, which has each post once

	judged   judgement // the last one,
	judgedBy *judging  // and by what; nil for none that holds
}

// places are where one post stands, the newest first.
type places struct {
	all []*placed
	one [1]*placed // what all is made of for most posts
}

// comparePlaced orders entries of several sources. Within one moment those of one server stand together, in its order.
func comparePlaced(a, b *placed) int {
	if a.second != b.second {
		return cmp.Compare(b.second, a.second)
	}
	return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.source.server, b.source.server), a.Compare(*b.Entry), cmp.Compare(a.source.from[0], b.source.from[0]))
}

// merge brings the list of all that was loaded up to date. Entries of sources that are as they were keep their places: of many sources a few
// change at a time. The lock is held.
func (q *Query) merge() {
	var fresh []*placed
	outdated := map[*stream]bool{}
	for _, s := range q.sources {
		entries := s.loaded()
		if len(entries) == len(s.merged) && (len(entries) == 0 || &entries[0] == &s.merged[0]) {
			continue
		}
		outdated[s] = true
		s.merged = entries
		store := make([]placed, len(entries))
		for i := range entries {
			store[i] = placed{Entry: &entries[i], source: s, second: entries[i].At.Unix()}
			fresh = append(fresh, &store[i])
		}
	}
	if len(outdated) == 0 {
		return
	}
	q.changes++
	several := len(q.sources) > 1
	if several {
		slices.SortFunc(fresh, comparePlaced)
	}
	merged := make([]*placed, 0, len(q.merged)+len(fresh))
	next := fresh
	for _, p := range q.merged {
		if outdated[p.source] {
			q.leave(p)
			continue
		}
		for len(next) > 0 && comparePlaced(next[0], p) < 0 {
			merged, next = append(merged, next[0]), next[1:]
		}
		merged = append(merged, p)
	}
	q.merged = append(merged, next...)
	if several {
		for _, p := range fresh {
			q.enter(p)
		}
	}
}

// judgeAgain forgets what was judged of posts that are others by now. The lock is held.
func (q *Query) judgeAgain(posts map[feeds.Key]*feeds.Post) {
	q.changes++
	if len(q.sources) == 1 {
		for _, p := range q.merged {
			p.judgedBy = nil
		}
		return
	}
	for k := range posts {
		if at := q.places[k]; at != nil {
			for _, p := range at.all {
				p.judgedBy = nil
			}
		}
	}
}

// enter adds a place to those of its post.
func (q *Query) enter(p *placed) {
	at := q.places[p.Key]
	if at == nil {
		at = &places{}
		at.all = at.one[:0]
		q.places[p.Key] = at
	}
	at.all = append(at.all, p)
	for i := len(at.all) - 1; i > 0 && comparePlaced(at.all[i], at.all[i-1]) < 0; i-- {
		at.all[i], at.all[i-1] = at.all[i-1], at.all[i]
	}
	p.post = at
}

// leave takes a place from those of its post.
func (q *Query) leave(p *placed) {
	if p.post == nil {
		return
	}
	rest := p.post.all[:0]
	for _, o := range p.post.all {
		if o != p {
			rest = append(rest, o)
		}
	}
	p.post.all = rest
	if len(rest) == 0 {
		delete(q.places, p.Key)
	}
}

// mergeAnew forgets the list of all that was loaded, when other sources are read. The lock is held.
func (q *Query) mergeAnew() {
	q.merged, q.places = nil, map[feeds.Key]*places{}
	q.changes++
	for _, s := range q.sources {
		s.merged = nil
	}
}

// bottom is the position above which entries are shown: the horizon of several sources, or where a span begins. The lock is held.
func (q *Query) bottom() (horizon time.Time) {
	if len(q.sources) > 1 {
		for _, s := range q.sources {
			horizon = feeds.Later(horizon, s.horizon())
		}
	}
	return horizon
}

// below reports an entry that isn't shown: it stands below the horizon, or before a span begins.
func (q *Query) below(e *feeds.Entry, horizon time.Time) bool {
	return e.At.Before(horizon) || !q.from.IsZero() && !e.At.After(q.from)
}
