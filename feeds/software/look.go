package software

import (
	"context"
	"net/url"
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/activitypub"
)

// documents reads ActivityPub documents of a host by their addresses.
func (r *Resolver) documents(host string) *activitypub.Source {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.documentSources[host] == nil {
		r.documentSources[host] = activitypub.New(r.fetcher, r.clock, host, activitypub.Quirks{})
	}
	return r.documentSources[host]
}

// isDocument reports an id that is the address of an ActivityPub document: its path, or all of it where it is elsewhere.
func isDocument(id string) bool {
	return strings.HasPrefix(id, "/") || strings.HasPrefix(id, "https://") || strings.HasPrefix(id, "http://")
}

// Look implements feeds.Resolver.
func (r *Resolver) Look(ctx context.Context, link string) (feeds.Found, error) {
	u, err := url.Parse(link)
	if err != nil {
		return feeds.Found{}, &feeds.Error{Kind: feeds.NotFound, Op: "look", Err: err}
	}
	host, err := r.allowed(u.Host)
	if err != nil {
		return feeds.Found{}, err
	}
	found, cause := r.documents(host).Look(ctx, link)
	if cause == nil || ctx.Err() != nil || isFinal(cause) {
		return found, cause
	}
	if _, _, err := r.webFeed.Feed(ctx, link, ""); err != nil {
		if feeds.KindOf(err) == feeds.BadData && feeds.KindOf(cause) != feeds.NotFound {
			return feeds.Found{}, err // it was shown, and is broken: nobody has closed it
		}
		return r.lookByName(ctx, host, u.Path, cause)
	}
	return feeds.Found{Feed: link}, nil
}

// lookByName finds somebody whose page no browser may read by the name that its path is: WebFinger and what it leads to may be open all the
// same (WriteFreely).
func (r *Resolver) lookByName(ctx context.Context, host, path string, cause error) (feeds.Found, error) {
	name := strings.TrimPrefix(strings.Trim(path, "/"), "@")
	if r.options.Browser && feeds.KindOf(cause) == feeds.Unreachable && name != "" && !strings.ContainsAny(name, "/.@") {
		if a, err := r.documents(host).Profile(ctx, name, host); err == nil {
			return feeds.Found{Author: a}, nil
		}
	}
	return feeds.Found{}, cause
}

// isFinal reports failures that another question to the same address won't change.
func isFinal(err error) bool {
	switch feeds.KindOf(err) {
	case feeds.Offline, feeds.Timeout, feeds.RateLimited, feeds.Gone, feeds.ServerError, feeds.TooLarge:
		return true
	}
	return false
}
