package syndication

import (
	"cmp"
	"errors"
	"strings"

	"golang.org/x/net/html"
)

// What a hostile feed can cost. A podcast with a thousand episodes has some 30 elements for each.
const (
	maxElements = 200_000
	maxDepth    = 64 // XHTML of a newsletter's tables nests some forty deep
)

var (
	errWebPage = errors.New("a web page that names no feed")
	errOther   = errors.New("neither RSS nor Atom nor JSON Feed")
	errBroken  = errors.New("a feed of which no item can be read")
	errCut     = errors.New("a feed that was cut off")
	errEmpty   = errors.New("an empty answer")
)

// element is an element of a feed, or a text among an element's children, which has no name.
//
// Names are in lower case, which HTML's tokenizer gives and no two names of a feed differ by. They have the usual prefix of their
// namespace, whatever prefix the feed has for it: "itunes:image", and "atom:title" in Atom feeds too. RSS has no namespace.
type element struct {
	name     string
	text     string
	base     string // what its addresses are resolved against: the nearest xml:base, checked; "" where the feed has none
	attrs    []attribute
	children []*element
}

type attribute struct{ name, value string }

// attr returns an attribute without the spaces around it, "" where there is none.
func (e *element) attr(name string) string {
	for _, a := range e.attrs {
		if a.name == name {
			return strings.TrimSpace(a.value)
		}
	}
	return ""
}

