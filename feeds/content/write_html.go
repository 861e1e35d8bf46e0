package content

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// HTML writes a Doc for feeds and exports, in the classes of the fediverse. ParseHTML makes the same Doc of it when it is given
// the same Options, as long as it is not longer than MaxSource. A Doc may have come from a store, so addresses are checked again.
func HTML(d Doc) string { return render(treeOf(d)) }

// treeOf is a Doc as a tree of HTML.
func treeOf(d Doc) *html.Node {
	root := &html.Node{Type: html.DocumentNode}
	appendNodes(root, d.Blocks)
	if at := d.QuoteFallback; at != nil && *at >= 0 && *at < len(d.Blocks) && d.Blocks[*at].Kind == Paragraph {
		n := root.FirstChild
		for range *at {
			n = n.NextSibling
		}
		setAttr(n, "class", "quote-inline")
	}
	return root
}

func render(root *html.Node) string {
	var out strings.Builder
	if err := html.Render(&out, root); err != nil {
		return "" // impossible: a strings.Builder takes everything, and no void element of ours has children
	}
	return out.String()
}

func appendNodes(parent *html.Node, nodes []Node) {
	for _, n := range nodes {
		appendNode(parent, n)
	}
}

func appendNode(parent *html.Node, n Node) {
	switch n.Kind {
	case Text:
		appendText(parent, unbroken(parent, n.Text))
	case Code:
		code := appendElement(parent, atom.Code)
		if n.Name != "" {
			setAttr(code, "class", "language-"+n.Name)
		}
		appendText(code, n.Text)
	case CodeBlock:
		code := appendElement(appendElement(parent, atom.Pre), atom.Code)
		if n.Name != "" {
			setAttr(code, "class", "language-"+n.Name)
		}
		appendText(code, n.Text)
	case Link, Mention, Hashtag:
		appendLink(parent, n)
	case Emoji:
		appendEmoji(parent, n)
	case Ruby:
		ruby := appendElement(parent, atom.Ruby)
		appendNodes(ruby, n.Children)
		appendText(appendElement(ruby, atom.Rp), "(")
		appendText(appendElement(ruby, atom.Rt), n.Text)
		appendText(appendElement(ruby, atom.Rp), ")")
	case Invisible, Ellipsis:
		span := appendElement(parent, atom.Span)
		class := "invisible"
		if n.Kind == Ellipsis {
			class = "ellipsis"
		}
		setAttr(span, "class", class)
		appendNodes(span, n.Children)
	case Fold:
		details := appendElement(parent, atom.Details)
		if n.Name != "" {
			appendText(appendElement(details, atom.Summary), n.Name)
		}
		appendNodes(details, n.Children)
	case Table:
		appendTable(parent, n)
	case Definition:
		appendItem(appendElement(parent, atom.Dd), n.Children)
	case ListItem:
		li := appendElement(parent, atom.Li)
		if n.Number != nil {
			setAttr(li, "value", strconv.Itoa(*n.Number))
		}
		appendItem(li, n.Children)
	case List:
		list := appendElement(parent, elementOf(n))
		if n.Number != nil {
			setAttr(list, "start", strconv.Itoa(*n.Number))
		}
		if n.Reversed {
			setAttr(list, "reversed", "")
		}
		if n.Name != "" {
			setAttr(list, "type", n.Name)
		}
		appendNodes(list, n.Children)
	default:
		appendNodes(appendElement(parent, elementOf(n)), n.Children)
	}
}

// unbroken makes spaces that mean something survive where nothing says that they do, as in readers of feeds: those that would
// collapse are no-break spaces. Other texts have none.
func unbroken(parent *html.Node, s string) string {
	const tab = "    "
	s = strings.ReplaceAll(s, "\t", tab)
	if text := strings.TrimLeft(s, " "); text != s && beginsLine(parent) {
		s = strings.Repeat("\u00a0", len(s)-len(text)) + text
	}
	for strings.Contains(s, "  ") {
		s = strings.ReplaceAll(s, "  ", "\u00a0 ")
	}
	return s
}

// beginsLine reports that what is appended to parent is the first in its line, where spaces collapse.
func beginsLine(parent *html.Node) bool {
	before := parent.LastChild
	for ; before == nil && isMarkElement(parent.DataAtom); parent = parent.Parent {
		before = parent.PrevSibling
	}
	return before == nil || before.DataAtom == atom.Br
}

