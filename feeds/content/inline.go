package content

import "strings"

// Inline reads one line of plain text (a name, a poll option) with custom emoji. It is never HTML.
func Inline(src string, emoji []CustomEmoji) []Node {
	return splitEmoji(strings.Join(strings.Fields(clean(src)), " "), emojiIndex(emoji))
}

// emojiIndex keeps the emoji whose pictures may be loaded.
func emojiIndex(list []CustomEmoji) map[string]Node {
	index := make(map[string]Node, len(list))
	for _, e := range list {
		href, ok := SafeMedia(e.URL, "")
		if !ok || e.Shortcode == "" {
			continue
		}
		still, _ := SafeMedia(e.Static, "")
		index[e.Shortcode] = Node{Kind: Emoji, Name: e.Shortcode, Href: href, Static: still}
	}
	return index
}

// splitEmoji cuts a text at its ":shortcodes:". They may touch each other.
func splitEmoji(text string, index map[string]Node) []Node {
	var out []Node
	add := func(s string) {
		if s != "" {
			out = append(out, Node{Text: s})
		}
	}
	start := 0
	for i := 0; len(index) > 0 && i < len(text); {
		if text[i] != ':' {
			i++
			continue
		}
		n := strings.IndexByte(text[i+1:], ':')
		if n < 0 {
			break
		}
		e, known := index[text[i+1:i+1+n]]
		if !known {
			i++
			continue
		}
		add(text[start:i])
		out = append(out, e)
		i += n + 2
		start = i
	}
	add(text[start:])
	return out
}

// clean takes away control characters other than line ends and tabs, and what is no text.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		if r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0xfffd {
			return -1
		}
		return r
	}, s)
}

// tidy makes a run of inline nodes regular: white space collapsed across nodes and away from line ends, texts that touch
// united, empty nodes dropped. What is tidy stays as it is.
func tidy(nodes []Node) []Node {
	for {
		space := true // at the start of a line a space says nothing
		next, changed := collapse(nodes, &space)
		next, cut := trimEnd(next)
		nodes = next
		if !changed && !cut {
			return nodes
		}
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// collapse folds runs of white space. space says whether what stands before ends in one.
func collapse(nodes []Node, space *bool) (out []Node, changed bool) {
	for _, n := range nodes {
		switch {
		case n.Kind == Text:
			folded := fold(n.Text, space)
			changed = changed || folded != n.Text
			n.Text = folded
			if n.Text == "" {
				changed = true
				continue
			}
			if last := len(out) - 1; last >= 0 && out[last].Kind == Text {
				out[last].Text += n.Text
				changed = true
				continue
			}
		case n.Kind == Break:
			var cut bool
			out, cut = trimEnd(out)
			changed = changed || cut
			*space = true
		case len(n.Children) > 0:
			var c bool
			n.Children, c = collapse(n.Children, space)
			changed = changed || c
			if len(n.Children) == 0 {
				changed = true
				continue
			}
		case holdsInline(n.Kind):
			changed = true
			continue
		default:
			*space = false
		}
		out = append(out, n)
	}
	return out, changed
}

func fold(s string, space *bool) string {
	var b strings.Builder
	for i := range len(s) {
		if isSpace(s[i]) {
			if !*space {
				b.WriteByte(' ')
			}
			*space = true
			continue
		}
		*space = false
		b.WriteByte(s[i])
	}
	return b.String()
}

// trimEnd takes spaces and breaks away from the end of a line.
func trimEnd(nodes []Node) (out []Node, changed bool) {
	for len(nodes) > 0 {
		last := nodes[len(nodes)-1]
		switch {
		case last.Kind == Text:
			text := strings.TrimRight(last.Text, " ")
			if text == last.Text {
				return nodes, changed
			}
			changed = true
			nodes = append(nodes[:len(nodes)-1:len(nodes)-1], Node{Text: text})
			if text != "" {
				return nodes, true
			}
			nodes = nodes[:len(nodes)-1]
		case last.Kind == Break:
			nodes, changed = nodes[:len(nodes)-1:len(nodes)-1], true
		case len(last.Children) > 0:
			children, c := trimEnd(last.Children)
			if !c {
				return nodes, changed
			}
			last.Children, changed = children, true
			nodes = nodes[: len(nodes)-1 : len(nodes)-1]
			if len(children) > 0 {
				return append(nodes, last), true
			}
		default:
			return nodes, changed
		}
	}
	return nodes, changed
}

// holdsInline reports the inline kinds that are nothing without children.
func holdsInline(k Kind) bool {
	switch k {
	case Emphasis, Strong, Strike, Underline, Link, Mention, Hashtag, Ruby, Sub, Sup, Invisible, Ellipsis:
		return true
	}
	return false
}
