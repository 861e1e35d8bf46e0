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
		o.Spaces = t.form == plain // declared so, as content_text of a JSON Feed is
		return content.ParsePlain(value, o)
	case markdown:
		return content.ParseMarkdown(value, o)
	default:
		return content.ParseHTML(value, o)
	}
}

// settled ends the guessing: it returns a text that is HTML or plain. A description of RSS without a tag is plain text with HTML's
// character references, unless it is a whole piece of HTML that was escaped once too often.
func (t text) settled() (string, form) {
	value := strings.TrimSpace(t.value)
	if t.form != guess {
		return value, t.form
	}
	if hasTags(value) {
		return value, markup
	}
	if inner := unescaped(value); isEscapedHTML(inner) {
		return inner, markup
	} else { // "It&#8217;s", with the line ends of plain text
		return inner, plain
	}
}

// line makes one line of plain text of what is a title or a name, in which a feed may have HTML that it doesn't declare. What comes
// out of decoding is the text: a tag in it is one that the title speaks of.
func (t text) line() string {
	value := t.value
	switch {
	case t.form == markup, t.form == guess && hasMarkup(value):
		value = content.PlainText(content.ParseHTML(value, content.Options{}))
	case t.form == guess:
		value = unescaped(value)
	}
	return oneLine(value)
}

// unescaped undoes the character references that end in ";". HTML knows some without it ("&copy", "&region"), but in a text that may
// not be HTML these are more often parts of an address.
func unescaped(s string) string {
	first := strings.IndexByte(s, '&')
	if first < 0 {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	for i := first; i >= 0; i = strings.IndexByte(s, '&') {
		out.WriteString(s[:i])
		s = s[i:]
		end := 1
		for end < min(len(s), maxReference) && (s[end] == '#' || s[end]|0x20 >= 'a' && s[end]|0x20 <= 'z' || s[end] >= '0' && s[end] <= '9') {
			end++
		}
		if end < len(s) && s[end] == ';' {
			end++
			if char := html.UnescapeString(s[:end]); char == ";" || !strings.HasSuffix(char, ";") {
				out.WriteString(char)
				s = s[end:]
				continue
			}
		}
		out.WriteString(s[:end])
		s = s[end:]
	}
	out.WriteString(s)
	return out.String()
}

// maxReference is longer than the longest name of a character: "&CounterClockwiseContourIntegral;".
const maxReference = 40

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

// tagIn is what looks like a tag of HTML in a text.
type tagIn struct {
	name       atom.Atom
	closing    bool
	attributes string // what stands behind the name, with the slash of "<br/>"
	isWord     bool   // it stands between spaces as a word does, alone or before punctuation
}

// eachTag calls visit for what looks like a tag of HTML in s, until it returns false.
func eachTag(s string, visit func(tagIn) bool) {
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '<')
		if i < 0 {
			return
		}
		start := at + i
		at = start + 1
		length := strings.IndexAny(s[at:], "<>") // what comes first, so that nothing is looked for again and again
		if length < 0 {
			return
		}
		if s[at+length] == '<' {
			continue
		}
		inner, after := s[at:at+length], s[at+length+1:]
		inner, closing := strings.CutPrefix(inner, "/")
		end := strings.IndexFunc(inner, func(r rune) bool { return (r|0x20 < 'a' || r|0x20 > 'z') && (r < '1' || r > '6') })
		if end < 0 {
			end = len(inner)
		} else if strings.IndexByte(" \t\r\n/", inner[end]) < 0 {
			continue
		}
		tag := tagIn{closing: closing, attributes: strings.TrimSpace(inner[end:])}
		if end <= maxTagName {
			tag.name = atom.Lookup([]byte(strings.ToLower(inner[:end])))
		}
		tag.isWord = tag.attributes == "" && (start == 0 || s[start-1] == ' ') && (after == "" || strings.IndexByte(" .,:;?!)", after[0]) >= 0)
		if tag.name != 0 && !visit(tag) {
			return
		}
	}
}

// maxTagName is longer than the longest name of an element.
const maxTagName = 20

func hasTags(s string) (found bool) {
	eachTag(s, func(tagIn) bool {
		found = true
		return false
	})
	return found
}

// hasMarkup reports tags that are markup in a title, and not what it speaks of: an element with both its tags, a picture with an
// address, a line end. A tag without attributes between spaces is a word.
func hasMarkup(s string) (found bool) {
	started := map[atom.Atom]bool{}
	eachTag(s, func(tag tagIn) bool {
		switch {
		case tag.isWord:
		case tag.closing:
			found = started[tag.name]
		case tag.name == atom.Img:
			found = strings.Contains(strings.ToLower(tag.attributes), "src")
		case tag.name == atom.Br, tag.name == atom.Wbr, tag.name == atom.Hr:
			found = true
		default:
			started[tag.name] = true
		}
		return !found
	})
	return found
}

// isEscapedHTML reports a text that was HTML all along, and not one that speaks of HTML: it begins with a tag, and ends with the end
// of an element or with one that has no end.
func isEscapedHTML(s string) bool {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, "<") || !strings.HasSuffix(s, ">") {
		return false
	}
	started, ends := map[atom.Atom]bool{}, false
	eachTag(s, func(tag tagIn) bool {
		if !tag.closing {
			started[tag.name] = true
		}
		ends = tag.closing && started[tag.name] || tag.name == atom.Br || tag.name == atom.Hr || tag.name == atom.Img && tag.attributes != ""
		return true
	})
	return ends
}
