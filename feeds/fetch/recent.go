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
	refusalFresh  = 30 * time.Second
	documentFresh = 10 * time.Second
	failureFresh  = 3 * time.Second
)

const (
	maxRecent     = 100
	maxRecentBody = 256 << 10
)

// recentAnswers are answers that came a moment ago: refusals, documents to which several questions of a view lead (ActivityPub's and WebFinger's),
// and what was asked ahead (feeds.Ahead). The zero value is ready.
type recentAnswers struct {
	mu    sync.Mutex
	byKey map[string]recentAnswer
}

type recentAnswer struct {
	res   *feeds.Response
	err   error
	until time.Time
}

// get returns what is kept under a key and still fresh.
func (k *recentAnswers) get(key string, now time.Time) (recentAnswer, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	a, ok := k.byKey[key]
	return a, ok && now.Before(a.until)
}

// put keeps an answer until a time. When there are too many, all are forgotten: that costs a few questions.
func (k *recentAnswers) put(key string, res *feeds.Response, err error, until time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.byKey == nil || len(k.byKey) >= maxRecent {
		k.byKey = map[string]recentAnswer{}
	}
	k.byKey[key] = recentAnswer{res, err, until}
}

// freshFor returns how long the outcome of a request is kept; 0 for not at all.
func freshFor(ctx context.Context, accept string, res *feeds.Response, err error) time.Duration {
	switch {
	case feeds.KindOf(err) == feeds.Unreachable:
		return failureFresh
	case err != nil || len(res.Body) > maxRecentBody:
		return 0
	case res.Status == 408 || res.Status == 425 || res.Status == 429: // these ask for another try
		return 0
	case res.Status >= 400 && res.Status < 500:
		return refusalFresh
	case res.Status < 300 && (feeds.IsAhead(ctx) || strings.HasPrefix(accept, "application/activity+json") || strings.HasPrefix(accept, "application/jrd+json")):
		return documentFresh
	}
	return 0
}
