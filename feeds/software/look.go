package software

import (
	"context"
	"net/url"
	"strings"

	"vitrine/feeds"
)

// documents reads ActivityPub documents by their addresses.
type documents interface {
	feeds.Threads
	Actor(ctx context.Context, url string) (*feeds.Author, error)
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
	cause := error(&feeds.Error{Kind: feeds.Unsupported, Host: host, Op: "look"})
	if docs := r.documents(host); docs != nil {
		post, err := docs.Post(ctx, u.RequestURI())
		if err == nil {
			return feeds.Found{Post: post}, nil
		}
		if cause = err; ctx.Err() != nil || settles(err) {
			return feeds.Found{}, err
		}
		if author, err := docs.Actor(ctx, link); err == nil {
			return feeds.Found{Author: author}, nil
		}
	}
	if r.webFeed == nil || ctx.Err() != nil {
		return feeds.Found{}, cause
	}
	if _, _, err := r.webFeed.Feed(ctx, link, ""); err != nil {
		return feeds.Found{}, cause
	}
	return feeds.Found{Feed: link}, nil
}

// settles reports failures that another question to the same address won't change.
func settles(err error) bool {
	switch feeds.KindOf(err) {
	case feeds.Offline, feeds.Timeout, feeds.RateLimited, feeds.Gone, feeds.ServerError, feeds.TooLarge:
		return true
	}
	return false
}
