package cache

import (
	"context"
	"sync"
	"time"

	"vitrine/feeds"
)

// Memory is a feeds.Store that lives as long as the program. It is safe for concurrent use.
type Memory struct {
	mu        sync.RWMutex
	posts     map[feeds.Key]*feeds.Post
	sightings map[place]feeds.Key
	authors   map[place]*feeds.Author
	instances map[string]*feeds.Instance
	timelines map[feeds.TimelineID]*feeds.Timeline
}

// place is an id or handle at a host.
type place struct{ host, id string }

// NewMemory makes an empty store.
func NewMemory() *Memory {
	return &Memory{
		posts:     map[feeds.Key]*feeds.Post{},
		sightings: map[place]feeds.Key{},
		authors:   map[place]*feeds.Author{},
		instances: map[string]*feeds.Instance{},
		timelines: map[feeds.TimelineID]*feeds.Timeline{},
	}
}

var _ feeds.Store = (*Memory)(nil)

// SavePage implements feeds.Store.
func (m *Memory) SavePage(_ context.Context, id feeds.TimelineID, c feeds.Cursor, p *feeds.Page, at time.Time) (*feeds.Timeline, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.put(p.Posts)
	tl := m.timelines[id]
	if tl == nil {
		tl = &feeds.Timeline{ID: id}
	}
	tl = tl.Merge(c, p, at)
	m.timelines[id] = tl
	return tl, nil
}

// Timeline implements feeds.Store.
func (m *Memory) Timeline(_ context.Context, id feeds.TimelineID) (*feeds.Timeline, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.timelines[id], nil
}

// SavePosts implements feeds.Store.
func (m *Memory) SavePosts(_ context.Context, posts []*feeds.Post) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.put(posts)
	return nil
}

func (m *Memory) put(posts []*feeds.Post) {
	for _, p := range posts {
		merged := feeds.MergePost(m.posts[p.Key], p)
		m.posts[p.Key] = merged
		for _, s := range merged.Sightings {
			m.sightings[place{s.Host, s.ID}] = p.Key
		}
		if p.Quote != nil && p.Quote.Post != nil {
			m.put([]*feeds.Post{p.Quote.Post})
		}
	}
}

// Posts implements feeds.Store.
func (m *Memory) Posts(_ context.Context, keys []feeds.Key) (map[feeds.Key]*feeds.Post, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	found := make(map[feeds.Key]*feeds.Post, len(keys))
	for _, k := range keys {
		if p := m.posts[k]; p != nil {
			found[k] = p
		}
	}
	return found, nil
}

// PostAt implements feeds.Store.
func (m *Memory) PostAt(_ context.Context, host, id string) (*feeds.Post, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.posts[m.sightings[place{host, id}]], nil
}

// SaveAuthor implements feeds.Store.
func (m *Memory) SaveAuthor(_ context.Context, a *feeds.Author) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.authors[place{a.Host, a.Handle()}] = a
	return nil
}

// Author implements feeds.Store.
func (m *Memory) Author(_ context.Context, host, handle string) (*feeds.Author, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.authors[place{host, handle}], nil
}

// SaveInstance implements feeds.Store.
func (m *Memory) SaveInstance(_ context.Context, i *feeds.Instance) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.instances[i.Host] = i
	return nil
}

// Instance implements feeds.Store.
func (m *Memory) Instance(_ context.Context, host string) (*feeds.Instance, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.instances[host], nil
}
