package content

import (
	"net/url"
	"strings"
	"unicode"
)

// handleTable knows the accounts and tags that a server says are linked in a text.
type handleTable struct {
	byURL  map[string]string  // checked address -> handle
	byUser map[account]string // user name and host of the address -> handle
	tags   []string
}

// account is a user name at the host of its page, both in lower case.
type account struct{ user, host string }

func newHandleTable(o Options) handleTable {
	t := handleTable{tags: o.Tags}
	if len(o.Mentions) > 0 {
		t.byURL = make(map[string]string, len(o.Mentions))
		t.byUser = make(map[account]string, len(o.Mentions))
	}
	for _, m := range o.Mentions {
		href, ok := SafeURL(m.URL, o.BaseURL)
		if !ok {
			continue
		}
		t.byURL[href] = m.Handle
		if u, err := url.Parse(href); err == nil {
			user, _, _ := strings.Cut(m.Handle, "@")
			t.byUser[account{strings.ToLower(user), u.Host}] = m.Handle
		}
	}
	return t
}

// classify decides whether a link is a Mention, a Hashtag or neither. Its Kind says how its source marked it.
func (t *handleTable) classify(n Node) Node {
	text := strings.TrimSpace(textOf(n.Children))
	if name, ok := t.tagName(n.Kind, text); ok {
		n.Kind, n.Name = Hashtag, name
		return n
	}
	handle, known := t.byURL[n.Href]
	switch {
	case known:
		n.Kind, n.Name = Mention, handle
	case n.Kind == Mention:
		n.Name = t.handleOf(n.Href, text)
	default:
		n.Kind, n.Name = Link, ""
	}
	return n
}

// tagName returns a hashtag as it is written. WordPress marks its categories, which can have spaces, with rel=tag too; Friendica
// has the "#" before the link.
func (t *handleTable) tagName(claim Kind, text string) (string, bool) {
	name, sharp := strings.CutPrefix(text, "#")
	if !sharp {
		name, sharp = strings.CutPrefix(text, "＃")
	}
	if name == "" || strings.ContainsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '#' }) {
		return "", false
	}
	if claim == Hashtag {
		return name, true
	}
	if sharp {
		for _, tag := range t.tags {
			if strings.EqualFold(tag, name) {
				return name, true
			}
		}
	}
	return "", false
}

// handleOf names the account that a link marked as mention goes to, where its address and text agree; "" where they don't. A
// full handle in the text is believed when the address is of a shape that says nothing, as Friendica's /profile/user.
//
// A community keeps the "!" before its name.
func (t *handleTable) handleOf(href, text string) string {
	u, err := url.Parse(href)
	if err != nil {
		return ""
	}
	if _, sign, name, ok := pathAt(text, strings.IndexByte(text, '/')); ok && sign == '!' {
		text = "!" + name
	} else if ok {
		text = name
	}
	if community, ok := strings.CutPrefix(text, "!"); ok {
		if handle := t.handleOf(href, community); handle != "" {
			return "!" + handle
		}
		return ""
	}
	user, host := accountOf(u)
	name, given, _ := strings.Cut(strings.TrimPrefix(text, "@"), "@")
	switch {
	case name == "" || strings.ContainsFunc(name, notInUser) || strings.ContainsFunc(given, notInHost):
		return ""
	case given == "" && user == "", user != "" && !strings.EqualFold(user, name):
		return ""
	case given != "":
		return name + "@" + strings.ToLower(given)
	}
	// The account may be called after another host than the one its pages are on; the server knows.
	if handle, ok := t.byUser[account{strings.ToLower(user), u.Host}]; ok {
		return handle
	}
	return user + "@" + host
}

// accountOf reads /@user, /@user@host, /users/user, Lemmy's /u/user and /c/community, Mbin's /m/magazine.
func accountOf(u *url.URL) (user, host string) {
	path := strings.TrimSuffix(u.Path, "/")
	for _, prefix := range [...]string{"/@", "/users/", "/u/", "/c/", "/m/"} {
		if rest, found := strings.CutPrefix(path, prefix); found {
			user, host, _ = strings.Cut(rest, "@")
			break
		}
	}
	if host == "" {
		host = u.Host
	}
	if strings.ContainsFunc(user, notInUser) || strings.ContainsFunc(host, notInHost) {
		return "", ""
	}
	return user, strings.ToLower(host)
}

func notInUser(r rune) bool {
	return r != '_' && r != '.' && r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

func notInHost(r rune) bool { return r != ':' && notInUser(r) }
