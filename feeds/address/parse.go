package address

import (
	"strings"
	"unicode"
)

// Reason is why a text is no address.
type Reason string

// The reasons.
const (
	Empty        Reason = "empty"
	NoServer     Reason = "noserver"     // a name without a whole server name: "marta@hafenlicht"
	NotAnAddress Reason = "notanaddress" // nothing that we know
	UnknownPath  Reason = "unknownpath"  // a page of a server that we can't name; Error.Host says which
)

// Error says why a text is no address.
type Error struct {
	Reason Reason
	Host   string // the server that the text named, "" without one
}

func (e *Error) Error() string { return "not an address: " + string(e.Reason) }

// Parse reads whatever a person has in hand. The error is an *Error.
func Parse(text string) (Address, error) {
	s := tidy(text)
	switch {
	case s == "":
		return Address{}, &Error{Reason: Empty}
	case strings.Contains(s, "://"), strings.HasPrefix(s, "web+ap:"), strings.HasPrefix(s, "web+activitypub:"):
		return parseURL(s)
	case strings.HasPrefix(s, "acct:"):
		return parseHandle(strings.TrimPrefix(s, "acct:"), Profile)
	case strings.HasPrefix(s, "!"):
		return parseHandle(s[1:], Community)
	case strings.HasPrefix(s, "#"):
		return parseTag(s[1:])
	case strings.HasPrefix(s, "@"):
		return parseHandle(s[1:], Profile)
	case strings.Contains(s, "/"):
		return parseURL("https://" + s)
	case strings.Contains(s, "@"):
		return parseHandle(s, Profile)
	}
	if host, ok := cleanHost(s); ok {
		return Address{Kind: Server, Host: host}, nil
	}
	return Address{}, &Error{Reason: NotAnAddress}
}

// tidy takes away what people copy along: spaces, brackets, quotes, the end of a sentence, marks that can't be seen.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '＠':
			return '@'
		case r == '＃':
			return '#'
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	s = strings.TrimSpace(s)
	s = strings.TrimLeft(s, "<([{\"'“„«‹")
	return strings.TrimSpace(strings.TrimRight(s, ">)]}\"'”“»›.,;:!?"+"…"))
}

// parseHandle reads "user@host", without its sign.
func parseHandle(s string, kind Kind) (Address, error) {
	s = strings.TrimPrefix(s, "@")
	user, domain, _ := strings.Cut(s, "@")
	host, ok := cleanHost(domain)
	switch {
	case !isUser(user):
		return Address{}, &Error{Reason: NotAnAddress}
	case !ok:
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
	host, ok := cleanHost(domain)
	if !ok {
		return Address{}, &Error{Reason: NoServer}
	}
	return Address{Kind: Tag, Host: host, Tag: tag}, nil
}

// isUser reports the name part of a handle. Servers allow letters, digits, "_", "-" and "."; a few allow more letters.
func isUser(s string) bool {
	return s != "" && len(s) <= 200 && !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.~", r)
	})
}

func isTag(s string) bool {
	return s != "" && len(s) <= 400 && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("#/?@<>\"\\", r)
	})
}

// isID reports the id of a post: numbers, ULIDs, flakes and UUIDs.
func isID(s string) bool {
	return s != "" && len(s) <= 100 && !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_')
	})
}

// isNumber reports the ids of Mastodon and its like.
func isNumber(s string) bool {
	return s != "" && len(s) <= 20 && strings.Trim(s, "0123456789") == ""
}

// String returns the address in a form that Parse reads back: a handle, a hashtag, a host, or the URL of a post or feed.
func (a Address) String() string {
	switch a.Kind {
	case Profile:
		return "@" + a.User + "@" + a.Domain
	case Community:
		return "!" + a.User + "@" + a.Domain
	case Tag:
		if a.Host == "" {
			return "#" + a.Tag
		}
		return "#" + a.Tag + "@" + a.Host
	case Server:
		return a.Host
	case Post:
		return Origin(a.Host) + "/statuses/" + a.ID
	}
	return a.URL
}
