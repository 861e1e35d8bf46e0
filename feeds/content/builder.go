package content

import (
	"slices"
	"strings"
)

// builder makes a Doc of what a parser reports, in the order of the text. Blocks and marks (inline nodes with children) may
// begin and end in any order. A block boundary ends the paragraph before it; the marks that are on begin anew in the next, so
// that blocks never stand in inline nodes. Marks that began in a block end with it.
type builder struct {
	options Options
	emoji   emojiSet
	handles handleTable

	scopes []scope // what has begun and not ended, outermost first
	open   []Node  // containers around what comes next; open[0].Children become Doc.Blocks
	leaf   leaf    // the paragraph or heading in the making

	code     *strings.Builder // text of the code block in the making; nil outside
	language string           // of that code block

	quoteFallback int // index in open[0].Children, -1 for none
	nodes         int // in finished blocks
	lastID        int
	full          bool // what comes next is cut off
	spaces        bool // runs of spaces are kept
	literal       bool // shortcodes in the text that is being written are no emoji
	literals      bool // some text is such
}

// scope is something that began.
type scope struct {
	tag    string // what ends it
	mark   bool   // else it is a block
	node   Node   // a mark's node without children; Kind Text: it has a place here, and draws nothing
	id     int    // distinguishes marks
	around int    // containers open around a block
	holds  int    // index in open of a container that began with it
	level  int    // of the headings that text in it makes; 0: paragraphs; termLevel: a Term; captionLevel: a Caption
	quote  bool   // its paragraphs stand in for a quoted post
	isCode bool   // it holds a code block
}

func newBuilder(o Options) *builder {
	return &builder{
		options:       o,
		emoji:         emojiSet{list: o.Emoji, base: o.BaseURL},
		handles:       newHandleTable(o),
		open:          make([]Node, 1, 4),
		quoteFallback: -1,
	}
}

// begin starts a node: a mark, or a block with what stands in it. What kind of block a node can't be at its place (a ListItem
// without List, a Quote too deep) becomes a mere division. tag is how end will name it.
func (b *builder) begin(tag string, n Node) {
	if n.Kind < Paragraph && n.Kind != Text {
		b.beginMark(tag, n)
		return
	}
	b.division(tag, n, false)
}

// beginMark starts an inline node. With Kind Text it draws nothing, and is only there to match its end.
func (b *builder) beginMark(tag string, n Node) {
	if len(b.scopes) >= maxScopes {
		return
	}
	around := b.around()
	b.lastID++
	b.scopes = append(b.scopes, scope{tag: tag, mark: true, node: n, id: b.lastID, level: around.level, quote: around.quote})
}

// beginQuoteFallback starts a paragraph, or what stands for one, that repeats a quoted post's address.
func (b *builder) beginQuoteFallback(tag string) { b.division(tag, Node{Kind: Paragraph}, true) }

func (b *builder) division(tag string, n Node, quote bool) {
	b.boundary()
	if len(b.scopes) >= maxScopes {
		return
	}
	if n.Kind == ListItem || n.Kind == Term || n.Kind == Definition {
		b.leaveItem()
	}
	around := b.around()
	s := scope{tag: tag, around: len(b.open), level: around.level, quote: quote || around.quote}
	switch {
	case b.code != nil:
	case n.Kind == Heading:
		s.level = min(max(n.Level, 1), 6)
	case n.Kind == Term:
		s.level = termLevel
	case n.Kind == Caption:
		s.level = captionLevel
	case n.Kind == CodeBlock:
		b.code, b.language, s.isCode = new(strings.Builder), n.Name, true
	case n.Kind == Quote, n.Kind == List, n.Kind == ListItem, n.Kind == Fold, n.Kind == Terms, n.Kind == Definition, n.Kind == Table, n.Kind == Row, n.Kind == Cell:
		if n.Kind == Table {
			b.dissolve()
			s.around = len(b.open)
		}
		if b.enter(n) {
			s.node, s.holds, s.level, s.quote = n, len(b.open)-1, 0, false
		}
	}
	b.scopes = append(b.scopes, s)
}

