package reader

import (
	"context"
	"sync"
	"time"
)

// How many sources are asked at once.
const (
	// few sources are asked together, and each answer is shown by itself.
	few = 4
	// atOnce is how many of many sources are asked at once, beside those that are slow; and atHost how many of them at one server, which lets
	// itself be asked at its own pace.
	atOnce = 12
	atHost = 2
	// SlowAfter is when a source counts as slow: the next ones are asked, and what it brings on top waits to be let in.
	SlowAfter = 3 * time.Second
	// emitEvery is how often a snapshot is made at most while many sources answer.
	emitEvery = 250 * time.Millisecond
)

// turns calls f for sources, each server's in their order. The error is that of each.
func (q *Query) turns(ctx context.Context, sources []*stream, f func(*stream) error) error {
	if len(sources) <= few {
		return q.each(sources, f)
	}
	q.fly(len(sources))
	queues := map[string]chan struct{}{} // by server
	for _, s := range sources {
		if queues[s.server] == nil {
			queues[s.server] = make(chan struct{}, atHost)
		}
	}
	places := make(chan struct{}, atOnce)
	return q.each(sources, func(s *stream) error {
		defer q.fly(-1)
		own := queues[s.server]
		select {
		case own <- struct{}{}:
			defer func() { <-own }()
		case <-ctx.Done():
			return ctx.Err()
		}
		select {
		case places <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
		leave := sync.OnceFunc(func() { <-places })
		defer leave()
		if q.r.turn != nil {
			if err := q.r.turn(ctx); err != nil {
				return err
			}
		}
		done := make(chan struct{})
		defer close(done)
		go func() {
			select {
			case <-q.r.clock.After(SlowAfter):
				leave()
			case <-done:
			}
		}()
		return f(s)
	})
}

// fly notes that so many more sources are to be asked, and shows what the last of them have brought.
func (q *Query) fly(n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.flying += n
	if q.flying == 0 {
		q.sendNow()
	}
}

// gather calls f, which takes what many sources have, and shows it as while many answer.
func (q *Query) gather(f func()) {
	n := 0
	if !q.few() {
		n = 1
	}
	q.mu.Lock()
	q.gathering += n
	q.mu.Unlock()
	f()
	q.mu.Lock()
	defer q.mu.Unlock()
	q.gathering -= n
	q.sendNow()
}

// send emits the state of things: at once, or with what comes in the next moment while many sources answer. The lock is held.
func (q *Query) send() {
	switch {
	case q.flying == 0 && q.gathering == 0:
		q.sendNow()
	case !q.sending:
		q.sending = true
		wait := emitEvery + 4*q.took // most of the time is left for reading and drawing
		go func() {
			<-q.r.clock.After(wait)
			q.mu.Lock()
			defer q.mu.Unlock()
			if q.sending {
				q.sendNow()
			}
		}()
	}
}

// early is atTop for as long as a refresh is young: what a slow source brings on top waits to be let in.
func (q *Query) early(atTop func() bool) func() bool {
	begun := q.r.clock.Now()
	return func() bool {
		if q.r.clock.Now().Sub(begun) > SlowAfter {
			return false
		}
		return atTop == nil || atTop()
	}
}
