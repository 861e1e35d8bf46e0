package publish

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
)

// memory is a target for tests.
type memory struct {
	mu    sync.Mutex
	files map[string][]byte
}

func (m *memory) Read(ctx context.Context, name string) ([]byte, error) {
	if err := checkCall(ctx, name); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	data, ok := m.files[name]
	if !ok {
		return nil, fmt.Errorf("mem://%s: %w", name, fs.ErrNotExist)
	}
	return bytes.Clone(data), nil
}

func (m *memory) Write(ctx context.Context, name string, data []byte) error {
	if err := checkCall(ctx, name); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files[name] = append([]byte{}, data...)
	return nil
}

func (m *memory) Remove(ctx context.Context, name string) error {
	if err := checkCall(ctx, name); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.files, name)
	return nil
}

func (m *memory) List(ctx context.Context, prefix string) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(m.files)), func(name string) bool { return !strings.HasPrefix(name, prefix) })
	return names, ctx.Err()
}

func (m *memory) Close() error { return nil }

// checkCall returns why a call can't be carried out: a wrong name, or a cancelled context.
func checkCall(ctx context.Context, name string) error {
	if err := CheckName(name); err != nil {
		return err
	}
	return ctx.Err()
}
