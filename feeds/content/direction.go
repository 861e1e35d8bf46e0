package content

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Direction is the value of dir for a block. One that holds text finds its own direction ("auto"). A quote, a list, an item or a fold that
// holds blocks with directions of their own has that of its first strong letter: "auto" doesn't look into elements that have a dir.
// Sources: https://html.spec.whatwg.org/multipage/dom.html#the-dir-attribute, rules P2 and P3 of UAX #9.
func Direction(n Node) string {
	switch n.Kind {
	case CodeBlock:
		return "ltr"
	case Paragraph, Heading, Term, Caption:
		return "auto"
	case List: // its name says how it counts
		return firstStrong("", directionOf(n.Children, false), "auto")
	}
	return firstStrong(n.Name, directionOf(n.Children, false), "auto")
}

// HasWords reports that a block has letters beside the names of accounts and hashtags in it. These don't decide its direction then,
// and are isolated by a dir of their own.
func HasWords(nodes []Node) bool { return directionOf(nodes, true) != "" }

// directionOf is the direction of the first strong letter, "" where there is none.
func directionOf(nodes []Node, skipNames bool) string {
	for _, n := range nodes {
		if n.Kind == Emoji || n.Kind == CodeBlock || skipNames && (n.Kind == Mention || n.Kind == Hashtag) {
			continue
		}
		if d := firstStrong(n.Text, directionOf(n.Children, skipNames), ""); d != "" {
			return d
		}
	}
	return ""
}

// firstStrong is the direction of the first letter of s, or else one of the others.
func firstStrong(s, next, last string) string {
	for _, r := range s {
		switch {
		case !unicode.IsLetter(r):
		case r >= 0x590 && r <= 0x8ff, r >= 0xfb1d && r <= 0xfdff, r >= 0xfe70 && r <= 0xfeff, r >= 0x10800 && r <= 0x10fff, r >= 0x1e800 && r <= 0x1efff:
			return "rtl"
		default:
			return "ltr"
		}
	}
	if next != "" {
		return next
	}
	return last
}

// DirectedHTML is HTML in which each block says its direction: it stands on pages that may be written in another one.
func DirectedHTML(d Doc) string {
	root := treeOf(d)
	direct(root)
	return render(root)
}

func direct(parent *html.Node) {
	for n := parent.FirstChild; n != nil; n = n.NextSibling {
		switch n.DataAtom {
		case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Dt, atom.Caption:
			directText(n)
			continue
		case atom.Li, atom.Dd, atom.Td, atom.Th:
			if c := n.FirstChild; c == nil || c.Type == html.TextNode || !isBlockElement(c.DataAtom) {
				directText(n)
			} else {
				setAttr(n, "dir", firstStrong(textIn(n, false), "", "auto"))
			}
		case atom.Blockquote, atom.Ul, atom.Ol, atom.Dl, atom.Details, atom.Table:
			setAttr(n, "dir", firstStrong(textIn(n, false), "", "auto"))
		case atom.Pre:
			setAttr(n, "dir", "ltr")
			continue
		}
		direct(n)
	}
}

func isBlockElement(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Ul, atom.Ol, atom.Dl, atom.Details, atom.Table, atom.Pre, atom.Hr:
		return true
	}
	return false
}

// directText sets the direction of a block that holds text, and isolates the names in it where there are other words.
func directText(n *html.Node) {
	setAttr(n, "dir", "auto")
	if firstStrong(textIn(n, true), "", "") == "" {
		return
	}
	for c := range n.Descendants() {
		if isName(c) && c.Attr[len(c.Attr)-1].Key != "dir" {
			setAttr(c, "dir", "auto")
		}
	}
}

// isName reports the link of a mention or a hashtag.
func isName(n *html.Node) bool {
	return n.DataAtom == atom.A && len(n.Attr) > 1 && strings.Contains(n.Attr[1].Val, "mention") // href, class
}

func textIn(n *html.Node, skipNames bool) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.DataAtom == atom.Pre || skipNames && isName(n) {
		return ""
	}
	var s strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s.WriteString(textIn(c, skipNames))
	}
	return s.String()
}
