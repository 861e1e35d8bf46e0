package content

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
)

// isInline reports elements that may stand in a ruby's annotation.
func isInline(tag atom.Atom) bool {
	_, mark := markOf(tag)
	return mark && tag != atom.Ruby || tag == 0 || tag == atom.Span || tag == atom.Br || tag == atom.Img
}

// markOf returns the inline node of an element.
func markOf(tag atom.Atom) (Kind, bool) {
	switch tag {
	case atom.A:
		return Link, true
	case atom.Em, atom.I:
		return Emphasis, true
	case atom.Strong, atom.B:
		return Strong, true
	case atom.Del, atom.S, atom.Strike:
		return Strike, true
	case atom.U:
		return Underline, true
	case atom.Code:
		return Code, true
	case atom.Sub:
		return Sub, true
	case atom.Sup:
		return Sup, true
	case atom.Ruby:
		return Ruby, true
	}
	return 0, false
}

// blockOf returns the block of an element; one of Kind Text only parts what stands before it from what stands in it.
func blockOf(tag atom.Atom, a attrs) (Node, bool) {
	switch tag {
	case atom.P:
		return Node{Kind: Paragraph}, true
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return Node{Kind: Heading, Level: int(tag.String()[1] - '0')}, true
	case atom.Blockquote:
		return Node{Kind: Quote}, true
	case atom.Ul, atom.Menu, atom.Dir:
		return Node{Kind: List}, true
	case atom.Ol:
		n := Node{Kind: List, Ordered: true, Reversed: a.reversed, Number: a.number(a.start)}
		if len(a.kind) == 1 && strings.Contains("aAiI", a.kind) {
			n.Name = a.kind
		}
		if n.Number != nil && *n.Number == 1 && !n.Reversed {
			n.Number = nil
		}
		return n, true
	case atom.Li:
		return Node{Kind: ListItem, Number: a.number(a.value)}, true
	case atom.Dl:
		return Node{Kind: Terms}, true
	case atom.Dt:
		return Node{Kind: Term}, true
	case atom.Dd:
		return Node{Kind: Definition}, true
	case atom.Div:
		if a.hides() {
			return Node{Kind: Fold}, true
		}
		return Node{}, true
	case atom.Table:
		return tableOf(a), true
	case atom.Caption:
		return Node{Kind: Caption}, true
	case atom.Details:
		return Node{Kind: Fold}, true
	case atom.Pre:
		return Node{Kind: CodeBlock, Name: a.language()}, true
	case atom.Address, atom.Article, atom.Aside, atom.Center, atom.Dialog,
		atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.Header, atom.Hgroup, atom.Legend, atom.Main, atom.Nav,
		atom.Optgroup, atom.Option, atom.Section, atom.Textarea:
		return Node{}, true
	}
	return Node{}, false
}

// hasNoText reports elements whose content is no text for people.
func hasNoText(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Iframe, atom.Noembed, atom.Noframes, atom.Title, atom.Svg,
		atom.Video, atom.Audio, atom.Canvas:
		return true
	}
	return false
}

// attrs are the attributes that mean something to us.
type attrs struct {
	href, class, rel, alt, title, encoding, src, data, name, value, width, height, style, start, kind, poster string
	display, role, border, cellpadding, cellspacing, align, colspan, rowspan                                  string

	reversed, checked bool

	medium string // "video" or "audio" for one; no attribute
}

func (p *htmlParser) attrs(more bool) (a attrs) {
	for more {
		var key, value []byte
		key, value, more = p.z.TagAttr()
		var field *string
		switch string(key) {
		case "href":
			field = &a.href
		case "src":
			field = &a.src
		case "width":
			field = &a.width
		case "height":
			field = &a.height
		case "class":
			field = &a.class
		case "rel":
			field = &a.rel
		case "alt":
			field = &a.alt
		case "title", "aria-label":
			field = &a.title
		case "poster":
			field = &a.poster
		case "encoding":
			field = &a.encoding
		case "data", "data-src", "data-lazy-src": // what a script is to put in the place of src
			field = &a.data
		case "name":
			field = &a.name
		case "value":
			field = &a.value
		case "style":
			field = &a.style
		case "start":
			field = &a.start
		case "type":
			field = &a.kind
		case "display":
			field = &a.display
		case "role":
			field = &a.role
		case "border":
			field = &a.border
		case "cellpadding":
			field = &a.cellpadding
		case "cellspacing":
			field = &a.cellspacing
		case "align":
			field = &a.align
		case "colspan":
			field = &a.colspan
		case "rowspan":
			field = &a.rowspan
		case "reversed":
			a.reversed = true
		case "checked":
			a.checked = true
		}
		if field != nil && *field == "" { // the first one counts
			*field = string(value)
		}
	}
	return a
}

func (a attrs) has(class string) bool { return hasWord(a.class, class) }

// hides reports what Discourse and others write around what is hidden until asked for.
func (a attrs) hides() bool { return a.has("spoiler") || a.has(spoilerTag) }

func hasWord(list, word string) bool {
	return strings.Contains(list, word) && slices.Contains(strings.Fields(list), word)
}

// number reads an integer by the rules of HTML, nil for none. Nobody counts beyond nine digits.
// Source: https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#signed-integers
func (attrs) number(s string) *int {
	s = strings.TrimPrefix(strings.TrimLeft(s, " \t\n\f\r"), "+")
	digits := strings.TrimPrefix(s, "-")
	end := len(s) - len(digits) + wordLength(digits, func(r rune) bool { return r < '0' || r > '9' })
	n, err := strconv.Atoi(s[:end])
	if err != nil || n > maxNumber || n < -maxNumber {
		return nil
	}
	return &n
}

// language reads the class that highlighters go by: language-go.
func (a attrs) language() string {
	for word := range strings.FieldsSeq(a.class) {
		name, found := strings.CutPrefix(word, "language-")
		if !found {
			name, found = strings.CutPrefix(word, "lang-")
		}
		if found && name != "" && len(name) <= 30 && strings.IndexFunc(name, notInLanguage) < 0 {
			return name
		}
	}
	return ""
}

func notInLanguage(r rune) bool { return r > '~' || strings.ContainsRune("\"'<>&`", r) || isControl(r) }
