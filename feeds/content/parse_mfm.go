package content

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ParseMFM reads Misskey's markup. Functions ($[spin ...]) are reduced to what stands in them: nothing ever moves. What $[blur ...]
// hides is folded away. Mentions and hashtags lead to pages of Options.BaseURL's host, where a mention names no other. A function that
// Misskey doesn't know stays as its renderer writes it, with its name.
// Sources: https://misskey-hub.net/en/docs/for-users/features/mfm/, https://github.com/misskey-dev/mfm.js.
func ParseMFM(src string, o Options) Doc {
	b := newBuilder(o)
	b.spaces = true // Misskey's own web shows them
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
	// label says that a link's label is being read: there are no links, mentions and hashtags in it.
	label bool
}

// blocks reads lines: quotes and blocks of code or formulas stand on lines of their own.
func (m *mfmParser) blocks(src string, depth int) {
	var lines []string // of running text
	flush := func() {
		m.running(strings.Join(lines, "\n"))
		lines = nil
	}
	rest := strings.Split(src, "\n")
	spanned := 0 // how many lines belong to something inline that has begun before them
	for len(rest) > 0 && !m.b.full {
		if spanned > 0 {
			lines, rest = append(lines, rest[0]), rest[1:]
			spanned--
			continue
		}
		if taken := m.fenced(rest, flush); taken > 0 {
			rest = rest[taken:]
			continue
		}
		quoted := 0
		for quoted < len(rest) && strings.HasPrefix(rest[quoted], ">") {
			quoted++
		}
		if query, ok := searched(rest[0]); ok {
			flush()
			m.search(query, rest[0])
			rest = rest[1:]
			continue
		}
		if quoted == 0 || depth == maxContainers {
			spanned = spannedLines(rest)
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

// spannedLines says how many lines after the first belong to a function or a plain text that begins in it: nothing in them is a
// block.
func spannedLines(lines []string) int {
	first := lines[0]
	if !strings.Contains(first, "$[") && !strings.Contains(first, "<plain>") {
		return 0
	}
	src := strings.Join(lines[:min(len(lines), maxSpanned)], "\n")
	end := 0
	if from := strings.LastIndex(first, "<plain>"); from >= 0 {
		end = max(from+strings.Index(src[from:], "</plain>"), 0)
	}
	for open, close := range brackets(src) {
		if open > 0 && open < len(first) && src[open-1] == '$' {
			end = max(end, close)
		}
	}
	return strings.Count(src[:end], "\n")
}

// maxSpanned is how many lines a function may have: they are looked at again for each line in which one begins.
const maxSpanned = 50

// searched reads a line "query [search]", which Misskey shows as a form for a search engine.
func searched(line string) (query string, ok bool) {
	if line == "" || strings.IndexByte("*_~`\\<$[?@#:", line[0]) >= 0 {
		return "", false
	}
	for _, button := range [...]string{"[search]", "search", "[検索]", "検索"} {
		at := len(line) - len(button)
		if at < 1 || !strings.EqualFold(line[at:], button) {
			continue
		}
		query = strings.TrimRight(line[:at], " \t\u3000")
		return query, query != "" && len(query) < at
	}
	return "", false
}

// search links a query to the search engine to which Misskey's own HTML links it.
func (m *mfmParser) search(query, line string) {
	href, ok := SafeURL("https://www.google.com/search?q="+url.QueryEscape(query), "")
	if !ok {
		m.running(line)
		return
	}
	m.b.begin("a", Node{Kind: Link, Href: href})
	m.b.text(line)
	m.b.end("a")
	m.b.boundary()
}

// fenced reads a block of code or a formula at the beginning of lines, and says how many it has; 0 when there is none.
func (m *mfmParser) fenced(lines []string, before func()) int {
	language, isCode := strings.CutPrefix(lines[0], "```")
	end := "```"
	if !isCode {
		if strings.TrimSpace(lines[0]) != `\[` {
			return 0
		}
		language, end = Formula, `\]`
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
	t := m.newText(s, depth)
	t.read()
	t.flush()
}

func (m *mfmParser) newText(s string, depth int) *mfmText {
	return &mfmText{mfmParser: m, s: s, depth: depth, closers: brackets(s), missing: map[string]bool{}}
}

// read goes to the end and writes all but the text behind the last mark.
func (t *mfmText) read() {
	for t.at < len(t.s) && !t.b.full {
		if t.depth < maxFunctions && t.mark() {
			continue
		}
		_, size := utf8.DecodeRuneInString(t.s[t.at:])
		t.at += size
	}
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
	dry     bool // nothing is written: marks are only looked for
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
		if t.label {
			t.b.text(line)
			continue
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
		return t.verbatim("`", "`", "")
	case '\\':
		return t.verbatim(`\(`, `\)`, Formula)
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
	if !t.dry {
		t.flush()
		inside()
	}
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
