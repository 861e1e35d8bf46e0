package content

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// ParseMFM reads Misskey's markup. Functions ($[spin ...]) are reduced to what stands in them: nothing ever moves. Mentions and
// hashtags lead to pages of Options.BaseURL's host, where a mention names no other.
// Source: https://misskey-hub.net/en/docs/for-users/features/mfm/
func ParseMFM(src string, o Options) Doc {
	b := newBuilder(o)
	cut := len(src) > maxMarkdown
	if cut {
		src = src[:maxMarkdown]
	}
	src = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(src, "\uFFFD"), "\r\n", "\n"), "\r", "\n")
	m := &mfmParser{b: b, home: strings.TrimSuffix(o.BaseURL, "/")}
	m.blocks(src, 0)
	if cut {
		b.cut()
	}
	return b.normalise()
}

type mfmParser struct {
	b    *builder
	home string // origin, without a slash at the end
}

// blocks reads lines: quotes and blocks of code or formulas stand on lines of their own.
func (m *mfmParser) blocks(src string, depth int) {
	var lines []string // of running text
	flush := func() {
		m.running(strings.Join(lines, "\n"))
		lines = nil
	}
	rest := strings.Split(src, "\n")
	for len(rest) > 0 && !m.b.full {
		if taken := m.fenced(rest, flush); taken > 0 {
			rest = rest[taken:]
			continue
		}
		quoted := 0
		for quoted < len(rest) && strings.HasPrefix(rest[quoted], ">") {
			quoted++
		}
		if quoted == 0 || depth == maxContainers {
			lines, rest = append(lines, rest[0]), rest[1:]
			continue
		}
		flush()
		var inner []string
		for _, line := range rest[:quoted] {
			inner = append(inner, strings.TrimPrefix(line[1:], " "))
		}
		m.b.begin("blockquote", Node{Kind: Quote})
		m.blocks(strings.Join(inner, "\n"), depth+1)
		m.b.end("blockquote")
		rest = rest[quoted:]
	}
	flush()
}

// fenced reads a block of code or a formula at the beginning of lines, and says how many it has; 0 when there is none.
func (m *mfmParser) fenced(lines []string, before func()) int {
	language, isCode := strings.CutPrefix(lines[0], "```")
	end := "```"
	if !isCode {
		if strings.TrimSpace(lines[0]) != `\[` {
			return 0
		}
		language, end = "", `\]`
	}
	for i := 1; i < len(lines); i++ {
		if strings.TrimSpace(lines[i]) != end {
			continue
		}
		before()
		m.b.begin("pre", Node{Kind: CodeBlock, Name: attrs{class: "language-" + strings.TrimSpace(language)}.language()})
		m.b.text(strings.Join(lines[1:i], "\n"))
		m.b.end("pre")
		return i + 1
	}
	return 0
}

// running reads text; empty lines part paragraphs.
func (m *mfmParser) running(s string) {
	if isSpace(s) {
		m.b.boundary()
		return
	}
	m.inline(s, 0)
	m.b.boundary()
}

// maxFunctions is how deep marks nest; Misskey's own limit is 20.
const maxFunctions = 20

// inline reads marks.
func (m *mfmParser) inline(s string, depth int) {
	t := &mfmText{mfmParser: m, s: s, depth: depth, closers: brackets(s), missing: map[string]bool{}}
	for t.at < len(s) && !m.b.full {
		if depth < maxFunctions && t.mark() {
			continue
		}
		_, size := utf8.DecodeRuneInString(s[t.at:])
		t.at += size
	}
	t.flush()
}

// brackets finds for each "[" in s its "]"; both by their index.
func brackets(s string) map[int]int {
	var open []int
	pairs := map[int]int{}
	for i := range len(s) {
		switch s[i] {
		case '[':
			open = append(open, i)
		case ']':
			if last := len(open) - 1; last >= 0 {
				pairs[open[last]] = i
				open = open[:last]
			}
		}
	}
	return pairs
}

// mfmText is a text that is being read.
type mfmText struct {
	*mfmParser
	s       string
	at      int // what comes next
	done    int // what is before it is written
	depth   int
	closers map[int]int
	missing map[string]bool // ends that don't come any more
}

// flush writes the plain text so far.
func (t *mfmText) flush() {
	for i, line := range strings.Split(t.s[t.done:t.at], "\n") {
		switch {
		case i > 0 && isSpace(line) && t.depth == 0 && t.lineIsEmpty(i):
			t.b.boundary()
		case i > 0:
			t.b.lineBreak()
		}
		t.b.linked(line)
	}
	t.done = t.at
}

// lineIsEmpty reports that the i-th line end of the text that is being written is followed by another at once, or by the end.
func (t *mfmText) lineIsEmpty(i int) bool {
	lines := strings.Split(t.s[t.done:t.at], "\n")
	return i < len(lines)-1
}

// until finds what ends something that begins at from, and returns where that is; -1 for nowhere.
func (t *mfmText) until(from int, end string) int {
	if t.missing[end] {
		return -1
	}
	i := strings.Index(t.s[from:], end)
	if i < 0 {
		t.missing[end] = true
		return -1
	}
	return from + i
}

// mark reads one mark at the current place, writes it and moves behind it. It returns false when there is none.
func (t *mfmText) mark() bool {
	rest := t.s[t.at:]
	switch rest[0] {
	case '*':
		return t.between("***", Strong, Emphasis) || t.between("**", Strong) || t.word("*", Emphasis)
	case '_':
		return t.between("__", Strong) || t.word("_", Emphasis)
	case '~':
		return t.between("~~", Strike)
	case '`':
		return t.verbatim("`", "`", Code)
	case '\\':
		return t.verbatim(`\(`, `\)`, Code)
	case '<':
		return t.element()
	case '$':
		return t.function()
	case '[':
		return t.labelled(0)
	case '?':
		return len(rest) > 1 && rest[1] == '[' && t.labelled(1)
	case '@':
		return t.mention()
	case '#':
		return t.hashtag()
	}
	return false
}

// put writes what is before the current place, then what inside writes, and goes on at next.
func (t *mfmText) put(next int, inside func()) bool {
	t.flush()
	inside()
	t.at, t.done = next, next
	return true
}

func (t *mfmText) styled(inside string, kinds ...Kind) {
	for i, k := range kinds {
		t.b.begin("mfm"+strconv.Itoa(t.depth*4+i), Node{Kind: k})
	}
	t.inline(inside, t.depth+1)
	for i := range kinds {
		t.b.end("mfm" + strconv.Itoa(t.depth*4+i))
	}
}
