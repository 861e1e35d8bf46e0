package search

import (
	"context"
	"errors"
	"slices"

	"vitrine/feeds"
)

// Result is what a query finds, in order. It isn't for concurrent use.
type Result struct {
	Total  int // posts that are found
	Hidden int // further ones, whose authors don't wish to be found by words

	index     *Index
	turn      *feeds.Turn
	hits      []hits
	relevance bool
	best      []best // a heap, the best one first
}

// hits are what is found in a segment.
type hits struct {
	seg   *segment
	docs  []uint32
	next  int
	pages map[int]docsPage
}

type best struct {
	points float32
	in     int32 // which segment
	doc    uint32
}

// ahead is how many hits of a segment are looked up together.
const ahead = 8

// Next returns the keys of at most n more posts. Where the index was changed so that they can't be known any more the error is ErrChanged.
func (r *Result) Next(ctx context.Context, n int) (keys []feeds.Key, err error) {
	if r.relevance {
		keys, err = r.nextBest(ctx, n)
	} else {
		keys, err = r.nextNewest(ctx, n)
	}
	if errors.Is(err, ErrChanged) && r.index.has(ctx, r.hits) {
		err = errBroken
	}
	switch {
	case errors.Is(err, errBroken):
		_ = r.index.Mark(ctx)
		return nil, storage(ctx, "search", err)
	case err != nil && !errors.Is(err, ErrChanged):
		return nil, storage(ctx, "search", err)
	}
	return keys, err
}

// has reports that the segments of a result are still there.
func (x *Index) has(ctx context.Context, all []hits) bool {
	values, err := x.records.Values(ctx, []string{manifestKey})
	if err != nil {
		return false
	}
	m, err := decodeManifest(values[0])
	if err != nil {
		return false
	}
	for _, h := range all {
		if h.seg.id != 0 && !slices.ContainsFunc(m.segments, func(l listed) bool { return l.id == h.seg.id }) {
			return false
		}
	}
	return true
}

func (r *Result) nextNewest(ctx context.Context, n int) (keys []feeds.Key, err error) {
	for len(keys) < n {
		at, from := int64(0), -1
		for i := range r.hits {
			h := &r.hits[i]
			if h.next == len(h.docs) {
				continue
			}
			k, t, err := h.look(ctx, r.turn, h.docs[h.next], h.docs[h.next:min(h.next+ahead, len(h.docs))])
			if err != nil {
				return nil, err
			}
			if from < 0 || t > at || t == at && k < r.hits[from].key(r.hits[from].docs[r.hits[from].next]) {
				at, from = t, i
			}
		}
		if from < 0 {
			break
		}
		h := &r.hits[from]
		keys = append(keys, h.key(h.docs[h.next]))
		h.next++
	}
	return keys, nil
}

func (h *hits) key(doc uint32) feeds.Key { return h.pages[int(doc)/docPage].keys[doc%docPage] }

// look returns a post's key and time, and reads those of others with it.
func (h *hits) look(ctx context.Context, turn *feeds.Turn, doc uint32, with []uint32) (feeds.Key, int64, error) {
	n := int(doc) / docPage
	page, ok := h.pages[n]
	if !ok {
		var names []string
		var numbers []int
		last := -1
		for _, d := range with {
			if p := int(d) / docPage; p != last {
				if _, known := h.pages[p]; !known {
					names, numbers = append(names, h.seg.id.page(pageDocs, p)), append(numbers, p)
				}
				last = p
			}
		}
		values, err := read(ctx, h.seg.pages, turn, names)
		if err != nil {
			return "", 0, err
		}
		for i, v := range values {
			d, err := readDocs(v)
			if err != nil {
				return "", 0, err
			}
			if len(d.keys) != min(docPage, h.seg.head.docs-numbers[i]*docPage) {
				return "", 0, errBroken
			}
			h.pages[numbers[i]] = d
		}
		page = h.pages[n]
	}
	i := doc % docPage
	return page.keys[i], page.at[i], nil
}

func (r *Result) nextBest(ctx context.Context, n int) (keys []feeds.Key, err error) {
	for len(keys) < n && len(r.best) > 0 {
		b := r.best[0]
		k, _, err := r.hits[b.in].look(ctx, r.turn, b.doc, []uint32{b.doc})
		if err != nil {
			return nil, err
		}
		keys = append(keys, k)
		last := len(r.best) - 1
		r.best[0] = r.best[last]
		r.best = r.best[:last]
		r.sift(0)
	}
	return keys, nil
}

func (r *Result) heapify() {
	for i := len(r.best)/2 - 1; i >= 0; i-- {
		if i%1024 == 0 {
			r.turn.Next()
		}
		r.sift(i)
	}
}

func (b best) before(o best) bool {
	if b.points != o.points {
		return b.points > o.points
	}
	return b.in < o.in || b.in == o.in && b.doc < o.doc
}

// sift moves one down to its place in the heap.
func (r *Result) sift(i int) {
	for {
		child := 2*i + 1
		if child >= len(r.best) {
			return
		}
		if child+1 < len(r.best) && r.best[child+1].before(r.best[child]) {
			child++
		}
		if !r.best[child].before(r.best[i]) {
			return
		}
		r.best[i], r.best[child] = r.best[child], r.best[i]
		i = child
	}
}
