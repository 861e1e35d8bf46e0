package content

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// HTML writes a Doc as HTML, for feeds and exports. ParseHTML reads the same Doc from it, given the same Options.
func HTML(d Doc) string {
	var b strings.Builder
	for i, block := range d.Blocks {
		n := element(block)
		if d.QuoteFallback != nil && *d.QuoteFallback == i && block.Kind == Paragraph {
			set(n, "class", "quote-inline")
		}
		if err := html.Render(&b, n); err != nil {
			return b.String() // a strings.Builder doesn't fail, and our elements are all allowed
		}
	}
	return b.String()
}

// element makes the HTML element of a node.
func element(n Node) *html.Node {
	switch n.Kind {
	case Text:
		return &html.Node{Type: html.TextNode, Data: n.Text}
	case Code:
		return with(tag("code"), &html.Node{Type: html.TextNode, Data: n.Text})
	case CodeBlock:
		code := with(tag("code"), &html.Node{Type: html.TextNode, Data: n.Text})
		if n.Name != "" {
			set(code, "class", "language-"+n.Name)
		}
		return with(tag("pre"), code)
	case Emoji:
		img := tag("img")
		set(img, "class", "emoji")
		set(img, "src", n.Href)
		set(img, "alt", ":"+n.Name+":")
		return img
	case Ruby:
		return with(nest("ruby", n.Children), with(tag("rt"), &html.Node{Type: html.TextNode, Data: n.Text}))
	case Link, Mention, Hashtag:
		return anchor(n)
	case Invisible, Ellipsis:
		span := nest("span", n.Children)
		set(span, "class", map[Kind]string{Invisible: "invisible", Ellipsis: "ellipsis"}[n.Kind])
		return span
	case Heading:
		return nest("h"+strconv.Itoa(min(max(n.Level, 1), 6)), n.Children)
	case List:
		if n.Ordered {
			return nest("ol", n.Children)
		}
		return nest("ul", n.Children)
	}
	return nest(plainTag(n.Kind), n.Children)
}

func plainTag(k Kind) string {
	switch k {
	case Break:
		return "br"
	case Emphasis:
		return "em"
	case Strong:
		return "strong"
	case Strike:
		return "del"
	case Underline:
		return "u"
	case Sub:
		return "sub"
	case Sup:
		return "sup"
	case Quote:
		return "blockquote"
	case ListItem:
		return "li"
	case Rule:
		return "hr"
	}
	return "p"
}

func anchor(n Node) *html.Node {
	a := nest("a", n.Children)
	set(a, "href", n.Href)
	switch n.Kind {
	case Mention:
		set(a, "class", "u-url mention")
	case Hashtag:
		set(a, "class", "mention hashtag")
		set(a, "rel", "tag")
	case Link:
		set(a, "rel", "nofollow noopener noreferrer")
	}
	return a
}

func tag(name string) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name))}
}

func nest(name string, nodes []Node) *html.Node {
	n := tag(name)
	for _, c := range nodes {
		n.AppendChild(element(c))
	}
	return n
}

func with(n, child *html.Node) *html.Node {
	n.AppendChild(child)
	return n
}

func set(n *html.Node, name, value string) {
	n.Attr = append(n.Attr, html.Attribute{Key: name, Val: value})
}
