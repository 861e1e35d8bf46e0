package reader

import (
	"context"

	"vitrine/feeds"
)

// Author asks for an author: at the handle's home, or at via, a server that holds a copy. Where the home's handles are
// served by another host, WebFinger names it.
func (r *Reader) Author(ctx context.Context, user, domain, via string) (*feeds.Author, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	host := ProfileRequest{Domain: domain, Via: via}.host()
	a, err := r.authorAt(ctx, host, user, domain)
	if err != nil && via == "" {
		a, err = r.authorElsewhere(ctx, user, domain, err)
	}
	if err != nil {
		return nil, timely(ctx, host, err)
	}
	if err := r.store.SaveAuthor(ctx, a); err != nil {
		return a, nil // reading goes on without a store
	}
	return a, nil
}

func (r *Reader) authorAt(ctx context.Context, host, user, domain string) (*feeds.Author, error) {
	s, err := source[feeds.Profiles](ctx, r, host)
	if err != nil {
		return nil, err
	}
	return s.Profile(ctx, user, domain)
}

// authorElsewhere follows WebFinger when a domain itself doesn't answer as a server. Whatever goes wrong, cause stays.
func (r *Reader) authorElsewhere(ctx context.Context, user, domain string, cause error) (*feeds.Author, error) {
	switch feeds.KindOf(cause) {
	case feeds.NotFound, feeds.BadData, feeds.Unreachable, feeds.Unsupported, feeds.Refused:
	default:
		return nil, cause
	}
	host, err := r.resolver.HomeOf(ctx, user, domain)
	if err == nil && host != "" && host != domain {
		if a, err := r.authorAt(ctx, host, user, domain); err == nil {
			return a, nil
		}
	}
	if a := r.authorByDocument(ctx, user, domain); a != nil {
		return a, nil
	}
	return nil, cause
}

// authorByDocument reads somebody anew who was found by the address of their document before, as that of a blog which knows no handles;
// nil for nobody.
func (r *Reader) authorByDocument(ctx context.Context, user, domain string) *feeds.Author {
	known := r.storedAuthor(ctx, ProfileRequest{User: user, Domain: domain})
	if known == nil || known.URI == "" || known.ID != known.URI {
		return nil
	}
	found, err := r.resolver.Look(ctx, known.URI)
	if err != nil || found.Author == nil || found.Author.Handle() != known.Handle() {
		return nil
	}
	return found.Author
}

// pinnedList names what is stored of an author's pinned posts.
func pinnedList(a *feeds.Author) feeds.TimelineID {
	return feeds.TimelineID(a.Host + "/@" + a.Handle() + "?pinned")
}

// storedPinned returns what an author showed first when that was last asked, and whether it ever was.
func (r *Reader) storedPinned(ctx context.Context, a *feeds.Author) (items []Item, known bool) {
	posts, at, err := r.store.List(ctx, pinnedList(a))
	if err != nil || at.IsZero() {
		return nil, false
	}
	for _, p := range admitAll(r.blocked, posts) {
		items = append(items, Item{Entry: feeds.Entry{Key: p.Key, At: p.Published, Pinned: true}, Post: p})
	}
	return items, true
}

// pinned returns what an author shows first. A server without pinned posts has none.
func (r *Reader) pinned(ctx context.Context, a *feeds.Author) ([]Item, error) {
	s, err := source[feeds.Pinner](ctx, r, a.Host)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	page, err := s.Pinned(ctx, a)
	if err != nil {
		return nil, err
	}
	posts := byKey(page.Posts)
	var items []Item
	var all []*feeds.Post
	for _, e := range page.Entries {
		p := posts[e.Key]
		if p == nil {
			continue
		}
		all = append(all, p)
		if p = r.blocked.Admit(p); p != nil {
			items = append(items, Item{Entry: e, Post: p})
		}
	}
	_ = r.store.SaveList(ctx, pinnedList(a), all, r.clock.Now()) // reading goes on without a store
	return items, nil
}

// featured returns what an author shows on their profile beside posts.
func (r *Reader) featured(ctx context.Context, a *feeds.Author) (*feeds.Featured, error) {
	s, err := source[feeds.Featurer](ctx, r, a.Host)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	return s.Featured(ctx, a)
}

// Following asks for a page of those whom an author follows, at the server that the author was read from. A server without such a list is
// Unsupported.
func (r *Reader) Following(ctx context.Context, a *feeds.Author, c feeds.Cursor) (people []*feeds.Author, older feeds.Cursor, err error) {
	s, err := source[feeds.Following](ctx, r, a.Host)
	if err != nil {
		return nil, "", err
	}
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	people, older, err = s.Following(ctx, a, c)
	return people, older, timely(ctx, a.Host, err)
}
