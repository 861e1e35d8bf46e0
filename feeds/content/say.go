package content

import (
	"strings"
	"unicode"
)

// Say returns a Doc in which each run of words is what say makes of it, as for a translation. Names of accounts and hashtags, addresses, code and
// emoji stay, and so do marks and links around words, and the space at their ends.
func Say(d Doc, say func(words string) string) Doc {
	d.Blocks = sayAll(d.Blocks, say)
	return d
}

// SayLine is Say for one line of plain text, in which emoji stay.
func SayLine(line string, emoji []CustomEmoji, say func(words string) string) string {
	return InlineText(sayAll(Inline(line, emoji), say))
}

func sayAll(nodes []Node, say func(string) string) []Node {
	out := append([]Node(nil), nodes...)
	for i := range out {
		n := &out[i]
		switch n.Kind {
		case Text:
			n.Text = sayWords(n.Text, say)
		case Fold:
			n.Name = sayWords(n.Name, say)
			n.Children = sayAll(n.Children, say)
		case Code, CodeBlock, Mention, Hashtag, Emoji, Invisible, Ellipsis, Ruby:
		case Link:
			if text := InlineText(n.Children); !strings.Contains(n.Href, strings.Trim(text, ellipsis)) {
				n.Children = sayAll(n.Children, say)
			}
		default:
			n.Children = sayAll(n.Children, say)
		}
	}
	return out
}

// sayWords keeps the space around words, and what has none.
func sayWords(s string, say func(string) string) string {
	words := strings.TrimSpace(s)
	if strings.IndexFunc(words, unicode.IsLetter) < 0 {
		return s
	}
	at := strings.Index(s, words)
	return s[:at] + say(words) + s[at+len(words):]
}
