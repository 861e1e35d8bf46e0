package content

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ParsePlain reads plain text: empty lines part paragraphs, other line ends are kept, web addresses become links. Nothing in it is
// markup.
func ParsePlain(src string, o Options) Doc {
	b := newBuilder(o)
	b.spaces = o.Spaces
	cut := len(src) > MaxSource
	if cut {
		src = src[:MaxSource]
	}
	src = strings.ReplaceAll(strings.ReplaceAll(src, "\r\n", "\n"), "\r", "\n")
	for line := range strings.SplitSeq(src, "\n") {
		if b.full {
			break
		}
		if isSpace(line) {
			b.boundary()
			continue
		}
		b.lineBreak()
		b.linked(line)
	}
	if cut {
		b.cut()
	}
	return b.normalise()
}

// Inline reads one line of plain text with custom emoji: a name, a poll's option. It is never HTML.
func Inline(src string, emoji []CustomEmoji) []Node {
	if len(src) > MaxSource {
		src = src[:MaxSource] + ellipsis
	}
	nodes := []Node{{Text: clean(src)}}
	collapse(nodes, false)
	if nodes[0].Text == "" {
		return nil
	}
	set := emojiSet{list: emoji}
	nodes = set.expand(nodes)
	if len(nodes) > MaxNodes {
		nodes = append(nodes[:MaxNodes-1], Node{Text: ellipsis})
	}
	return nodes
}

// linked writes a line of text with its web addresses as links.
func (b *builder) linked(line string) {
	for at := 0; ; {
		found := strings.Index(line[at:], "://")
		if found < 0 {
			break
		}
		at += found
		start := schemeStart(line[:at])
		if start < 0 {
			at += len("://")
			continue
		}
		end := start + addressLength(line[start:])
		href, ok := SafeURL(line[start:end], "")
		if !ok {
			at = max(at+len("://"), end)
			continue
		}
		b.text(line[:start])
		b.beginMark("a", Node{Kind: Link, Href: href})
		b.text(line[start:end])
		b.end("a")
		line, at = line[end:], 0
	}
	b.text(line)
}

// schemeStart is where "http" or "https" begins at the end of s as a word of its own, -1 for nowhere.
func schemeStart(s string) int {
	for _, scheme := range [...]string{"https", "http"} {
		start := len(s) - len(scheme)
		if start < 0 || !strings.EqualFold(s[start:], scheme) {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:start])
		if start > 0 && before < utf8.RuneSelf && (unicode.IsLetter(before) || unicode.IsDigit(before)) {
			return -1
		}
		return start
	}
	return -1
}

// addressLength says how far an address goes: to the next space, quote or bracket that no address has, and without the
// punctuation of the sentence around it.
func addressLength(s string) int {
	end := strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || isControl(r) || strings.ContainsRune("<>\"`“”„«»「」『』（）、。", r)
	})
	if end < 0 {
		end = len(s)
	}
	round := strings.Count(s[:end], ")") - strings.Count(s[:end], "(") // closing ones without their opening ones
	square := strings.Count(s[:end], "]") - strings.Count(s[:end], "[")
	for ; end > 0; end-- {
		switch last := s[end-1]; {
		case strings.IndexByte(".,;:!?'*_~", last) >= 0:
		case last == ')' && round > 0:
			round--
		case last == ']' && square > 0:
			square--
		default:
			return end
		}
	}
	return end
}
