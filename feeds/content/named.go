package content

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// named writes a piece of text in which handles (@user@host), communities (!name@host) and their paths at any forum (/u/user@host,
// /c/name@host, /m/name@host) become mentions, and web addresses links. With Options.Home paths need no host, and with Options.Names
// the others don't either.
func (b *builder) named(s string) {
	rest := s
	for from := 0; ; {
		at := strings.IndexAny(rest[from:], "@!/")
		if at < 0 {
			break
		}
		at += from
		start, n, length := b.nameAt(rest, at)
		if length == 0 || isInWord(rest[:start]) || inAddress(rest[:start]) {
			from = at + 1
			continue
		}
		b.linked(rest[:start])
		b.mention(n, rest[start:start+length])
		rest, from = rest[start+length:], 0
	}
	b.linked(rest)
}

func (b *builder) mention(n Node, label string) {
	b.beginMark("mention", n)
	b.text(label)
	b.end("mention")
}

// nameAt reads a name that the sign at the given place in s belongs to, and says where it starts and how long it is; 0 when there is
// none.
func (b *builder) nameAt(s string, at int) (start int, n Node, length int) {
	start, sign, bare := at, s[at], b.options.Names
	name := s[at+1:]
	if sign == '/' {
		var ok bool
		if start, sign, name, ok = pathAt(s, at); !ok {
			return 0, Node{}, 0
		}
		bare = true
	}
	before := len(s) - len(name) - start
	if n, length = handleAt(sign, name); length == 0 && bare && b.options.Home != "" {
		n, length = b.homeName(sign, name)
	}
	if length > 0 {
		length += before
	}
	return start, n, length
}

// pathAt reads the folder of a forum's page that the slash at the given place in s belongs to: "/u/", "/c/", "/m/", or without the
// first slash. sign is that of the name's kind.
func pathAt(s string, at int) (start int, sign byte, name string, ok bool) {
	switch {
	case at < 0:
	case at+2 < len(s) && s[at+2] == '/':
		start, sign, name = at, s[at+1], s[at+3:]
	case at > 0:
		start, sign, name = at-1, s[at-1], s[at+1:]
		if end := strings.TrimRight(s[:start], " "); end != "" && end[len(end)-1] >= '0' && end[len(end)-1] <= '9' { // a unit: 5 m/sec
			return 0, 0, "", false
		}
	}
	switch sign {
	case 'u':
		return start, '@', name, true
	case 'c', 'm':
		return start, '!', name, true
	}
	return 0, 0, "", false
}

// handleAt reads user@host at the beginning of s, and says how long it is; 0 when there is none.
func handleAt(sign byte, s string) (n Node, length int) {
	user := wordLength(s, notInUser)
	if user == 0 || len(s) < user+1 || s[user] != '@' {
		return Node{}, 0
	}
	host := wordLength(s[user+1:], notInHost)
	for host > 0 && strings.IndexByte(".:-_", s[user+host]) >= 0 {
		host-- // a sentence's punctuation
	}
	domain := s[user+1 : user+1+host]
	if !strings.Contains(domain, ".") && !strings.HasPrefix(domain, "localhost") {
		return Node{}, 0
	}
	folder := "/@"
	if sign == '!' {
		folder = "/c/"
	}
	return mentionOf(sign, s[:user], domain, "https://"+domain+folder), user + 1 + host
}

// homeName reads a name without a host.
func (b *builder) homeName(sign byte, s string) (n Node, length int) {
	length = wordLength(s, notInUser)
	for length > 0 && strings.IndexByte(".-_", s[length-1]) >= 0 {
		length--
	}
	if length < minBareName || length < len(s) && (s[length] == '/' || s[length] == '@') {
		return Node{}, 0
	}
	folder := b.options.Home + "/u/"
	switch {
	case sign == '!' && b.options.Names: // Mbin
		folder = b.options.Home + "/m/"
	case sign == '!':
		folder = b.options.Home + "/c/"
	}
	if base := "http://" + b.options.Home + "/"; strings.HasPrefix(b.options.BaseURL, base) {
		return mentionOf(sign, s[:length], b.options.Home, "http://"+folder), length
	}
	return mentionOf(sign, s[:length], b.options.Home, "https://"+folder), length
}

// minBareName is how short a name without a host is at least: "c/o" is none.
const minBareName = 2

// mentionOf is a name of somebody, or with the sign "!" of a community, whose page is in a folder.
func mentionOf(sign byte, name, domain, folder string) Node {
	href, ok := SafeURL(folder+url.PathEscape(name), "")
	if !ok {
		return Node{}
	}
	n := Node{Kind: Mention, Href: href, Name: name + "@" + strings.ToLower(domain)}
	if sign == '!' {
		n.Name = "!" + n.Name
	}
	return n
}

func wordLength(s string, ends func(rune) bool) int {
	if end := strings.IndexFunc(s, ends); end >= 0 {
		return end
	}
	return len(s)
}

// isInWord reports that what follows s doesn't begin a word.
func isInWord(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return s != "" && (r == '/' || r == '@' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r))
}

// inAddress reports that s ends within a web address.
func inAddress(s string) bool {
	at := strings.LastIndex(s, "://")
	return at >= 0 && !strings.ContainsAny(s[at:], " \t\n<>\"")
}
