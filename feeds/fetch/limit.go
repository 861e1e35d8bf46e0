package fetch

import (
	"context"
	"net/url"
	"strconv"
	"sync"
	"time"

	"vitrine/feeds"
)

// Pace decides when a host may be asked. A Client keeps one of its own unless it is given another: a pace for all tabs of a
// browser is a Pace that takes the host's place from Web Locks in Enter, and reports to the other tabs over a BroadcastChannel what
// its leave functions learned.
type Pace interface {
	// Enter waits for the host's next free place, in the order of the calls. Its error is ctx's, or an *feeds.Error of kind
	// RateLimited, at once, when the host asked for a pause longer than a reader waits. Otherwise leave must be called exactly
	// once, with the answer or, where none came, nil.
	Enter(ctx context.Context, host string) (leave func(*feeds.Response), err error)
	// Budget returns what a host last said about how much it may be asked, and false when it said nothing.
	Budget(host string) (feeds.Budget, bool)
}

const (
	// maxUnderWay is how many requests a host gets at once. Browsers allow six connections to an HTTP/1.1 host; pictures of
	// the same host want some of them.
	maxUnderWay = 4
	// lowShare of a budget is where requests begin to be spread over the time that is left: one tenth.
	lowShare = 10
	// maxPause is the longest pause that is believed. Real windows last minutes; more is a wrong clock or a joke.
	maxPause = time.Hour
	// defaultPause follows a 429 whose time to go on has already passed, because one of the two clocks is wrong.
	defaultPause = time.Minute
	// sameWindow is by how much two resets differ that mean the same one: some servers send rounded seconds from now.
	sameWindow = 2 * time.Second
)

// limiter is the Pace of one program.
type limiter struct {
	clock   feeds.Clock
	maxWait time.Duration

	mu    sync.Mutex
	hosts map[string]*hostPace
}

// hostPace is what is known of one host. Its fields but places are guarded by limiter.mu.
type hostPace struct {
	places chan struct{} // the runtime serves blocked senders in their order
	budget feeds.Budget  // Reset is zero when the host said nothing or the window is over
	paused time.Time     // nobody asks before
	last   time.Time     // when the last request started
}

func newLimiter(c feeds.Clock, maxWait time.Duration) *limiter {
	return &limiter{clock: c, maxWait: maxWait, hosts: map[string]*hostPace{}}
}

func (l *limiter) Enter(ctx context.Context, host string) (func(*feeds.Response), error) {
	h := l.host(host)
	// Looked at before the queue as well: who would be refused at its end need not stand in it.
	if err := l.refusal(h, host); err != nil {
		return nil, err
	}
	select {
	case h.places <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := l.waitForTurn(ctx, h, host); err != nil {
		<-h.places // for the next in the queue
		return nil, err
	}
	return func(r *feeds.Response) {
		l.learn(r)
		<-h.places
	}, nil
}

// waitForTurn waits out pauses and gaps, also those that are learned while it waits.
func (l *limiter) waitForTurn(ctx context.Context, h *hostPace, host string) error {
	now := l.clock.Now()
	for latest := now.Add(l.maxWait); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		at, started := l.start(h, now, latest)
		if started {
			return nil
		}
		if err := l.tooLong(host, now, at); err != nil {
			return err
		}
		select {
		case <-l.clock.After(at.Sub(now)):
		case <-ctx.Done():
			return ctx.Err()
		}
		now = feeds.Later(l.clock.Now(), at)
	}
}

// start counts a request that may start now, or returns when to try again. A gap does not last beyond latest.
func (l *limiter) start(h *hostPace, now, latest time.Time) (again time.Time, started bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until := h.pausedUntil(now); until.After(now) {
		return until, false
	}
	if turn := feeds.Earlier(h.last.Add(h.gap(now)), latest); turn.After(now) {
		return turn, false
	}
	h.last = now
	h.budget.Remaining = max(h.budget.Remaining-1, 0)
	return now, true
}

// refusal is the error of a request that would have to wait too long by what is known now.
func (l *limiter) refusal(h *hostPace, host string) error {
	now := l.clock.Now()
	l.mu.Lock()
	until := h.pausedUntil(now)
	l.mu.Unlock()
	return l.tooLong(host, now, until)
}

func (l *limiter) tooLong(host string, now, until time.Time) error {
	if until.Sub(now) <= l.maxWait {
		return nil
	}
	return &feeds.Error{Kind: feeds.RateLimited, Host: host, RetryAt: until}
}

func (l *limiter) Budget(host string) (feeds.Budget, bool) {
	now := l.clock.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	h := l.hosts[host]
	if h == nil {
		return feeds.Budget{}, false
	}
	h.endWindow(now)
	b := h.budget
	if until := h.pausedUntil(now); until.After(now) {
		b.Remaining, b.Reset = 0, until
	}
	return b, b != feeds.Budget{}
}

func (l *limiter) host(name string) *hostPace {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := l.hosts[name]
	if h == nil {
		h = &hostPace{places: make(chan struct{}, maxUnderWay)}
		l.hosts[name] = h
	}
	return h
}

// learn notes what an answer says about the host that gave it, which after a redirect is not the one that was asked.
func (l *limiter) learn(r *feeds.Response) {
	if r == nil {
		return
	}
	u, err := url.Parse(r.URL)
	if err != nil {
		return
	}
	h := l.host(hostKey(u))
	l.mu.Lock()
	defer l.mu.Unlock()
	h.learn(r)
}

// learn reads Mastodon's headers, which several softwares send as well.
// Source: https://docs.joinmastodon.org/api/rate-limits/
func (h *hostPace) learn(r *feeds.Response) {
	reset := feeds.Earlier(feeds.RetryAt(r), r.At.Add(maxPause))
	if r.Status == 429 {
		if !reset.After(r.At) {
			reset = r.At.Add(defaultPause)
		}
		h.paused = feeds.Later(h.paused, reset)
	}
	remaining, err := strconv.Atoi(r.Header["x-ratelimit-remaining"])
	if err != nil || !reset.After(r.At) {
		return
	}
	limit, _ := strconv.Atoi(r.Header["x-ratelimit-limit"]) // 0 is "unknown" here too
	b := feeds.Budget{Limit: max(limit, 0), Remaining: max(remaining, 0), Reset: reset}
	// Answers overtake each other and come from the browser's cache: within a window a budget only shrinks.
	if b.Reset.Sub(h.budget.Reset).Abs() < sameWindow {
		b.Remaining = min(b.Remaining, h.budget.Remaining)
	}
	h.budget = b
	if b.Remaining == 0 {
		h.paused = feeds.Later(h.paused, reset)
	}
}

// pausedUntil is when the host may be asked again; a time not after now means at once.
func (h *hostPace) pausedUntil(now time.Time) time.Time {
	h.endWindow(now)
	if h.budget.Remaining == 0 && !h.budget.Reset.IsZero() {
		return feeds.Later(h.paused, h.budget.Reset)
	}
	return h.paused
}

// endWindow gives the whole budget back once its window is over.
func (h *hostPace) endWindow(now time.Time) {
	if !h.budget.Reset.After(now) {
		h.budget.Remaining, h.budget.Reset = h.budget.Limit, time.Time{}
	}
}

// gap is the time between two requests. While a budget is ample there is none; when little is left, it lasts until the reset.
func (h *hostPace) gap(now time.Time) time.Duration {
	b := h.budget
	if b.Reset.IsZero() || b.Remaining == 0 || b.Remaining*lowShare >= b.Limit {
		return 0
	}
	return b.Reset.Sub(now) / time.Duration(b.Remaining)
}
