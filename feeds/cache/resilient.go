package cache

import (
	"context"
	"errors"
	"sync"
	"time"

	"vitrine/feeds"
)

const (
	// openPatience is how long calls wait for the store to open. Most of it is for slow phones, which start the program meanwhile.
	openPatience = 5 * time.Second
	// maxFailures is how many calls in a row may fail before the store is given up.
	maxFailures = 3
)

// MaintainedStore is a store with its upkeep, and what ends it.
type MaintainedStore interface {
	feeds.Store
	feeds.Upkeep
	feeds.PostNotes
	Close() error
}

// Resilient is a store that never ends the reading: it opens another one in the background, and when that can't be opened, is
// full though room was made, or fails again and again, it goes on in memory and says so, once. It is safe for concurrent use.
type Resilient struct {
	failed func(*feeds.Error)
	clock  feeds.Clock
	opened chan struct{} // closed once the opening has ended

	mu       sync.Mutex
	store    MaintainedStore // nil before it is open, and when it was given up
	memory   *Memory
	failures int // in a row
}

var (
	_ feeds.Store  = (*Resilient)(nil)
	_ feeds.Upkeep = (*Resilient)(nil)

	_ feeds.PostNotes = (*Resilient)(nil)
)

// OpenResilient opens the database of this name in the background; see Open. failed is called at most once, from any goroutine, when
// what is read from then on isn't kept.
func OpenResilient(name string, clock feeds.Clock, failed func(*feeds.Error)) *Resilient {
	return NewResilient(func(ctx context.Context) (MaintainedStore, error) {
		d, err := Open(ctx, name)
		if err != nil {
			return nil, err
		}
		return d, nil
	}, clock, failed)
}

