package search

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"vitrine/feeds"
)

const (
	// together is how many posts become a segment at once.
	together = 1000
	// fan is how many segments of a size become one.
	fan = 6
	// change is how many bytes of a segment are written in one transaction.
	change = 256 << 10
	// notesAtOnce is how many notes are read in one go.
	notesAtOnce = 200
)

// Source is what is indexed.
type Source interface {
	feeds.PostNotes
	// Posts returns those of some posts that are stored, or saved.
	Posts(ctx context.Context, keys []feeds.Key) (map[feeds.Key]*feeds.Post, error)
	// Saved returns the keys of all that the reader has saved.
	Saved(ctx context.Context) ([]feeds.Key, error)
	// Kept returns the keys of what is kept beside those of PostKeys: what is saved, and more.
	Kept(ctx context.Context) ([]feeds.Key, error)
	// Said returns what the reader says of those of some posts of which they say something.
	Said(ctx context.Context, keys []feeds.Key) (map[feeds.Key]Said, error)
}

// Said is what a reader says of a post, by which it is found as by its own words.
type Said struct {
	Tags []string
	Note string
	Own  bool // it is the reader's own: found whatever its author wishes
}

// Grow brings the index up to what is stored. tell is told how many posts it has looked at. It may end at any time and is called again then. An
// index that is broken is built anew. The error is of kind Storage, or ctx's own.
func (x *Index) Grow(ctx context.Context, from Source, tell func(done int) error) error {
	g := growth{x: x, from: from, tell: tell, turn: &feeds.Turn{}}
	err := g.grow(ctx)
	if errors.Is(err, errBroken) || errors.Is(err, ErrChanged) { // nobody else changes it
		if err = g.anew(ctx); err == nil {
			err = g.grow(ctx)
		}
	}
	if err != nil {
		return storage(ctx, "index", err)
	}
	return nil
}

type growth struct {
	x    *Index
	from Source
	tell func(int) error
	turn *feeds.Turn
	m    *manifest
	segs []*segment
	done int
}

// anew empties the index.
func (g *growth) anew(ctx context.Context) error {
	if err := g.x.records.Clear(ctx, "", "\x7f"); err != nil {
		return err
	}
	// Nothing that was read of what stood there before is held for a new segment: their names go on with time.
	m := manifest{next: segmentID(time.Now().UnixMilli()), scanning: true}
	return g.x.records.Change(ctx, feeds.Pair{Key: manifestKey, Value: m.encode()})
}

func (g *growth) grow(ctx context.Context) error {
	values, err := g.x.records.Values(ctx, []string{manifestKey, brokenKey})
	if err != nil {
		return err
	}
	if values[0] == nil || values[1] != nil {
		if err := g.anew(ctx); err != nil {
			return err
		}
	}
	if err := g.open(ctx); err != nil {
		return err
	}
	if err := g.tidy(ctx); err != nil {
		return err
	}
	if err := g.scan(ctx); err != nil {
		return err
	}
	for {
		notes, err := g.from.Notes(ctx, notesAtOnce)
		if err != nil || len(notes) == 0 {
			return err
		}
		var keys []feeds.Key
		var names []string
		for _, n := range notes {
			names = append(names, n.Name)
			keys = append(keys, n.Keys...)
			if len(n.Keys) == 0 { // any post may be gone
				if err := g.anew(ctx); err != nil {
					return err
				}
				if err := g.open(ctx); err != nil {
					return err
				}
			}
		}
		if g.m.scanning {
			if err := g.from.DropNotes(ctx, names); err != nil {
				return err
			}
			if err := g.scan(ctx); err != nil {
				return err
			}
			continue
		}
		slices.Sort(keys)
		if err := g.take(ctx, slices.Compact(keys)); err != nil {
			return err
		}
		if err := g.from.DropNotes(ctx, names); err != nil {
			return err
		}
	}
}

// scan looks through all that is stored and saved, once.
func (g *growth) scan(ctx context.Context) error {
	if g.m.scanning && g.m.after == "" { // what was noted until now is looked through anyway
		for {
			notes, err := g.from.Notes(ctx, notesAtOnce)
			if err != nil {
				return err
			}
			var names []string
			for _, n := range notes {
				names = append(names, n.Name)
			}
			if len(names) == 0 {
				break
			}
			if err := g.from.DropNotes(ctx, names); err != nil {
				return err
			}
		}
	}
	for g.m.scanning {
		keys, err := g.from.PostKeys(ctx, g.m.after, together)
		if err != nil {
			return err
		}
		if len(keys) > 0 {
			g.m.after = keys[len(keys)-1]
			if err := g.take(ctx, keys); err != nil {
				return err
			}
			continue
		}
		if keys, err = g.from.Kept(ctx); err != nil {
			return err
		}
		for ; len(keys) > together; keys = keys[together:] {
			if err := g.take(ctx, keys[:together]); err != nil {
				return err
			}
		}
		g.m.scanning, g.m.after = false, ""
		return g.take(ctx, keys)
	}
	return nil
}

