package document

import (
	"slices"
	"strconv"
	"strings"

	"vitrine/app/markup"
	"vitrine/feeds/content"
	"vitrine/feeds/jsontext"
)

// markdown writes a ZIP with index.md and the pictures.
func (b *book) markdown() error {
	b.zip, b.level = newArchive(b.out, b.Made), 2
	var text strings.Builder
	field := func(name, value string) {
		if quoted, err := jsontext.Marshal(value); err == nil && value != "" { // YAML reads strings of JSON (YAML 1.2, section 1.3)
			text.WriteString(name + ": " + string(quoted) + "\n")
		}
	}
	text.WriteString("---\n")
	field("title", b.title())
	field("source", b.Home)
	field("date", stamp(b.Made))
	field("lang", b.Words.Lang())
	text.WriteString("---\n\n")
	m := markdown{formulas: new(bool), notes: map[string]int{}, sensitive: b.Words.T("file.sensitive")}
	for _, n := range b.head(1) {
		text.WriteString(m.block(n) + "\n\n")
	}
	sections := b.sections()
	open := -1
	err := b.each(sections, func(s int, a article) error {
		if s != open {
			open = s
			text.WriteString("## " + oneLine(escaped(sections[s].title)) + "\n\n")
		}
		text.WriteString(m.block(a.node) + "\n\n")
		return nil
	})
	if err != nil {
		return err
	}
	if *m.formulas {
		text.WriteString(escaped(b.Words.T("file.formulas")) + "\n\n")
	}
	if b.Lost > 0 {
		text.WriteString(escaped(b.Words.N("file.lost", b.Lost)) + "\n")
	}
	if err := b.zip.add("index.md", []byte(strings.TrimRight(text.String(), "\n")+"\n")); err != nil {
		return err
	}
	return b.zip.close()
}

// markdown writes the tree of a post as CommonMark with the tables and strikethrough of GitHub's. What it has no signs for is words.
// Footnotes are marked "[^1]", as GitHub, Pandoc and most editors have them.
// Sources: https://spec.commonmark.org/0.31.2/ and https://github.github.com/gfm/
type markdown struct {
	formulas  *bool          // set where a formula was written
	notes     map[string]int // numbers of the footnotes in the file, by their ids
	sensitive string         // stands above media that a page shows only to who asks for them
}

// blockTags are the elements that stand on lines of their own.
const blockTags = " article aside blockquote dd details div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section summary table ul "

func isBlock(n markup.Node) bool { return strings.Contains(blockTags, " "+n.Tag+" ") && n.Tag != "" }

// blocks writes nodes with an empty line between two blocks; what stands between blocks becomes paragraphs.
func (m markdown) blocks(nodes []markup.Node, between string) string {
	var out []string
	from := 0
	flush := func(to int) {
		if p := m.paragraph(nodes[from:to]); p != "" {
			out = append(out, p)
		}
	}
	for i, n := range nodes {
		if isBlock(n) {
			flush(i)
			from = i + 1
			if s := m.block(n); s != "" {
				out = append(out, s)
			}
		}
	}
	flush(len(nodes))
	return strings.Join(out, between)
}

