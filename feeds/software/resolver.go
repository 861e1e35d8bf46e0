package software

import (
	"context"
	"errors"
	"sync"

	"vitrine/feeds"
	"vitrine/feeds/address"
	"vitrine/feeds/mastodon"
)

// Resolver finds the Source that reads a host. It is safe for concurrent use.
type Resolver struct {
	fetcher feeds.Fetcher
	clock   feeds.Clock
	private bool

	mu      sync.Mutex
	sources map[string]feeds.Source
	known   map[string]Nodeinfo // what hosts said they are
}

var _ feeds.Resolver = (*Resolver)(nil)

// New makes a Resolver. private allows hosts on the reader's own machine and network: natively, and in a page that itself
// comes from loopback.
func New(f feeds.Fetcher, clock feeds.Clock, private bool) *Resolver {
	return &Resolver{fetcher: f, clock: clock, private: private, sources: map[string]feeds.Source{}, known: map[string]Nodeinfo{}}
}

// Resolve implements feeds.Resolver. It asks nobody. The error is an *feeds.Error: NotFound for what can't be a host, Refused
// for a private one that isn't allowed.
func (r *Resolver) Resolve(_ context.Context, host string) (feeds.Source, error) {
	host, err := r.allowed(host)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.sources[host]
	if s == nil {
		s = mastodon.New(r.fetcher, r.clock, host, mastodon.Quirks{})
		r.sources[host] = s
	}
	return s, nil
}

// allowed returns a host in its usual form, if it may be asked.
func (r *Resolver) allowed(host string) (string, error) {
	clean, ok := address.CleanHost(host)
	if !ok {
		return "", &feeds.Error{Kind: feeds.NotFound, Host: host, Op: "resolve", Err: errors.New("not the name of a host")}
	}
	if !r.private && address.IsPrivate(clean) {
		return "", &feeds.Error{Kind: feeds.Refused, Host: clean, Op: "resolve", Err: errors.New("on a private network")}
	}
	return clean, nil
}

// Explain implements feeds.Resolver. It asks only when cause may come from another API than the one expected: after NotFound,
// BadData and an Unsupported that names nothing. When that fails too, the first failure remains the reason.
func (r *Resolver) Explain(ctx context.Context, host string, cause error) error {
	if !isDoubtful(cause) {
		return cause
	}
	host, err := r.allowed(host)
	if err != nil {
		return cause
	}
	info, err := r.probe(ctx, host)
	if err != nil {
		return cause
	}
	s, known := softwares[info.Software]
	if !known || s.adapter != byNone {
		return cause
	}
	return &feeds.Error{Kind: feeds.Unsupported, Host: host, Op: "resolve", Detail: s.name, Err: cause}
}

// isDoubtful reports failures that leave open what software a host runs.
func isDoubtful(cause error) bool {
	switch feeds.KindOf(cause) {
	case feeds.NotFound, feeds.BadData:
		return true
	case feeds.Unsupported:
		return feeds.AsError(cause).Detail == ""
	}
	return false
}

// probe is Probe, once per host. Failures aren't kept: a server may come back.
func (r *Resolver) probe(ctx context.Context, host string) (Nodeinfo, error) {
	r.mu.Lock()
	info, ok := r.known[host]
	r.mu.Unlock()
	if ok {
		return info, nil
	}
	info, err := Probe(ctx, r.fetcher, host)
	if err != nil {
		return Nodeinfo{}, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known[host] = info
	return info, nil
}
