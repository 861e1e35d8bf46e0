package feedstest

import (
	"context"
	"sync"
	"testing"

	"vitrine/feeds"
)

// Shelf is a feeds.Shelf in memory.
type Shelf struct {
	Err  error                   // of every call; nil for none
	Full func(name string) error // of saving a record; nil where there is always room

	mu      sync.Mutex
	records map[string]record
}

type record struct {
	value   string
	version int
}

var _ feeds.Shelf = (*Shelf)(nil)

// NewShelf makes a shelf without records.
func NewShelf() *Shelf { return &Shelf{records: map[string]record{}} }

// Record implements feeds.Shelf.
func (s *Shelf) Record(ctx context.Context, name string) ([]byte, int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.records[name]
	switch {
	case s.Err != nil:
		return nil, 0, s.Err
	case !ok:
		return nil, 0, ctx.Err()
	}
	return []byte(r.value), r.version, ctx.Err()
}

// SaveRecord implements feeds.Shelf.
func (s *Shelf) SaveRecord(ctx context.Context, name string, value []byte, version int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.Err != nil:
		return s.Err
	case ctx.Err() != nil:
		return ctx.Err()
	case s.Full != nil && s.Full(name) != nil:
		return s.Full(name)
	case s.records[name].version > version:
		return &feeds.Error{Kind: feeds.Storage, Op: "store " + name}
	}
	s.records[name] = record{string(value), version}
	return nil
}

// ShelfContract checks what every feeds.Shelf promises. open returns an empty shelf for each call.
func ShelfContract(t *testing.T, open func(t *testing.T) feeds.Shelf) {
	ctx := t.Context()
	holds := func(t *testing.T, s feeds.Shelf, name, want string, version int) {
		t.Helper()
		if value, v, err := s.Record(ctx, name); string(value) != want || v != version || err != nil {
			t.Errorf("%s holds %q of version %d, %v; want %q of version %d", name, value, v, err, want, version)
		}
	}
	save := func(t *testing.T, s feeds.Shelf, name, value string, version int) {
		t.Helper()
		if err := s.SaveRecord(ctx, name, []byte(value), version); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("an empty shelf has nothing and no error", func(t *testing.T) {
		holds(t, open(t), "settings", "", 0)
	})
	t.Run("records are found by their names", func(t *testing.T) {
		s := open(t)
		save(t, s, "settings", `{"theme":"dark"}`, 1)
		save(t, s, "follows", `["a","ü \" b"]`, 3)
		holds(t, s, "settings", `{"theme":"dark"}`, 1)
		holds(t, s, "follows", `["a","ü \" b"]`, 3)
		holds(t, s, "other", "", 0)
	})
	t.Run("a record is replaced by one of the same version or a later one", func(t *testing.T) {
		s := open(t)
		save(t, s, "settings", `1`, 1)
		save(t, s, "settings", `2`, 1)
		holds(t, s, "settings", `2`, 1)
		save(t, s, "settings", `3`, 2)
		holds(t, s, "settings", `3`, 2)
	})
	t.Run("a record of a later version is not overwritten", func(t *testing.T) {
		s := open(t)
		save(t, s, "settings", `{"colour":"plum"}`, 99)
		if err := s.SaveRecord(ctx, "settings", []byte(`{}`), 1); feeds.KindOf(err) != feeds.Storage {
			t.Errorf("%v", err)
		}
		holds(t, s, "settings", `{"colour":"plum"}`, 99)
	})
	t.Run("what is cancelled says so", func(t *testing.T) {
		s := open(t)
		over, cancel := context.WithCancel(ctx)
		cancel()
		if _, _, err := s.Record(over, "settings"); err != context.Canceled {
			t.Errorf("%v", err)
		}
		if err := s.SaveRecord(over, "settings", []byte(`{}`), 1); err != context.Canceled {
			t.Errorf("%v", err)
		}
	})
}
