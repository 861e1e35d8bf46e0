package cache_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/cache"
	"vitrine/feeds/feedstest"
)

// fake is a store in memory that fails when it is told to.
type fake struct {
	*cache.Memory
	mu     sync.Mutex
	fail   error
	swept  int
	room   bool // a sweep makes room
	closed bool
}

func (f *fake) Close() error { f.closed = true; return nil }

func (f *fake) SavePosts(ctx context.Context, posts []*feeds.Post) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fail != nil {
		return f.fail
	}
	return f.Memory.SavePosts(ctx, posts)
}

func (f *fake) Sweep(ctx context.Context, o feeds.SweepOptions) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.swept++
	if f.room {
		f.fail = nil
	}
	return f.Memory.Sweep(ctx, o)
}

// still is a clock whose After never comes.
type still struct{ *feedstest.Clock }

func (still) After(time.Duration) <-chan time.Time { return nil }

// reports collects what a store says.
type reports struct{ errs chan *feeds.Error }

func resilient(f *fake) (*cache.Resilient, reports) {
	w := reports{make(chan *feeds.Error, 10)}
	return cache.NewResilient(func(context.Context) (cache.MaintainedStore, error) { return f, nil }, still{feedstest.NewClock()}, func(e *feeds.Error) { w.errs <- e }), w
}

func storage(err error) error { return &feeds.Error{Kind: feeds.Storage, Op: "store posts", Err: err} }

func one() []*feeds.Post { return []*feeds.Post{feedstest.Post("a.example", "1", 1)} }

func TestResilientKeepsTheStoreContract(t *testing.T) {
	feedstest.StoreContract(t, func(*testing.T) feedstest.MaintainedStore {
		r, _ := resilient(&fake{Memory: cache.NewMemory()})
		return r
	})
}

func TestResilientGoesOnInMemoryWhenNothingCanBeOpened(t *testing.T) {
	said := make(chan *feeds.Error, 10)
	r := cache.NewResilient(func(context.Context) (cache.MaintainedStore, error) { return nil, errors.New("private window") },
		still{feedstest.NewClock()}, func(e *feeds.Error) { said <- e })
	for range 2 {
		if err := r.SavePosts(t.Context(), one()); err != nil {
			t.Fatal(err)
		}
	}
	if p, err := r.PostAt(t.Context(), "a.example", "1"); p == nil || err != nil {
		t.Errorf("PostAt = %v, %v", p, err)
	}
	if e := <-said; e.Kind != feeds.Storage || len(said) != 0 {
		t.Errorf("said %v, then %d more", e, len(said))
	}
}

func TestResilientDoesNotWaitForEver(t *testing.T) {
	said, never := make(chan *feeds.Error, 10), make(chan struct{})
	late := &fake{Memory: cache.NewMemory()}
	r := cache.NewResilient(func(context.Context) (cache.MaintainedStore, error) { <-never; return late, nil },
		feedstest.NewClock(), func(e *feeds.Error) { said <- e })
	if err := r.SavePosts(t.Context(), one()); err != nil {
		t.Fatal(err)
	}
	if e := <-said; e.Kind != feeds.Storage {
		t.Errorf("said %v", e)
	}
	close(never)
	if p, err := r.PostAt(t.Context(), "a.example", "1"); p == nil || err != nil {
		t.Errorf("PostAt = %v, %v", p, err)
	}
}

func TestResilientMakesRoomAndTriesAgain(t *testing.T) {
	f := &fake{Memory: cache.NewMemory(), fail: storage(cache.ErrFull), room: true}
	r, said := resilient(f)
	if err := r.SavePosts(t.Context(), one()); err != nil {
		t.Fatal(err)
	}
	if p, _ := f.PostAt(t.Context(), "a.example", "1"); p == nil || f.swept != 1 || len(said.errs) != 0 {
		t.Errorf("stored %v, swept %d times, said %d", p != nil, f.swept, len(said.errs))
	}
}

func TestResilientGivesAFullStoreUpWhenThereIsNoRoomToMake(t *testing.T) {
	f := &fake{Memory: cache.NewMemory(), fail: storage(cache.ErrFull)}
	r, said := resilient(f)
	if err := r.SavePosts(t.Context(), one()); err != nil {
		t.Fatal(err)
	}
	if e := <-said.errs; !errors.Is(e, cache.ErrFull) || f.swept != 1 || !f.closed {
		t.Errorf("said %v, swept %d times, closed %v", e, f.swept, f.closed)
	}
	if p, err := r.PostAt(t.Context(), "a.example", "1"); p == nil || err != nil {
		t.Errorf("PostAt = %v, %v", p, err)
	}
}

func TestResilientBearsSingleFailures(t *testing.T) {
	f := &fake{Memory: cache.NewMemory()}
	r, said := resilient(f)
	for range 5 {
		f.fail = storage(errors.New("closed"))
		for range 2 {
			if err := r.SavePosts(t.Context(), one()); feeds.KindOf(err) != feeds.Storage {
				t.Fatalf("err = %v", err)
			}
		}
		f.fail = nil
		if err := r.SavePosts(t.Context(), one()); err != nil {
			t.Fatal(err)
		}
	}
	if len(said.errs) != 0 {
		t.Fatal("it was given up")
	}
	f.fail = storage(errors.New("closed"))
	for i := range 3 {
		if err := r.SavePosts(t.Context(), one()); (err == nil) != (i == 2) {
			t.Fatalf("%d: %v", i, err)
		}
	}
	if len(said.errs) != 1 {
		t.Errorf("said %d times", len(said.errs))
	}
}

func TestResilientLeavesACallersOwnEndAlone(t *testing.T) {
	f := &fake{Memory: cache.NewMemory()}
	r, said := resilient(f)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 5 {
		if err := r.SavePosts(ctx, one()); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	if len(said.errs) != 0 {
		t.Error("it was given up")
	}
}
