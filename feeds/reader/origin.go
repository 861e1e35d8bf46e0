package reader

import (
	"context"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

// Origin finds a post of which host holds a copy, under id, at the server where it was written. Only a post that calls itself the same
// there is it: ids collide between servers. ok is false when the origin can't be read, or host is the origin: then the copy at hand
// is what there is.
func (r *Reader) Origin(ctx context.Context, host, id string) (originHost, originID string, ok bool) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	here, err := r.askPost(ctx, host, id)
	if err != nil || len(here.Sightings) == 0 || here.Sightings[0].Origin {
		return "", "", false
	}
	for _, link := range []string{here.URL, here.URI} {
		a, err := address.Parse(link)
		if err != nil || a.Kind != address.Post || a.Host == host {
			continue
		}
		there, err := r.askPost(ctx, a.Host, a.ID)
		if err == nil && there.Key == here.Key {
			return a.Host, a.ID, true
		}
	}
	return "", "", false
}

// askPost reads a post by itself, and keeps it.
func (r *Reader) askPost(ctx context.Context, host, id string) (*feeds.Post, error) {
	s, err := source[feeds.Threads](ctx, r, host)
	if err != nil {
		return nil, err
	}
	p, err := s.Post(ctx, id)
	if err == nil {
		_ = r.store.SavePosts(ctx, []*feeds.Post{p}) // reading goes on without a store
	}
	return p, err
}
