package fetch

import (
	"context"
	"fmt"
	"sync"

	"vitrine/feeds"
)

// flights joins callers that want the same answer at the same time. The zero value is ready.
type flights struct {
	mu    sync.Mutex
	byKey map[string]*flight
}

// flight is one request under way. It belongs to none of its callers: it is cancelled when the last of them has gone.
type flight struct {
	cancel  context.CancelFunc
	callers int           // guarded by flights.mu
	done    chan struct{} // closed once res and err are set
	res     *feeds.Response
	err     error
}

// do returns what ask returns, or what the same key's ask that is under way returns. A caller whose ctx ends leaves with its
// error; the others stay.
func (f *flights) do(ctx context.Context, key string, ask func(context.Context) (*feeds.Response, error)) (*feeds.Response, error) {
	fl := f.join(key, ask)
	select {
	case <-fl.done:
		return fl.res, fl.err
	case <-ctx.Done():
		f.leave(key, fl)
		return nil, ctx.Err()
	}
}

func (f *flights) join(key string, ask func(context.Context) (*feeds.Response, error)) *flight {
	f.mu.Lock()
	defer f.mu.Unlock()
	if fl := f.byKey[key]; fl != nil {
		fl.callers++
		return fl
	}
	ctx, cancel := context.WithCancel(context.Background())
	fl := &flight{cancel: cancel, callers: 1, done: make(chan struct{})}
	if f.byKey == nil {
		f.byKey = map[string]*flight{}
	}
	f.byKey[key] = fl
	go f.run(ctx, key, fl, ask)
	return fl
}

// run asks, and hands the answer to the callers. A panic becomes an error: in a browser it would end the whole program.
func (f *flights) run(ctx context.Context, key string, fl *flight, ask func(context.Context) (*feeds.Response, error)) {
	defer func() {
		if p := recover(); p != nil {
			fl.res, fl.err = nil, &feeds.Error{Kind: feeds.Internal, Op: key, Err: fmt.Errorf("panic: %v", p)}
		}
		f.forget(key, fl)
		close(fl.done)
		fl.cancel()
	}()
	fl.res, fl.err = ask(ctx)
}

// leave takes one caller off a flight. Nobody can join it again once the last has gone.
func (f *flights) leave(key string, fl *flight) {
	f.mu.Lock()
	defer f.mu.Unlock()
	fl.callers--
	if fl.callers == 0 {
		f.drop(key, fl)
		fl.cancel()
	}
}

func (f *flights) forget(key string, fl *flight) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.drop(key, fl)
}

// drop takes a flight from the map, where a later one may already stand in its place.
func (f *flights) drop(key string, fl *flight) {
	if f.byKey[key] == fl {
		delete(f.byKey, key)
	}
}
