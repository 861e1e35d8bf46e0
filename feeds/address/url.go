package address

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// parseURL reads a URL with its scheme.
func parseURL(raw string) (Address, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return Address{}, &Error{Reason: NotAnAddress}
	}
	host, ok := hostOf(u)
	if !ok {
		return Address{}, &Error{Reason: NoServer}
	}
	a, err := named(host, u)
	if err != nil {
		return Address{}, err
	}
	if a.Kind != Feed && a.Kind != Page {
		a.URL = u.String()
	}
	return a, nil
}

// hostOf returns the host of a URL. Whatever its scheme says, Origin decides how the host is spoken to, so the usual port of
// plain http is left out.
func hostOf(u *url.URL) (string, bool) {
	host := u.Host
	if u.Scheme == "http" {
		host = strings.TrimSuffix(host, ":80")
	}
	return CleanHost(host)
}

// named reads what a URL on host names: something that a web client shows, a feed, or a page of the server.
func named(host string, u *url.URL) (Address, error) {
	if inner, ok := innerURL(u.EscapedPath()); ok {
		return parseURL(inner)
	}
	p, ok := segments(u.EscapedPath())
	if !ok {
		return Address{}, &Error{Reason: UnknownPath, Host: host}
	}
	if f := strings.TrimPrefix(u.EscapedFragment(), "/"); f != "" && f != u.EscapedFragment() {
		a, err := parseFragment(f)
		if err == nil {
			return a, nil
		}
		if len(p) == 0 { // the fragment is all there is
			return Address{}, unknownPath(err, host)
		}
	}
	if len(p) == 1 && p[0] == "authorize_interaction" { // how Mastodon asks a home server to open what another one shows
		return nested(u.Query().Get("uri"))
	}
	if isFeedFile(p) || isFeedQuery(u.Query()) {
		return feedAt(host, u), nil
	}
	if a, ok := fromElk(host, p); ok {
		return a, nil
	}
	if a, ok := fromPath(host, p); ok && !saysMore(a, p, u) {
		return a, nil
	}
	if isFeedFolder(p) {
		return feedAt(host, u), nil
	}
	return pageAt(host, u)
}

// saysMore reports the URL of a document where the path alone names something else: a page of a server with a query, as WordPress' ids
// of posts (/?p=12), an account's actor by its id (Misskey: /users/9abcdef123), and documents in JSON (/@ada.json).
func saysMore(a Address, p []string, u *url.URL) bool {
	switch {
	case len(p) > 0 && strings.HasSuffix(p[len(p)-1], ".json"):
		return a.Kind != Tag
	case a.Kind == Server:
		return hasMeaning(u.Query())
	case len(p) == 2 && p[0] == "users":
		return isWordID(p[1])
	}
	return false
}

// hasMeaning reports a query that chooses what is shown. What only counts where a visitor came from doesn't.
func hasMeaning(q url.Values) bool {
	for name := range q {
		if !strings.HasPrefix(name, "utm_") && !strings.HasPrefix(name, "mtm_") && !slices.Contains([]string{"fbclid", "gclid", "ref", "lang", "locale"}, name) {
			return true
		}
	}
	return false
}

// Otherwise returns what else may stand at the URL that a was read from. The path is a hint and no proof: where its server knows no such
// person, post or hashtag, the URL may be a page like any other; and where there is no such page, it may be one of a server, whose path is
// looked at without its query. ok is false where there is nothing else.
func (a Address) Otherwise() (other Address, ok bool) {
	u, err := url.Parse(a.URL)
	if a.URL == "" || err != nil || a.Kind == Server || a.Kind == Feed {
		return Address{}, false
	}
	host, ok := hostOf(u)
	if !ok || host != a.Host {
		return Address{}, false
	}
	if a.Kind != Page {
		other, err = pageAt(host, u)
		return other, err == nil
	}
	p, ok := segments(strings.TrimSuffix(u.EscapedPath(), ".json"))
	if !ok {
		return Address{}, false
	}
	if other, ok = fromPath(host, p); !ok {
		other, ok = page{"@USER/ANYID", Post, ""}.read(host, p)
	}
	if !ok && len(p) > 1 && slices.Contains([]string{"about", "explore", "public"}, p[0]) {
		other, ok = fromPath(host, p[:1])
	}
	other.URL = a.URL
	return other, ok && other.Host == host
}

