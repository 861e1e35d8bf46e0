package syndication

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vitrine/feeds/content"
)

// form is what a text is written in.
type form uint8

const (
	guess    form = iota // HTML or plain text: RSS doesn't say
	plain                // nothing in it is markup
	markup               // HTML
	markdown             // source:markdown
)

// text is a text as a feed has it, with XML's own escapes undone.
type text struct {
	value string
	form  form
	base  string // xml:base, a checked address; "" for the item's
}

func (t text) isEmpty() bool { return strings.TrimSpace(t.value) == "" }

// doc makes a Doc. Relative addresses are resolved against base.
func (t text) doc(o content.Options) content.Doc {
	if t.base != "" {
		o.BaseURL = t.base
	}
	switch value, form := t.settled(); form {
	case plain:
		return content.ParsePlain(value, o)
	case markdown:
		return content.ParseMarkdown(value, o)
	default:
		return content.ParseHTML(value, o)
	}
}

// settled ends the guessing: it returns a text that is HTML or plain, with escapes undone that were made once too often.
func (t text) settled() (string, form) {
	value := strings.TrimSpace(t.value)
	switch t.form {
	case plain, markdown:
		return value, t.form
	case markup:
		if inner := html.UnescapeString(value); !hasTags(value) && isEscapedHTML(inner) {
			return inner, markup
		}
		return value, markup
	}
	if hasTags(value) {
		return value, markup
	}
	if inner := html.UnescapeString(value); isEscapedHTML(inner) {
		return inner, markup
	} else { // "It&#8217;s", with the line ends of plain text
		return inner, plain
	}
}

// line makes one line of plain text of what is a title or a name, in which a feed may have HTML that it doesn't declare.
func (t text) line() string {
	value := t.value
	switch t.form {
	case markup:
		value = content.PlainText(content.ParseHTML(value, content.Options{}))
		fallthrough // "AT&amp;amp;T" is common in titles
	case guess:
		if closesTags(value) {
			value = content.PlainText(content.ParseHTML(value, content.Options{}))
		} else if strings.Contains(value, "&") {
			value = html.UnescapeString(value)
			if closesTags(value) {
				value = content.PlainText(content.ParseHTML(value, content.Options{}))
			}
		}
	}
	return oneLine(value)
}

// maxLine is how long a title or a name is at most, in bytes.
const maxLine = 1000

// oneLine collapses white space and takes away what is not to be seen.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == '\f':
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == 0xad:
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxLine {
		return strings.ToValidUTF8(s[:maxLine], "") + "…"
	}
	return s
}

// eachTag calls visit for what looks like a tag of HTML in s, until it returns false.
func eachTag(s string, visit func(tag atom.Atom, closing bool) bool) {
	s = s[:strings.LastIndexByte(s, '>')+1] // so that every tag has an end, and none has to look for it
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			return
		}
		s = s[i+1:]
		name, closing := strings.CutPrefix(s, "/")
		end := strings.IndexFunc(name, func(r rune) bool { return (r|0x20 < 'a' || r|0x20 > 'z') && (r < '1' || r > '6') })
		if end <= 0 || strings.IndexByte(" \t\r\n/>", name[end]) < 0 {
			continue
		}
		if tag := atom.Lookup([]byte(strings.ToLower(name[:end]))); tag != 0 && !visit(tag, closing) {
			return
		}
	}
}

func hasTags(s string) (found bool) {
	eachTag(s, func(atom.Atom, bool) bool {
		found = true
		return false
	})
	return found
}

// closesTags reports what is hardly a title's own "<p>": an end tag, or a tag that needs none.
func closesTags(s string) (found bool) {
	eachTag(s, func(tag atom.Atom, closing bool) bool {
		found = closing || tag == atom.Br || tag == atom.Img || tag == atom.Wbr || tag == atom.Hr
		return !found
	})
	return found
}

// isEscapedHTML reports a text that was HTML all along, and not one that speaks of HTML: it begins with a tag, and tags are closed.
func isEscapedHTML(s string) bool {
	return strings.HasPrefix(strings.TrimSpace(s), "<") && closesTags(s)
}
