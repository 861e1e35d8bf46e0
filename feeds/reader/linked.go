package reader

import (
	"context"
	"time"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

// linkedFresh is how old a stored post may be that another one links to: its server isn't asked for it again.
const linkedFresh = 24 * time.Hour

// Linked reads the post that an address in another one's text names, at its origin where that can be read. One that was stored lately
// is given without asking, and an older one where its server can't be reached. What the site doesn't open is Refused, what was taken
// back Gone.
func (r *Reader) Linked(ctx context.Context, a address.Address) (*feeds.Post, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	p, _ := r.store.PostAt(ctx, a.Host, a.ID) // without a store the server is asked
	if p == nil || !r.seenLately(p) {
		read, err := r.readLinked(ctx, a)
		switch feeds.KindOf(err) {
		case feeds.Gone, feeds.NotFound, feeds.Refused, feeds.NeedsLogin:
			return nil, err
		}
		if err != nil && p == nil {
			return nil, err
		}
		if read != nil {
			p = read
		}
	}
	switch {
	case p.Deleted:
		return nil, &feeds.Error{Kind: feeds.Gone, Host: a.Host, Op: "linked post"}
	case r.blocked.Post(p):
		return nil, &feeds.Error{Kind: feeds.Refused, Host: a.Host, Op: "linked post"}
	}
	return p, nil
}

// readLinked asks for a post, of which an address may name a copy.
func (r *Reader) readLinked(ctx context.Context, a address.Address) (*feeds.Post, error) {
	if a.Copy {
		if host, id, ok := r.Origin(ctx, a.Host, a.ID); ok {
			a.Host, a.ID = host, id
		}
	}
	return r.askPost(ctx, a.Host, a.ID)
}

// seenLately reports a post that a server has shown within linkedFresh.
func (r *Reader) seenLately(p *feeds.Post) bool {
	for _, s := range p.Sightings {
		if r.clock.Now().Sub(s.At) < linkedFresh {
			return true
		}
	}
	return false
}
