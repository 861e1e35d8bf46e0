package cache

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// Usage implements feeds.Upkeep.
func (m *Memory) Usage(ctx context.Context) ([]feeds.Usage, error) { return memorySteps{m}.usage(ctx) }

// Forget implements feeds.Upkeep.
func (m *Memory) Forget(ctx context.Context, host string) error {
	return forget(ctx, memorySteps{m}, host)
}

// Sweep implements feeds.Upkeep.
func (m *Memory) Sweep(ctx context.Context, o feeds.SweepOptions) error {
	return sweep(ctx, memorySteps{m}, o)
}

// memorySteps are the steps of upkeep. Nothing is written here, so what something takes is counted when that is asked.
type memorySteps struct{ *Memory }

var _ steps = memorySteps{}

// sizeOf is what a value would take if it was written.
func sizeOf(v any) int64 {
	text, err := jsontext.Marshal(v)
	if err != nil {
		return 0
	}
	return int64(len(text))
}

func cachedSize(h *cachedPost) int64 {
	if h == nil {
		return 0
	}
	r, err := encode(h)
	if err != nil {
		return 0
	}
	return r.size()
}

func (m memorySteps) usage(ctx context.Context) ([]feeds.Usage, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	t := tally{}
	for _, h := range m.posts {
		if r, err := encode(h); err == nil {
			t.post(r, 1)
		}
	}
	for id, tl := range m.timelines {
		t.timeline(id.Host(), 1, sizeOf(headOf(tl)))
	}
	for at, a := range m.authors {
		t.author(at.host, 1, sizeOf(a.value))
	}
	for host, i := range m.instances {
		t.bytes(host, sizeOf(i.value))
	}
	for id, l := range m.lists {
		t.bytes(id.Host(), sizeOf(l.value))
	}
	return t.list(), nil
}

func (m memorySteps) lines(ctx context.Context) ([]*line, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	var all []*line
	for id := range m.timelines {
		all = append(all, &line{id, m.used[id]})
	}
	return all, nil
}

// dropped removes things in an order until so many bytes are free, at most a batch of them. Pointers are put in order by one function, whatever they
// point to.
func dropped[T any](all []*T, order func(a, b *T) int, free int64, drop func(*T) int64) int64 {
	slices.SortFunc(all, order)
	var freed int64
	for _, v := range all[:min(len(all), batch)] {
		if freed >= free {
			break
		}
		freed += drop(v)
	}
	return freed
}

func (m memorySteps) dropLoose(ctx context.Context, before, free int64) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	type loose struct {
		key feeds.Key
		at  int64
	}
	var all []*loose
	for k, h := range m.posts {
		if at := seen(h.post).UnixMilli(); len(h.entries) == 0 && at < before {
			all = append(all, &loose{k, at})
		}
	}
	byAge := func(a, b *loose) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.key, b.key)) }
	return dropped(all, byAge, free, func(l *loose) int64 {
		n := cachedSize(m.posts[l.key])
		m.remove(l.key)
		return n
	}), nil
}

func (m memorySteps) trim(ctx context.Context, id feeds.TimelineID, free int64, whole bool) (int64, error) {
	return m.trimTo(ctx, id, whole, func(entries []feeds.Entry, sizes []int64) int { return cutAt(entries, sizes, free) })
}

func (m memorySteps) trimOld(ctx context.Context, id feeds.TimelineID, before time.Time) (int64, error) {
	return m.trimTo(ctx, id, false, func(entries []feeds.Entry, _ []int64) int { return cutBefore(entries, before) })
}

// trimTo removes a timeline's entries below the one that end chooses.
func (m memorySteps) trimTo(ctx context.Context, id feeds.TimelineID, whole bool, end func([]feeds.Entry, []int64) int) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	tl := m.timelines[id]
	if tl == nil {
		return 0, nil
	}
	sizes := make([]int64, len(tl.Entries))
	for i, e := range tl.Entries {
		h := m.posts[e.Key]
		sizes[i] = cachedSize(h) - cachedSize(h.out(id))
	}
	cut := -1
	if !whole {
		if cut = end(tl.Entries, sizes); cut < 0 {
			return 0, nil
		}
	}
	freed := sizeOf(headOf(tl))
	for i, e := range tl.Entries[cut+1:] {
		freed += sizes[cut+1+i]
		if rest := m.posts[e.Key].out(id); rest != nil {
			m.posts[e.Key] = rest
			continue
		}
		m.posts[e.Key] = &cachedPost{post: m.posts[e.Key].post} // the list is cut as a whole, below
		m.remove(e.Key)
	}
	if whole {
		delete(m.timelines, id)
		delete(m.used, id)
		return freed, nil
	}
	rest := &feeds.Timeline{ID: id, Entries: tl.Entries[:cut+1], Ranges: feeds.Cut(tl.Ranges, tl.Entries[cut]), Fetched: tl.Fetched}
	m.timelines[id] = rest
	return freed - sizeOf(headOf(rest)), nil
}

func (m memorySteps) dropPeople(ctx context.Context, before, free int64, keep map[feeds.TimelineID]bool) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []*saved[place]
	for at, a := range m.authors {
		all = append(all, &saved[place]{at, a.at})
	}
	for host, i := range m.instances {
		all = append(all, &saved[place]{place{host: host}, i.at})
	}
	const listed = "\x00" // before a list's id: no handle begins so
	for id, l := range m.lists {
		if keep[id] {
			continue
		}
		all = append(all, &saved[place]{place{id.Host(), listed + string(id)}, l.at})
	}
	all = slices.DeleteFunc(all, func(k *saved[place]) bool { return k.at >= before })
	byAge := func(a, b *saved[place]) int { return cmp.Compare(a.at, b.at) }
	return dropped(all, byAge, free, func(k *saved[place]) int64 {
		if id, ok := strings.CutPrefix(k.value.id, listed); ok {
			n := sizeOf(m.lists[feeds.TimelineID(id)].value)
			delete(m.lists, feeds.TimelineID(id))
			return n
		}
		if k.value.id == "" {
			n := sizeOf(m.instances[k.value.host].value)
			delete(m.instances, k.value.host)
			return n
		}
		n := sizeOf(m.authors[k.value].value)
		delete(m.authors, k.value)
		return n
	}), nil
}

func (m memorySteps) forgetPosts(ctx context.Context, host string) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for at, k := range m.sightings {
		if at.host != host {
			continue
		}
		h := m.posts[k]
		m.remove(k)
		if rest := feeds.WithoutSightings(h.post, host); rest != nil {
			m.put(map[feeds.Key]*cachedPost{k: {post: rest, entries: h.entries}})
			m.restore(k, h.entries)
		}
	}
	return 0, nil
}

// restore puts a post's entries back into their timelines.
func (m memorySteps) restore(k feeds.Key, entries map[feeds.TimelineID]feeds.Entry) {
	for id, e := range entries {
		tl := *m.timelines[id]
		tl.Entries = append(slices.Clone(tl.Entries), e)
		feeds.SortEntries(tl.Entries)
		m.timelines[id] = &tl
	}
}

func (m memorySteps) forgetPeople(ctx context.Context, host string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.DeleteFunc(m.authors, func(at place, _ saved[*feeds.Author]) bool { return at.host == host })
	maps.DeleteFunc(m.lists, func(id feeds.TimelineID, _ saved[*order]) bool { return id.Host() == host })
	delete(m.instances, host)
	return nil
}

func (m memorySteps) clear(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.empty()
	m.add(nil)
	return nil
}