func (m markdown) block(n markup.Node) string {
	class := attr(n, "class")
	switch n.Tag {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		s := oneLine(m.inline(n.Children))
		if rest, ok := strings.CutSuffix(s, "#"); ok { // it would be one that closes the heading
			s = rest + `\#`
		}
		if s != "" {
			return strings.Repeat("#", int(n.Tag[1]-'0')) + " " + s
		}
		return ""
	case "header":
		return "### " + oneLine(m.words(n.Children, ", "))
	case "footer":
		return m.paragraphOf(m.words(n.Children, ", "))
	case "summary", "dt":
		if s := strings.ReplaceAll(oneLine(m.paragraph(n.Children)), "**", ""); s != "" {
			return "**" + s + "**"
		}
		return ""
	case "article":
		return m.blocks(headed(n.Children), "\n\n")
	case "details":
		if hasWord(class, "veil") { // its summary is a button's words
			label := markup.El("summary", nil, markup.Text(m.sensitive))
			return m.blocks(append([]markup.Node{label}, n.Children[1:]...), "\n\n")
		}
	case "p":
		if class == "full" {
			return m.paragraphOf(m.words(n.Children, " · "))
		}
		return m.paragraph(n.Children)
	case "blockquote":
		return content.Indent(m.blocks(n.Children, "\n\n"), "> ", "> ")
	case "ul", "ol":
		return m.list(n)
	case "pre":
		return fenced(n)
	case "hr":
		return "* * *"
	case "table":
		return m.table(n)
	case "div":
		switch {
		case class == "by":
			return m.paragraphOf(m.words(n.Children, ", "))
		case ofElements(n):
			return m.paragraphOf(m.words(n.Children, " "))
		}
	}
	return m.blocks(n.Children, "\n\n")
}

// headed are the parts of a post with its heading first, before why it stands where it stands.
func headed(parts []markup.Node) []markup.Node {
	for i, n := range parts {
		if n.Tag == "header" {
			return slices.Concat(parts[i:i+1], parts[:i], parts[i+1:])
		}
	}
	return parts
}

func (m markdown) list(n markup.Node) string {
	var out []string
	at, err := strconv.Atoi(attr(n, "start"))
	if err != nil || at < 0 || at > 999_999_999 { // CommonMark counts no further
		at = 1
	}
	for _, item := range n.Children {
		marker := "- "
		if n.Tag == "ol" {
			marker = strconv.Itoa(at) + ". "
		}
		at++
		gap, note := "", m.note(attr(item, "id"))
		if note > 0 {
			gap, marker = "\n", "[^"+strconv.Itoa(note)+"]: "
		}
		text := ""
		if ofElements(item) {
			text = m.paragraphOf(m.words(item.Children, " "))
		} else {
			text = m.blocks(item.Children, "\n\n")
		}
		indent := len(marker)
		if note > 0 {
			indent = 4 // whatever its number
		}
		out = append(out, content.Indent(text, marker, strings.Repeat(" ", indent))+gap)
	}
	return strings.TrimRight(strings.Join(out, "\n"), "\n")
}

// note numbers the footnote with an id, from 1; 0: it is none's.
func (m markdown) note(id string) int {
	dash := strings.LastIndexByte(id, '-')
	if dash < 0 || !strings.HasPrefix(id[dash:], "-n") {
		return 0
	}
	if m.notes[id] == 0 {
		m.notes[id] = len(m.notes) + 1
	}
	return m.notes[id]
}

// ofElements reports an item whose parts only a style keeps apart.
func ofElements(n markup.Node) bool {
	for _, c := range n.Children {
		if c.Tag != "span" && c.Tag != "progress" && c.Tag != "a" && c.Tag != "img" {
			return false
		}
	}
	return len(n.Children) > 1
}

// words writes parts that only a style keeps apart.
func (m markdown) words(nodes []markup.Node, between string) string {
	var out []string
	for _, n := range nodes {
		text := ""
		switch {
		case isBlock(n):
			text = m.words(n.Children, " ")
		default:
			text = m.inline([]markup.Node{n})
		}
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, text)
		}
	}
	return strings.Join(out, between)
}

func (m markdown) paragraph(nodes []markup.Node) string { return m.paragraphOf(m.inline(nodes)) }