// NewResilient opens a store in the background.
func NewResilient(open func(context.Context) (MaintainedStore, error), clock feeds.Clock, failed func(*feeds.Error)) *Resilient {
	r := &Resilient{failed: failed, clock: clock, opened: make(chan struct{})}
	go func() {
		defer close(r.opened)
		s, err := open(context.Background())
		if err != nil {
			r.giveUp(err)
			return
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.memory != nil {
			_ = s.Close() // too late: what was read meanwhile is in memory, and two partial stores make no complete one
			return
		}
		r.store = s
	}()
	return r
}

// giveUp goes on in memory.
func (r *Resilient) giveUp(err error) {
	r.mu.Lock()
	if r.memory != nil {
		r.mu.Unlock()
		return
	}
	r.memory = NewMemory()
	if r.store != nil {
		_ = r.store.Close()
		r.store = nil
	}
	r.mu.Unlock()
	e := feeds.AsError(err)
	if e.Kind != feeds.Storage {
		e = &feeds.Error{Kind: feeds.Storage, Op: "open", Err: err}
	}
	r.failed(e)
}

// both is a store with its upkeep, whichever it is.
type both interface {
	feeds.Store
	feeds.Upkeep
	feeds.PostNotes
}

// current returns the store to ask; lasting is nil when that is the memory.
func (r *Resilient) current(ctx context.Context) (s both, lasting MaintainedStore, err error) {
	select {
	case <-r.opened:
	default:
		select {
		case <-r.opened:
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		case <-r.clock.After(openPatience):
			select {
			case <-r.opened:
			default:
				r.giveUp(&feeds.Error{Kind: feeds.Storage, Op: "open", Err: errors.New("it takes too long")})
			}
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.memory != nil {
		return r.memory, nil, nil
	}
	return r.store, r.store, nil
}

// do calls a store. A call that fails for good is answered from memory.
func (r *Resilient) do(ctx context.Context, call func(both) error) error {
	s, lasting, err := r.current(ctx)
	if err != nil {
		return err
	}
	err = call(s)
	if lasting == nil {
		return err
	}
	if errors.Is(err, ErrFull) && makeRoom(ctx, lasting) == nil {
		err = call(s)
	}
	switch {
	case err == nil:
		r.succeeded()
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case !errors.Is(err, ErrFull) && r.failedAgain() < maxFailures:
		return err
	}
	r.giveUp(err)
	s, _, cerr := r.current(ctx)
	if cerr != nil {
		return cerr
	}
	return call(s)
}

// succeeded ends a row of failures.
func (r *Resilient) succeeded() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failures = 0
}

// failedAgain notes a failure, and returns how many there were in a row.
func (r *Resilient) failedAgain() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failures++
	return r.failures
}

// makeRoom halves what is stored.
func makeRoom(ctx context.Context, s MaintainedStore) error {
	all, err := s.Usage(ctx)
	if err != nil {
		return err
	}
	var bytes int64
	for _, u := range all {
		bytes += u.Bytes
	}
	return s.Sweep(ctx, feeds.SweepOptions{Budget: max(bytes/2, 1)})
}

// ask calls a store for a value.
func ask[T any](ctx context.Context, r *Resilient, call func(both) (T, error)) (v T, err error) {
	err = r.do(ctx, func(s both) (err error) {
		v, err = call(s)
		return err
	})
	return v, err
}

// SavePage implements feeds.Store.
func (r *Resilient) SavePage(ctx context.Context, id feeds.TimelineID, c feeds.Cursor, p *feeds.Page, at time.Time) (feeds.SavedPage, error) {
	return ask(ctx, r, func(s both) (feeds.SavedPage, error) { return s.SavePage(ctx, id, c, p, at) })
}

// Timeline implements feeds.Store.
func (r *Resilient) Timeline(ctx context.Context, id feeds.TimelineID, w feeds.Window) (*feeds.Timeline, error) {
	return ask(ctx, r, func(s both) (*feeds.Timeline, error) { return s.Timeline(ctx, id, w) })
}

// SavePosts implements feeds.Store.
func (r *Resilient) SavePosts(ctx context.Context, posts []*feeds.Post) error {
	return r.do(ctx, func(s both) error { return s.SavePosts(ctx, posts) })
}

// Posts implements feeds.Store.
func (r *Resilient) Posts(ctx context.Context, keys []feeds.Key) (map[feeds.Key]*feeds.Post, error) {
	return ask(ctx, r, func(s both) (map[feeds.Key]*feeds.Post, error) { return s.Posts(ctx, keys) })
}

// PostAt implements feeds.Store.
func (r *Resilient) PostAt(ctx context.Context, host, id string) (*feeds.Post, error) {
	return ask(ctx, r, func(s both) (*feeds.Post, error) { return s.PostAt(ctx, host, id) })
}

// SaveList implements feeds.Store.
func (r *Resilient) SaveList(ctx context.Context, id feeds.TimelineID, posts []*feeds.Post, at time.Time) error {
	return r.do(ctx, func(s both) error { return s.SaveList(ctx, id, posts, at) })
}

// List implements feeds.Store.
func (r *Resilient) List(ctx context.Context, id feeds.TimelineID) (posts []*feeds.Post, at time.Time, err error) {
	err = r.do(ctx, func(s both) (err error) {
		posts, at, err = s.List(ctx, id)
		return err
	})
	return posts, at, err
}

// SaveAuthor implements feeds.Store.
func (r *Resilient) SaveAuthor(ctx context.Context, a *feeds.Author) error {
	return r.do(ctx, func(s both) error { return s.SaveAuthor(ctx, a) })
}

// Author implements feeds.Store.
func (r *Resilient) Author(ctx context.Context, host, handle string) (*feeds.Author, error) {
	return ask(ctx, r, func(s both) (*feeds.Author, error) { return s.Author(ctx, host, handle) })
}

// Recent implements feeds.Store.
func (r *Resilient) Recent(ctx context.Context, n int) (feeds.Recent, error) {
	return ask(ctx, r, func(s both) (feeds.Recent, error) { return s.Recent(ctx, n) })
}

// SaveInstance implements feeds.Store.
func (r *Resilient) SaveInstance(ctx context.Context, i *feeds.Instance) error {
	return r.do(ctx, func(s both) error { return s.SaveInstance(ctx, i) })
}

// Instance implements feeds.Store.
func (r *Resilient) Instance(ctx context.Context, host string) (*feeds.Instance, error) {
	return ask(ctx, r, func(s both) (*feeds.Instance, error) { return s.Instance(ctx, host) })
}

// Usage implements feeds.Upkeep.
func (r *Resilient) Usage(ctx context.Context) ([]feeds.Usage, error) {
	return ask(ctx, r, func(s both) ([]feeds.Usage, error) { return s.Usage(ctx) })
}

// Forget implements feeds.Upkeep.
func (r *Resilient) Forget(ctx context.Context, host string) error {
	return r.do(ctx, func(s both) error { return s.Forget(ctx, host) })
}

// Sweep implements feeds.Upkeep.
func (r *Resilient) Sweep(ctx context.Context, o feeds.SweepOptions) error {
	return r.do(ctx, func(s both) error { return s.Sweep(ctx, o) })
}

// Notes implements feeds.PostNotes.
func (r *Resilient) Notes(ctx context.Context, n int) ([]feeds.PostNote, error) {
	return ask(ctx, r, func(s both) ([]feeds.PostNote, error) { return s.Notes(ctx, n) })
}

// DropNotes implements feeds.PostNotes.
func (r *Resilient) DropNotes(ctx context.Context, names []string) error {
	return r.do(ctx, func(s both) error { return s.DropNotes(ctx, names) })
}

// Note implements feeds.PostNotes.
func (r *Resilient) Note(ctx context.Context, keys []feeds.Key) error {
	return r.do(ctx, func(s both) error { return s.Note(ctx, keys) })
}

// PostKeys implements feeds.PostNotes.
func (r *Resilient) PostKeys(ctx context.Context, after feeds.Key, n int) ([]feeds.Key, error) {
	return ask(ctx, r, func(s both) ([]feeds.Key, error) { return s.PostKeys(ctx, after, n) })
}