func (g *growth) open(ctx context.Context) (err error) {
	g.m, g.segs, err = g.x.open(ctx, g.turn, nil)
	return err
}

// tidy removes what a program that was killed has left of segments that it didn't finish.
func (g *growth) tidy(ctx context.Context) error {
	from, to := feeds.KeyRange(segmentsFrom)
	keys, err := g.x.records.Keys(ctx, from, to, 0)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, s := range g.m.segments {
		known[s.id.key("")] = true
	}
	var lost []feeds.Pair
	for _, k := range keys {
		if !known[k[:strings.LastIndexByte(k, '/')+1]] {
			lost = append(lost, feeds.Pair{Key: k})
		}
	}
	return g.drop(ctx, lost)
}

// dropAtOnce is how many pages are removed in one transaction: each holds the page for a moment.
const dropAtOnce = 100

// drop removes pages of which no segment is made any more.
func (g *growth) drop(ctx context.Context, pages []feeds.Pair) error {
	for len(pages) > 0 {
		n := min(dropAtOnce, len(pages))
		if err := g.x.records.Change(ctx, pages[:n]...); err != nil {
			return err
		}
		pages = pages[n:]
	}
	return nil
}

// take indexes posts as they are now: those that aren't there any more leave the index.
func (g *growth) take(ctx context.Context, keys []feeds.Key) error {
	for ; len(keys) > together; keys = keys[together:] {
		if err := g.take(ctx, keys[:together]); err != nil {
			return err
		}
	}
	posts, err := g.from.Posts(ctx, keys)
	if err != nil {
		return err
	}
	said, err := g.from.Said(ctx, keys)
	if err != nil {
		return err
	}
	b := builder{hides: g.x.hides}
	named := make(map[feeds.Key]bool, len(keys))
	for _, k := range keys {
		named[k] = true
		if p := posts[k]; p != nil && !p.Deleted {
			b.add(p, said[k])
		}
	}
	var pairs []feeds.Pair
	segments := slices.Clone(g.m.segments)
	for i, s := range g.segs {
		docs, err := s.withKeys(ctx, g.turn, named)
		if err != nil {
			return err
		}
		if len(docs) > 0 {
			dead := union(s.dead, docs)
			segments[i].dead = len(dead)
			pairs = append(pairs, feeds.Pair{Key: s.id.key(partDead), Value: seal(appendDocs(nil, dead))})
		}
	}
	if len(b.posts) > 0 {
		id := g.m.next
		g.m.next++
		size, err := b.write(id, func(p feeds.Pair) error { pairs = append(pairs, p); return nil })
		if err != nil {
			return err
		}
		segments = append(segments, listed{id: id, docs: len(b.posts), bytes: int(size)})
	}
	next := *g.m
	next.segments = segments
	if err := g.x.records.Change(ctx, append(pairs, feeds.Pair{Key: manifestKey, Value: next.encode()})...); err != nil {
		return err
	}
	g.done += len(keys)
	if err := g.tell(g.done); err != nil {
		return err
	}
	if err := g.open(ctx); err != nil {
		return err
	}
	return g.tend(ctx)
}

// tier is the size of a segment.
func (l listed) tier() int {
	n := 0
	for docs := max(l.docs-l.dead, 1); docs > 2*together; docs /= fan {
		n++
	}
	return n
}

// tend merges segments of a size where there are several, and writes those anew that are dead for the most part.
func (g *growth) tend(ctx context.Context) error {
	for {
		tiers := map[int][]int{}
		var some []int
		for i, s := range g.m.segments {
			if s.dead*3 > s.docs {
				some = []int{i}
			}
			tiers[s.tier()] = append(tiers[s.tier()], i)
		}
		for _, t := range tiers {
			if len(t) >= fan {
				some = t
			}
		}
		if len(some) == 0 {
			return nil
		}
		if err := g.merge(ctx, some); err != nil {
			return err
		}
	}
}