// paragraphOf keeps the lines of a paragraph from being read as other blocks.
func (markdown) paragraphOf(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, lineBreak, lineBreak+"\n"), "\n")
	out := lines[:0]
	for _, line := range lines {
		if line = strings.Trim(line, " "); line == "" || line == lineBreak {
			continue
		}
		switch digits := len(line) - len(strings.TrimLeft(line, "0123456789")); {
		case strings.IndexByte("#+-=:", line[0]) >= 0:
			line = `\` + line
		case digits > 0 && digits < len(line) && (line[digits] == '.' || line[digits] == ')'):
			line = line[:digits] + `\` + line[digits:]
		}
		out = append(out, line)
	}
	return strings.ReplaceAll(strings.TrimSuffix(strings.Join(out, "\n"), lineBreak), lineBreak, `\`)
}

// lineBreak stands for a forced line break until a paragraph is written: no text holds it.
const lineBreak = "\x01"

// inline writes what stands in a line.
func (m markdown) inline(nodes []markup.Node) string {
	var s strings.Builder
	for _, n := range nodes {
		switch n.Tag {
		case "":
			s.WriteString(escaped(n.Text))
		case "br":
			s.WriteString(lineBreak)
		case "em":
			s.WriteString(around("*", m.inline(n.Children)))
		case "strong", "b":
			s.WriteString(around("**", m.inline(n.Children)))
		case "del":
			s.WriteString(around("~~", m.inline(n.Children)))
		case "code":
			if tex := strings.Join(strings.Fields(textOf(n)), " "); attr(n, "class") == content.Formula && tex != "" && !strings.Contains(tex, "$") {
				*m.formulas = true
				s.WriteString("$" + strings.ReplaceAll(printable(tex), "\n", " ") + "$")
			} else {
				s.WriteString(code(textOf(n)))
			}
		case "img":
			s.WriteString("![" + oneLine(escaped(attr(n, "alt"))) + "](" + destination(attr(n, "src")) + ")")
		case "a":
			s.WriteString(m.link(n))
		case "progress":
		case "span":
			text := m.inline(n.Children)
			if hasWord(attr(n, "class"), "badge") && text != "" { // it has an edge on a page
				text = "(" + text + ")"
			}
			s.WriteString(text)
		default:
			s.WriteString(m.inline(n.Children))
		}
	}
	return s.String()
}

func (m markdown) link(n markup.Node) string {
	href := attr(n, "href")
	var words string
	if hasWord(attr(n, "class"), "card") || hasWord(attr(n, "class"), "film") {
		words = m.words(n.Children, " ")
		if len(n.Children) > 0 {
			last := n.Children[len(n.Children)-1]
			if hasWord(attr(n, "class"), "card") {
				words = strings.TrimSpace(m.words(n.Children[:len(n.Children)-1], " ") + " " + m.words(last.Children, " · "))
			}
		}
	} else {
		if words = m.inline(n.Children); hasWord(attr(n, "class"), "name") { // what stands beside a name only a style keeps apart
			words = m.words(n.Children, " ")
		}
	}
	words = strings.TrimSpace(oneLine(words))
	switch {
	case strings.HasPrefix(href, "#"): // a footnote's mark, or the way back from the note, which readers of Markdown make themselves
		if note := m.note(href[1:]); note > 0 {
			return "[^" + strconv.Itoa(note) + "]"
		}
		return ""
	case href == "":
		return words
	}
	switch {
	case words == "":
		words = escaped(href)
	case textOf(n) == href && strings.HasPrefix(href, "http") && !strings.ContainsAny(href, " &<>\\"):
		return destination(href) // an autolink (CommonMark, section 6.5)
	}
	return "[" + words + "](" + destination(href) + ")"
}

// destination is an address as a link has it. It has passed SafeURL: no bracket, no space, no backslash is in it.
func destination(href string) string {
	return "<" + strings.NewReplacer("&", "&amp;", "<", "%3C", ">", "%3E", `\`, "%5C", "\n", "", "\r", "").Replace(href) + ">"
}

// around puts signs around words: white space stays outside of them, where it would make them words themselves.
func around(sign, s string) string {
	inner := strings.TrimSpace(s)
	if strings.Trim(inner, lineBreak+"\n ") == "" {
		return s
	}
	at := strings.Index(s, inner)
	return s[:at] + sign + inner + sign + s[at+len(inner):]
}

// code is a code span, between more backticks than stand in it.
func code(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return ""
	}
	fence := strings.Repeat("`", longest(s, '`')+1)
	if s[0] == '`' || s[len(s)-1] == '`' {
		s = " " + s + " "
	}
	return fence + s + fence
}

func fenced(n markup.Node) string {
	text := strings.TrimRight(printable(textOf(n)), "\n")
	fence := strings.Repeat("`", max(longest(text, '`')+1, 3))
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '+' || r == '-' || r == '#' {
			return r
		}
		return -1
	}, attr(n, "title"))
	return fence + name + "\n" + text + "\n" + fence
}

