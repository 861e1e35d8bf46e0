package search

import (
	"context"
	"errors"
	"sync"
	"time"

	"vitrine/feeds"
)

// version is the form of the index. One in another form is built anew.
const version = 3

// Index is an index in records that it has for itself. It is safe for concurrent use; one program at a time may change it (Grow).
type Index struct {
	records feeds.Records
	pages   *recent // of segments, for who searches
	hides   func(*feeds.Post) bool

	mu   sync.Mutex
	segs map[segmentID]*segment // that were read; none of them changes but for dead
}

// Open opens the index in records. hides reports posts whose authors don't wish them to be found by words; nil: there are none.
func Open(r feeds.Records, hides func(*feeds.Post) bool) *Index {
	return &Index{records: r, pages: &recent{stored: stored{r}}, hides: hides, segs: map[segmentID]*segment{}}
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

// open reads which segments there are, and their heads. Where it is known already which there are, m says it; else nil.
func (x *Index) open(ctx context.Context, turn *feeds.Turn, m *manifest) (*manifest, []*segment, error) {
	if m == nil {
		values, err := x.records.Values(ctx, []string{manifestKey})
		if err != nil {
			return nil, nil, err
		}
		if m, err = decodeManifest(values[0]); err != nil {
			return nil, nil, err
		}
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
	have, err := fetch(ctx, turn, map[pages][]string{stored{x.records}: keys})
	if err != nil {
		return nil, nil, err
	}
	now := make(map[segmentID]*segment, len(m.segments))
	all := make([]*segment, 0, len(m.segments))
	for _, l := range m.segments {
		s := &segment{id: l.id, pages: stored{x.records}}
		if k := known[l.id]; k != nil {
			*s = *k
		} else {
			s.once = &once{}
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
	Relevance bool               // what fits best comes first, not the newest
	Now       time.Time          // for Relevance
	Hidden    bool               // posts of authors who don't wish to be found are found too
	Saved     []feeds.Key        // what the reader has saved: found whatever its author wishes
	Pending   []*feeds.Post      // are stored, and not in the index yet
	Said      map[feeds.Key]Said // of Pending
	Gone      []feeds.Key        // aren't stored any more
}

// Search answers a query. The error is of kind Storage, or ctx's own; where the index is broken it is marked to be built anew by the next Grow.
func (x *Index) Search(ctx context.Context, q *Query, o Options) (*Result, error) {
	return x.searchIn(ctx, q, o, nil)
}

// searchIn answers a query from the segments that m names, as long as these are there; nil where they aren't known.
func (x *Index) searchIn(ctx context.Context, q *Query, o Options, m *manifest) (*Result, error) {
	var r *Result
	err := x.reading(ctx, "search", func() (err error) {
		r, err = x.search(ctx, q, o, m)
		m = nil
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

func (x *Index) search(ctx context.Context, q *Query, o Options, m *manifest) (*Result, error) {
	turn := &feeds.Turn{}
	_, segs, err := x.open(ctx, turn, m)
	if err != nil {
		return nil, err
	}
	for i, s := range segs {
		own := *s // another search may have it too
		own.pages = x.pages
		segs[i] = &own
	}
	if len(o.Pending)+len(o.Gone) > 0 {
		if segs, err = x.with(ctx, turn, segs, o); err != nil {
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

// with adds those of o to the index in memory, and takes away their older copies.
func (x *Index) with(ctx context.Context, turn *feeds.Turn, segs []*segment, o Options) ([]*segment, error) {
	keys := map[feeds.Key]bool{}
	for _, k := range o.Gone {
		keys[k] = true
	}
	b := builder{hides: x.hides}
	for _, p := range o.Pending {
		if !keys[p.Key] {
			keys[p.Key] = true
			b.add(p, o.Said[p.Key])
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
	return append(out, &segment{pages: &m, head: h, once: &once{}}), err
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
func (m *memory) Values(_ context.Context, _ *feeds.Turn, keys []string) ([][]byte, error) {
	values := make([][]byte, len(keys))
	for i, k := range keys {
		values[i] = (*m)[k]
	}
	return values, nil
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
