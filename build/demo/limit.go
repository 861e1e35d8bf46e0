package demo

import (
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// A guest's budget on one server, per address.
// Source: https://github.com/mastodon/mastodon/blob/main/config/initializers/rack_attack.rb
const (
	budgetSize   = 300
	budgetPeriod = 5 * time.Minute
	pagingPeriod = 15 * time.Minute // for requests that page: the one that endless scrolling meets
)

// budgets counts requests in fixed windows, as Mastodon does: all of a window's requests may be spent at its end.
type budgets struct {
	mu     sync.Mutex
	size   int
	counts map[budgetKey]int
}

type budgetKey struct {
	host, client string
	period       time.Duration
	window       int64
}

// budgetState is what a response says about a budget.
type budgetState struct {
	size, left int
	reset      time.Time
	over       bool
}

func (b *budgets) reset() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.counts = map[budgetKey]int{}
}

// spend counts one request and returns the state of the budget that is nearest to its end.
func (b *budgets) spend(host string, r *http.Request, now time.Time) budgetState {
	client, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		client = r.RemoteAddr
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	nearest := b.count(budgetKey{host: host, client: client, period: budgetPeriod}, now)
	if !pages(r) {
		return nearest
	}
	if other := b.count(budgetKey{host: host, client: client, period: pagingPeriod}, now); other.left < nearest.left || other.over {
		return other
	}
	return nearest
}

func (b *budgets) count(key budgetKey, now time.Time) budgetState {
	key.window = now.UnixNano() / int64(key.period)
	b.counts[key]++
	n := b.counts[key]
	return budgetState{size: b.size, left: max(0, b.size-n), over: n > b.size, reset: time.Unix(0, (key.window+1)*int64(key.period))}
}

func pages(r *http.Request) bool {
	q := r.URL.Query()
	return q.Has("page") || q.Has("max_id") || q.Has("min_id") || q.Has("since_id")
}

func (s budgetState) write(h http.Header) {
	h.Set("X-RateLimit-Limit", strconv.Itoa(s.size))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(s.left))
	h.Set("X-RateLimit-Reset", s.reset.UTC().Format("2006-01-02T15:04:05.000000Z"))
}
