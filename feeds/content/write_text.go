package content

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// PlainText is a Doc for reading without any markup: an empty line between blocks, list items with their markers, quotes behind
// "> ", tables with aligned columns. Links are their visible text.
func PlainText(d Doc) string { return blocksText(d.Blocks, "\n\n") }

func blocksText(blocks []Node, between string) string {
	var s strings.Builder
	for i, n := range blocks {
		if i > 0 {
			s.WriteString(between)
		}
		s.WriteString(blockText(n))
	}
	return s.String()
}

func blockText(n Node) string {
	switch n.Kind {
	case CodeBlock:
		return n.Text
	case Rule:
		return "———"
	case Fold:
		return strings.TrimPrefix(n.Name+"\n", "\n") + Indent(blocksText(n.Children, "\n\n"), "  ", "  ")
	case Quote:
		return Indent(blocksText(n.Children, "\n\n"), "> ", "> ")
	case List:
		return listText(n)
	case Table:
		return tableText(n)
	case Terms:
		return blocksText(n.Children, "\n")
	case Definition:
		return Indent(blocksText(n.Children, "\n"), "  ", "  ")
	}
	return InlineText(n.Children)
}

func listText(list Node) string {
	items := make([]string, 0, len(list.Children))
	number, step := 1, 1
	if list.Reversed {
		number, step = len(list.Children), -1
	}
	if list.Number != nil {
		number = *list.Number
	}
	for _, item := range list.Children {
		marker, margin := "• ", "  "
		if item.Number != nil {
			number = *item.Number
		}
		if list.Ordered {
			marker = numberText(number, list.Name) + ". "
			margin = strings.Repeat(" ", len(marker))
		}
		number += step
		items = append(items, strings.TrimRight(Indent(blocksText(item.Children, "\n"), marker, margin), " "))
	}
	return strings.Join(items, "\n")
}

// numberText is a number as a list counts that has the attribute type. What its signs can't say is said in digits.
// Source: https://html.spec.whatwg.org/multipage/grouping-content.html#attr-ol-type
func numberText(n int, kind string) string {
	var s string
	switch {
	case n < 1 || n > 3999:
		return strconv.Itoa(n)
	case kind == "a" || kind == "A":
		for ; n > 0; n = (n - 1) / 26 {
			s = string(rune('A'+(n-1)%26)) + s
		}
	case kind == "i" || kind == "I":
		for at, value := range [...]int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1} {
			for ; n >= value; n -= value {
				s += [...]string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}[at]
			}
		}
	default:
		return strconv.Itoa(n)
	}
	if kind >= "a" {
		return strings.ToLower(s)
	}
	return s
}

// Indent puts first before the first line and rest before the others, with no space at the end of empty ones.
func Indent(s, first, rest string) string {
	var out strings.Builder
	for i, line := range strings.Split(s, "\n") {
		switch {
		case i == 0:
			out.WriteString(first)
		case line == "":
			out.WriteString("\n" + strings.TrimRight(rest, " "))
		default:
			out.WriteString("\n" + rest)
		}
		out.WriteString(line)
	}
	return out.String()
}

// InlineText is the visible text of inline nodes; Breaks are line ends.
func InlineText(nodes []Node) string {
	var s strings.Builder
	writeVisible(&s, nodes)
	return s.String()
}

func writeVisible(s *strings.Builder, nodes []Node) {
	for _, n := range nodes {
		switch n.Kind {
		case Text, Code:
			s.WriteString(n.Text)
		case Break:
			s.WriteByte('\n')
		case Emoji:
			s.WriteString(":" + n.Name + ":")
		case Invisible:
		case Ellipsis:
			writeVisible(s, n.Children)
			s.WriteString(ellipsis)
		case Sub, Sup:
			s.WriteString(scriptText(n.Kind, InlineText(n.Children)))
		case Ruby:
			writeVisible(s, n.Children)
			s.WriteString(" (" + n.Text + ")")
		default:
			writeVisible(s, n.Children)
		}
	}
}

