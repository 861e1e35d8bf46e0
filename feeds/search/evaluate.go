package search

import (
	"context"
	"math"
	"slices"
	"time"

	"vitrine/feeds"
)

// evaluation is a query that is being answered.
type evaluation struct {
	ctx   context.Context
	turn  *feeds.Turn
	q     *Query
	o     Options
	saved *hashSet

	looked [][][]*lookup     // by segment, term of the query and word
	hidden []*lookup         // by segment; nil where they are known
	beside map[string][]byte // pages of posts that a time is in
	scored [][]scored        // by segment: what counts for the order
	df     []int             // by term: how many posts have it
}

type scored struct {
	term        int
	docs, often []uint32
}

// find looks for all words and properties of the query in all segments at once.
func (e *evaluation) find(segs []*segment) error {
	var all []*lookup
	beside := map[pages][]string{}
	for _, s := range segs {
		var terms [][]*lookup
		for _, t := range e.q.Terms {
			var l []*lookup
			for _, w := range t.words {
				l = append(l, &lookup{seg: s, text: w.text, begins: w.begins, places: len(t.words) > 1})
			}
			if n, in := s.pageOf(t.Time.UnixMilli()); in && (t.Kind == Before || t.Kind == After) {
				beside[s.pages] = append(beside[s.pages], s.id.page(pageDocs, n))
			}
			if t.Kind == Facet {
				l = append(l, &lookup{seg: s, text: t.Facet})
			}
			terms = append(terms, l)
			all = append(all, l...)
		}
		var h *lookup
		if s.hides() == nil {
			h = &lookup{seg: s, text: facet(facetHide, "1")}
			all = append(all, h)
		}
		e.looked, e.hidden = append(e.looked, terms), append(e.hidden, h)
	}
	e.df, e.scored = make([]int, len(e.q.Terms)), make([][]scored, len(segs))
	var err error
	e.beside, err = find(e.ctx, e.turn, all, beside)
	return err
}

// hides are the posts of a segment whose authors don't wish them to be found; nil where that isn't known yet.
func (s *segment) hides() *[]uint32 {
	s.once.mu.Lock()
	defer s.once.mu.Unlock()
	return s.once.hidden
}

// match returns the posts of a segment that all terms hold for.
func (e *evaluation) match(i int, s *segment) ([]uint32, error) {
	var docs []uint32
	first := true
	for _, no := range []bool{false, true} {
		for n, t := range e.q.Terms {
			if t.Not != no {
				continue
			}
			if no && first {
				docs, first = every(0, s.head.docs), false
			}
			if !first && len(docs) == 0 && !e.o.Relevance {
				break
			}
			found, err := e.term(i, n, t, s)
			switch {
			case err != nil:
				return nil, err
			case first:
				docs, first = found, false
			default:
				docs = both(docs, found, !no)
			}
		}
	}
	if first {
		docs = every(0, s.head.docs)
	}
	return both(docs, s.dead, false), e.ctx.Err()
}

func every(from, to int) []uint32 {
	docs := make([]uint32, 0, max(to-from, 0))
	for d := from; d < to; d++ {
		docs = append(docs, uint32(d))
	}
	return docs
}

// term returns the posts of a segment that one term holds for, whether or not it is one that mustn't.
func (e *evaluation) term(i, n int, t Term, s *segment) ([]uint32, error) {
	switch t.Kind {
	case Saved:
		return s.having(e.ctx, e.turn, e.saved)
	case Before, After:
		at, err := s.since(t.Time.UnixMilli(), e.beside)
		if t.Kind == Before {
			return every(at, s.head.docs), err
		}
		return every(0, at), err
	}
	looked := e.looked[i][n]
	var often *[]uint32
	if e.o.Relevance && t.Kind == Words && !t.Not {
		often = new([]uint32)
	}
	rarest := -1 // of several words: phraseOf looks for the others in the posts that have it
	for w, l := range looked {
		if exact := len(looked) > 1 && !l.begins; exact && len(l.found) == 0 {
			return nil, nil
		} else if exact && (rarest < 0 || l.found[0].df < looked[rarest].found[0].df) {
			rarest = w
		}
	}
	var docs []uint32
	first := true
	for w, l := range looked {
		if rarest >= 0 && w != rarest && !l.begins {
			continue
		}
		var found []uint32
		for k := range l.found {
			count := often
			if len(l.found) > 1 || len(looked) > 1 {
				count = nil
			}
			d, err := l.found[k].docsOf(s.head.docs, e.turn, count)
			if err != nil {
				return nil, err
			}
			found = union(found, d)
		}
		if first {
			docs, first = found, false
		} else {
			docs = both(docs, found, true)
		}
	}
	if len(looked) > 1 {
		var err error
		if docs, err = phraseOf(docs, looked, t.words, e.turn); err != nil {
			return nil, err
		}
	}
	if often != nil {
		e.df[n] += len(docs)
		e.scored[i] = append(e.scored[i], scored{n, docs, *often})
	}
	return docs, nil
}

