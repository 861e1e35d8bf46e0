package content

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SafeURL is the one gate for every address that comes from elsewhere. It lets through http, https and mailto, resolves a
// relative address against base (which has to be safe itself; "" refuses relative ones), and returns a normalised form:
// scheme and host in lower case, no default port, no dot segments, ASCII only. SafeURL(x, "") of what it returned is x.
//
// It reads addresses as browsers do (https://url.spec.whatwg.org/#url-parsing): tabs and newlines vanish wherever they stand,
// backslashes are slashes. It refuses what browsers allow but no honest post needs: user names before the host, which serve to
// disguise it; hosts of other characters than letters, digits, dots and hyphens; mere fragments, which name a part of a page that
// the reader isn't on.
func SafeURL(raw, base string) (string, bool) {
	raw = trimURL(raw)
	if raw == "" || len(raw) > MaxURL || raw[0] == '#' {
		return "", false
	}
	safe, ok := "", false
	switch scheme, rest := cutScheme(raw); scheme {
	case "":
		safe, ok = relativeURL(raw, base)
	case "http", "https":
		safe, ok = webURL(scheme, rest)
	case "mailto":
		safe, ok = mailURL(rest)
	}
	if !ok || len(safe) > MaxURL {
		return "", false
	}
	return safe, true
}

// SafeMedia is SafeURL for what a browser loads by itself: http and https only.
func SafeMedia(raw, base string) (string, bool) {
	safe, ok := SafeURL(raw, base)
	if !ok || strings.HasPrefix(safe, "mailto:") {
		return "", false
	}
	return safe, true
}

// trimURL takes away what browsers take away before they look: C0 controls and spaces around, tabs and newlines inside.
func trimURL(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
	if !strings.ContainsAny(s, "\t\r\n") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\r' || r == '\n' {
			return -1
		}
		return r
	}, s)
}

// cutScheme returns the scheme in lower case and what follows its colon; "" and all of s when there is none.
func cutScheme(s string) (scheme, rest string) {
	for i := range len(s) {
		c := s[i] | 0x20
		switch {
		case 'a' <= c && c <= 'z':
		case i > 0 && ('0' <= s[i] && s[i] <= '9' || s[i] == '+' || s[i] == '-' || s[i] == '.'):
		case i > 0 && s[i] == ':':
			return strings.ToLower(s[:i]), s[i+1:]
		default:
			return "", s
		}
	}
	return "", s
}

func relativeURL(raw, base string) (string, bool) {
	base, ok := SafeMedia(base, "")
	if !ok {
		return "", false
	}
	b, err := url.Parse(base)
	if err != nil {
		return "", false
	}
	raw = slashed(raw)
	if strings.HasPrefix(raw, "//") {
		return webURL(b.Scheme, raw)
	}
	ref, err := url.Parse(escapeTail(raw))
	if err != nil || ref.Scheme != "" || ref.Host != "" {
		return "", false
	}
	scheme, rest := cutScheme(b.ResolveReference(ref).String())
	return webURL(scheme, rest)
}

// slashed turns backslashes into slashes before the query.
func slashed(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	end := strings.IndexAny(s, "?#")
	if end < 0 {
		end = len(s)
	}
	return strings.ReplaceAll(s[:end], `\`, "/") + s[end:]
}

func webURL(scheme, rest string) (string, bool) {
	rest, found := strings.CutPrefix(slashed(rest), "//")
	if !found {
		return "", false
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	authority, ok := safeAuthority(scheme, rest[:end])
	if !ok {
		return "", false
	}
	safe := scheme + "://" + authority + escapeTail(rest[end:])
	if !hasDotSegment(rest[end:]) {
		return safe, true
	}
	u, err := url.Parse(safe)
	if err != nil {
		return "", false
	}
	return new(url.URL).ResolveReference(u).String(), true
}

func hasDotSegment(tail string) bool {
	path := tail
	if end := strings.IndexAny(tail, "?#"); end >= 0 {
		path = tail[:end]
	}
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "." || segment == ".." {
			return true
		}
	}
	return false
}

func mailURL(rest string) (string, bool) {
	mailbox, _, _ := strings.Cut(rest, "?")
	name, host, found := strings.Cut(mailbox, "@")
	if !found || name == "" || host == "" || mailbox[0] == '/' {
		return "", false
	}
	return "mailto:" + escapeTail(rest), true
}

// safeAuthority checks and normalises a host with its port.
func safeAuthority(scheme, s string) (string, bool) {
	host, port := s, ""
	if i := strings.LastIndexByte(s, ':'); i > strings.LastIndexByte(s, ']') {
		host, port = s[:i], s[i+1:]
	}
	host, ok := safeHost(host)
	if !ok || port == "" {
		return host, ok
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return "", false
	}
	if scheme == "http" && n == 80 || scheme == "https" && n == 443 {
		return host, true
	}
	return host + ":" + strconv.FormatUint(n, 10), true
}

func safeHost(s string) (string, bool) {
	if inner, found := strings.CutPrefix(s, "["); found {
		return safeIPv6(inner)
	}
	if strings.Contains(s, "%") { // what is not ASCII is escaped in what SafeURL returns
		decoded, err := url.PathUnescape(s)
		if err != nil {
			return "", false
		}
		s = decoded
	}
	s = strings.ToLower(s)
	named := false
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			named = true
		case r == '.', r == '-', r == '_':
		case r > unicode.MaxASCII && r != utf8.RuneError && unicode.IsGraphic(r) && !unicode.IsSpace(r):
			named = true
		default:
			return "", false
		}
	}
	return escapeTail(s), named
}

func safeIPv6(s string) (string, bool) {
	digits, found := strings.CutSuffix(s, "]")
	ip, err := netip.ParseAddr(digits)
	if !found || err != nil || !ip.Is6() || ip.Zone() != "" {
		return "", false
	}
	return "[" + ip.String() + "]", true
}

// escapeTail percent-encodes what mustn't stand in a path, query or fragment: everything outside ASCII, spaces, controls,
// quotes, brackets of markup, a "%" that begins no escape, and a second "#".
func escapeTail(s string) string {
	clean := true
	for i := range len(s) {
		if !plainInTail(s[i]) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	const hex = "0123456789ABCDEF"
	out := make([]byte, 0, len(s)+32)
	fragment := false
	for i := range len(s) {
		c := s[i]
		escaped := c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])
		if plainInTail(c) || escaped || c == '#' && !fragment {
			out = append(out, c)
			fragment = fragment || c == '#'
			continue
		}
		out = append(out, '%', hex[c>>4], hex[c&15])
	}
	return string(out)
}

func plainInTail(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	return strings.IndexByte("-._~!$&'()*+,;=:@[]/?", c) >= 0
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}
