package exchange

import (
	"strings"

	"vitrine/feeds/content"
)

type tokenKind uint8

const (
	textToken tokenKind = iota
	startToken
	endToken
)

// token is a part of XML or HTML.
type token struct {
	kind   tokenKind
	name   string // of an element, in lower case, with its prefix
	attrs  []attribute
	closed bool // a start tag that is its own end
	text   string
	line   int // where it begins
}

type attribute struct{ name, value string } // the name in lower case

// attr returns an attribute without the spaces around it, "" where there is none.
func (t token) attr(name string) string {
	for _, a := range t.attrs {
		if a.name == name {
			return strings.TrimSpace(a.value)
		}
	}
	return ""
}

// maxAttributes is how many attributes of a tag are read.
const maxAttributes = 60

// scanner finds tags and texts in XML and HTML, tolerantly. Entities that a document defines itself stay as they are written, so that
// none can grow. It never goes back: its time grows with the length alone.
type scanner struct {
	src   string
	pos   int
	line  int
	cut   bool   // the source ended within a tag or comment
	ended string // the quotation marks of which there is none any more
}

func newScanner(src string) *scanner { return &scanner{src: src, line: 1} }

// take returns what stands before the position, and goes there.
func (s *scanner) take(to int) string {
	part := s.src[s.pos:to]
	s.line += strings.Count(part, "\n")
	s.pos = to
	return part
}

// takeUntil returns what stands before a mark, and goes behind it; without one it goes to the end.
func (s *scanner) takeUntil(mark string) string {
	i := strings.Index(s.src[s.pos:], mark)
	if i < 0 {
		s.cut = true
		return s.take(len(s.src))
	}
	part := s.take(s.pos + i)
	s.take(s.pos + len(mark))
	return part
}

// next returns the next tag or text; ok is false at the end.
func (s *scanner) next() (t token, ok bool) {
	for s.pos < len(s.src) {
		rest := s.src[s.pos:]
		t = token{line: s.line}
		switch {
		case !isTag(rest):
			end := len(s.src)
			if i := s.nextTag(); i >= 0 {
				end = i
			}
			t.text = content.Unescape(s.take(end))
			return t, true
		case strings.HasPrefix(rest, "<!--"):
			s.takeUntil("-->")
		case strings.HasPrefix(rest, "<![CDATA["):
			s.take(s.pos + len("<![CDATA["))
			t.text = s.takeUntil("]]>")
			return t, true
		case rest[1] == '!':
			s.doctype()
		case rest[1] == '?':
			s.takeUntil(">")
		case rest[1] == '/':
			s.take(s.pos + 2)
			name, _, _ := strings.Cut(s.takeUntil(">"), " ")
			t.kind, t.name = endToken, strings.ToLower(strings.TrimSpace(name))
			return t, true
		default:
			s.tag(&t)
			return t, true
		}
	}
	return token{}, false
}

// nextTag returns where the next tag begins, -1 for nowhere.
func (s *scanner) nextTag() int {
	for from := s.pos + 1; ; {
		i := strings.IndexByte(s.src[from:], '<')
		if i < 0 {
			return -1
		}
		if isTag(s.src[from+i:]) {
			return from + i
		}
		from += i + 1
	}
}

// isTag reports the beginning of a tag, a comment or the like; not "<3", nor addresses as Markdown writes them, <https://a.example>.
func isTag(s string) bool {
	if len(s) < 2 || s[0] != '<' {
		return false
	}
	switch c := s[1]; {
	case c == '!' || c == '?' || c == '/':
		return true
	case c|0x20 < 'a' || c|0x20 > 'z':
		return false
	}
	name := s[1:]
	if len(name) > 100 {
		name = name[:100]
	}
	if i := strings.IndexAny(name, " \t\r\n>"); i >= 0 {
		name = name[:i]
	}
	return !strings.Contains(name, "://") && !strings.Contains(name, "@")
}

// doctype passes over a declaration with what it may define.
func (s *scanner) doctype() {
	rest := s.src[s.pos:]
	if i := strings.IndexAny(rest, "[>"); i >= 0 && rest[i] == '[' {
		s.takeUntil("]")
	}
	s.takeUntil(">")
}

// tag reads a start tag.
func (s *scanner) tag(t *token) {
	s.take(s.pos + 1)
	t.kind = startToken
	t.name = strings.ToLower(s.takeWhile(func(c byte) bool { return !isBlank(c) && c != '>' && c != '/' }))
	for {
		s.takeWhile(isBlank)
		switch {
		case s.pos == len(s.src):
			s.cut = true
			return
		case s.src[s.pos] == '>':
			s.take(s.pos + 1)
			return
		case s.src[s.pos] == '/':
			s.take(s.pos + 1)
			t.closed = s.pos < len(s.src) && s.src[s.pos] == '>'
			continue
		}
		a := s.attribute()
		if len(t.attrs) < maxAttributes {
			t.attrs = append(t.attrs, a)
		}
	}
}

func (s *scanner) attribute() attribute {
	a := attribute{name: strings.ToLower(s.takeWhile(func(c byte) bool { return !isBlank(c) && c != '>' && c != '/' && c != '=' }))}
	s.takeWhile(isBlank)
	if s.pos == len(s.src) || s.src[s.pos] != '=' {
		return a
	}
	s.take(s.pos + 1)
	s.takeWhile(isBlank)
	if s.pos == len(s.src) {
		return a
	}
	quote := s.src[s.pos : s.pos+1]
	if (quote == `"` || quote == "'") && !strings.Contains(s.ended, quote) {
		if end := strings.Index(s.src[s.pos+1:], quote); end >= 0 {
			s.take(s.pos + 1)
			a.value = content.Unescape(s.takeUntil(quote))
			return a
		}
		s.ended += quote
		s.cut = true
	}
	a.value = content.Unescape(s.takeWhile(func(c byte) bool { return !isBlank(c) && c != '>' }))
	return a
}

func (s *scanner) takeWhile(is func(c byte) bool) string {
	end := s.pos
	for end < len(s.src) && is(s.src[end]) {
		end++
	}
	return s.take(end)
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// skip passes over what stands in an element whose content is no text for people.
func (s *scanner) skip(name string) {
	end := "</" + name
	for {
		i := strings.IndexByte(s.src[s.pos:], '<')
		if i < 0 {
			s.take(len(s.src))
			return
		}
		s.take(s.pos + i)
		if rest := s.src[s.pos:]; len(rest) >= len(end) && strings.EqualFold(rest[:len(end)], end) {
			return
		}
		s.take(s.pos + 1)
	}
}
