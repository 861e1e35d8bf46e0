package search

import (
	"context"

	"vitrine/feeds"
)

// merging is a segment that is merged with others.
type merging struct {
	seg  *segment
	to   []int32 // its posts' numbers in the new segment; -1 for those that are dead
	docs docsPage
	at   int // the next post

	page  int // the next page of words
	terms []entry
	held  []byte // the stream from base on
	base  int
}

// merge writes a segment of several others, in order, without the posts that are dead.
func merge(ctx context.Context, turn *feeds.Turn, segs []*segment, id segmentID, out func(feeds.Pair) error) (docs int, size int64, err error) {
	w := newWriter(id, out)
	all := make([]*merging, len(segs))
	for i, s := range segs {
		m := &merging{seg: s, to: make([]int32, s.head.docs)}
		for _, d := range s.dead {
			m.to[d] = -1
		}
		all[i] = m
	}
	for {
		var first *merging
		for _, m := range all {
			if ok, err := m.post(ctx, turn); err != nil {
				return 0, 0, err
			} else if ok && (first == nil || m.before(first)) {
				first = m
			}
		}
		if first == nil {
			break
		}
		turn.Next()
		i := first.at % docPage
		first.to[first.at] = int32(w.head.docs)
		w.doc(first.docs.key(i), first.docs.at[i])
		first.at++
		if w.err != nil {
			return 0, 0, w.err
		}
	}
	for {
		var same []*merging
		for _, m := range all {
			if ok, err := m.term(ctx, turn); err != nil {
				return 0, 0, err
			} else if !ok {
				continue
			}
			switch {
			case len(same) == 0 || m.terms[0].text < same[0].terms[0].text:
				same = append(same[:0], m)
			case m.terms[0].text == same[0].terms[0].text:
				same = append(same, m)
			}
		}
		if len(same) == 0 {
			break
		}
		p, err := joined(ctx, turn, same)
		if err != nil {
			return 0, 0, err
		}
		text := same[0].terms[0].text
		for _, m := range same {
			m.terms = m.terms[1:]
		}
		if p.df > 0 {
			w.term(text, p.df, p.docs, p.places)
		}
		if w.err != nil {
			return 0, 0, w.err
		}
	}
	err = w.end()
	return w.head.docs, w.size, err
}

// post goes on to the next post that isn't dead; false at the end.
func (m *merging) post(ctx context.Context, turn *feeds.Turn) (bool, error) {
	for ; m.at < m.seg.head.docs; m.at++ {
		if m.at%docPage == 0 && m.to[m.at] != -2 {
			values, err := read(ctx, m.seg.pages, turn, []string{m.seg.id.page(pageDocs, m.at/docPage)})
			if err != nil {
				return false, err
			}
			if m.docs, err = readDocs(values[0]); err != nil {
				return false, err
			}
			if len(m.docs.at) != min(docPage, m.seg.head.docs-m.at) {
				return false, errBroken
			}
			if m.to[m.at] == 0 {
				m.to[m.at] = -2 // its page was read
			}
		}
		if m.to[m.at] != -1 {
			return true, nil
		}
	}
	return false, nil
}

// before reports that the next post comes before another one's.
func (m *merging) before(o *merging) bool {
	i, k := m.at%docPage, o.at%docPage
	if m.docs.at[i] != o.docs.at[k] {
		return m.docs.at[i] > o.docs.at[k]
	}
	return m.docs.key(i) < o.docs.key(k)
}

// term goes on to the next word; false at the end.
func (m *merging) term(ctx context.Context, turn *feeds.Turn) (bool, error) {
	for len(m.terms) == 0 {
		if m.page == len(m.seg.head.terms) {
			return false, nil
		}
		values, err := read(ctx, m.seg.pages, turn, []string{m.seg.id.page(pageTerms, m.page)})
		if err != nil {
			return false, err
		}
		m.page++
		if err := eachTerm(values[0], func(text []byte, e entry) bool {
			e.text = string(text)
			m.terms = append(m.terms, e)
			return true
		}); err != nil {
			return false, err
		}
	}
	return true, nil
}

// load reads the postings of the next word. Those of a segment stand one behind the other in the order of its words.
func (m *merging) load(ctx context.Context, turn *feeds.Turn, e *entry) error {
	if e.data != nil {
		return nil
	}
	end := e.offset + e.docLen + e.posLen
	if e.offset < m.base || end > m.seg.head.stream {
		return errBroken
	}
	if cut := e.offset/streamPage*streamPage - m.base; cut > 0 {
		m.held = append([]byte{}, m.held[min(cut, len(m.held)):]...)
		m.base += cut
	}
	var keys []string
	for n := (m.base + len(m.held)) / streamPage; n*streamPage < end; n++ {
		if m.base+len(m.held) < end {
			keys = append(keys, m.seg.id.page(pageStream, n))
		}
	}
	values, err := read(ctx, m.seg.pages, turn, keys)
	if err != nil {
		return err
	}
	for _, v := range values {
		m.held = append(m.held, v...)
	}
	if end-m.base > len(m.held) {
		return errBroken
	}
	e.data = m.held[e.offset-m.base : end-m.base]
	return nil
}

// joined are the postings of a word in all segments that have it.
func joined(ctx context.Context, turn *feeds.Turn, same []*merging) (*postings, error) {
	cursors := make([]*cursor, len(same))
	heads := make([]int, len(same)) // the new numbers of the posts that the cursors are at; -1 at the end
	spans := make([][]byte, len(same))
	next := func(i int) {
		c := cursors[i]
		for heads[i] = -1; len(c.docs.b) > 0 && heads[i] < 0 && !c.docs.broken; {
			n := c.docs.num()
			c.doc, c.times = c.doc+n>>1, 1
			if n&1 != 0 {
				c.times = c.docs.num()
			}
			if c.doc >= len(same[i].to) || c.times > mostWords {
				c.docs.broken = true
				return
			}
			before := c.places.b
			if len(before) > 0 {
				c.places.skip(c.times)
			}
			spans[i] = before[:len(before)-len(c.places.b)]
			heads[i] = int(same[i].to[c.doc])
		}
	}
	for i, m := range same {
		e := &m.terms[0]
		if err := m.load(ctx, turn, e); err != nil {
			return nil, err
		}
		c, err := newCursor(e)
		if err != nil {
			return nil, err
		}
		cursors[i] = c
		next(i)
	}
	p := &postings{last: -1}
	for n := 0; ; n++ {
		if n%256 == 0 {
			turn.Next()
		}
		first := -1
		for i := range heads {
			if heads[i] >= 0 && (first < 0 || heads[i] < heads[first]) {
				first = i
			}
		}
		if first < 0 {
			break
		}
		p.add(heads[first], cursors[first].times)
		p.places = append(p.places, spans[first]...)
		next(first)
	}
	for _, c := range cursors {
		if c.docs.broken || c.places.broken {
			return nil, errBroken
		}
	}
	return p, nil
}
