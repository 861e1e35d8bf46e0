package fetch

import (
	"context"
	"strings"
	"sync"
	"time"

	"vitrine/feeds"
)

// How long an answer serves whoever asks the same again. A refusal is an answer: the several questions of a view, and the search for what
// a server runs, come to the same addresses. A failed connection may be over in a moment.
const (
	refusalKept  = 30 * time.Second
	documentKept = 10 * time.Second
	failureKept  = 3 * time.Second
)

const (
	mostKept    = 100
	maxKeptBody = 256 << 10
)

// kept has answers that came a moment ago: refusals, documents to which several questions of a view lead (ActivityPub's and WebFinger's),
// and what was asked ahead (feeds.Ahead). The zero value is ready.
type kept struct {
	mu    sync.Mutex
	byKey map[string]keptAnswer
}

type keptAnswer struct {
	res   *feeds.Response
	err   error
	until time.Time
}

// get returns what is kept under a key and still fresh.
func (k *kept) get(key string, now time.Time) (keptAnswer, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	a, ok := k.byKey[key]
	return a, ok && now.Before(a.until)
}

// put keeps an answer until a time. When there are too many, all are forgotten: that costs a few questions.
func (k *kept) put(key string, res *feeds.Response, err error, until time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.byKey == nil || len(k.byKey) >= mostKept {
		k.byKey = map[string]keptAnswer{}
	}
	k.byKey[key] = keptAnswer{res, err, until}
}

// keepFor returns how long the outcome of a request is kept; 0 for not at all.
func keepFor(ctx context.Context, accept string, res *feeds.Response, err error) time.Duration {
	switch {
	case feeds.KindOf(err) == feeds.Unreachable:
		return failureKept
	case err != nil || len(res.Body) > maxKeptBody:
		return 0
	case res.Status == 408 || res.Status == 425 || res.Status == 429: // these ask for another try
		return 0
	case res.Status >= 400 && res.Status < 500:
		return refusalKept
	case res.Status < 300 && (feeds.IsAhead(ctx) || strings.HasPrefix(accept, "application/activity+json") || strings.HasPrefix(accept, "application/jrd+json")):
		return documentKept
	}
	return 0
}