// merge makes one segment of several.
func (g *growth) merge(ctx context.Context, some []int) error {
	var segs []*segment
	var pairs []feeds.Pair
	next := *g.m
	next.segments = nil
	for i, s := range g.segs {
		if !slices.Contains(some, i) {
			next.segments = append(next.segments, g.m.segments[i])
			continue
		}
		segs = append(segs, s)
		from, to := feeds.KeyRange(s.id.key(""))
		keys, err := g.x.records.Keys(ctx, from, to, 0)
		if err != nil {
			return err
		}
		for _, k := range keys {
			pairs = append(pairs, feeds.Pair{Key: k})
		}
	}
	id := g.m.next
	next.next++
	var ready []feeds.Pair
	held := 0
	docs, size, err := merge(ctx, g.turn, segs, id, func(p feeds.Pair) error {
		ready = append(ready, p)
		if held += len(p.Value); held < change {
			return nil
		}
		err := g.x.records.Change(ctx, ready...)
		ready, held = nil, 0
		return err
	})
	if err != nil {
		from, to := feeds.KeyRange(id.key(""))
		_ = g.x.records.Clear(ctx, from, to) // the next Grow does it, where this fails
		return err
	}
	if docs == 0 {
		from, to := feeds.KeyRange(id.key(""))
		if err := g.x.records.Clear(ctx, from, to); err != nil {
			return err
		}
		ready = nil
	} else {
		next.segments = append(next.segments, listed{id: id, docs: docs, bytes: int(size)})
	}
	if err := g.x.records.Change(ctx, append(ready, feeds.Pair{Key: manifestKey, Value: next.encode()})...); err != nil {
		return err
	}
	if err := g.open(ctx); err != nil {
		return err
	}
	return g.drop(ctx, pairs) // where it is ended before, the next Grow does it
}

// State is how much of what is stored is indexed.
type State struct {
	Posts   int         // in the index
	Bytes   int64       // it takes
	Pending []feeds.Key // posts that aren't as they are stored now, or are gone
	More    bool        // there are further ones
}

// State says what the index has, and of what it hasn't at most n posts. The error is that of Search.
func (x *Index) State(ctx context.Context, from Source, n int) (s State, err error) {
	s, _, err = x.stateIn(ctx, from, n)
	return s, err
}

// stateIn is State; m says which segments there were.
func (x *Index) stateIn(ctx context.Context, from Source, n int) (s State, m *manifest, err error) {
	err = x.reading(ctx, "index", func() (err error) {
		s, m, err = x.state(ctx, from, n)
		return err
	})
	return s, m, err
}

func (x *Index) state(ctx context.Context, from Source, n int) (s State, m *manifest, err error) {
	notes, err := from.Notes(ctx, n+1) // before the manifest: what is indexed is no longer noted
	if err != nil {
		return s, nil, err
	}
	values, err := x.records.Values(ctx, []string{manifestKey, brokenKey})
	if err != nil {
		return s, nil, err
	}
	if m, err = decodeManifest(values[0]); err != nil {
		return s, nil, err
	}
	if values[1] != nil {
		return s, nil, errBroken
	}
	for _, l := range m.segments {
		s.Posts, s.Bytes = s.Posts+l.docs-l.dead, s.Bytes+int64(l.bytes)
	}
	seen := map[feeds.Key]bool{}
	add := func(keys []feeds.Key) {
		for _, k := range keys {
			switch {
			case seen[k]:
			case len(s.Pending) == n:
				s.More = true
			default:
				seen[k] = true
				s.Pending = append(s.Pending, k)
			}
		}
	}
	for _, note := range slices.Backward(notes) {
		s.More = s.More || len(note.Keys) == 0
		add(note.Keys)
	}
	if m.scanning {
		keys, err := from.PostKeys(ctx, m.after, n+1)
		if err != nil {
			return s, nil, err
		}
		add(keys)
		if keys, err = from.Kept(ctx); err != nil {
			return s, nil, err
		}
		add(keys)
	}
	return s, m, nil
}

// Ask answers a query from all that is stored: posts that aren't indexed yet, up to mostPending, are looked through too. State says whether there are
// further ones. o's Pending, Said, Gone and, where they matter, Saved are filled in.
func (x *Index) Ask(ctx context.Context, from Source, q *Query, o Options) (r *Result, s State, err error) {
	saved := make(chan error, 1)
	go func() {
		var err error
		o.Saved, err = from.Saved(ctx)
		saved <- err
	}()
	s, m, err := x.stateIn(ctx, from, mostPending)
	if err != nil {
		return nil, s, err
	}
	if len(s.Pending) > 0 {
		posts, err := from.Posts(ctx, s.Pending)
		if err != nil {
			return nil, s, storage(ctx, "search", err)
		}
		for _, k := range s.Pending {
			if p := posts[k]; p != nil && !p.Deleted {
				o.Pending = append(o.Pending, p)
			} else {
				o.Gone = append(o.Gone, k)
			}
		}
		if o.Said, err = from.Said(ctx, s.Pending); err != nil {
			return nil, s, storage(ctx, "search", err)
		}
	}
	if err = <-saved; err != nil {
		return nil, s, storage(ctx, "search", err)
	}
	r, err = x.searchIn(ctx, q, o, m)
	return r, s, err
}

// mostPending is how many posts are looked through that aren't indexed yet: each is read and taken to pieces.
const mostPending = 300
