package search

import (
	"context"
	"errors"
	"math"
	"slices"
	"sync"
	"time"

	"vitrine/feeds"
)

// version is the form of the index. One in another form is built anew.
const version = 1

// Index is an index in records that it has for itself. It is safe for concurrent use; one program at a time may change it (Grow).
type Index struct {
	records feeds.Records
	hides   func(*feeds.Post) bool

	mu   sync.Mutex
	segs map[segmentID]*segment // that were read; none of them changes but for dead
}

// Open opens the index in records. hides reports posts whose authors don't wish them to be found by words; nil: there are none.
func Open(r feeds.Records, hides func(*feeds.Post) bool) *Index {
	return &Index{records: r, hides: hides, segs: map[segmentID]*segment{}}
}

// manifest says which segments there are.
type manifest struct {
	next     segmentID
	scanning bool      // not all that is stored was looked through yet,
	after    feeds.Key // this far it was
	segments []listed
}

type listed struct {
	id         segmentID
	docs, dead int
	bytes      int
}

func (m *manifest) encode() []byte {
	b := appendNum(appendNum([]byte{version}, int(m.next)), 0)
	if m.scanning {
		b[len(b)-1] = 1
	}
	b = appendText(b, string(m.after))
	b = appendNum(b, len(m.segments))
	for _, s := range m.segments {
		b = appendNum(appendNum(appendNum(appendNum(b, int(s.id)), s.docs), s.dead), s.bytes)
	}
	return seal(b)
}

// decodeManifest reads a manifest; without a value it is that of an index that nothing was done for yet.
func decodeManifest(value []byte) (*manifest, error) {
	if value == nil {
		return &manifest{scanning: true}, nil
	}
	b, err := unseal(value)
	if err != nil {
		return nil, err
	}
	s := scanner{b: b}
	if v := s.bytes(1); len(v) != 1 || v[0] != version {
		return nil, errBroken
	}
	m := &manifest{next: segmentID(s.num()), scanning: s.num() == 1}
	m.after = feeds.Key(s.text())
	for range s.count() {
		m.segments = append(m.segments, listed{segmentID(s.num()), s.num(), s.num(), s.num()})
	}
	return m, s.err()
}

// open reads which segments there are, and their heads.
func (x *Index) open(ctx context.Context, turn *feeds.Turn) (*manifest, []*segment, error) {
	values, err := x.records.Values(ctx, []string{manifestKey})
	if err != nil {
		return nil, nil, err
	}
	m, err := decodeManifest(values[0])
	if err != nil {
		return nil, nil, err
	}
	x.mu.Lock()
	known := x.segs
	x.mu.Unlock()
	var keys []string
	for _, s := range m.segments {
		if known[s.id] == nil {
			keys = append(keys, s.id.key(partHead))
		}
		if k := known[s.id]; s.dead > 0 && (k == nil || len(k.dead) != s.dead) {
			keys = append(keys, s.id.key(partDead))
		}
	}
	have, err := fetch(ctx, turn, map[pages][]string{x.records: keys})
	if err != nil {
		return nil, nil, err
	}
	now := make(map[segmentID]*segment, len(m.segments))
	all := make([]*segment, 0, len(m.segments))
	for _, l := range m.segments {
		s := &segment{id: l.id, pages: x.records}
		if k := known[l.id]; k != nil {
			*s = *k
		} else {
			s.hashes = &hashes{}
			if s.head, err = readHead(have[l.id.key(partHead)]); err != nil {
				return nil, nil, err
			}
		}
		if s.head.docs != l.docs {
			return nil, nil, errBroken
		}
		if b, ok := have[l.id.key(partDead)]; ok {
			d := scanner{b: b}
			s.dead = d.docs(s.head.docs)
			if d.broken || len(s.dead) != l.dead {
				return nil, nil, ErrChanged
			}
		}
		now[l.id] = s
		all = append(all, s)
	}
	x.mu.Lock()
	x.segs = now
	x.mu.Unlock()
	return m, all, nil
}

// attempts is how often what changes while it is read is read again.
const attempts = 3

// again does something that reads the index, again where the index changes meanwhile. What still isn't there then is broken.
func again(f func() error) (err error) {
	for range attempts {
		if err = f(); !errors.Is(err, ErrChanged) {
			return err
		}
	}
	return errBroken
}

