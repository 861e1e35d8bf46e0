package content

import (
	"strings"
	"unicode"
)

// ParsePlain reads plain text: blank lines part paragraphs, line ends are kept, web addresses become links.
func ParsePlain(src string, o Options) Doc {
	if len(src) > MaxSource {
		src = strings.ToValidUTF8(src[:MaxSource], "")
	}
	p := &parser{o: o, emoji: emojiIndex(o.Emoji), fallback: -1}
	f := &flow{p: p, top: true}
	src = strings.ReplaceAll(strings.ReplaceAll(src, "\r\n", "\n"), "\r", "\n")
	for _, line := range strings.Split(clean(src), "\n") {
		if strings.TrimSpace(line) == "" {
			f.flush(false)
			continue
		}
		if p.full {
			break
		}
		if len(f.run) > 0 {
			f.run = append(f.run, p.made(Node{Kind: Break}, p.room())...)
		}
		f.run = append(f.run, p.linked(line)...)
	}
	f.flush(false)
	return p.normalise(f.out)
}

// linked makes links of the web addresses in a line.
func (p *parser) linked(line string) []Node {
	var out []Node
	for line != "" {
		at := strings.Index(line, "http")
		for at >= 0 && !startsAddress(line, at) {
			next := strings.Index(line[at+1:], "http")
			if next < 0 {
				at = -1
				break
			}
			at += next + 1
		}
		if at < 0 {
			return append(out, p.text(line, within{})...)
		}
		end := at + addressLength(line[at:])
		out = append(out, p.text(line[:at], within{})...)
		if href, ok := SafeURL(line[at:end], ""); ok && p.room() && p.room() {
			out = append(out, Node{Kind: Link, Href: href, Children: []Node{{Text: line[at:end]}}})
		} else {
			out = append(out, p.text(line[at:end], within{})...)
		}
		line = line[end:]
	}
	return out
}

func startsAddress(line string, at int) bool {
	rest := line[at:]
	if !strings.HasPrefix(rest, "http://") && !strings.HasPrefix(rest, "https://") {
		return false
	}
	return at == 0 || !(line[at-1] >= 'a' && line[at-1] <= 'z' || line[at-1] >= 'A' && line[at-1] <= 'Z' || line[at-1] >= '0' && line[at-1] <= '9')
}

// addressLength says how far an address goes: to the next space or quote, without the punctuation of the sentence it stands in.
func addressLength(s string) int {
	end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("<>\"“”«»", r) })
	if end < 0 {
		end = len(s)
	}
	for end > 0 {
		last := s[end-1]
		switch {
		case strings.IndexByte(".,;:!?'", last) >= 0:
		case last == ')' && strings.Count(s[:end], "(") < strings.Count(s[:end], ")"):
		case last == ']' && strings.Count(s[:end], "[") < strings.Count(s[:end], "]"):
		default:
			return end
		}
		end--
	}
	return end
}

// PlainText returns the text of a Doc for people: paragraphs parted by blank lines, list items with their marks, quotes behind
// "> ". Links are their visible words.
func PlainText(d Doc) string {
	var parts []string
	for _, b := range d.Blocks {
		parts = append(parts, blockText(b))
	}
	return strings.Join(parts, "\n\n")
}

func blockText(n Node) string {
	switch n.Kind {
	case CodeBlock:
		return n.Text
	case Rule:
		return "———"
	case Quote:
		return "> " + strings.ReplaceAll(joinBlocks(n.Children, "\n\n"), "\n", "\n> ")
	case List:
		items := make([]string, 0, len(n.Children))
		for i, item := range n.Children {
			mark := "• "
			if n.Ordered {
				mark = itoa(i+1) + ". "
			}
			items = append(items, mark+strings.ReplaceAll(joinBlocks(item.Children, "\n"), "\n", "\n  "))
		}
		return strings.Join(items, "\n")
	}
	var b strings.Builder
	inlineText(&b, n.Children)
	return b.String()
}

func joinBlocks(blocks []Node, sep string) string {
	parts := make([]string, 0, len(blocks))
	for _, b := range blocks {
		parts = append(parts, blockText(b))
	}
	return strings.Join(parts, sep)
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// InlineText returns the visible text of inline nodes on one line or more.
func InlineText(nodes []Node) string {
	var b strings.Builder
	inlineText(&b, nodes)
	return b.String()
}

func inlineText(b *strings.Builder, nodes []Node) {
	for _, n := range nodes {
		switch n.Kind {
		case Text, Code:
			b.WriteString(n.Text)
		case Break:
			b.WriteByte('\n')
		case Emoji:
			b.WriteString(":" + n.Name + ":")
		case Invisible:
		case Ellipsis:
			inlineText(b, n.Children)
			b.WriteString("…")
		case Ruby:
			inlineText(b, n.Children)
			b.WriteString(" (" + n.Text + ")")
		default:
			inlineText(b, n.Children)
		}
	}
}

// Title returns the first words of a Doc on one line, at most max characters, cut at a word and marked with "…".
func Title(d Doc, max int) string {
	words := strings.Fields(PlainText(d))
	var b strings.Builder
	n := 0
	for i, w := range words {
		length := len([]rune(w))
		if n > 0 && n+1+length > max || n == 0 && length > max {
			if i == 0 {
				return string([]rune(w)[:max]) + "…"
			}
			return b.String() + "…"
		}
		if i > 0 {
			b.WriteByte(' ')
			n++
		}
		b.WriteString(w)
		n += length
	}
	return b.String()
}
