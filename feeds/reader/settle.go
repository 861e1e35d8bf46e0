package reader

import (
	"context"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

// InDoubt reports a failure after which an address may stand for something else than its form says (address.Address.Otherwise): its
// server doesn't know it, or doesn't answer as such a server. A server that refuses a page may still show what its API has.
func InDoubt(a address.Address, err error) bool {
	switch feeds.KindOf(err) {
	case feeds.NotFound, feeds.BadData, feeds.Unreachable, feeds.Unsupported:
		return true
	case feeds.NeedsLogin, feeds.Refused:
		return a.Kind == address.Page
	}
	return false
}

// Settle finds out what an address stands for. found is what stands at a page, nil for what to reads: a itself, or what else its URL
// may be. Nobody is asked where the form leaves no doubt, or what is stored does. The error says why a page can't be read.
func (r *Reader) Settle(ctx context.Context, a address.Address) (found *feeds.Found, to address.Address, err error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	other, ok := a.Otherwise()
	if a.Kind == address.Page {
		there, err := r.Look(ctx, a.URL)
		switch {
		case err == nil:
			return &there, a, nil
		case ok && InDoubt(a, err):
			return nil, other, nil
		}
		return nil, a, err
	}
	if !ok || r.isKnown(ctx, a) {
		return nil, a, nil
	}
	err = timely(ctx, a.Host, r.askFirst(feeds.Ahead(ctx), a))
	switch {
	case feeds.KindOf(err) == feeds.Timeout:
		return nil, a, err
	case InDoubt(a, err):
		if there, err := r.Look(ctx, other.URL); err == nil {
			return &there, a, nil
		}
	}
	return nil, a, nil // its view says what is wrong
}

// isKnown reports that an address is stored, or that its server is one that has an API for all that its addresses name.
func (r *Reader) isKnown(ctx context.Context, a address.Address) bool {
	switch a.Kind {
	case address.Profile, address.Community:
		if r.storedAuthor(ctx, requestOf(a)) != nil {
			return true
		}
	case address.Post:
		if p, err := r.store.PostAt(ctx, a.Host, a.ID); err == nil && p != nil {
			return true
		}
	}
	i, err := r.store.Instance(ctx, a.Host)
	return err == nil && i != nil && i.Software != "" && r.capabilities(ctx, a.Host).Local
}

func requestOf(a address.Address) ProfileRequest {
	if a.Kind == address.Community {
		a.User = "!" + a.User
	}
	return ProfileRequest{User: a.User, Domain: a.Domain}
}

// askFirst asks what the view of an address asks first.
func (r *Reader) askFirst(ctx context.Context, a address.Address) (err error) {
	switch a.Kind {
	case address.Profile, address.Community:
		_, err = r.Author(ctx, requestOf(a).User, a.Domain, "")
	case address.Post:
		_, err = r.askPost(ctx, a.Host, a.ID)
	case address.Playlist:
		_, err = PlaylistPlace{Host: a.Host, List: a.ID, Bare: true}.page(ctx, r, "")
	case address.Tag:
		_, err = TagPlace{Host: a.Host, Tag: a.Tag}.page(ctx, r, "")
	}
	return err
}
