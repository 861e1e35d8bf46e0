package address

import (
	"net/url"
	"slices"
	"strings"
)

// fromElk reads elk.zone/HOST/@user/ID: a web client that has the server in its path. Elk runs on many hosts. One that doesn't
// call itself so is believed only when a handle comes next, since folders are often named like a host.
func fromElk(host string, p []string) (Address, bool) {
	if len(p) == 0 {
		return Address{}, false
	}
	server, ok := CleanHost(p[0])
	if !ok {
		return Address{}, false
	}
	if !slices.Contains(strings.Split(host, "."), "elk") && (len(p) == 1 || !strings.HasPrefix(p[1], "@")) {
		return Address{}, false
	}
	return fromPath(server, p[1:])
}

// parseFragment reads the part after "#/" of clients that live in one page: Vitrine itself (#/p/HOST/ID) and Phanpy
// (phanpy.social/#/HOST/s/ID).
func parseFragment(f string) (Address, error) {
	if strings.HasPrefix(f, "https://") || strings.HasPrefix(f, "http://") {
		return parseURL(f)
	}
	path, query, _ := strings.Cut(f, "?")
	p, ok := segments(path)
	if !ok || len(p) == 0 {
		return Address{}, &Error{Reason: NotAnAddress}
	}
	switch p[0] {
	case "open":
		q, _ := url.ParseQuery(query)
		return nested(q.Get("u"))
	case "f":
		return ofVitrineFeed(p[1:])
	}
	a, ok := ofVitrine(p)
	if !ok {
		return ofPhanpy(p)
	}
	return a, nil
}

func ofVitrineFeed(p []string) (Address, error) {
	if len(p) != 1 {
		return Address{}, &Error{Reason: NotAnAddress}
	}
	return nested("feed:" + p[0])
}

// ofVitrine reads the addresses of our own views. See app/route, which writes them.
func ofVitrine(p []string) (Address, bool) {
	tab := ""
	if len(p) == 2 {
		tab = p[1]
	}
	if strings.HasPrefix(p[0], "@") {
		user, host, ok := SplitHandle(p[0])
		return Address{Kind: Profile, Host: host, User: user, Domain: host, Tab: tab},
			ok && len(p) <= 2 && slices.Contains([]string{"", "replies", "media", "about"}, tab)
	}
	if community, ok := strings.CutPrefix(p[0], "!"); ok {
		user, host, ok := SplitHandle(community)
		return Address{Kind: Community, Host: host, User: user, Domain: host}, ok && len(p) == 1
	}
	if len(p) < 2 || len(p) > 3 {
		return Address{}, false
	}
	host, ok := CleanHost(p[1])
	third := strings.Join(p[2:], "")
	switch p[0] {
	case "i":
		return Address{Kind: Server, Host: host, Tab: third}, ok && slices.Contains([]string{"", "federated", "trending", "about"}, third)
	case "t":
		return Address{Kind: Tag, Host: host, Tag: third}, ok && isTag(third)
	case "p", "l":
		list, named := strings.CutPrefix(third, "playlist:") // as one was named among posts
		if named || p[0] == "l" {
			return Address{Kind: Playlist, Host: host, ID: list}, ok && isID(list)
		}
		return Address{Kind: Post, Host: host, ID: third}, ok && isID(third)
	}
	return Address{}, false
}

// ofPhanpy reads HOST/s/ID and so on. Its accounts (HOST/a/ID) are ids, which name nobody outside of the server.
func ofPhanpy(p []string) (Address, error) {
	host, ok := CleanHost(p[0])
	if !ok {
		return Address{}, &Error{Reason: NotAnAddress}
	}
	view, rest := "", ""
	if len(p) > 1 {
		view, rest = p[1], strings.Join(p[2:], "/")
	}
	switch {
	case view == "s" && isID(rest):
		return Address{Kind: Post, Host: host, ID: rest}, nil
	case view == "t" && isTag(rest):
		return Address{Kind: Tag, Host: host, Tag: rest}, nil
	case view == "p" && rest == "l":
		return Address{Kind: Server, Host: host}, nil
	case view == "p" && rest == "":
		return Address{Kind: Server, Host: host, Tab: "federated"}, nil
	case view == "trending" && rest == "":
		return Address{Kind: Server, Host: host, Tab: "trending"}, nil
	}
	return Address{}, &Error{Reason: UnknownPath, Host: host}
}
