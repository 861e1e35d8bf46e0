package software

import (
	"context"
	"errors"
	"net/url"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/activitypub"
	"vitrine/feeds/address"
	"vitrine/feeds/syndication"
)

// Options say what a Resolver may do. The zero value reads public hosts natively and remembers nothing.
type Options struct {
	// Private allows hosts on the reader's own machine and network: natively, and in a page that itself comes from loopback.
	Private bool
	// Browser says that only what servers let pages of other origins read (CORS) can be read.
	Browser bool
	// NoWebFeeds says that a closed API is the end: a member's web feed doesn't stand in for it. It is for whoever copies, not for a
	// reader.
	NoWebFeeds bool
	// Memory keeps what hosts are from one run to the next; nil for none.
	Memory Memory
}

// Memory remembers what hosts said they are.
type Memory interface {
	Recall(ctx context.Context, host string) (Nodeinfo, bool)
	// Keep is told what a host is. Of one whose software isn't known, and which doesn't answer by Mastodon's API, that is little or nothing.
	Keep(ctx context.Context, host string, info Nodeinfo)
	// Answered is told of a host that answers by Mastodon's API.
	Answered(ctx context.Context, host string)
}

// Resolver finds the Source that reads a host. It is safe for concurrent use.
type Resolver struct {
	fetcher feeds.Fetcher
	clock   feeds.Clock
	options Options
	webFeed feeds.Syndicated

	mu              sync.Mutex
	sources         map[string]*host
	documentSources map[string]*activitypub.Source
}

var _ feeds.Resolver = (*Resolver)(nil)

// New makes a Resolver.
func New(f feeds.Fetcher, clock feeds.Clock, o Options) *Resolver {
	return &Resolver{fetcher: f, clock: clock, options: o, webFeed: syndication.New(f, clock), sources: map[string]*host{}, documentSources: map[string]*activitypub.Source{}}
}

// Resolve implements feeds.Resolver. It asks nobody: a host whose software isn't known is read as Mastodon, which most speak, and is
// asked what it is when that fails. The error is an *feeds.Error: NotFound for what can't be a host, Refused for a private one that
// isn't allowed.
func (r *Resolver) Resolve(ctx context.Context, name string) (feeds.Source, error) {
	name, err := r.allowed(name)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	h := r.sources[name]
	r.mu.Unlock()
	if h != nil {
		return h, nil
	}
	var recalled Nodeinfo
	if r.options.Memory != nil {
		recalled, _ = r.options.Memory.Recall(ctx, name)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.sources[name] == nil {
		r.sources[name] = newHost(r, name, recalled)
	}
	return r.sources[name], nil
}

// Feeds implements feeds.Resolver.
func (r *Resolver) Feeds() feeds.Syndicated { return r.webFeed }

// allowed returns a host in its usual form, if it may be asked.
func (r *Resolver) allowed(host string) (string, error) {
	clean, ok := address.CleanHost(host)
	if !ok {
		return "", &feeds.Error{Kind: feeds.NotFound, Host: host, Op: "resolve", Err: errors.New("not the name of a host")}
	}
	if !r.options.Private && address.IsPrivate(clean) {
		return "", &feeds.Error{Kind: feeds.Refused, Host: clean, Op: "resolve", Err: errors.New("on a private network")}
	}
	return clean, nil
}

// get asks, and makes an error of every answer but a good one.
func get(ctx context.Context, f feeds.Fetcher, r feeds.Request) (*feeds.Response, error) {
	shared, err := f.Fetch(ctx, r)
	if err != nil {
		return nil, err
	}
	own := *shared // others may read the same answer
	resp := &own
	if resp.URL == "" {
		resp.URL = r.URL
	}
	if err := feeds.StatusError(resp); err != nil {
		return nil, err
	}
	return resp, nil
}

// badData is the error of an answer that isn't what was asked for.
func badData(resp *feeds.Response, cause error) error {
	e := &feeds.Error{Kind: feeds.BadData, Status: resp.Status, Err: cause}
	if u, err := url.Parse(resp.URL); err == nil {
		e.Host, e.Op = u.Host, "GET "+u.Path
	}
	return e
}
