package fetch

import (
	"context"
	"time"

	"vitrine/feeds"
)

// otherTabs are the other programs of this site in the same browser: its other tabs.
type otherTabs interface {
	// take waits for one of the host's places that all tabs share. release gives it back. Where the browser can't share places,
	// release does nothing.
	take(ctx context.Context, host string) (release func(), err error)
	// send lets the others know what a host said.
	send(notice)
	// listen hands on what others send, for as long as the program lives. It is called once.
	listen(func(notice))
}

// notice is what a tab learned of a host. Times are milliseconds since 1970, 0 for none.
type notice struct {
	Host      string `json:"host"`
	Limit     int    `json:"limit"`
	Remaining int    `json:"remaining"`
	Reset     int64  `json:"reset"`
	Paused    int64  `json:"paused"`
}

// sharedPace is a limiter that keeps one pace with the other tabs.
type sharedPace struct {
	*limiter
	others otherTabs
}

func newSharedPace(l *limiter, others otherTabs) *sharedPace {
	others.listen(l.adopt)
	return &sharedPace{limiter: l, others: others}
}

// Enter waits for a place among this tab's requests, then for one among all tabs'. While it waits there, another tab may have
// learned that the host wants a pause.
func (p *sharedPace) Enter(ctx context.Context, host string) (func(*feeds.Response), error) {
	leave, err := p.limiter.Enter(ctx, host)
	if err != nil {
		return nil, err
	}
	release, err := p.others.take(ctx, host)
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
			p.others.send(n)
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
