package pages

import (
	"net/url"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

// origins leads to where things are at home: a static page has no views of its own.
type origins struct{}

func (origins) Profile(a *feeds.Author) string {
	if a.URL != "" {
		return a.URL
	}
	return address.Origin(a.Domain) + "/@" + url.PathEscape(a.User)
}

func (origins) Handle(string) string      { return "" } // the mention's own address is at hand
func (origins) Tag(string, string) string { return "" }
func (origins) Page(string) string        { return "" }
func (origins) Server(host string) string { return address.Origin(host) + "/" }

func (origins) Post(p *feeds.Post) string {
	if p.URL != "" {
		return p.URL
	}
	return p.URI
}