// These levels are beyond those of headings.
const (
	termLevel = 7 + iota
	captionLevel
)

// around returns the innermost scope.
func (b *builder) around() scope {
	if len(b.scopes) == 0 {
		return scope{}
	}
	return b.scopes[len(b.scopes)-1]
}

// end closes what last began with the tag, and reports whether there was something. With a block end all that began in it. What ends
// in a table's cell began in it.
func (b *builder) end(tag string) bool {
	for i := len(b.scopes) - 1; i >= 0; i-- {
		if b.scopes[i].tag != tag {
			if isCellTag(b.scopes[i].tag) && tag != "table" {
				return false
			}
			continue
		}
		if b.scopes[i].mark {
			b.scopes = slices.Delete(b.scopes, i, i+1)
		} else {
			b.endBlocks(i)
		}
		return true
	}
	return false
}

// endInside closes the innermost block when it has one of the tags.
func (b *builder) endInside(tags ...string) {
	for i := len(b.scopes) - 1; i >= 0; i-- {
		if s := b.scopes[i]; !s.mark {
			if slices.Contains(tags, s.tag) {
				b.endBlocks(i)
			}
			return
		}
	}
}

// endBlocks closes scope i, which is a block, and everything in it.
func (b *builder) endBlocks(i int) {
	b.boundary()
	if slices.ContainsFunc(b.scopes[i:], func(s scope) bool { return s.isCode }) {
		b.add(Node{Kind: CodeBlock, Text: trimCode(b.code.String()), Name: b.language})
		b.code = nil
	}
	b.leave(b.scopes[i].around)
	b.scopes = b.scopes[:i]
}

// boundary ends the paragraph, or in a code block the line, that is being written.
func (b *builder) boundary() {
	if b.code == nil {
		b.endLeaf()
		return
	}
	if s := b.code.String(); s != "" && s[len(s)-1] != '\n' { // String doesn't copy
		b.code.WriteByte('\n')
	}
}

// enter opens a container, and reports false when it would nest too deep or has no place here.
func (b *builder) enter(n Node) bool {
	parent := b.open[len(b.open)-1].Kind
	if n.Kind == ListItem && parent != List || n.Kind == Definition && parent != Terms || n.Kind == Row && parent != Table || n.Kind == Cell && parent != Row ||
		n.Kind != Row && parent == Table || n.Kind != Cell && parent == Row || b.nodes > maxDraft {
		return false
	}
	holdsItems, outside := parent == List || parent == Terms, n.Kind != ListItem && n.Kind != Definition
	if n.Kind == ListItem && !b.open[len(b.open)-1].Ordered {
		n.Number = nil
	}
	room := maxContainers - (len(b.open) - 1)
	if n.Kind == List || n.Kind == Terms {
		room-- // for its items
	}
	if n.Kind == Table {
		if room -= 2; slices.ContainsFunc(b.open, isTable) { // for its rows and their cells
			return false
		}
	}
	if holdsItems && outside {
		room-- // for the item around it
	}
	if room < 1 {
		return false
	}
	if holdsItems && outside {
		b.enterItem()
	}
	b.open = append(b.open, n)
	return true
}

// enterItem opens a list's last item again, or a first one: for what stands in a list outside its items, as editors nest lists.
func (b *builder) enterItem() {
	list := &b.open[len(b.open)-1]
	item := Node{Kind: ListItem}
	if list.Kind == Terms {
		item.Kind = Definition
	}
	if last := len(list.Children) - 1; last >= 0 && list.Children[last].Kind == item.Kind {
		item = list.Children[last]
		list.Children = list.Children[:last]
	}
	b.open = append(b.open, item)
}

// leaveItem closes an item that enterItem opened, for a next one.
func (b *builder) leaveItem() {
	for i := len(b.scopes) - 1; i >= 0; i-- {
		switch s := b.scopes[i]; s.node.Kind {
		case List, Terms:
			b.leave(s.holds + 1)
			return
		case Quote, ListItem, Fold, Definition, Cell:
			return
		}
	}
}

