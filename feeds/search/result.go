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

// hit is a post that is found: of which segment, and its number there.
type hit struct {
	in  int
	doc uint32
}

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
	if err := r.look(ctx, r.first(n)); err != nil {
		return nil, err
	}
	for len(keys) < n {
		at, k, from := int64(0), feeds.Key(""), -1
		for i := range r.hits {
			h := &r.hits[i]
			if h.next == len(h.docs) {
				continue
			}
			doc := h.docs[h.next]
			page, ok := h.pages[int(doc)/docPage]
			if !ok {
				continue // there are n newer ones
			}
			t := page.at[doc%docPage]
			if from < 0 || t > at || t == at && page.key(int(doc%docPage)) < k {
				at, k, from = t, page.key(int(doc%docPage)), i
			}
		}
		if from < 0 {
			break
		}
		keys = append(keys, k)
		r.hits[from].next++
	}
	return keys, nil
}

// first returns hits that the next n are among. Between which times each is follows from its page, which isn't read for it.
func (r *Result) first(n int) []hit {
	var all []hit
	var latest, earliest []int64 // earliest: the n latest of them, in order
	for i := range r.hits {
		h := &r.hits[i]
		for _, d := range h.docs[h.next:min(h.next+n, len(h.docs))] {
			page := int(d) / docPage
			end := h.seg.head.oldest
			if page+1 < len(h.seg.head.times) {
				end = h.seg.head.times[page+1]
			}
			all, latest = append(all, hit{i, d}), append(latest, h.seg.head.times[page])
			k := len(earliest)
			if earliest = append(earliest, end); k == n {
				earliest = earliest[:n]
			}
			for ; k > 0 && earliest[k-1] < end; k-- {
				if k < n {
					earliest[k] = earliest[k-1]
				}
				earliest[k-1] = end
			}
		}
	}
	if len(all) <= n {
		return all
	}
	surely := earliest[n-1] // n of them are of this time or later
	near := all[:0]
	for i, h := range all {
		if latest[i] >= surely {
			near = append(near, h)
		}
	}
	return near
}

// look reads the pages of posts that hits are on, all at once.
func (r *Result) look(ctx context.Context, all []hit) error {
	wanted := map[pages][]string{}
	last := hit{-1, 0}
	for _, x := range all {
		h, page := &r.hits[x.in], int(x.doc)/docPage
		if _, known := h.pages[page]; !known && (x.in != last.in || page != int(last.doc)/docPage) {
			wanted[h.seg.pages] = append(wanted[h.seg.pages], h.seg.id.page(pageDocs, page))
			last = x
		}
	}
	have, err := fetch(ctx, r.turn, wanted)
	if err != nil {
		return err
	}
	for _, x := range all {
		h, page := &r.hits[x.in], int(x.doc)/docPage
		if _, known := h.pages[page]; known {
			continue
		}
		r.turn.Next()
		d, err := readDocs(have[h.seg.id.page(pageDocs, page)])
		if err != nil {
			return err
		}
		if len(d.at) != min(docPage, h.seg.head.docs-page*docPage) {
			return errBroken
		}
		h.pages[page] = d
	}
	return nil
}

func (r *Result) nextBest(ctx context.Context, n int) ([]feeds.Key, error) {
	var all []hit
	for len(all) < n && len(r.best) > 0 {
		all = append(all, hit{int(r.best[0].in), r.best[0].doc})
		last := len(r.best) - 1
		r.best[0] = r.best[last]
		r.best = r.best[:last]
		r.sift(0)
	}
	if err := r.look(ctx, all); err != nil {
		return nil, err
	}
	keys := make([]feeds.Key, len(all))
	for i, x := range all {
		page := r.hits[x.in].pages[int(x.doc)/docPage]
		keys[i] = page.key(int(x.doc % docPage))
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
