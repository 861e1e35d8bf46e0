package reader

import (
	"context"
	"errors"
	"time"

	"vitrine/feeds"
)

// Limits that a reader can feel.
const (
	// Patience is how long a view may take from navigation to content or an alert, probes included.
	Patience = 18 * time.Second
	// FirstShown is how many posts a list shows at first, stored or fresh.
	FirstShown = 40
	// mostAtFirst is how many stored posts may be shown at first to who was further down.
	mostAtFirst = 800
	// ShownMore is how many more are shown whenever the end comes near.
	ShownMore = 40
	// emptyPages is how many pages without anything new are read on before a list rests.
	emptyPages = 5
)

// Reader joins a store, a resolver and a clock. It is safe for concurrent use.
type Reader struct {
	store    feeds.Store
	resolver feeds.Resolver
	clock    feeds.Clock
	backoff  *backoff
}

// New makes a Reader.
func New(s feeds.Store, r feeds.Resolver, c feeds.Clock) *Reader {
	return &Reader{store: s, resolver: r, clock: c, backoff: newBackoff()}
}

// Now is the reader's time.
func (r *Reader) Now() time.Time { return r.clock.Now() }

// source returns the Source of host as the interface T that a view needs; a server that lacks it is Unsupported, with its software's name.
func source[T any](ctx context.Context, r *Reader, host string) (T, error) {
	var none T
	s, err := r.resolver.Resolve(ctx, host)
	if err != nil {
		return none, err
	}
	return feeds.As[T](s)
}

// timely turns the end of a view's patience into a Timeout of the host, which is what it means to people.
func timely(ctx context.Context, host string, err error) error {
	var known *feeds.Error
	if err == nil || ctx.Err() != context.DeadlineExceeded || errors.As(err, &known) {
		return err
	}
	return &feeds.Error{Kind: feeds.Timeout, Host: host, Err: err}
}

// Posts returns those of the posts that are stored.
func (r *Reader) Posts(ctx context.Context, keys []feeds.Key) (map[feeds.Key]*feeds.Post, error) {
	return r.store.Posts(ctx, keys)
}
