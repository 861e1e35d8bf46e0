package reader

import (
	"context"
	"net/url"
	"strings"

	"vitrine/feeds"
)

// WebFeedPlace is an RSS, Atom or JSON feed.
type WebFeedPlace struct{ URL string }

// published is a Place whose answers say who publishes it.
type published interface {
	Place
	published(ctx context.Context, r *Reader, c feeds.Cursor) (*feeds.Author, *feeds.Page, error)
	publisher() string // the id of who publishes it
}

var _ published = WebFeedPlace{}

// ID implements Place.
func (p WebFeedPlace) ID() feeds.TimelineID {
	return feeds.TimelineID(p.Server() + "/f/" + url.QueryEscape(p.URL))
}

// Server implements Place.
func (p WebFeedPlace) Server() string {
	u, err := url.Parse(p.URL)
	if err != nil {
		return ""
	}
	return u.Host
}

func (p WebFeedPlace) fleeting() bool { return false }

func (p WebFeedPlace) page(ctx context.Context, r *Reader, c feeds.Cursor) (*feeds.Page, error) {
	_, page, err := p.published(ctx, r, c)
	return page, err
}

func (p WebFeedPlace) published(ctx context.Context, r *Reader, c feeds.Cursor) (*feeds.Author, *feeds.Page, error) {
	source := r.resolver.Feeds()
	if source == nil {
		return nil, nil, &feeds.Error{Kind: feeds.Unsupported, Host: p.Server()}
	}
	return source.Feed(ctx, p.URL, c)
}

func (p WebFeedPlace) publisher() string { return p.URL }

// storePublisher stores who publishes a list as somebody whose handle is their id, as which alone the store can be asked for them; the
// handle that they have stands as their ID meanwhile.
func (r *Reader) storePublisher(ctx context.Context, p published, by *feeds.Author) {
	stored := *by
	stored.Host, stored.ID, stored.User, stored.Domain = p.Server(), by.Handle(), p.publisher(), ""
	_ = r.store.SaveAuthor(ctx, &stored) // reading goes on without a store
}

// storedPublisher is who published a list when it was read before; nil for nobody.
func (r *Reader) storedPublisher(ctx context.Context, p published) *feeds.Author {
	stored, err := r.store.Author(ctx, p.Server(), (&feeds.Author{User: p.publisher()}).Handle())
	if err != nil || stored == nil {
		return nil
	}
	by := *stored
	user := strings.LastIndexByte(stored.ID, '@')
	by.ID, by.User, by.Domain = p.publisher(), stored.ID[:max(user, 0)], stored.ID[user+1:]
	return &by
}

// WebFeedAt returns the first of several addresses at which there is a web feed now; "" for none.
func (r *Reader) WebFeedAt(ctx context.Context, addresses []string) string {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	for _, url := range addresses {
		if _, _, err := (WebFeedPlace{URL: url}).published(ctx, r, ""); err == nil {
			return url
		}
	}
	return ""
}

// Look asks for what stands at a URL whose form doesn't say what it is.
func (r *Reader) Look(ctx context.Context, address string) (feeds.Found, error) {
	ctx, cancel := context.WithTimeout(feeds.Ahead(ctx), Patience)
	defer cancel()
	found, err := r.resolver.Look(ctx, address)
	if err != nil {
		host := ""
		if u, perr := url.Parse(address); perr == nil {
			host = u.Host
		}
		return feeds.Found{}, timely(ctx, host, err)
	}
	if found.Author != nil {
		found.Author = r.byHandle(ctx, found.Author)
		_ = r.store.SaveAuthor(ctx, found.Author) // reading goes on without a store
	}
	if found.Post != nil {
		_ = r.store.SavePosts(ctx, []*feeds.Post{found.Post})
	}
	found.Posts = admitAll(r.blocked, found.Posts)
	return found, nil
}

// byHandle returns somebody who was found by their document as the API of their server knows them, whose ids are others; a where it doesn't.
func (r *Reader) byHandle(ctx context.Context, a *feeds.Author) *feeds.Author {
	user := a.User
	if a.Community {
		user = "!" + user
	}
	if here, err := r.authorAt(ctx, a.Host, user, a.Domain); err == nil && here.URI == a.URI {
		return here
	}
	return a
}
