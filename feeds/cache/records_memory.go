package cache

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"

	"vitrine/feeds"
)

// MemoryRecords keeps records for as long as the program lives. It is safe for concurrent use.
type MemoryRecords struct {
	mu    sync.Mutex
	pairs []feeds.Pair // by key
}

var _ feeds.Records = (*MemoryRecords)(nil)

// NewMemoryRecords makes records in memory.
func NewMemoryRecords() *MemoryRecords { return &MemoryRecords{} }

func byKey(p feeds.Pair, key string) int { return strings.Compare(p.Key, key) }

// Values implements feeds.Records.
func (m *MemoryRecords) Values(ctx context.Context, keys []string) ([][]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	values := make([][]byte, len(keys))
	for i, k := range keys {
		if at, ok := slices.BinarySearchFunc(m.pairs, k, byKey); ok {
			values[i] = bytes.Clone(m.pairs[at].Value)
		}
	}
	return values, ctx.Err()
}

// span is where a range begins and ends.
func (m *MemoryRecords) span(from, to string, n int) (low, high int) {
	low, _ = slices.BinarySearchFunc(m.pairs, from, byKey)
	high, _ = slices.BinarySearchFunc(m.pairs, to, byKey)
	high = max(low, high)
	if n > 0 {
		high = min(high, low+n)
	}
	return low, high
}

// Range implements feeds.Records.
func (m *MemoryRecords) Range(ctx context.Context, from, to string, n int) ([]feeds.Pair, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	low, high := m.span(from, to, n)
	pairs := slices.Clone(m.pairs[low:high])
	for i := range pairs {
		pairs[i].Value = bytes.Clone(pairs[i].Value)
	}
	return pairs, ctx.Err()
}

// Keys implements feeds.Records.
func (m *MemoryRecords) Keys(ctx context.Context, from, to string, n int) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	low, high := m.span(from, to, n)
	keys := make([]string, 0, high-low)
	for _, p := range m.pairs[low:high] {
		keys = append(keys, p.Key)
	}
	return keys, ctx.Err()
}

// Change implements feeds.Records.
func (m *MemoryRecords) Change(ctx context.Context, pairs ...feeds.Pair) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, p := range pairs {
		at, ok := slices.BinarySearchFunc(m.pairs, p.Key, byKey)
		switch p.Value = bytes.Clone(p.Value); {
		case p.Value == nil && ok:
			m.pairs = slices.Delete(m.pairs, at, at+1)
		case ok:
			m.pairs[at] = p
		case p.Value != nil:
			m.pairs = slices.Insert(m.pairs, at, p)
		}
	}
	return nil
}

// Clear implements feeds.Records.
func (m *MemoryRecords) Clear(ctx context.Context, from, to string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	low, high := m.span(from, to, 0)
	m.pairs = slices.Delete(m.pairs, low, high)
	return nil
}