// leave closes containers until n are open. Empty ones vanish, but not between the items of an ordered list, which are counted, and not in
// a table.
func (b *builder) leave(n int) {
	for len(b.open) > n {
		last := b.open[len(b.open)-1]
		b.open = b.open[:len(b.open)-1]
		parent := &b.open[len(b.open)-1]
		if last.Kind == List && last.Ordered {
			last = withoutEmptyEnd(last)
		}
		if last.Kind == Table {
			settled := settle(last)
			parent.Children = append(parent.Children, settled...)
			b.nodes++
			continue
		}
		if len(last.Children) == 0 && (last.Kind != ListItem || !parent.Ordered) && last.Kind != Row && last.Kind != Cell {
			continue
		}
		b.nodes++
		parent.Children = append(parent.Children, last)
	}
}

// withoutEmptyEnd leaves out the empty items at a list's end. What counts down begins with the same number still.
func withoutEmptyEnd(list Node) Node {
	all := len(list.Children)
	for last := all - 1; last >= 0 && len(list.Children[last].Children) == 0; last-- {
		list.Children = list.Children[:last]
	}
	if list.Reversed && list.Number == nil && len(list.Children) < all {
		list.Number = &all
	}
	return list
}

// add puts a finished block into its container.
func (b *builder) add(n Node) {
	if n.Kind == CodeBlock && n.Text == "" {
		return
	}
	if b.nodes > maxDraft {
		b.cut()
		return
	}
	parent := &b.open[len(b.open)-1]
	if n.Kind == Term && parent.Kind != Terms || n.Kind == Caption && (parent.Kind != Table || len(parent.Children) > 0) {
		n.Kind = Paragraph
	}
	switch {
	case n.Kind == Term, n.Kind == Caption:
	case parent.Kind == Table, parent.Kind == Row: // it stands before the table, as in HTML's parser
		parent = &b.open[slices.IndexFunc(b.open, isTable)-1]
	case parent.Kind == List, parent.Kind == Terms:
		b.enterItem()
		parent = &b.open[len(b.open)-1]
	}
	parent.Children = append(parent.Children, n)
	b.nodes += count(n)
}

// setLanguage names the language of the code block in the making, unless it is named already.
func (b *builder) setLanguage(name string) {
	if b.code != nil && b.language == "" {
		b.language = name
	}
}

// setTitle names the innermost Fold, unless it has a title already.
func (b *builder) setTitle(title string) {
	title = strings.Join(strings.Fields(clean(title)), " ")
	if runes := []rune(title); len(runes) > maxTitle {
		title = string(runes[:maxTitle-1]) + ellipsis
	}
	for i := len(b.open) - 1; i > 0; i-- {
		if b.open[i].Kind == Fold {
			if b.open[i].Name == "" {
				b.open[i].Name = title
			}
			return
		}
	}
}

// rule adds a thematic break.
func (b *builder) rule() {
	b.boundary()
	if b.code == nil {
		b.add(Node{Kind: Rule})
	}
}

// cut leaves out everything that comes next, and says so with an "…".
func (b *builder) cut() { b.full = true }

// normalise ends everything and returns the Doc, within its bounds and in its canonical form. The builder is used up.
func (b *builder) normalise() Doc {
	if len(b.scopes) > 0 {
		first := slices.IndexFunc(b.scopes, func(s scope) bool { return !s.mark })
		if first >= 0 {
			b.endBlocks(first)
		}
	}
	b.endLeaf()
	b.leave(1)
	doc := Doc{Blocks: b.open[0].Children}
	if b.full || b.nodes > MaxNodes && count(Node{Children: doc.Blocks}) > MaxNodes+1 {
		doc.Blocks = cutShort(doc.Blocks)
	}
	if at := b.quoteFallback; at >= 0 && at < len(doc.Blocks) {
		doc.QuoteFallback = &at
	}
	return doc
}

// trimCode takes the empty lines around code away. Markdown ends every code block with a newline.
func trimCode(s string) string {
	s = strings.TrimRight(s, " \t\n")
	for {
		line, rest, found := strings.Cut(s, "\n")
		if !found || strings.Trim(line, " \t") != "" {
			return s
		}
		s = rest
	}
}
