package content

import (
	"net/url"
	"strings"
)

// MaxURL is how many bytes an address may have.
const MaxURL = 4096

// SafeURL is the one gate for every address that comes from outside. It returns raw as an absolute address whose scheme is http,
// https or mailto, resolved against base where it is relative, and whether there is one. Like browsers it ignores control
// characters and spaces around and inside (https://url.spec.whatwg.org/#concept-basic-url-parser). Addresses with a user name
// are refused: they exist to mislead.
func SafeURL(raw, base string) (string, bool) {
	raw = strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f {
			return -1
		}
		return r
	}, raw)
	raw = strings.ReplaceAll(strings.TrimSpace(raw), " ", "%20")
	if raw == "" || len(raw) > MaxURL || strings.ContainsAny(raw, "\\\ufffd") {
		return "", false
	}
	u, err := url.Parse(raw)
	if err != nil {
		return "", false
	}
	if !u.IsAbs() {
		b, err := url.Parse(base)
		if err != nil || !b.IsAbs() {
			return "", false
		}
		u = b.ResolveReference(u)
	}
	switch u.Scheme {
	case "http", "https":
		if u.Host == "" || u.Hostname() == "" || u.User != nil || strings.ContainsAny(u.Host, "<>\"'` ^|{}%") {
			return "", false
		}
		u.Host = strings.ToLower(u.Host)
	case "mailto":
		if u.Opaque == "" {
			return "", false
		}
	default:
		return "", false
	}
	s := u.String()
	again, err := url.Parse(s)
	return s, err == nil && again.String() == s && again.Host == u.Host && len(s) <= MaxURL
}

// SafeMedia is SafeURL for what a browser loads by itself: http and https only.
func SafeMedia(raw, base string) (string, bool) {
	s, ok := SafeURL(raw, base)
	if !ok || strings.HasPrefix(s, "mailto:") {
		return "", false
	}
	return s, true
}
