package content

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// named writes a piece of text in which handles (@user@host) and communities (!name@host) become mentions, and web addresses links.
func (b *builder) named(s string) {
	rest := s
	for from := 0; ; {
		at := strings.IndexAny(rest[from:], "@!")
		if at < 0 {
			break
		}
		at += from
		n, length := handleAt(rest[at:])
		if length == 0 || isInWord(rest[:at]) || inAddress(rest[:at]) {
			from = at + 1
			continue
		}
		b.linked(rest[:at])
		b.mention(n, rest[at:at+length])
		rest, from = rest[at+length:], 0
	}
	b.linked(rest)
}

func (b *builder) mention(n Node, label string) {
	b.beginMark("mention", n)
	b.text(label)
	b.end("mention")
}

// handleAt reads a full handle at the beginning of s, and says how long it is; 0 when there is none.
func handleAt(s string) (n Node, length int) {
	user := wordLength(s[1:], notInUser)
	if user == 0 || len(s) < user+2 || s[user+1] != '@' {
		return Node{}, 0
	}
	host := wordLength(s[user+2:], notInHost)
	for host > 0 && strings.IndexByte(".:-_", s[user+1+host]) >= 0 {
		host-- // a sentence's punctuation
	}
	name, domain := s[1:user+1], s[user+2:user+2+host]
	if !strings.Contains(domain, ".") && !strings.HasPrefix(domain, "localhost") {
		return Node{}, 0
	}
	path := "/@"
	if s[0] == '!' {
		path = "/c/"
	}
	href, ok := SafeURL("https://"+domain+path+url.PathEscape(name), "")
	if !ok {
		return Node{}, 0
	}
	n = Node{Kind: Mention, Href: href, Name: name + "@" + strings.ToLower(domain)}
	if s[0] == '!' {
		n.Name = "!" + n.Name
	}
	return n, user + 2 + host
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
