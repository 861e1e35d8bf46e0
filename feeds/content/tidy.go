package content

import (
	"strings"
	"unicode"
)

// What a canonical text looks like: no two Texts side by side, none empty; no mark without content; no mark in another of its
// kind; Invisible and Ellipsis in links only; a link shows something; a Ruby has its annotation.

// isLink reports kinds with an address and children.
func isLink(k Kind) bool { return k == Link || k == Mention || k == Hashtag }

// group is a set of kinds that don't nest in each other, as a bit; 0 for kinds that do.
func group(k Kind) uint32 {
	switch k {
	case Mention, Hashtag:
		return 1 << Link
	case Emphasis, Strong, Strike, Underline, Link, Ruby, Invisible, Ellipsis:
		return 1 << k
	}
	return 0
}

// tidy returns the canonical form of inline nodes whose white space is collapsed. within are the groups around them.
func (b *builder) tidy(nodes []Node, within uint32) []Node {
	out := make([]Node, 0, len(nodes))
	for _, n := range nodes {
		switch n.Kind {
		case Break, Emoji:
			out = append(out, n)
		case Text, Code:
			if n.Text == " " {
				n.Kind = Text
			}
			if n.Text != "" {
				out = append(out, n)
			}
		default:
			out = b.tidyMark(out, n, within)
		}
	}
	return joinTexts(out)
}

// tidyMark appends a mark in its canonical form, or what is in it where the mark itself has no use.
func (b *builder) tidyMark(out []Node, n Node, within uint32) []Node {
	kind := group(n.Kind)
	n.Children = b.tidy(n.Children, within|kind)
	switch {
	case len(n.Children) == 0:
		return out
	case within&kind != 0,
		n.Kind == Ruby && n.Text == "",
		(n.Kind == Invisible || n.Kind == Ellipsis) && within&group(Link) == 0,
		isLink(n.Kind) && isBlank(n.Children):
		return append(out, n.Children...)
	case isLink(n.Kind):
		if !isVisible(n.Children) {
			n.Children = joinTexts(reveal(n.Children))
		}
		n = b.handles.classify(n)
	}
	return append(out, n)
}

// joinTexts makes one Text of several side by side.
func joinTexts(nodes []Node) []Node {
	out := nodes[:0]
	for i := 0; i < len(nodes); {
		end := i + 1
		for nodes[i].Kind == Text && end < len(nodes) && nodes[end].Kind == Text {
			end++
		}
		n := nodes[i]
		if end-i > 1 {
			n = Node{Text: textOf(nodes[i:end])}
		}
		out = append(out, n)
		i = end
	}
	return out
}

// reveal takes Invisible away, for a link that would otherwise show nothing.
func reveal(nodes []Node) []Node {
	var out []Node
	for _, n := range nodes {
		n.Children = reveal(n.Children)
		if n.Kind == Invisible {
			out = append(out, n.Children...)
			continue
		}
		out = append(out, n)
	}
	return out
}

// isBlank reports that nodes draw nothing but white space.
func isBlank(nodes []Node) bool {
	for _, n := range nodes {
		if n.Kind == Emoji || !isSpace(n.Text) || !isBlank(n.Children) {
			return false
		}
	}
	return true
}

func isVisible(nodes []Node) bool {
	for _, n := range nodes {
		if n.Kind != Invisible && (n.Kind == Emoji || !isSpace(n.Text) || isVisible(n.Children)) {
			return true
		}
	}
	return false
}

func isSpace(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) }) < 0
}

// textOf is all text of inline nodes, hidden parts too.
func textOf(nodes []Node) string {
	if len(nodes) == 1 && nodes[0].Kind == Text {
		return nodes[0].Text
	}
	var s strings.Builder
	writeText(&s, nodes)
	return s.String()
}

func writeText(s *strings.Builder, nodes []Node) {
	for _, n := range nodes {
		switch n.Kind {
		case Text, Code:
			s.WriteString(n.Text)
		case Break:
			s.WriteByte('\n')
		case Emoji:
			s.WriteString(":" + n.Name + ":")
		default:
			writeText(s, n.Children)
		}
	}
}
