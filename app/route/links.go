package route

import (
	"strings"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

// Links say where the app's posts lead: to its own views. It is the Links of app/markup.
type Links struct{}

// Profile is the view of an author.
func (Links) Profile(a *feeds.Author) string {
	return OfAuthor(a).String()
}

// Handle is the view of "user@host", or of the community "!name@host", "" when the text is no handle.
func (Links) Handle(handle string) string {
	name, community := strings.CutPrefix(handle, "!")
	user, domain, ok := address.SplitHandle(name)
	switch {
	case !ok:
		return ""
	case community:
		return Route{View: Community, User: user, Domain: domain}.String()
	}
	return Route{View: Profile, User: user, Domain: domain}.String()
}

// Tag is the view of a hashtag as host sees it.
func (Links) Tag(host, tag string) string {
	if host == "" { // the list is of several servers: several are asked
		return Route{View: Find, Query: "#" + tag}.String()
	}
	return Route{View: Tag, Host: host, Tag: tag}.String()
}

// Post is the view of a post in its thread at the server it was read from. One that was read from none, as a feed's entry,
// has only its own page, or nothing at all ("").
func (Links) Post(p *feeds.Post) string {
	if len(p.Sightings) == 0 || p.Sightings[0].ID == "" || p.URI == "" && strings.Contains(p.Sightings[0].ID, "://") {
		return p.URL
	}
	return Route{View: Post, Host: p.Sightings[0].Host, ID: p.Sightings[0].ID}.String()
}

// Page is the view of what has a page at an address, "" for what only a server could tell.
func (Links) Page(url string) string {
	a, err := address.Parse(url)
	if err != nil {
		return ""
	}
	r, ok := FromAddress(a)
	if !ok {
		return ""
	}
	return r.String()
}

// Server is the view of a server.
func (Links) Server(host string) string { return Route{View: Server, Host: host}.String() }
