package snapshot

import (
	"context"
	"sync"
	"time"

	"vitrine/feeds"
)

// Pauses between two questions to one host. A part of them is random, so that many sites which begin at the same minute do not go
// on in step.
const (
	minPause  = 150 * time.Millisecond
	maxJitter = 250 * time.Millisecond
)

// turns lets one question at a time go to a host.
type turns struct {
	clock  feeds.Clock
	jitter func(limit time.Duration) time.Duration
	paced  func(host string) bool // hosts that are left alone for a while between two questions
	tries  int                    // so many questions in a row without an answer end the asking of a host

	mu    sync.Mutex
	hosts map[string]*turn
}

type turn struct {
	place chan struct{}
	last  time.Time // when the last answer came; zero before the first
	fails int       // questions in a row that weren't answered
	dead  error     // why the host isn't asked any more in this run
}

func newTurns(c feeds.Clock, jitter func(time.Duration) time.Duration, paced func(host string) bool, tries int) *turns {
	return &turns{clock: c, jitter: jitter, paced: paced, tries: tries, hosts: map[string]*turn{}}
}

// take waits for the host's turn. The error is ctx's, or why the host is not asked again in this run.
func (t *turns) take(ctx context.Context, host string) (leave func(error), err error) {
	t.mu.Lock()
	h := t.hosts[host]
	if h == nil {
		h = &turn{place: make(chan struct{}, 1)}
		t.hosts[host] = h
	}
	t.mu.Unlock()
	select {
	case h.place <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if h.dead != nil {
		<-h.place
		return nil, h.dead
	}
	pause := time.Duration(0)
	if !h.last.IsZero() && t.paced(host) {
		pause = minPause + t.jitter(maxJitter) - t.clock.Now().Sub(h.last)
	}
	if pause > 0 {
		select {
		case <-t.clock.After(pause):
		case <-ctx.Done():
			<-h.place
			return nil, ctx.Err()
		}
	}
	return func(err error) {
		h.last = t.clock.Now()
		switch feeds.KindOf(err) {
		case feeds.Unreachable, feeds.Timeout, feeds.Offline:
			if h.fails++; h.fails >= t.tries {
				h.dead = err
			}
		default:
			h.fails = 0
		}
		<-h.place
	}, nil
}
