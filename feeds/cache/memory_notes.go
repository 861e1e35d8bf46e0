package cache

import (
	"context"
	"fmt"
	"slices"

	"vitrine/feeds"
)

// note notes posts. The lock is held.
func (m *Memory) note(keys []feeds.Key) {
	if len(keys) > 0 {
		m.add(keys)
	}
}

// add adds a note. The lock is held.
func (m *Memory) add(keys []feeds.Key) {
	m.noted++
	m.notes = append(m.notes[:len(m.notes):len(m.notes)], feeds.PostNote{Name: fmt.Sprint(m.noted), Keys: keys})
}

// Notes implements feeds.PostNotes.
func (m *Memory) Notes(ctx context.Context, n int) ([]feeds.PostNote, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.notes[:min(n, len(m.notes))], ctx.Err()
}

// DropNotes implements feeds.PostNotes.
func (m *Memory) DropNotes(ctx context.Context, names []string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.notes = slices.DeleteFunc(slices.Clone(m.notes), func(n feeds.PostNote) bool { return slices.Contains(names, n.Name) })
	return nil
}

// Note implements feeds.PostNotes.
func (m *Memory) Note(ctx context.Context, keys []feeds.Key) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.note(keys)
	return nil
}

// PostKeys implements feeds.PostNotes.
func (m *Memory) PostKeys(ctx context.Context, after feeds.Key, n int) ([]feeds.Key, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	var keys []feeds.Key
	for k, h := range m.posts {
		if k > after && h.post != nil {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys[:min(n, len(keys))], nil
}
