package address

import (
	"net/url"
	"slices"
	"strings"
)

// parseURL reads the pages of fediverse softwares and of their common web clients.
func parseURL(raw string) (Address, error) {
	for _, scheme := range []string{"web+ap:", "web+activitypub:"} {
		if rest, ok := strings.CutPrefix(raw, scheme); ok {
			raw = "https://" + strings.TrimLeft(rest, "/")
		}
	}
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return Address{}, &Error{Reason: NotAnAddress}
	}
	host, ok := cleanHost(u.Host)
	if !ok {
		return Address{}, &Error{Reason: NoServer}
	}
	a, ok := fromClient(host, u)
	if !ok {
		a, ok = fromPath(host, segments(u.EscapedPath()))
	}
	if !ok && looksLikeFeed(u.Path) {
		a, ok = Address{Kind: Feed, Host: host}, true
	}
	if !ok {
		return Address{}, &Error{Reason: UnknownPath, Host: host}
	}
	a.URL = u.String()
	return a, nil
}

// segments splits an escaped path and decodes each part after.
func segments(path string) []string {
	var parts []string
	for _, s := range strings.Split(path, "/") {
		if p, err := url.PathUnescape(s); err == nil && p != "" {
			parts = append(parts, p)
		}
	}
	return parts
}

// fromPath reads the path of a page on host.
func fromPath(host string, p []string) (Address, bool) {
	if len(p) == 0 {
		return Address{Kind: Server, Host: host}, true
	}
	switch p[0] {
	case "web", "deck":
		if len(p) == 1 {
			return Address{Kind: Server, Host: host}, true
		}
		return fromPath(host, p[1:])
	case "about", "explore", "public", "local", "federated":
		return serverPage(host, p)
	case "timelines":
		if len(p) == 3 && p[1] == "tag" {
			return tagAt(host, p[2])
		}
		if len(p) >= 2 && p[1] == "public" {
			return serverPage(host, p[1:])
		}
	case "tags", "tag":
		if len(p) == 2 {
			return tagAt(host, strings.TrimSuffix(p[1], ".rss"))
		}
	case "statuses", "notice", "notes":
		if len(p) >= 2 {
			return postAt(host, p[1])
		}
	case "accounts":
		return Address{}, false // a bare account id names nobody outside of its server
	case "users":
		return underUser(host, p[1:])
	case "ap":
		if len(p) >= 5 && p[1] == "users" && p[3] == "statuses" {
			return postAt(host, p[4])
		}
	case "p":
		if len(p) == 3 && isNumber(p[2]) {
			return postAt(host, p[2])
		}
	case "i":
		if len(p) == 4 && p[1] == "web" && p[2] == "post" {
			return postAt(host, p[3])
		}
	case "c", "m":
		if len(p) == 2 {
			return profileAt(host, p[1], Community)
		}
	}
	if handle, ok := strings.CutPrefix(p[0], "@"); ok {
		return underHandle(host, handle, p[1:])
	}
	return Address{}, false
}

// serverPage reads the pages that show a server itself.
func serverPage(host string, p []string) (Address, bool) {
	a := Address{Kind: Server, Host: host}
	switch {
	case p[0] == "about":
		a.Tab = "about"
	case p[0] == "explore":
		a.Tab = "trending"
	case p[0] == "federated", p[0] == "public" && (len(p) == 1 || p[1] != "local"):
		a.Tab = "federated"
	}
	return a, true
}

// underUser reads /users/NAME/…, without "users".
func underUser(host string, p []string) (Address, bool) {
	if len(p) == 0 {
		return Address{}, false
	}
	if len(p) >= 3 && p[1] == "statuses" {
		return postAt(host, p[2])
	}
	a, ok := profileAt(host, p[0], Profile)
	if ok && len(p) > 1 {
		a.Tab = tab(p[1])
	}
	return a, ok
}

// underHandle reads /@NAME/…, without its first part's "@". A post below a remote handle is the copy that host holds.
func underHandle(host, handle string, p []string) (Address, bool) {
	if feed, ok := strings.CutSuffix(handle, ".rss"); ok && len(p) == 0 {
		handle = feed
	}
	a, ok := profileAt(host, handle, Profile)
	if !ok || len(p) == 0 {
		return a, ok
	}
	switch {
	case slices.Contains([]string{"statuses", "posts", "s"}, p[0]) && len(p) >= 2:
		return postAt(host, p[1])
	case p[0] == "tagged" && len(p) == 2:
		return a, true
	case isNumber(p[0]), len(p[0]) >= 16 && isID(p[0]):
		return postAt(host, p[0])
	}
	a.Tab = tab(p[0])
	return a, a.Tab != "" || p[0] == "featured" || p[0] == "followers" || p[0] == "following"
}

