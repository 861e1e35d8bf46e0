package exchange

import (
	"strings"
	"unicode"

	"vitrine/feeds/address"
)

// readText reads addresses in a text. What could be something else, as an e-mail address or a mere host, counts only where nothing but
// addresses stands in its line.
func readText(text string) (Result, error) {
	c := newCollector(Text)
	text = strings.ReplaceAll(text, "\r\n", "\n")
	line := 0
	for part := range strings.SplitSeq(strings.ReplaceAll(text, "\r", "\n"), "\n") {
		line++
		if c.full {
			break
		}
		if found := c.words(line, part); !found && isProse(part) {
			c.unread(line, part, NoAddress)
		}
	}
	return c.text()
}

// text returns what was collected of a text. Where nothing in it is or looks like an address, it was written for something else.
func (c *collector) text() (Result, error) {
	if len(c.Entries) == 0 && !c.full {
		for _, u := range c.Unread {
			if u.Reason != NoAddress {
				return c.result()
			}
		}
		return Result{}, badData("nothing in it is an address")
	}
	return c.result()
}

// isProse reports a line that says something: no blank one, no rule and no heading of Markdown.
func isProse(line string) bool {
	line = strings.TrimSpace(line)
	return !strings.HasPrefix(line, "# ") && !strings.HasPrefix(line, "##") &&
		strings.ContainsFunc(line, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// readHTML reads addresses in the text and links of HTML.
func readHTML(text string) (Result, error) {
	c := newCollector(HTML)
	s := newScanner(text)
	for !c.full {
		t, ok := s.next()
		if !ok {
			break
		}
		switch {
		case t.kind == textToken:
			line := t.line
			for part := range strings.SplitSeq(t.text, "\n") {
				c.words(line, part)
				line++
			}
		case t.kind != startToken:
		case t.name == "a":
			href := t.attr("href")
			if strings.HasPrefix(href, "/@") { // as a server writes of people from elsewhere: /@user@host
				href = href[1:]
			}
			c.words(t.line, href)
		case t.name == "script" || t.name == "style" || t.name == "title" || t.name == "template" || t.name == "noscript":
			if !t.closed {
				s.skip(t.name)
			}
		}
	}
	return c.text()
}

// words adds what the words of a line name, and reports whether anything was or looked like an address.
func (c *collector) words(line int, text string) (found bool) {
	words := split(text)
	alone := c.Format != HTML && onlyAddresses(words)
	for _, w := range words {
		if c.full {
			break
		}
		switch i := strings.Index(w, linkStart); {
		case i >= 0:
			c.link(line, w[i:])
			found = true
		case alone || isMarked(w):
			found = c.word(line, w, alone) || found
		}
	}
	return found
}

// word adds what a word names, and reports whether it was or looked like an address. A server and a page are often named where nobody
// means them as something to follow, so they count only in a line of nothing but addresses. Of a web page, which has hundreds of links,
// they aren't even reported.
func (c *collector) word(line int, w string, alone bool) bool {
	a, reason := c.look(w)
	if reason == "" && !alone && (a.Kind == address.Page || a.Kind == address.Server) {
		reason = Page
	}
	switch {
	case reason == "":
		c.addAddress(a, Entry{Line: line})
	case c.Format == HTML && (reason == Page || reason == NoAddress):
		return false
	case reason == NoAddress && !strings.Contains(w, "://"):
		return false
	default:
		c.unread(line, w, reason)
	}
	return true
}

// link adds a list that is shared as a link.
func (c *collector) link(line int, text string) {
	l, err := DecodeLink(text)
	if err != nil {
		c.unread(line, text, Broken)
		return
	}
	e := Entry{Line: line}
	if l.Name != "" {
		e.Lists = []string{l.Name}
	}
	for _, one := range l.Addresses {
		c.add(one, e)
	}
}

// isMarked reports what can only be meant as an address, wherever it stands.
func isMarked(w string) bool {
	switch {
	case strings.Contains(w, "://"), strings.HasPrefix(w, "#/"), strings.HasPrefix(w, "acct:"):
		return true
	case strings.HasPrefix(w, "@"), strings.HasPrefix(w, "!"), strings.HasPrefix(w, "#"):
		return strings.Contains(w[1:], "@")
	}
	return false
}

// onlyAddresses reports a line of which each word may be an address.
func onlyAddresses(words []string) bool {
	for _, w := range words {
		if !isMarked(w) && !strings.Contains(w, "@") && len(words) > 1 {
			return false
		}
	}
	return true
}

// split returns the words of a line without what Markdown, tables and sentences put around an address.
func split(line string) []string {
	line = strings.ReplaceAll(line, "](", " ")
	var words []string
	for _, w := range strings.FieldsFunc(line, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("<>\"`|", r)
	}) {
		for _, one := range apart(w) {
			one = strings.Trim(one, "*~")
			if open := strings.TrimLeft(one, "[("); len(open) < len(one) && !strings.HasPrefix(one, "[:") {
				one = open
			}
			if strings.ContainsFunc(one, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) && !isBullet(one) {
				words = append(words, one)
			}
		}
	}
	return words
}

// isBullet reports the number of an item in a list, "12." or "3)".
func isBullet(w string) bool {
	rest := strings.TrimLeft(w, "0123456789")
	return rest == "." || rest == ")" || rest == ":"
}

// apart splits words that only a comma or semicolon separates. Those within a URL are its own, unless another address follows.
func apart(w string) []string {
	var all []string
	start := 0
	for i := 0; i < len(w); i++ {
		if w[i] != ',' && w[i] != ';' {
			continue
		}
		if rest := w[i+1:]; !strings.Contains(w[start:i], "://") || rest == "" || startsAddress(rest) {
			all = append(all, w[start:i])
			start = i + 1
		}
	}
	return append(all, w[start:])
}

func startsAddress(s string) bool {
	return strings.ContainsAny(s[:1], "@!#") || strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "acct:")
}
