package feeds

import "context"

// Found is what stood at a URL; exactly one of its fields is set.
type Found struct {
	Author *Author
	Post   *Post
	Feed   string  // URL of a web feed
	Posts  []*Post // a collection's
}

// Resolver finds the Source that reads a host. The same host gives the same Source while the program runs.
type Resolver interface {
	// Resolve asks nobody where the software is known or is assumed. The Source finds out what the host is when its first answers
	// make no sense; what can't be read is Unsupported with the software's name.
	Resolve(ctx context.Context, host string) (Source, error)
	// Feeds reads web feeds, wherever they are.
	Feeds() Syndicated
	// Look asks for what stands at a URL whose form doesn't say what it is: an ActivityPub document, or a page that names a web feed.
	Look(ctx context.Context, url string) (Found, error)
	// HomeOf returns the API host of a handle's domain, which WebFinger names where it differs from the domain.
	HomeOf(ctx context.Context, user, domain string) (host string, err error)
}

// Syndicated reads web feeds (RSS, Atom, JSON Feed) by their addresses.
type Syndicated interface {
	// Feed returns who publishes a feed and its newest entries. An empty Cursor asks for the feed itself; others are its archive's
	// pages (RFC 5005). Posts without an ActivityPub id have their link as Key.
	Feed(ctx context.Context, url string, c Cursor) (*Author, *Page, error)
}
