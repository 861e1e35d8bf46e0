package markup

import (
	"net/url"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

// Origins are Links to where things are at home: a static page or a file has no views of its own.
type Origins struct{}

// Profile is the page of an author.
func (Origins) Profile(a *feeds.Author) string {
	if a.URL != "" {
		return a.URL
	}
	return address.Origin(a.Domain) + "/@" + url.PathEscape(a.User)
}

// Handle is nowhere: the address that stands in the text is at hand.
func (Origins) Handle(string) string { return "" }

// Tag is nowhere, as Handle.
func (Origins) Tag(string, string) string { return "" }

// Page is nowhere, as Handle.
func (Origins) Page(string) string { return "" }

// Server is the page of a server.
func (Origins) Server(host string) string { return address.Origin(host) + "/" }

// Post is the page of a post.
func (Origins) Post(p *feeds.Post) string {
	if p.URL != "" {
		return p.URL
	}
	return p.URI
}