// phraseOf keeps the posts in which words stand next to each other. A letter with which words begin is held for standing anywhere.
func phraseOf(docs []uint32, looked []*lookup, words []queryWord, turn *feeds.Turn) ([]uint32, error) {
	var cursors []*cursor
	var offsets []int
	for i, l := range looked {
		if words[i].begins || len(l.found) == 0 {
			continue
		}
		c, err := newCursor(&l.found[0])
		if err != nil {
			return nil, err
		}
		cursors, offsets = append(cursors, c), append(offsets, words[i].at)
	}
	if len(cursors) < 2 {
		return docs, nil
	}
	var out []uint32
	for n, d := range docs {
		if n%256 == 0 {
			turn.Next()
		}
		all := true
		for _, c := range cursors {
			all = c.to(int(d)) && all
		}
		if !all {
			continue
		}
		for _, at := range cursors[0].at {
			next := true
			for i := 1; i < len(cursors) && next; i++ {
				next = slices.Contains(cursors[i].at, at+offsets[i]-offsets[0])
			}
			if next {
				out = append(out, d)
				break
			}
		}
	}
	for _, c := range cursors {
		if c.docs.broken || c.places.broken {
			return nil, errBroken
		}
	}
	return out, nil
}

// pageOf is the page of posts of which some are of a time or later and others may not be. Where there is none all before that page are.
func (s *segment) pageOf(at int64) (n int, in bool) {
	n, _ = slices.BinarySearchFunc(s.head.times, at, func(t, at int64) int {
		if t >= at {
			return -1
		}
		return 1
	})
	if n == 0 || at <= s.head.oldest {
		return n, false
	}
	return n - 1, true
}

// since returns how many posts of a segment are of a time or later. The page that pageOf names is among those that were read.
func (s *segment) since(at int64, have map[string][]byte) (int, error) {
	n, in := s.pageOf(at)
	if !in {
		return min(n*docPage, s.head.docs), nil
	}
	d, err := readDocs(have[s.id.page(pageDocs, n)])
	if err != nil {
		return 0, err
	}
	k := 0
	for k < len(d.at) && d.at[k] >= at {
		k++
	}
	return n*docPage + k, nil
}

// shown are those of some posts that may be found, for what their authors wish.
func (e *evaluation) shown(i int, s *segment, docs []uint32) ([]uint32, error) {
	known := s.hides()
	if l := e.hidden[i]; known == nil {
		known = &[]uint32{}
		if len(l.found) > 0 {
			var err error
			if *known, err = l.found[0].docsOf(s.head.docs, e.turn, nil); err != nil {
				return nil, err
			}
		}
		s.once.mu.Lock()
		s.once.hidden = known
		s.once.mu.Unlock()
	}
	hidden := both(docs, *known, true)
	if len(hidden) == 0 {
		return docs, nil
	}
	saved, err := s.having(e.ctx, e.turn, e.saved)
	if err != nil {
		return nil, err
	}
	return both(docs, both(hidden, saved, false), false), nil
}

// score orders a result by how rare the words are that a post has, how often it has them, and how new it is.
func (e *evaluation) score(segs []*segment, r *Result) error {
	posts := 0
	for _, s := range segs {
		posts += s.alive()
	}
	for i, s := range segs {
		h := &r.hits[i]
		points := make([]float32, len(h.docs))
		for _, x := range e.scored[i] {
			rare := math.Log(1 + float64(posts)/(float64(e.df[x.term])+0.5))
			n := 0
			for k, d := range x.docs {
				if k%1024 == 0 {
					e.turn.Next()
				}
				for n < len(h.docs) && h.docs[n] < d {
					n++
				}
				if n < len(h.docs) && h.docs[n] == d {
					often := 1.0
					if k < len(x.often) {
						often = float64(x.often[k])
					}
					points[n] += float32(rare * 2 * often / (often + 1))
				}
			}
		}
		exact := len(s.head.times) <= fewPages && len(h.docs) > 0
		if exact {
			all := make([]hit, len(h.docs))
			for n, d := range h.docs {
				all[n] = hit{i, d}
			}
			if err := r.look(e.ctx, all); err != nil {
				return err
			}
		}
		for n, d := range h.docs {
			if n%1024 == 0 {
				e.turn.Next()
			}
			at := s.about(d)
			if exact {
				at = h.pages[int(d)/docPage].at[d%docPage]
			}
			age := max(e.o.Now.Sub(time.UnixMilli(at)).Hours()/24, 0)
			r.best = append(r.best, best{points[n]*float32(1+1/(1+age/60)) + float32(1e-3/(1+age)), int32(i), d})
		}
	}
	r.heapify()
	r.relevance = true
	return nil
}

// fewPages is how many pages of posts a segment has at most whose times are read one by one to order a result.
const fewPages = 16

// about is when a post was published, between its page's first post and that of the next.
func (s *segment) about(doc uint32) int64 {
	n := int(doc) / docPage
	at, next := s.head.times[n], s.head.oldest
	if n+1 < len(s.head.times) {
		next = s.head.times[n+1]
	}
	return at - (at-next)/docPage*int64(doc%docPage)
}