// Options are how a query is answered.
type Options struct {
	Relevance bool          // what fits best comes first, not the newest
	Now       time.Time     // for Relevance
	Hidden    bool          // posts of authors who don't wish to be found are found too
	Saved     []feeds.Key   // what the reader has saved: found whatever its author wishes
	Pending   []*feeds.Post // are stored, and not in the index yet
	Gone      []feeds.Key   // aren't stored any more
}

// Search answers a query. The error is of kind Storage, or ctx's own; where the index is broken it is marked to be built anew by the next Grow.
func (x *Index) Search(ctx context.Context, q *Query, o Options) (*Result, error) {
	var r *Result
	err := x.reading(ctx, "search", func() (err error) {
		r, err = x.search(ctx, q, o)
		return err
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// reading reads the index. Where it is broken it is marked.
func (x *Index) reading(ctx context.Context, op string, f func() error) error {
	err := again(f)
	if errors.Is(err, errBroken) {
		_ = x.records.Change(ctx, feeds.Pair{Key: brokenKey, Value: []byte{1}})
	}
	if err != nil {
		return storage(ctx, op, err)
	}
	return nil
}

// Broken reports an error of an index that is to be built anew.
func Broken(err error) bool { return errors.Is(err, errBroken) }

func storage(ctx context.Context, op string, err error) error {
	var e *feeds.Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &e):
		return err
	}
	return &feeds.Error{Kind: feeds.Storage, Op: op, Err: err}
}

func (x *Index) search(ctx context.Context, q *Query, o Options) (*Result, error) {
	turn := &feeds.Turn{}
	_, segs, err := x.open(ctx, turn)
	if err != nil {
		return nil, err
	}
	if len(o.Pending)+len(o.Gone) > 0 {
		if segs, err = x.with(ctx, turn, segs, o.Pending, o.Gone); err != nil {
			return nil, err
		}
	}
	r := &Result{turn: turn}
	e := evaluation{ctx: ctx, turn: turn, q: q, o: o, saved: newHashSet(len(o.Saved))}
	for _, k := range o.Saved {
		e.saved.add(k)
	}
	if err := e.find(segs); err != nil {
		return nil, err
	}
	for i, s := range segs {
		docs, err := e.match(i, s)
		if err != nil {
			return nil, err
		}
		if !o.Hidden && !q.Author {
			shown, err := e.shown(i, s, docs)
			if err != nil {
				return nil, err
			}
			r.Hidden += len(docs) - len(shown)
			docs = shown
		}
		r.Total += len(docs)
		r.hits = append(r.hits, hits{seg: s, docs: docs, pages: map[int]docsPage{}})
	}
	r.index = x
	if o.Relevance {
		if err := e.score(segs, r); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// with adds posts to the index in memory, and takes away their older copies.
func (x *Index) with(ctx context.Context, turn *feeds.Turn, segs []*segment, posts []*feeds.Post, gone []feeds.Key) ([]*segment, error) {
	keys := map[feeds.Key]bool{}
	for _, k := range gone {
		keys[k] = true
	}
	b := builder{hides: x.hides}
	for _, p := range posts {
		if !keys[p.Key] {
			keys[p.Key] = true
			b.add(p)
		}
	}
	var out []*segment
	for _, s := range segs {
		docs, err := s.withKeys(ctx, turn, keys)
		if err != nil {
			return nil, err
		}
		if len(docs) > 0 {
			c := *s
			c.dead = union(s.dead, docs)
			s = &c
		}
		out = append(out, s)
	}
	if len(b.posts) == 0 {
		return out, nil
	}
	m := memory{}
	if _, err := b.write(0, m.put); err != nil {
		return nil, err
	}
	value, err := unseal(m[segmentID(0).key(partHead)])
	if err != nil {
		return nil, err
	}
	h, err := readHead(value)
	return append(out, &segment{pages: &m, head: h, hashes: &hashes{}}), err
}

// withKeys returns the posts of a segment that have one of some keys.
func (s *segment) withKeys(ctx context.Context, turn *feeds.Turn, keys map[feeds.Key]bool) ([]uint32, error) {
	set := newHashSet(len(keys))
	for k := range keys {
		set.add(k)
	}
	docs, err := s.having(ctx, turn, set)
	if err != nil {
		return nil, err
	}
	return s.named(ctx, turn, both(docs, s.dead, false), keys)
}

// memory is a segment that isn't stored.
type memory map[string][]byte

func (m memory) put(p feeds.Pair) error {
	m[p.Key] = p.Value
	return nil
}

// Values implements pages.
func (m *memory) Values(_ context.Context, keys []string) ([][]byte, error) {
	values := make([][]byte, len(keys))
	for i, k := range keys {
		values[i] = (*m)[k]
	}
	return values, nil
}

// evaluation is a query that is being answered.
type evaluation struct {
	ctx   context.Context
	turn  *feeds.Turn
	q     *Query
	o     Options
	saved *hashSet

	looked [][][]*lookup // by segment, term of the query and word
	hidden []*lookup     // by segment
	scored [][]scored    // by segment: what counts for the order
	df     []int         // by term: how many posts have it
}

type scored struct {
	term        int
	docs, often []uint32
}

// find looks for all words and properties of the query in all segments at once.
func (e *evaluation) find(segs []*segment) error {
	var all []*lookup
	for _, s := range segs {
		var terms [][]*lookup
		for _, t := range e.q.Terms {
			var l []*lookup
			for _, w := range t.words {
				l = append(l, &lookup{seg: s, text: w.text, begins: w.begins, places: len(t.words) > 1})
			}
			if t.Kind == Facet {
				l = append(l, &lookup{seg: s, text: t.Facet})
			}
			terms = append(terms, l)
			all = append(all, l...)
		}
		h := &lookup{seg: s, text: facet(facetHide, "1")}
		e.looked, e.hidden, all = append(e.looked, terms), append(e.hidden, h), append(all, h)
	}
	e.df, e.scored = make([]int, len(e.q.Terms)), make([][]scored, len(segs))
	return find(e.ctx, e.turn, all)
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
		at, err := s.since(e.ctx, e.turn, t.Time.UnixMilli())
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
	var docs []uint32
	for w, l := range looked {
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
		if w == 0 {
			docs = found
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
				_, next = slices.BinarySearch(cursors[i].at, at+offsets[i]-offsets[0])
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

// since returns how many posts of a segment are of a time or later.
func (s *segment) since(ctx context.Context, turn *feeds.Turn, at int64) (int, error) {
	n, _ := slices.BinarySearchFunc(s.head.times, at, func(t, at int64) int {
		if t >= at {
			return -1
		}
		return 1
	})
	if n == 0 {
		return 0, nil
	}
	values, err := read(ctx, s.pages, turn, []string{s.id.page(pageDocs, n-1)})
	if err != nil {
		return 0, err
	}
	d, err := readDocs(values[0])
	if err != nil {
		return 0, err
	}
	k := 0
	for k < len(d.at) && d.at[k] >= at {
		k++
	}
	return (n-1)*docPage + k, nil
}

// shown are those of some posts that may be found, for what their authors wish.
func (e *evaluation) shown(i int, s *segment, docs []uint32) ([]uint32, error) {
	l := e.hidden[i]
	if len(l.found) == 0 || len(docs) == 0 {
		return docs, nil
	}
	hidden, err := l.found[0].docsOf(s.head.docs, e.turn, nil)
	if err != nil {
		return nil, err
	}
	if len(e.saved.all) > 0 {
		saved, err := s.having(e.ctx, e.turn, e.saved)
		if err != nil {
			return nil, err
		}
		hidden = both(hidden, saved, false)
	}
	return both(docs, hidden, false), nil
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
			if _, _, err := h.look(e.ctx, e.turn, h.docs[0], h.docs); err != nil {
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

// Empty removes all that is indexed, as what it was made of is removed too.
func (x *Index) Empty(ctx context.Context) error { return x.records.Clear(ctx, "", "\x7f") }

// Mark has the index built anew by the next Grow.
func (x *Index) Mark(ctx context.Context) error {
	if err := x.records.Change(ctx, feeds.Pair{Key: brokenKey, Value: []byte{1}}); err != nil {
		return storage(ctx, "index", err)
	}
	return nil
}