func tab(name string) string {
	switch name {
	case "with_replies":
		return "replies"
	case "media", "about":
		return name
	}
	return ""
}

// profileAt is a person whom a page of host shows: at home there, or wherever their handle says.
func profileAt(host, handle string, kind Kind) (Address, bool) {
	user, domain, remote := strings.Cut(strings.TrimPrefix(handle, "@"), "@")
	if !isUser(user) {
		return Address{}, false
	}
	if !remote {
		return Address{Kind: kind, Host: host, User: user, Domain: host}, true
	}
	home, ok := cleanHost(domain)
	return Address{Kind: kind, Host: home, User: user, Domain: home}, ok
}

func postAt(host, id string) (Address, bool) {
	return Address{Kind: Post, Host: host, ID: id}, isID(id)
}

func tagAt(host, tag string) (Address, bool) {
	return Address{Kind: Tag, Host: host, Tag: tag}, isTag(tag)
}

func looksLikeFeed(path string) bool {
	path = strings.TrimSuffix(strings.ToLower(path), "/")
	for _, end := range []string{".rss", ".atom", ".xml", "/feed", "/rss", "/atom", "feed.json"} {
		if strings.HasSuffix(path, end) {
			return true
		}
	}
	return false
}

// fromClient reads the addresses of web clients, which name the server in the path or the fragment: Elk
// (elk.zone/HOST/@user/ID), Phanpy (phanpy.social/#/HOST/s/ID) and Vitrine itself (#/p/HOST/ID).
func fromClient(host string, u *url.URL) (Address, bool) {
	if at := strings.Index(u.Path, "/https://"); at >= 0 {
		a, err := parseURL(u.Path[at+1:])
		return a, err == nil
	}
	if fragment, ok := strings.CutPrefix(u.EscapedFragment(), "/"); ok {
		return fromFragment(fragment)
	}
	p := segments(u.EscapedPath())
	if len(p) < 2 || !strings.Contains(host, "elk") {
		return Address{}, false
	}
	server, ok := cleanHost(p[0])
	if !ok {
		return Address{}, false
	}
	return fromPath(server, p[1:])
}

func fromFragment(f string) (Address, bool) {
	if rest, ok := strings.CutPrefix(f, "https://"); ok {
		a, err := parseURL("https://" + rest)
		return a, err == nil
	}
	f, _, _ = strings.Cut(f, "?")
	p := segments(f)
	if len(p) == 0 {
		return Address{}, false
	}
	if handle, ok := strings.CutPrefix(p[0], "@"); ok && strings.Contains(handle, "@") {
		a, ok := profileAt("", handle, Profile)
		if ok && len(p) > 1 && slices.Contains([]string{"replies", "media", "about"}, p[1]) {
			a.Tab = p[1]
		}
		return a, ok
	}
	if len(p) >= 2 && (p[0] == "i" || p[0] == "p" || p[0] == "t") {
		if server, ok := cleanHost(p[1]); ok {
			return ofVitrine(p[0], server, p[2:])
		}
	}
	if server, ok := cleanHost(p[0]); ok && len(p) > 1 {
		return ofPhanpy(server, p[1:])
	}
	return Address{}, false
}

func ofVitrine(kind, server string, p []string) (Address, bool) {
	switch {
	case kind == "i":
		a := Address{Kind: Server, Host: server}
		if len(p) > 0 {
			a.Tab = p[0]
		}
		return a, len(p) == 0 || slices.Contains([]string{"federated", "trending", "about"}, p[0])
	case len(p) == 0:
		return Address{}, false
	case kind == "t":
		return tagAt(server, p[0])
	}
	return postAt(server, p[0])
}

func ofPhanpy(server string, p []string) (Address, bool) {
	switch {
	case p[0] == "s" && len(p) > 1:
		return postAt(server, p[1])
	case p[0] == "t" && len(p) > 1:
		return tagAt(server, p[1])
	case p[0] == "p" && len(p) > 1 && p[1] == "l":
		return Address{Kind: Server, Host: server}, true
	case p[0] == "p":
		return Address{Kind: Server, Host: server, Tab: "federated"}, true
	case p[0] == "trending":
		return Address{Kind: Server, Host: server, Tab: "trending"}, true
	}
	return Address{}, false
}
