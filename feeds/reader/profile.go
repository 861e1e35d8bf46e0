package reader

import (
	"context"
	"strings"

	"vitrine/feeds"
)

// StoredProfile returns an author that was read before, or nil.
func (r *Reader) StoredProfile(ctx context.Context, user, domain, via string) *feeds.Author {
	host := domain
	if via != "" {
		host = via
	}
	name, community := strings.CutPrefix(user, "!")
	a, err := r.store.Author(ctx, host, name+"@"+domain)
	if err != nil || a == nil || community && !a.Group || a.Community && !community {
		return nil
	}
	return a
}

// Profile asks for an author: at the handle's home, or at via, a server that holds a copy. Where the home's handles are
// served by another host, WebFinger names it.
func (r *Reader) Profile(ctx context.Context, user, domain, via string) (*feeds.Author, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	host := domain
	if via != "" {
		host = via
	}
	a, err := r.profileAt(ctx, host, user, domain)
	if err != nil && via == "" {
		a, err = r.profileElsewhere(ctx, user, domain, err)
	}
	if err != nil {
		return nil, timely(ctx, host, err)
	}
	if err := r.store.SaveAuthor(ctx, a); err != nil {
		return a, nil // reading goes on without a store
	}
	return a, nil
}

func (r *Reader) profileAt(ctx context.Context, host, user, domain string) (*feeds.Author, error) {
	s, err := source[feeds.Profiles](ctx, r, host)
	if err != nil {
		return nil, err
	}
	return s.Profile(ctx, user, domain)
}

// profileElsewhere follows WebFinger when a domain itself doesn't answer as a server. Whatever goes wrong, cause stays.
func (r *Reader) profileElsewhere(ctx context.Context, user, domain string, cause error) (*feeds.Author, error) {
	switch feeds.KindOf(cause) {
	case feeds.NotFound, feeds.BadData, feeds.Unreachable:
	default:
		return nil, cause
	}
	host, err := r.resolver.HomeOf(ctx, user, domain)
	if err != nil || host == "" || host == domain {
		return nil, cause
	}
	a, err := r.profileAt(ctx, host, user, domain)
	if err != nil {
		return nil, cause
	}
	return a, nil
}

// pinnedList names what is stored of an author's pinned posts.
func pinnedList(a *feeds.Author) feeds.TimelineID {
	return feeds.TimelineID(a.Host + "/@" + a.Handle() + "?pinned")
}

// StoredPinned returns what an author showed first when that was last asked, and whether it ever was.
func (r *Reader) StoredPinned(ctx context.Context, a *feeds.Author) (items []Item, known bool) {
	posts, at, err := r.store.List(ctx, pinnedList(a))
	if err != nil || at.IsZero() {
		return nil, false
	}
	for _, p := range posts {
		items = append(items, Item{Entry: feeds.Entry{Key: p.Key, At: p.Published, Pinned: true}, Post: p})
	}
	return items, true
}

// Pinned returns what an author shows first. A server without pinned posts is Unsupported.
func (r *Reader) Pinned(ctx context.Context, a *feeds.Author) ([]Item, error) {
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
	items := pageItems(page)
	posts := make([]*feeds.Post, 0, len(items))
	for _, i := range items {
		posts = append(posts, i.Post)
	}
	_ = r.store.SaveList(ctx, pinnedList(a), posts, r.clock.Now()) // reading goes on without a store
	return items, nil
}

// FeaturedTags returns the hashtags an author shows on their profile. A server without them is Unsupported.
func (r *Reader) FeaturedTags(ctx context.Context, a *feeds.Author) ([]feeds.Tag, error) {
	s, err := source[feeds.TagFeaturer](ctx, r, a.Host)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	return s.FeaturedTags(ctx, a)
}

func pageItems(p *feeds.Page) []Item {
	posts := make(map[feeds.Key]*feeds.Post, len(p.Posts))
	for _, post := range p.Posts {
		posts[post.Key] = post
	}
	var items []Item
	for _, e := range p.Entries {
		if posts[e.Key] != nil {
			items = append(items, Item{Entry: e, Post: posts[e.Key]})
		}
	}
	return items
}