// child returns the first child of that name, nil for none.
func (e *element) child(name string) *element {
	for _, c := range e.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// words is all text in an element without the spaces around it. A nil element has none.
func (e *element) words() string {
	if e == nil {
		return ""
	}
	var s strings.Builder
	e.writeText(&s)
	return strings.TrimSpace(s.String())
}

func (e *element) writeText(s *strings.Builder) {
	s.WriteString(e.text)
	for _, c := range e.children {
		c.writeText(s)
	}
}

// hasMarkup reports elements within an element.
func (e *element) hasMarkup() bool {
	for _, c := range e.children {
		if c.name != "" {
			return true
		}
	}
	return false
}

// inner writes what is in an element as HTML.
func (e *element) inner() string {
	var s strings.Builder
	for _, c := range e.children {
		c.writeHTML(&s)
	}
	return s.String()
}

func (e *element) writeHTML(s *strings.Builder) {
	if e.name == "" {
		s.WriteString(html.EscapeString(e.text))
		return
	}
	local := localName(e.name)
	s.WriteString("<" + local)
	for _, a := range e.attrs {
		if !strings.Contains(a.name, ":") && a.name != "xmlns" {
			if (a.name == "href" || a.name == "src") && e.base != "" {
				a.value = cmp.Or(resolved(a.value, e.base), a.value)
			}
			s.WriteString(" " + a.name + `="` + html.EscapeString(a.value) + `"`)
		}
	}
	s.WriteString(">")
	for _, c := range e.children {
		c.writeHTML(s)
	}
	switch local {
	case "br", "hr", "img", "wbr", "source", "input", "col", "track", "embed": // HTML has no end tags for them
	default:
		s.WriteString("</" + local + ">")
	}
}

func localName(name string) string {
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

func isItem(name string) bool {
	return name == "item" || name == "atom:entry" || name == "podcast:liveitem"
}

// maxAttributes is how many attributes of a tag are read.
const maxAttributes = 40

// readTag reads the start tag that a tokenizer stands at, with its name as it was written.
func readTag(z *html.Tokenizer) *element {
	name, more := z.TagName()
	tag := &element{name: string(name)}
	for more && len(tag.attrs) < maxAttributes {
		var key, value []byte
		key, value, more = z.TagAttr()
		tag.attrs = append(tag.attrs, attribute{string(key), string(value)})
	}
	return tag
}

// treeReader makes a tree of the tokens of HTML, which know entities by name and have no opinion of wrongly nested elements.
type treeReader struct {
	z      *html.Tokenizer
	url    string // of the feed, checked
	open   []frame
	own    string // the usual prefix of the format's own elements: "atom:", "" for RSS
	prefix string // what they are written with; "" for nothing
	names  string // of those that are the format's own wherever they stand in its structure
	beyond int    // open elements below maxDepth, which aren't kept
	count  int
	items  int // that were read to their ends
}

// frame is an element whose end tag hasn't come.
type frame struct {
	element *element
	raw     string // its name as it was written
	spaces  []namespace
}

// parseTree reads XML up to the end of its root, which has to be that of a feed. What stands before is passed over, such as error
// messages that PHP prints. A feed whose last tags alone are missing is complete; one that ends within an item is cut off.
//
// Addresses in it are relative to feedURL, which is checked.
func parseTree(src, feedURL string) (*element, error) {
	r := &treeReader{url: feedURL, z: html.NewTokenizer(strings.NewReader(src))}
	r.z.AllowCDATA(true)
	root, err := r.root()
	if err != nil {
		return nil, err
	}
	for r.count < maxElements && len(r.open) > 0 {
		switch r.z.Next() {
		case html.ErrorToken:
			return root, r.cut()
		case html.TextToken:
			r.text()
		case html.StartTagToken:
			r.start()
			r.z.NextIsNotRawText()
		case html.SelfClosingTagToken:
			if r.start() {
				r.pop(len(r.open) - 1)
			}
			r.z.NextIsNotRawText()
		case html.EndTagToken:
			name, _ := r.z.TagName()
			r.end(string(name))
		}
	}
	return root, nil
}

// root reads up to the start tag of a feed.
func (r *treeReader) root() (*element, error) {
	for {
		switch r.z.Next() {
		case html.ErrorToken:
			return nil, errOther
		case html.DoctypeToken:
			if kind := strings.Fields(strings.ToLower(string(r.z.Text()))); len(kind) > 0 && kind[0] == "html" {
				return nil, errWebPage
			}
		case html.StartTagToken:
			r.start()
			r.z.NextIsNotRawText()
			root := &r.open[0]
			switch localName(root.raw) {
			case "html", "head", "body":
				return nil, errWebPage
			case "feed", "entry":
				r.own, r.names = "atom:", atomNames
			case "rss", "rdf", "channel":
				r.names = rssNames
			default:
				r.open = nil
				continue
			}
			prefix, _, hasPrefix := strings.Cut(root.raw, ":")
			if r.prefix = prefix; !hasPrefix || prefix == "rdf" {
				r.prefix = ""
			}
			root.element.name = r.own + localName(root.raw)
			return root.element, nil
		}
	}
}

func (r *treeReader) cut() error {
	for _, f := range r.open {
		if isItem(f.element.name) {
			return errCut
		}
	}
	if r.items == 0 {
		return errCut
	}
	return nil
}

const cdata = "<![CDATA["

// text adds a text. The tokenizer would read entities in CDATA too, where "&amp;" is five characters.
func (r *treeReader) text() {
	raw := string(r.z.Raw())
	text, isCDATA := strings.CutPrefix(raw, cdata)
	if isCDATA {
		text = strings.TrimSuffix(text, "]]>")
	} else {
		text = unescaped(raw)
	}
	top := r.open[len(r.open)-1].element
	top.children = append(top.children, &element{text: text})
	r.count++
}

// start opens an element, and reports whether it is kept.
func (r *treeReader) start() bool {
	tag := readTag(r.z)
	f := frame{raw: tag.name, element: tag}
	for _, a := range tag.attrs {
		if prefix, ok := strings.CutPrefix(a.name, "xmlns"); ok && (prefix == "" || prefix[0] == ':') {
			prefix = strings.TrimPrefix(prefix, ":")
			f.spaces = append(f.spaces, namespace{prefix, usualPrefix(a.value, prefix)})
		}
	}
	if len(r.open) >= maxDepth {
		r.beyond++
		return false
	}
	r.count++
	if len(r.open) > 0 {
		parent := r.open[len(r.open)-1].element
		parent.children = append(parent.children, f.element)
	}
	tag.base = r.baseOf(tag)
	r.open = append(r.open, f)
	f.element.name = r.nameOf(f.raw, tag)
	return true
}

// baseOf is the nearest xml:base of an element that is not open yet. Source: https://www.w3.org/TR/xmlbase/
func (r *treeReader) baseOf(tag *element) string {
	outer := ""
	if len(r.open) > 0 {
		outer = r.open[len(r.open)-1].element.base
	}
	if own := tag.attr("xml:base"); own != "" {
		return cmp.Or(resolved(own, cmp.Or(outer, r.url)), outer)
	}
	return outer
}

// end closes the innermost element of that name and all within it. A stray end tag means nothing. The end of an item ends what
// nests too deep in it.
func (r *treeReader) end(name string) {
	local := localName(name)
	if r.beyond > 0 && local != "item" && local != "entry" && !isContainer(name) {
		r.beyond--
		return
	}
	r.beyond = 0
	for i := len(r.open) - 1; i >= 0; i-- {
		if r.open[i].raw == name {
			r.pop(i)
			return
		}
		if isItem(r.open[i].element.name) && !isContainer(name) { // the end tag of nothing in this item
			return
		}
	}
}

// isContainer reports the elements that an item stands in: their end is an item's too.
func isContainer(name string) bool {
	switch localName(name) {
	case "channel", "rss", "rdf", "feed", "items":
		return true
	}
	return false
}

func (r *treeReader) pop(to int) {
	for i := to; i < len(r.open); i++ {
		if isItem(r.open[i].element.name) {
			r.items++
		}
	}
	r.open = r.open[:to]
}
