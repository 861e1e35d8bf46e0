package state

import (
	"context"
	"sync"
)

// Queue runs functions one after another, in the order in which they came. Who hands one in never waits, however long the others take:
// a browser's event loop must not be blocked.
type Queue struct {
	mu      sync.Mutex
	waiting []func()
	wake    chan struct{} // holds one token while functions wait
}

// NewQueue makes a queue that runs its functions on a goroutine of its own until ctx ends. Those that still wait then are never run.
func NewQueue(ctx context.Context) *Queue {
	q := &Queue{wake: make(chan struct{}, 1)}
	go q.run(ctx)
	return q
}

// Post hands in a function.
func (q *Queue) Post(f func()) {
	q.mu.Lock()
	q.waiting = append(q.waiting, f)
	q.mu.Unlock()
	select {
	case q.wake <- struct{}{}:
	default: // it is awake already
	}
}

func (q *Queue) run(ctx context.Context) {
	for {
		select {
		case <-q.wake:
		case <-ctx.Done():
			return
		}
		q.mu.Lock()
		batch := q.waiting
		q.waiting = nil
		q.mu.Unlock()
		for _, f := range batch {
			if ctx.Err() != nil {
				return
			}
			f()
		}
	}
}
