package content

import (
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
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

// between reads what stands between two runs of the same marker.
func (t *mfmText) between(marker string, kinds ...Kind) bool {
	if !strings.HasPrefix(t.s[t.at:], marker) {
		return false
	}
	from := t.at + len(marker)
	end := t.until(from, marker)
	if end <= from {
		return false
	}
	return t.put(end+len(marker), func() { t.styled(t.s[from:end], kinds...) })
}

// word reads emphasis by a single marker, which holds letters, digits and spaces only and begins no word's middle.
func (t *mfmText) word(marker string, kind Kind) bool {
	if isInWord(t.s[:t.at]) {
		return false
	}
	from := t.at + 1
	length := wordLength(t.s[from:], func(r rune) bool {
		return r > unicode.MaxASCII || r != ' ' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	end := from + length
	if length == 0 || !strings.HasPrefix(t.s[end:], marker) {
		return false
	}
	return t.put(end+1, func() { t.styled(t.s[from:end], kind) })
}

func (t *mfmText) verbatim(begin, end string, kind Kind) bool {
	if !strings.HasPrefix(t.s[t.at:], begin) {
		return false
	}
	from := t.at + len(begin)
	stop := t.until(from, end)
	if stop <= from || strings.Contains(t.s[from:stop], "\n") {
		return false
	}
	return t.put(stop+len(end), func() {
		t.b.begin("mfmcode", Node{Kind: kind})
		t.b.text(t.s[from:stop])
		t.b.end("mfmcode")
	})
}

// element reads the few elements of HTML that are in the language, and addresses in angle brackets.
func (t *mfmText) element() bool {
	if inside, ok := strings.CutPrefix(t.s[t.at:], "<http"); ok {
		end := strings.IndexAny(inside, "> \n")
		if end < 0 || inside[end] != '>' {
			return false
		}
		return t.put(t.at+len("<http")+end+1, func() { t.b.linked("http" + inside[:end]) })
	}
	for _, e := range [...]struct {
		name  string
		kinds []Kind
	}{{"b", []Kind{Strong}}, {"i", []Kind{Emphasis}}, {"s", []Kind{Strike}}, {"small", nil}, {"center", nil}, {"plain", nil}} {
		begin, end := "<"+e.name+">", "</"+e.name+">"
		if !strings.HasPrefix(t.s[t.at:], begin) {
			continue
		}
		from := t.at + len(begin)
		stop := t.until(from, end)
		if stop < 0 {
			return false
		}
		return t.put(stop+len(end), func() {
			if e.name == "plain" {
				t.b.textLines(t.s[from:stop])
				return
			}
			t.styled(t.s[from:stop], e.kinds...)
		})
	}
	return false
}

// function reads $[name.arguments content].
func (t *mfmText) function() bool {
	open := t.at + 1
	end, ok := t.closers[open]
	if !ok || t.s[open] != '[' {
		return false
	}
	name, inside, ok := strings.Cut(t.s[open+1:end], " ")
	if !ok || name == "" || strings.ContainsAny(name, "\n[") {
		return false
	}
	name, _, _ = strings.Cut(name, ".")
	return t.put(end+1, func() {
		switch name {
		case "ruby":
			t.ruby(inside)
		case "unixtime":
			t.b.text(moment(inside))
		default:
			t.styled(inside)
		}
	})
}

// ruby writes "base annotation".
func (t *mfmText) ruby(inside string) {
	base, annotation, ok := strings.Cut(strings.TrimSpace(inside), " ")
	if !ok {
		t.styled(inside)
		return
	}
	t.b.begin("ruby", Node{Kind: Ruby})
	t.b.text(base)
	t.b.annotate(annotation)
	t.b.end("ruby")
}

// moment is a time in seconds since 1970 as a text that everybody reads alike.
func moment(seconds string) string {
	n, err := strconv.ParseInt(strings.TrimSpace(seconds), 10, 64)
	if err != nil || n < -62135596800 || n > 253402300799 { // years 1 to 9999
		return seconds
	}
	return time.Unix(n, 0).UTC().Format("2006-01-02 15:04 UTC")
}

// labelled reads [label](address), of which before is how many bytes stand before the bracket.
func (t *mfmText) labelled(before int) bool {
	open := t.at + before
	end, ok := t.closers[open]
	if !ok || !strings.HasPrefix(t.s[end:], "](") {
		return false
	}
	length := strings.IndexAny(t.s[end+2:], ") \n")
	if length <= 0 || t.s[end+2+length] != ')' {
		return false
	}
	label, address := t.s[open+1:end], t.s[end+2:end+2+length]
	href, safe := SafeURL(address, "")
	return t.put(end+2+length+1, func() {
		if !safe || t.b.inMark(Link) {
			t.styled(label)
			return
		}
		t.b.begin("a", Node{Kind: Link, Href: href})
		t.b.text(strings.ReplaceAll(label, "\n", " "))
		t.b.end("a")
	})
}

// mention reads @user, which is at home, and @user@host.
func (t *mfmText) mention() bool {
	if isInWord(t.s[:t.at]) || inAddress(t.s[t.done:t.at]) {
		return false
	}
	rest := t.s[t.at:]
	n, length := handleAt(rest)
	if length == 0 {
		user := wordLength(rest[1:], func(r rune) bool { return r > unicode.MaxASCII || r == '.' || notInUser(r) })
		href, ok := SafeURL(t.home+"/@"+url.PathEscape(rest[1:1+user]), "")
		if user == 0 || !ok || strings.HasPrefix(rest[1+user:], "@") {
			return false
		}
		n, length = Node{Kind: Mention, Href: href}, 1+user
	}
	return t.put(t.at+length, func() { t.b.mention(n, rest[:length]) })
}

func (t *mfmText) hashtag() bool {
	if isInWord(t.s[:t.at]) || inAddress(t.s[t.done:t.at]) {
		return false
	}
	rest := t.s[t.at+1:]
	length := wordLength(rest, func(r rune) bool {
		return unicode.IsSpace(r) || isControl(r) || strings.ContainsRune(".,!?'\"#:/[]【】()「」（）<>*~`@$", r)
	})
	name := rest[:length]
	href, ok := SafeURL(t.home+"/tags/"+url.PathEscape(name), "")
	if length == 0 || !ok || strings.Trim(name, "0123456789") == "" {
		return false
	}
	return t.put(t.at+1+length, func() {
		t.b.begin("hashtag", Node{Kind: Hashtag, Href: href, Name: name})
		t.b.text("#" + name)
		t.b.end("hashtag")
	})
}