// pageAt is the address of a page whose kind the path doesn't show: an article, an event, a review, an ActivityPub id. What
// only the server's own apps can show, as settings and searches, has no address.
func pageAt(host string, u *url.URL) (Address, error) {
	s := Origin(host) + cmp.Or(u.EscapedPath(), "/")
	if u.RawQuery != "" {
		s += "?" + u.RawQuery
	}
	p, _ := segments(u.EscapedPath())
	if len(p) == 0 && u.RawQuery == "" || u.Fragment != "" && strings.HasPrefix(u.Fragment, "/") || trim(s) != s ||
		len(p) > 0 && slices.Contains([]string{"search", "settings", "login", "auth", "api", "web", "admin", "oauth", "deck"}, p[0]) {
		return Address{}, &Error{Reason: UnknownPath, Host: host}
	}
	return Address{Kind: Page, Host: host, URL: s}, nil
}

// unknownPath names a server where err doesn't.
func unknownPath(err error, host string) *Error {
	if e, ok := err.(*Error); ok && e.Host != "" {
		host = e.Host
	}
	return &Error{Reason: UnknownPath, Host: host}
}

// nested reads an address that stood, escaped, within another.
func nested(s string) (Address, error) {
	s = tidy(s)
	if s == "" || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsSpace) {
		return Address{}, &Error{Reason: NotAnAddress}
	}
	return parseWord(s)
}

// innerURL finds a whole URL within a path, as Elk and archives have it: /https://host/@user.
func innerURL(path string) (string, bool) {
	for _, scheme := range []string{"/https://", "/http://"} {
		if i := strings.Index(path, scheme); i >= 0 {
			return path[i+1:], true
		}
	}
	return "", false
}

// segments splits an escaped path and decodes each part after. Empty parts are left out.
func segments(path string) ([]string, bool) {
	var parts []string
	for s := range strings.SplitSeq(path, "/") {
		p, err := url.PathUnescape(s)
		if err != nil || !utf8.ValidString(p) {
			return nil, false
		}
		if p != "" {
			parts = append(parts, p)
		}
	}
	return parts, true
}

// parseFeed reads the URL of a feed, which may look like anything, with or without its scheme.
func parseFeed(s string) (Address, error) {
	if !strings.Contains(s, "://") {
		s = "https://" + strings.TrimLeft(s, "/")
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return Address{}, &Error{Reason: NotAnAddress}
	}
	host, ok := hostOf(u)
	if !ok {
		return Address{}, &Error{Reason: NoServer}
	}
	return feedAt(host, u), nil
}

// feedAt returns the address of a feed at u, whose host is given in its usual form.
func feedAt(host string, u *url.URL) Address {
	s := Origin(host) + u.EscapedPath()
	if u.RawQuery != "" {
		s += "?" + u.RawQuery
	}
	return Address{Kind: Feed, Host: host, URL: trim(s)}
}

// isFeedFile reports a path whose last part has the ending of a feed: /@ada.rss, /index.xml, /feed.json.
func isFeedFile(p []string) bool {
	return len(p) > 0 && hasFeedEnding(p[len(p)-1])
}

func hasFeedEnding(name string) bool {
	name = strings.ToLower(name)
	for _, end := range []string{".rss", ".atom", ".xml", ".rdf", "feed.json", ".jsonfeed"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// isFeedQuery reports a query that asks for a feed: WordPress' ?feed=rss2, Joomla's ?format=feed&type=rss.
func isFeedQuery(q url.Values) bool {
	for _, name := range []string{"feed", "format", "type", "output", "alt"} {
		if slices.Contains([]string{"rss", "rss2", "atom", "rdf", "feed", "jsonfeed"}, strings.ToLower(q.Get(name))) {
			return true
		}
	}
	return false
}

// isFeedFolder reports a path that names a feed by a word: /feed/, /blog/rss, /feed/json.
func isFeedFolder(p []string) bool {
	for _, part := range p[max(0, len(p)-2):] {
		if strings.EqualFold(part, "feed") {
			return true
		}
	}
	return len(p) > 0 && slices.Contains([]string{"rss", "rss2", "atom"}, strings.ToLower(p[len(p)-1]))
}