func isMarkElement(tag atom.Atom) bool {
	_, mark := markOf(tag)
	return mark || tag == atom.Span
}

// elementOf names the element of a node that needs no attributes.
func elementOf(n Node) atom.Atom {
	switch n.Kind {
	case Break:
		return atom.Br
	case Emphasis:
		return atom.Em
	case Strong:
		return atom.Strong
	case Strike:
		return atom.Del
	case Underline:
		return atom.U
	case Sub:
		return atom.Sub
	case Sup:
		return atom.Sup
	case Paragraph:
		return atom.P
	case Heading:
		return [...]atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}[min(max(n.Level, 1), 6)-1]
	case Quote:
		return atom.Blockquote
	case Rule:
		return atom.Hr
	case Terms:
		return atom.Dl
	case Term:
		return atom.Dt
	case List:
		if n.Ordered {
			return atom.Ol
		}
		return atom.Ul
	}
	return atom.Span
}

// appendItem writes an item of one paragraph without the p, as people write lists.
func appendItem(li *html.Node, blocks []Node) {
	if len(blocks) > 0 && blocks[0].Kind == Paragraph && (len(blocks) == 1 || blocks[1].Kind == List) {
		appendNodes(li, blocks[0].Children)
		blocks = blocks[1:]
	}
	appendNodes(li, blocks)
}

func appendLink(parent *html.Node, n Node) {
	href, ok := SafeURL(n.Href, "")
	if !ok {
		appendNodes(parent, n.Children)
		return
	}
	a := appendElement(parent, atom.A)
	setAttr(a, "href", href)
	rel := "nofollow noopener noreferrer"
	switch n.Kind {
	case Mention:
		setAttr(a, "class", "u-url mention")
	case Hashtag:
		setAttr(a, "class", "mention hashtag")
		rel = "tag " + rel
	}
	setAttr(a, "rel", rel)
	appendNodes(a, n.Children)
}

// appendEmoji gives the size too: feed readers know nothing of the class.
func appendEmoji(parent *html.Node, n Node) {
	label := ":" + n.Name + ":"
	src, ok := SafeMedia(n.Href, "")
	if !ok {
		appendText(parent, label)
		return
	}
	img := appendElement(parent, atom.Img)
	setAttr(img, "class", "emoji")
	setAttr(img, "src", src)
	setAttr(img, "alt", label)
	setAttr(img, "title", label)
	setAttr(img, "width", "20")
	setAttr(img, "height", "20")
}

func appendElement(parent *html.Node, tag atom.Atom) *html.Node {
	n := &html.Node{Type: html.ElementNode, DataAtom: tag, Data: tag.String()}
	parent.AppendChild(n)
	return n
}

func appendText(parent *html.Node, s string) {
	parent.AppendChild(&html.Node{Type: html.TextNode, Data: s})
}

func setAttr(n *html.Node, name, value string) {
	n.Attr = append(n.Attr, html.Attribute{Key: name, Val: value})
}

// appendTable writes a table whose rows say which of them are its head.
func appendTable(parent *html.Node, n Node) {
	table := appendElement(parent, atom.Table)
	rows, head := TableRows(n), HeaderRows(n)
	if len(rows) < len(n.Children) {
		appendNodes(appendElement(table, atom.Caption), n.Children[0].Children)
	}
	var group *html.Node
	for y, row := range rows {
		switch y {
		case head:
			group = appendElement(table, atom.Tbody)
		case 0:
			group = appendElement(table, atom.Thead)
		}
		tr := appendElement(group, atom.Tr)
		for _, cell := range row.Children {
			appendCell(tr, cell, Scope(cell, y < head, len(row.Children) == 1))
		}
	}
}

func appendCell(tr *html.Node, n Node, scope string) {
	c := TableCell{}
	if n.Cell != nil {
		c = *n.Cell
	}
	tag := atom.Td
	if c.Header {
		tag = atom.Th
	}
	cell := appendElement(tr, tag)
	for _, a := range [...]struct {
		name, value string
		on          bool
	}{
		{"scope", scope, scope != ""},
		{"align", c.Align, c.Align != ""}, // a class means nothing to feed readers
		{"colspan", strconv.Itoa(c.Columns), c.Columns > 1},
		{"rowspan", strconv.Itoa(c.Rows), c.Rows > 1},
	} {
		if a.on {
			setAttr(cell, a.name, a.value)
		}
	}
	appendItem(cell, n.Children)
}
