package address

import (
	"net/url"
	"strings"
)

// Kind says what an Address names.
type Kind string

// The kinds of address.
const (
	Profile   Kind = "profile"   // User at Domain; a person, group or channel
	Community Kind = "community" // User at Domain, written with "!"; or a URL below /c/, which may also be a PeerTube channel
	Tag       Kind = "tag"       // Tag at Host; Host is "" when only "#word" was given: ask which server
	Server    Kind = "server"    // Host
	Post      Kind = "post"      // ID at Host
	Playlist  Kind = "playlist"  // ID at Host: posts that somebody put together
	Feed      Kind = "feed"      // URL of an RSS, Atom or JSON feed
	Page      Kind = "page"      // URL of something at Host whose kind its path doesn't show: it has to be asked for
)

// Address is a thing of the fediverse that somebody named. Which fields are set depends on Kind.
type Address struct {
	Kind   Kind
	Host   string // where to ask, lower case, with its port; of a Profile or Community the same as Domain: they are read at their home, whichever server's page named them
	User   string // name part of a handle, as written
	Domain string // host part of a handle, lower case, with its port
	Tag    string // without "#", as written
	ID     string // a post's or playlist's id at Host
	URL    string // what was given, when it was a URL; of a Feed the URL to ask
	Copy   bool   // of a Post: the URL's server only holds a copy, of somebody from elsewhere
	Tab    string // "", "replies", "media", "about", "federated", "trending": when the URL named one
}

// Reason is why a text is no address.
type Reason string

// The reasons.
const (
	Empty        Reason = "empty"
	NoServer     Reason = "noserver"     // a name without a whole server name: "marta@hafenlicht"
	NotAnAddress Reason = "notanaddress" // nothing that we know
	UnknownPath  Reason = "unknownpath"  // a page that names nothing; Error.Host is its server
)

// Error says why a text is no address.
type Error struct {
	Reason Reason
	Host   string // the server that the text named; "" without one
}

func (e *Error) Error() string {
	if e.Host != "" {
		return "not an address: " + string(e.Reason) + " at " + e.Host
	}
	return "not an address: " + string(e.Reason)
}

// String returns the address in the form that Parse reads back: a handle, a hashtag, a host, or a URL where there is no
// shorter form. Only the field URL may come back different, since it is what was given.
func (a Address) String() string {
	switch a.Kind {
	case Profile:
		return a.profile()
	case Community:
		return "!" + a.User + "@" + a.Domain
	case Tag:
		if a.Host == "" {
			return "#" + a.Tag
		}
		return "#" + a.Tag + "@" + a.Host
	case Server:
		return a.server()
	case Post:
		return a.post()
	case Playlist:
		return Origin(a.Host) + "/w/p/" + url.PathEscape(a.ID)
	case Page:
		return a.URL
	}
	if b, err := parseURL(a.URL); err == nil && b.Kind == Feed {
		return a.URL
	}
	return "feed:" + a.URL // nothing in the URL shows that it is one
}

// post writes the id in a path that reads it back.
func (a Address) post() string {
	for prefix, path := range map[string]string{"comment:": "/comment/", "post:": "/m/m/p/", "post-comment:": "/m/m/p/1/-/reply/"} {
		if id, ok := strings.CutPrefix(a.ID, prefix); ok && isNumber(id) {
			return Origin(a.Host) + path + url.PathEscape(id)
		}
	}
	return Origin(a.Host) + "/statuses/" + url.PathEscape(a.ID)
}

func (a Address) profile() string {
	page := Origin(a.Domain) + "/@" + url.PathEscape(a.User)
	switch a.Tab {
	case "replies":
		return page + "/with_replies"
	case "media", "about":
		return page + "/" + a.Tab
	}
	return "@" + a.User + "@" + a.Domain
}

func (a Address) server() string {
	switch a.Tab {
	case "about":
		return Origin(a.Host) + "/about"
	case "trending":
		return Origin(a.Host) + "/explore"
	case "federated":
		return Origin(a.Host) + "/public"
	}
	return a.Host
}