// longest is the length of the longest run of a character.
func longest(s string, c byte) int {
	most, run := 0, 0
	for i := range len(s) {
		if run++; s[i] != c {
			run = 0
		}
		most = max(most, run)
	}
	return most
}

// table writes rows; the first is the head, since no table is without one. What spans several cells stands in the first of them.
func (m markdown) table(n markup.Node) string {
	var rows [][]string
	caption := ""
	width := 0
	var walk func(markup.Node)
	walk = func(n markup.Node) {
		switch n.Tag {
		case "caption":
			caption = m.paragraph(n.Children)
		case "tr":
			var row []string
			for _, c := range n.Children {
				cell := oneLine(m.words([]markup.Node{markup.El("div", nil, c.Children...)}, " "))
				row = append(row, piped(cell))
				for range span(attr(c, "colspan")) - 1 {
					row = append(row, "")
				}
			}
			width = max(width, len(row))
			rows = append(rows, row)
		default:
			for _, c := range n.Children {
				walk(c)
			}
		}
	}
	walk(n)
	if width == 0 {
		return caption
	}
	var s strings.Builder
	if caption != "" {
		s.WriteString(caption + "\n\n")
	}
	for i, row := range rows {
		for len(row) < width {
			row = append(row, "")
		}
		s.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if i == 0 {
			s.WriteString("|" + strings.Repeat(" --- |", width) + "\n")
		}
	}
	return strings.TrimRight(s.String(), "\n")
}

// piped escapes the bars in a cell that aren't yet: those in code.
func piped(cell string) string {
	var s strings.Builder
	for i := range len(cell) {
		if cell[i] == '|' && (i == 0 || cell[i-1] != '\\') {
			s.WriteByte('\\')
		}
		s.WriteByte(cell[i])
	}
	return s.String()
}

// span is how many columns a cell takes.
func span(s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || n > 100 {
			return 1
		}
		n = n*10 + int(c-'0')
	}
	return max(n, 1)
}

// escaped writes foreign text so that nothing of it is read as markup: each character that could begin some is escaped (CommonMark, section
// 2.4), and what GitHub and others make links of is kept from it.
func escaped(s string) string {
	s = clean(s)
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case strings.IndexByte("\\`*_{}[]<>|~&$^!", c) >= 0,
			c == ':' && strings.HasPrefix(s[i:], "://"),
			c == '.' && i >= 3 && strings.EqualFold(s[i-3:i], "www"),
			c == '@' && i > 0 && s[i-1] > ' ':
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}

// clean is printable with spaces in the place of tabs, which begin code in Markdown.
func clean(s string) string { return strings.ReplaceAll(printable(s), "\t", " ") }

// printable leaves out what no text file has.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ' && r != '\n' && r != '\t', r == 0x7f, r == 0x2028, r == 0x2029:
			return -1
		}
		return r
	}, s)
}

// textOf is the text in a tree.
func textOf(n markup.Node) string {
	s := n.Text
	for _, c := range n.Children {
		s += textOf(c)
	}
	return s
}

// oneLine joins lines, and forced breaks between them.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, lineBreak, " ")), " ")
}
