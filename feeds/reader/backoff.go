package reader

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"vitrine/feeds"
)

// How long a host that failed is left alone by quiet polls.
const (
	firstRest = time.Minute
	longRest  = 30 * time.Minute
	jitter    = 0.2 // of a rest, either way: readers whose polls failed together don't come back together
)

// backoff keeps quiet polls away from hosts that failed. Only polls wait: what a reader asks for is asked.
type backoff struct {
	random func() float64 // in [0, 1)

	mu    sync.Mutex
	hosts map[string]rest
}

// rest is how long a host was left alone last, before jitter, and until when it is.
type rest struct {
	length time.Duration
	until  time.Time
}

func newBackoff() *backoff { return &backoff{random: rand.Float64, hosts: map[string]rest{}} }

// waits reports that a host is to be left alone.
func (b *backoff) waits(host string, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return now.Before(b.hosts[host].until)
}

// failed notes a failure. A server that says when to come back is not asked before.
func (b *backoff) failed(host string, now time.Time, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := b.hosts[host]
	r.length = min(max(2*r.length, firstRest), longRest)
	r.until = now.Add(time.Duration(float64(r.length) * (1 - jitter + 2*jitter*b.random())))
	if e := feeds.AsError(err); e.RetryAt.After(r.until) {
		r.until = e.RetryAt
	}
	b.hosts[host] = r
}

// succeeded forgets a host's failures.
func (b *backoff) succeeded(host string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.hosts, host)
}

// retryDelay is how long after the time that a server named it is asked again: its clock may be a little behind ours.
const retryDelay = time.Second

// retry asks again when a server that refused for a while may be asked, once for each time that it named. It is guarded by its
// owner's lock.
type retry struct{ at time.Time }

// after has again run when err says that it may, unless ctx is over by then.
func (r *retry) after(ctx context.Context, clock feeds.Clock, err *feeds.Error, again func()) {
	if err.RetryAt.IsZero() || err.RetryAt.Equal(r.at) {
		return
	}
	r.at = err.RetryAt
	wait := clock.After(r.at.Sub(clock.Now()) + retryDelay)
	go func() {
		select {
		case <-wait:
			again()
		case <-ctx.Done():
		}
	}()
}
