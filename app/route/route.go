package route

import (
	"time"

	"vitrine/feeds"
	"vitrine/feeds/address"
)

// View names a kind of view.
type View string

// The views, with the fields that each uses beside Via.
const (
	Start     View = "start"
	Profile   View = "profile"   // User, Domain, Tab: "", "replies", "media", "about"; Month, Tag
	Community View = "community" // User, Domain; Month
	Server    View = "server"    // Host, Tab: "", "federated", "trending", "directory", "about"
	Tag       View = "tag"       // Host, Tag
	Post      View = "post"      // Host, ID
	Playlist  View = "playlist"  // Host, ID
	Feed      View = "feed"      // URL
	Home      View = "home"      // List: "" for all that is followed; Since, Order, By
	Following View = "following" // Add: what somebody shares, to be followed
	Saved     View = "saved"     // Query: the account whose archive is shown; "" for what is saved
	Search    View = "search"    // Query
	Find      View = "find"      // Query: what is looked for at servers
	Settings  View = "settings"
	Embed     View = "embed" // Query: the address of whose posts are to be shown
	Open      View = "open"  // Query: what was pasted or shared
)

// Route is the address of a view. Hosts are in the form of address.CleanHost; everything else is decoded text.
type Route struct {
	View   View
	Host   string // the server that is asked
	User   string // name part of a handle
	Domain string // host part of a handle
	Tab    string // "" for the first
	Tag    string // without "#"; of a profile the one that all shown posts have
	ID     string // of a post or playlist, as Host names it
	Query  string
	URL    string    // of a feed
	List   string    // id of a list of follows
	Since  time.Time // where a catch-up begins, in UTC; zero for none
	Month  time.Time // from whose end on backwards a profile's posts are shown: its first moment in UTC; zero for the newest
	Order  string    // "" for the newest first, Oldest
	By     string    // how a catch-up is grouped: "" by time, ByAuthor, BySource, ByLink
	Add    string    // a list of addresses, as feeds/exchange writes it into links
	Via    string    // a server whose copy is read instead of the origin's; may stand on every view
}

// Oldest is the order in which the oldest posts stand first.
const Oldest = "oldest"

// The groups of a catch-up.
const (
	ByAuthor = "author"
	BySource = "source"
	ByLink   = "link"
)

// FromAddress returns the view of an address. It is false for a hashtag without a server: whose posts are meant has to be asked.
func FromAddress(a address.Address) (Route, bool) {
	switch a.Kind {
	case address.Profile:
		return Route{View: Profile, User: a.User, Domain: a.Domain, Tab: a.Tab}, true
	case address.Community:
		return Route{View: Community, User: a.User, Domain: a.Domain}, true
	case address.Tag:
		return Route{View: Tag, Host: a.Host, Tag: a.Tag}, a.Host != ""
	case address.Server:
		return Route{View: Server, Host: a.Host, Tab: a.Tab}, true
	case address.Post:
		return Route{View: Post, Host: a.Host, ID: a.ID}, true
	case address.Playlist:
		return Route{View: Playlist, Host: a.Host, ID: a.ID}, true
	case address.Feed:
		return Route{View: Feed, URL: a.URL}, true
	}
	return Route{}, false
}

// FromFound returns the view of what stood at a URL.
func FromFound(f feeds.Found) Route {
	switch {
	case f.Post != nil:
		return Route{View: Post, Host: f.Post.Sightings[0].Host, ID: f.Post.Sightings[0].ID}
	case f.Author != nil:
		return OfAuthor(f.Author)
	case len(f.Posts) > 0:
		return OfAuthor(f.Posts[0].Author)
	}
	return Route{View: Feed, URL: f.Feed}
}

// OfAuthor is the view of a person, a channel, or a community that people post in.
func OfAuthor(a *feeds.Author) Route {
	if a.Community {
		return Route{View: Community, User: a.User, Domain: a.Domain}
	}
	return Route{View: Profile, User: a.User, Domain: a.Domain}
}
