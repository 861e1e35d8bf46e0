package address

import (
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxText is the longest text that is looked into, in bytes. The longest URLs of posts are a tenth of it.
const maxText = 4096

// Parse reads whatever a person has in hand. Of a text with several words it takes the first URL or whole handle, as phones
// share a page's title along with its address. The error is an *Error.
func Parse(text string) (Address, error) {
	if len(text) > maxText || !utf8.ValidString(text) {
		return Address{}, &Error{Reason: NotAnAddress}
	}
	s := tidy(text)
	if s == "" {
		return Address{}, &Error{Reason: Empty}
	}
	if strings.ContainsFunc(s, unicode.IsSpace) {
		return parseWords(strings.Fields(s))
	}
	return parseWord(s)
}

// parseWords reads the first word that can only be an address. A host or hashtag within a sentence is merely a word.
func parseWords(words []string) (Address, error) {
	var page Address
	for _, w := range words {
		w = trim(w)
		if !strings.Contains(w, "://") && !isWholeHandle(w) {
			continue
		}
		a, err := parseWord(w)
		if err == nil && a.Kind != Page {
			return a, nil
		}
		if err == nil && page == (Address{}) {
			page = a
		}
	}
	if page != (Address{}) { // better than nothing
		return page, nil
	}
	return Address{}, &Error{Reason: NotAnAddress}
}

// isWholeHandle reports "@user@host", not "user@host", which in a sentence is an e-mail address.
func isWholeHandle(s string) bool {
	return strings.HasPrefix(s, "@") && strings.Contains(s[1:], "@")
}

// parseWord reads a tidied text without spaces.
func parseWord(s string) (Address, error) {
	for _, scheme := range []string{"web+ap:", "web+activitypub:"} { // FEP-07d7
		if rest, ok := cutPrefixFold(s, scheme); ok {
			return parseWord(strings.TrimLeft(rest, "/"))
		}
	}
	if handle, ok := cutPrefixFold(s, "acct:"); ok {
		return parseHandle(handle, Profile)
	}
	if feed, ok := cutPrefixFold(s, "feed:"); ok {
		return parseFeed(feed)
	}
	switch {
	case s == "":
		return Address{}, &Error{Reason: Empty}
	case strings.Contains(s, "://"):
		return parseURL(s)
	case strings.HasPrefix(s, "#/"):
		return parseFragment(s[len("#/"):])
	case strings.HasPrefix(s, "!"):
		return parseHandle(s[1:], Community)
	case strings.HasPrefix(s, "#"):
		return parseTag(s[1:])
	case strings.HasPrefix(s, "@"):
		return parseHandle(s, Profile)
	case strings.ContainsAny(s, "/?"):
		return parseURL("https://" + s)
	case strings.Contains(s, "@"):
		return parseHandle(s, Profile)
	}
	host, ok := CleanHost(s)
	if !ok {
		return Address{}, &Error{Reason: NotAnAddress}
	}
	return Address{Kind: Server, Host: host}, nil
}

// tidy takes away what people copy along and can't see, and what stands around an address.
func tidy(s string) string {
	return trim(strings.Map(func(r rune) rune {
		switch {
		case r == '＠':
			return '@'
		case r == '＃':
			return '#'
		case unicode.IsControl(r):
			return ' '
		case r == '\u200c' || r == '\u200d': // joiners belong to words, of Persian hashtags too
			return r
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s))
}

// trim takes away spaces, brackets, quotes and the end of a sentence. The brackets of an IPv6 host stay.
func trim(s string) string {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return isSpace(r) || strings.ContainsRune("<({\"'“„«‹‘‚", r) })
	if strings.HasPrefix(s, "[") && !isIPv6(strings.Cut(s[1:], "]")) {
		return trim(s[1:])
	}
	s = strings.TrimRightFunc(s, func(r rune) bool { return isSpace(r) || strings.ContainsRune(">)}\"'”“»›’‘.,;:!?…", r) })
	if inner, ok := strings.CutSuffix(s, "]"); ok && !isIPv6(inner[strings.LastIndexByte(inner, '[')+1:], "", true) {
		return trim(inner)
	}
	return s
}

// isIPv6 reports what stands in brackets; its parameters are the results of strings.Cut at the closing one.
func isIPv6(inside, _ string, closed bool) bool {
	ip, err := netip.ParseAddr(inside)
	return closed && err == nil && ip.Is6()
}

// isSpace reports space, and joiners, which join nothing at an end.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\u200c' || r == '\u200d' }

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// parseHandle reads "user@host", with or without its first "@".
func parseHandle(s string, kind Kind) (Address, error) {
	user, domain, _ := strings.Cut(strings.TrimPrefix(s, "@"), "@")
	if !isUser(user) {
		return Address{}, &Error{Reason: NotAnAddress}
	}
	host, ok := CleanHost(strings.TrimSuffix(domain, "/"))
	if !ok {
		return Address{}, &Error{Reason: NoServer}
	}
	return Address{Kind: kind, Host: host, User: user, Domain: host}, nil
}

// parseTag reads "tag@host" or "tag", without its sign.
func parseTag(s string) (Address, error) {
	tag, domain, at := strings.Cut(s, "@")
	if !isTag(tag) {
		return Address{}, &Error{Reason: NotAnAddress}
	}
	if !at {
		return Address{Kind: Tag, Tag: tag}, nil
	}
	host, ok := CleanHost(domain)
	if !ok {
		return Address{}, &Error{Reason: NoServer}
	}
	return Address{Kind: Tag, Host: host, Tag: tag}, nil
}
