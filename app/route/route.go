package route

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"vitrine/feeds/address"
)

// View names a kind of view.
type View string

// The views of the app's addresses.
const (
	Start     View = "start"
	Profile   View = "profile"   // User, Domain, Tab: "", "replies", "media", "about"
	Community View = "community" // User, Domain
	Server    View = "server"    // Host, Tab: "", "federated", "trending", "about"
	Tag       View = "tag"       // Host, Tag
	Post      View = "post"      // Host, ID
	Feed      View = "feed"      // URL
	Home      View = "home"      // List
	Saved     View = "saved"
	Search    View = "search" // Query
	Settings  View = "settings"
	Embed     View = "embed"
	Open      View = "open" // Query: what was pasted
)

// Route is the address of a view. Which fields are set depends on View; Via, a server whose copy is read, may stand on any.
type Route struct {
	View                           View
	Host, User, Domain, Tab        string
	Tag, ID, Query, URL, List, Via string
}

// ErrMalformed says that a fragment names no view.
var ErrMalformed = errors.New("route: malformed address of a view")

// Parse reads a fragment as it stands in location.hash: escaped, with or without "#". The escaped text is split first, each
// part decoded after. The error is ErrMalformed.
func Parse(fragment string) (Route, error) {
	fragment = strings.TrimPrefix(fragment, "#")
	if fragment == "" {
		return Route{View: Start}, nil
	}
	path, query, _ := strings.Cut(fragment, "?")
	rest, ok := strings.CutPrefix(path, "/")
	if !ok {
		return Route{}, ErrMalformed
	}
	var parts []string
	if rest != "" {
		parts = strings.Split(rest, "/")
	}
	for i, p := range parts {
		decoded, err := url.PathUnescape(p)
		if err != nil || decoded == "" {
			return Route{}, ErrMalformed
		}
		parts[i] = decoded
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return Route{}, ErrMalformed
	}
	r, ok := parse(parts, values)
	if !ok {
		return Route{}, ErrMalformed
	}
	if via := values.Get("via"); via != "" {
		if r.Via, ok = host(via); !ok {
			return Route{}, ErrMalformed
		}
	}
	return r, nil
}

func parse(p []string, q url.Values) (Route, bool) {
	if len(p) == 0 {
		return Route{View: Start}, true
	}
	if handle, ok := strings.CutPrefix(p[0], "@"); ok {
		return account(Profile, handle, p[1:], "replies", "media", "about")
	}
	if handle, ok := strings.CutPrefix(p[0], "!"); ok {
		return account(Community, handle, p[1:])
	}
	switch p[0] {
	case "i":
		return server(p[1:])
	case "t":
		return tag(p[1:])
	case "p":
		return post(p[1:])
	case "f":
		return Route{View: Feed, URL: last(p, 2)}, len(p) == 2
	case "home":
		return Route{View: Home, List: last(p, 2)}, len(p) <= 2
	case "saved", "settings", "embed":
		return Route{View: View(p[0])}, len(p) == 1
	case "search":
		return Route{View: Search, Query: q.Get("q")}, len(p) == 1
	case "open":
		return Route{View: Open, Query: q.Get("u")}, len(p) == 1
	}
	return Route{}, false
}

// last returns the part at n, 1-based, where there is one.
func last(p []string, n int) string {
	if len(p) < n {
		return ""
	}
	return p[n-1]
}

func account(v View, handle string, p []string, tabs ...string) (Route, bool) {
	a, err := address.Parse("@" + handle)
	if err != nil || a.Kind != address.Profile {
		return Route{}, false
	}
	r := Route{View: v, User: a.User, Domain: a.Domain, Tab: last(p, 1)}
	return r, len(p) <= 1 && (r.Tab == "" || slices.Contains(tabs, r.Tab))
}

func server(p []string) (Route, bool) {
	h, ok := host(last(p, 1))
	r := Route{View: Server, Host: h, Tab: last(p, 2)}
	return r, ok && len(p) <= 2 && slices.Contains([]string{"", "federated", "trending", "about"}, r.Tab)
}

func tag(p []string) (Route, bool) {
	h, ok := host(last(p, 1))
	return Route{View: Tag, Host: h, Tag: last(p, 2)}, ok && len(p) == 2
}

func post(p []string) (Route, bool) {
	h, ok := host(last(p, 1))
	return Route{View: Post, Host: h, ID: last(p, 2)}, ok && len(p) == 2
}

// host returns a host in its usual form, and whether the text is one.
func host(s string) (string, bool) {
	a, err := address.Parse(s)
	if err != nil || a.Kind != address.Server {
		return "", false
	}
	return a.Host, true
}

// String returns the fragment of a view, with "#".
func (r Route) String() string {
	s := "#/" + strings.Join(r.parts(), "/")
	q := url.Values{}
	switch {
	case r.View == Search && r.Query != "":
		q.Set("q", r.Query)
	case r.View == Open && r.Query != "":
		q.Set("u", r.Query)
	}
	if r.Via != "" {
		q.Set("via", r.Via)
	}
	if len(q) > 0 {
		s += "?" + q.Encode()
	}
	return s
}

func (r Route) parts() []string {
	tabbed := func(first ...string) []string {
		if r.Tab != "" {
			first = append(first, r.Tab)
		}
		return first
	}
	switch r.View {
	case Profile:
		return tabbed("@" + escape(r.User) + "@" + r.Domain)
	case Community:
		return []string{"!" + escape(r.User) + "@" + r.Domain}
	case Server:
		return tabbed("i", r.Host)
	case Tag:
		return []string{"t", r.Host, escape(r.Tag)}
	case Post:
		return []string{"p", r.Host, escape(r.ID)}
	case Feed:
		return []string{"f", escape(r.URL)}
	case Home:
		if r.List != "" {
			return []string{"home", escape(r.List)}
		}
		return []string{"home"}
	case Start, "":
		return nil
	}
	return []string{string(r.View)}
}

// escape encodes a part as browsers show it in location.hash, so that an address made here equals the one in the address bar.
func escape(s string) string { return strings.ReplaceAll(url.PathEscape(s), "@", "%40") }

// FromAddress returns the view of an address. It is false for a hashtag without a server: that has to be asked.
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
	case address.Feed:
		return Route{View: Feed, URL: a.URL}, true
	}
	return Route{}, false
}
