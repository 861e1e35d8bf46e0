package cache

import (
	"context"
	"slices"
	"sync"
	"time"

	"vitrine/feeds"
)

// Memory is a feeds.Store that lives as long as the program. It is safe for concurrent use.
type Memory struct {
	mu        sync.RWMutex
	posts     map[feeds.Key]*cachedPost
	sightings map[place]feeds.Key
	authors   map[place]saved[*feeds.Author]
	instances map[string]saved[*feeds.Instance]
	timelines map[feeds.TimelineID]*feeds.Timeline
	lists     map[feeds.TimelineID]saved[*order]
	used      map[feeds.TimelineID]int64
	last      int64 // what now returned
	notes     []feeds.PostNote
	noted     int // notes there ever were
}

// place is an id or handle at a host.
type place struct{ host, id string }

// saved is a value and when it was saved, in milliseconds.
type saved[T any] struct {
	value T
	at    int64
}

// NewMemory makes an empty store.
func NewMemory() *Memory {
	m := &Memory{}
	m.empty()
	return m
}

var (
	_ feeds.Store  = (*Memory)(nil)
	_ feeds.Upkeep = (*Memory)(nil)

	_ feeds.PostNotes = (*Memory)(nil)
)

func (m *Memory) empty() {
	m.posts = map[feeds.Key]*cachedPost{}
	m.sightings = map[place]feeds.Key{}
	m.authors = map[place]saved[*feeds.Author]{}
	m.instances = map[string]saved[*feeds.Instance]{}
	m.timelines = map[feeds.TimelineID]*feeds.Timeline{}
	m.lists = map[feeds.TimelineID]saved[*order]{}
	m.used = map[feeds.TimelineID]int64{}
}

// use notes that a timeline was used now, later than every other. The lock is held.
func (m *Memory) use(id feeds.TimelineID) {
	m.used[id] = m.now()
}

// now is the time, later than when it was last asked for. The lock is held.
func (m *Memory) now() int64 {
	m.last = max(time.Now().UnixMilli(), m.last+1)
	return m.last
}

// SavePage implements feeds.Store.
func (m *Memory) SavePage(ctx context.Context, id feeds.TimelineID, c feeds.Cursor, p *feeds.Page, at time.Time) (feeds.SavedPage, error) {
	if err := ctx.Err(); err != nil {
		return feeds.SavedPage{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	base := m.timelines[id]
	if base == nil {
		base = &feeds.Timeline{ID: id}
	}
	m.timelines[id] = base.Merge(c, base.FirstSeen(p).WithNext(), at)
	m.use(id)
	tl, after := mergePage(base, m.posts, c, p, at)
	saved := savedPage(tl, m.posts, after, p)
	m.put(after)
	return saved, nil
}

// Timeline implements feeds.Store.
func (m *Memory) Timeline(ctx context.Context, id feeds.TimelineID, w feeds.Window) (*feeds.Timeline, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	tl := m.timelines[id]
	if tl == nil {
		return nil, nil
	}
	if w.Below == nil {
		m.use(id)
	}
	part := *tl
	part.Entries, part.More = pick(tl.Entries, w)
	return &part, nil
}

// SavePosts implements feeds.Store.
func (m *Memory) SavePosts(ctx context.Context, posts []*feeds.Post) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.put(mergePosts(m.posts, posts))
	return nil
}

func (m *Memory) put(after map[feeds.Key]*cachedPost) {
	var changed []feeds.Key
	for k, h := range after {
		was := m.posts[k]
		m.posts[k] = h
		if h.post == nil {
			continue
		}
		if was == nil || !samePost(was.post, h.post) {
			changed = append(changed, k)
		}
		for _, s := range h.post.Sightings {
			m.sightings[place{s.Host, s.ID}] = k
		}
	}
	m.note(changed)
}

// Posts implements feeds.Store.
func (m *Memory) Posts(ctx context.Context, keys []feeds.Key) (map[feeds.Key]*feeds.Post, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	found := make(map[feeds.Key]*feeds.Post, len(keys))
	for _, k := range keys {
		if h := m.posts[k]; h != nil && h.post != nil {
			found[k] = h.post
		}
	}
	return found, nil
}

// PostAt implements feeds.Store.
func (m *Memory) PostAt(ctx context.Context, host, id string) (*feeds.Post, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	if h := m.posts[m.sightings[place{host, id}]]; h != nil {
		return h.post, nil
	}
	return nil, nil
}

// SaveList implements feeds.Store.
func (m *Memory) SaveList(ctx context.Context, id feeds.TimelineID, posts []*feeds.Post, at time.Time) error {
	if err := m.SavePosts(ctx, posts); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lists[id] = saved[*order]{listOf(posts, at), time.Now().UnixMilli()}
	return nil
}

// List implements feeds.Store.
func (m *Memory) List(ctx context.Context, id feeds.TimelineID) ([]*feeds.Post, time.Time, error) {
	m.mu.RLock()
	l := m.lists[id].value
	m.mu.RUnlock()
	if l == nil {
		return nil, time.Time{}, ctx.Err()
	}
	found, err := m.Posts(ctx, l.Keys)
	if err != nil {
		return nil, time.Time{}, err
	}
	posts, at := l.posts(found)
	return posts, at, nil
}

// SaveAuthor implements feeds.Store.
func (m *Memory) SaveAuthor(ctx context.Context, a *feeds.Author) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.authors[place{a.Host, a.Handle()}] = saved[*feeds.Author]{a, m.now()}
	return nil
}

// Author implements feeds.Store.
func (m *Memory) Author(ctx context.Context, host, handle string) (*feeds.Author, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.authors[place{host, handle}].value, nil
}

// Recent implements feeds.Store.
func (m *Memory) Recent(ctx context.Context, n int) (feeds.Recent, error) {
	lines, err := memorySteps{m}.lines(ctx)
	if err != nil {
		return feeds.Recent{}, err
	}
	r := feeds.Recent{Timelines: latest(lines, n)}
	m.mu.RLock()
	defer m.mu.RUnlock()
	for below := int64(endOfTime); len(r.Authors) < n; {
		last := saved[*feeds.Author]{}
		for _, s := range m.authors {
			if s.at > last.at && s.at < below {
				last = s
			}
		}
		if last.value == nil {
			break
		}
		r.Authors, below = append(r.Authors, last.value), last.at
	}
	return r, nil
}

// SaveInstance implements feeds.Store.
func (m *Memory) SaveInstance(ctx context.Context, i *feeds.Instance) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.instances[i.Host] = saved[*feeds.Instance]{feeds.MergeInstance(m.instances[i.Host].value, i), time.Now().UnixMilli()}
	return nil
}

// Instance implements feeds.Store.
func (m *Memory) Instance(ctx context.Context, host string) (*feeds.Instance, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.instances[host].value, nil
}

// remove deletes what is stored under a key. The lock is held.
func (m *Memory) remove(k feeds.Key) {
	h := m.posts[k]
	delete(m.posts, k)
	m.note([]feeds.Key{k})
	if h == nil || h.post == nil {
		return
	}
	for _, s := range h.post.Sightings {
		if at := (place{s.Host, s.ID}); m.sightings[at] == k {
			delete(m.sightings, at)
		}
	}
	for id := range h.entries {
		if tl := m.timelines[id]; tl != nil {
			rest := *tl
			rest.Entries = slices.DeleteFunc(slices.Clone(tl.Entries), func(e feeds.Entry) bool { return e.Key == k })
			m.timelines[id] = &rest
		}
	}
}
