package fetch

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/jsontext"
)

// notice is what a tab learned of a host. Times are milliseconds since 1970, 0 for none.
type notice struct {
	Host      string `json:"host"`
	Limit     int    `json:"limit"`
	Remaining int    `json:"remaining"`
	Reset     int64  `json:"reset"`
	Paused    int64  `json:"paused"`
}

// paceName begins the names of locks and is the channel's.
const paceName = "vitrine:pace"

// sharedPace is a limiter that keeps one pace with the other tabs.
type sharedPace struct {
	*limiter
	tabs feeds.Tabs
}

// SharedPace returns one pace for all tabs: places at a host are locks, and what a host says goes round as messages.
func SharedPace(clock feeds.Clock, maxWait time.Duration, tabs feeds.Tabs) Pace {
	return newSharedPace(newLimiter(clock, maxWait), tabs)
}

func newSharedPace(l *limiter, tabs feeds.Tabs) *sharedPace {
	tabs.Listen(paceName, func(text string) {
		var n notice
		if jsontext.Unmarshal([]byte(text), &n) == nil && n.Host != "" {
			l.adopt(n)
		}
	})
	return &sharedPace{limiter: l, tabs: tabs}
}

// take waits for one of the host's places that all tabs share: it asks for each in turn, and stands in the queue of one when none is free.
func (p *sharedPace) take(ctx context.Context, host string) (release func(), err error) {
	for i := range maxUnderWay {
		if release, err := p.tabs.Lock(ctx, lockName(host, i), true); release != nil || err != nil {
			return release, err
		}
	}
	return p.tabs.Lock(ctx, lockName(host, rand.IntN(maxUnderWay)), false)
}

func lockName(host string, place int) string { return fmt.Sprintf("%s:%s:%d", paceName, host, place) }

// Enter waits for a place among this tab's requests, then for one among all tabs'. While it waits there, another tab may have
// learned that the host wants a pause.
func (p *sharedPace) Enter(ctx context.Context, host string) (func(*feeds.Response), error) {
	leave, err := p.limiter.Enter(ctx, host)
	if err != nil {
		return nil, err
	}
	release, err := p.take(ctx, host)
	if err == nil {
		err = p.refusal(p.host(host), host)
		if err != nil {
			release()
		}
	}
	if err != nil {
		leave(nil)
		return nil, err
	}
	return func(r *feeds.Response) {
		release()
		leave(r)
		if n, said := p.notice(host); said && r != nil {
			if text, err := jsontext.Marshal(n); err == nil {
				p.tabs.Send(paceName, string(text))
			}
		}
	}, nil
}

// notice is what is known of a host, and whether it said anything.
func (l *limiter) notice(host string) (notice, bool) {
	h := l.host(host)
	l.mu.Lock()
	defer l.mu.Unlock()
	n := notice{Host: host, Limit: h.budget.Limit, Remaining: h.budget.Remaining, Reset: milliseconds(h.budget.Reset), Paused: milliseconds(h.paused)}
	return n, n.Reset > 0 || n.Paused > 0
}

// adopt takes over what another tab learned. What would only be a wrong clock or a joke is cut as an answer's would be.
func (l *limiter) adopt(n notice) {
	latest := l.clock.Now().Add(maxPause)
	h := l.host(n.Host)
	l.mu.Lock()
	defer l.mu.Unlock()
	if n.Paused > 0 {
		h.paused = feeds.Later(h.paused, feeds.Earlier(time.UnixMilli(n.Paused), latest))
	}
	reset := feeds.Earlier(time.UnixMilli(n.Reset), latest)
	if n.Reset <= 0 || reset.Before(h.budget.Reset.Add(-sameWindow)) {
		return
	}
	b := feeds.Budget{Limit: max(n.Limit, 0), Remaining: max(n.Remaining, 0), Reset: reset}
	if reset.Sub(h.budget.Reset).Abs() < sameWindow {
		b.Remaining = min(b.Remaining, h.budget.Remaining)
	}
	h.budget = b
}

func milliseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