// scriptText is what a text that stands low or high looks like: 10⁶, H₂O. Where its signs don't exist so, a number is parted from
// the one before it: 10^6,5.
func scriptText(kind Kind, s string) string {
	high := kind == Sup
	var out strings.Builder
	for _, r := range s {
		switch at := strings.IndexRune("0123456789+-=()", r); {
		case at == 1 && high:
			r = '¹'
		case (at == 2 || at == 3) && high:
			r = rune('²' + at - 2)
		case at >= 0 && high:
			r = rune('⁰' + at)
		case at >= 0:
			r = rune('₀' + at)
		case r == '\u2212' && high:
			r = '⁻'
		case r == '\u2212':
			r = '₋'
		case s == "n" && high:
			r = 'ⁿ'
		case s == "i" && high:
			r = 'ⁱ'
		case s == "" || s[0] == '[' || !strings.ContainsAny(s, "0123456789+-=\u2212"):
			return s
		default:
			sign := map[bool]string{false: "_", true: "^"}[high]
			if strings.ContainsAny(s, " +-=\u2212") {
				return sign + "(" + s + ")"
			}
			return sign + s
		}
		out.WriteRune(r)
	}
	return out.String()
}

// Title is how a Doc begins, on one line of at most max characters and the "…" that follows where there is more. It is cut
// between words; where a word fills most of the line, as in scripts without spaces, between characters. A paragraph that stands
// in for a quoted post is left out when there is other text, and what is folded away is its title alone.
func Title(d Doc, max int) string {
	var words []string
	length := 0
	for i, n := range closed(d.Blocks) {
		if d.QuoteFallback != nil && *d.QuoteFallback == i && len(d.Blocks) > 1 {
			continue
		}
		text := ""
		if n.Kind == Table {
			text = tableLine(n)
		} else {
			text = blockText(n)
		}
		for word := range strings.FieldsSeq(text) {
			words = append(words, word)
			length += utf8.RuneCountInString(word) + 1
		}
		if length > max+1 {
			break
		}
	}
	return cutLine(strings.Join(words, " "), max)
}

// closed returns blocks in which each Fold is its title alone.
func closed(nodes []Node) []Node {
	out := nodes
	for i, n := range nodes {
		inside := closed(n.Children)
		if n.Kind != Fold && (len(inside) == 0 || &inside[0] == &n.Children[0]) {
			continue
		}
		if &out[0] == &nodes[0] {
			out = slices.Clone(nodes)
		}
		if out[i].Children = inside; n.Kind == Fold {
			out[i] = Node{Kind: Paragraph, Children: []Node{{Text: n.Name}}}
		}
	}
	return out
}

// cutLine cuts a line of single-spaced words.
func cutLine(s string, max int) string {
	end, at, space := 0, 0, 0 // end: of max characters, in bytes; space: the last one before it
	for i, r := range s {
		if at == max {
			end = i
			break
		}
		if r == ' ' {
			space = i
		}
		at++
	}
	switch {
	case end == 0 && max > 0:
		return s
	case s == "":
		return ""
	case end > 0 && s[end] == ' ':
	case space > end/2:
		end = space
	default:
		end = characterStart(s, end)
	}
	return strings.TrimRight(s[:end], " ") + ellipsis
}

// characterStart moves a cut before the character it would tear apart: before signs that join or change the one before them.
func characterStart(s string, at int) int {
	for at > 0 {
		next, _ := utf8.DecodeRuneInString(s[at:])
		before, size := utf8.DecodeLastRuneInString(s[:at])
		const joiner = '\u200D'
		if next != joiner && before != joiner && !unicode.IsMark(next) && (next < '\U0001F3FB' || next > '\U0001F3FF') {
			break
		}
		at -= size
	}
	return at
}
