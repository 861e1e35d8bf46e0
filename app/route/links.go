package route

import (
	"vitrine/feeds"
	"vitrine/feeds/address"
)

// Links say where the app's posts lead: to its own views. It is the Links of app/markup.
type Links struct{}

// Profile is the view of an author.
func (Links) Profile(a *feeds.Author) string {
	return Route{View: Profile, User: a.User, Domain: a.Domain}.String()
}

// Handle is the view of "user@host", "" when the text is no handle.
func (Links) Handle(handle string) string {
	user, domain, ok := address.SplitHandle(handle)
	if !ok {
		return ""
	}
	return Route{View: Profile, User: user, Domain: domain}.String()
}

// Tag is the view of a hashtag as host sees it.
func (Links) Tag(host, tag string) string { return Route{View: Tag, Host: host, Tag: tag}.String() }

// Post is the view of a post in its thread at the server it was read from. One that was read from none, as a feed's entry,
// has only its own page, or nothing at all ("").
func (Links) Post(p *feeds.Post) string {
	if len(p.Sightings) == 0 {
		return p.URL
	}
	return Route{View: Post, Host: p.Sightings[0].Host, ID: p.Sightings[0].ID}.String()
}

// Server is the view of a server.
func (Links) Server(host string) string { return Route{View: Server, Host: host}.String() }
