package reader

import (
	"context"
	"errors"
	"sync"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/blocklist"
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

// Options are what a Reader works with.
type Options struct {
	Store    feeds.Store
	Resolver feeds.Resolver
	Clock    feeds.Clock
	Blocked  blocklist.List        // what the site doesn't open: it is left out of all that the Reader shows
	Drawn    func(context.Context) // waits until what was emitted is on the screen; nil for no screen
	// Turn waits until one of many sources may be asked, as while nobody sees the page; an error of it ends that. nil: it never waits.
	Turn func(context.Context) error
	// Kept returns what somebody keeps for good of the conversation around a post that a host has under an id, nil for nothing; nil where nobody does.
	// It is shown where the store has nothing, and stays where the post is gone.
	Kept func(ctx context.Context, host, id string) *KeptThread
}

// KeptThread is a conversation that is kept for good, as it was at a time.
type KeptThread struct {
	Post         *feeds.Post
	Above, Below []*feeds.Post
	At           time.Time
	Archived     bool // it is of an archive, which was opened at At
}

// Reader reads servers, and what a store has of them. It is safe for concurrent use.
type Reader struct {
	store    feeds.Store
	resolver feeds.Resolver
	clock    feeds.Clock
	blocked  blocklist.List
	drawn    func(context.Context)
	turn     func(context.Context) error
	kept     func(ctx context.Context, host, id string) *KeptThread
	backoff  *backoff

	mu        sync.Mutex
	described map[string]bool // the servers that said what they are since the Reader was made
	tags      sync.Map        // by host: a *sync.Once of joinsTags
	landed    sync.Map        // by the name of a place with a Jump: the feeds.Cursor at which it begins
}

// New makes a Reader.
func New(o Options) *Reader {
	return &Reader{store: o.Store, resolver: o.Resolver, clock: o.Clock, blocked: o.Blocked, drawn: o.Drawn, turn: o.Turn, kept: o.Kept, backoff: newBackoff(), described: map[string]bool{}}
}

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
