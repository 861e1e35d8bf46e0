package content

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// leaf is a paragraph or heading in the making: the block itself, and in it the marks that are open at its end.
type leaf struct {
	frames  []frame // none: nothing is being written
	written int     // nodes
	quote   bool    // it stands in for a quoted post
}

type frame struct {
	mark int // id of the mark's scope, 0 for the block
	node Node
}

// text writes text. Its white space means what it means in HTML, where a run of it is one space, unless spaces are kept.
func (b *builder) text(s string) {
	s = clean(s)
	if b.code != nil {
		b.code.WriteString(s)
		return
	}
	if s == "" || !b.writing() && strings.Trim(s, " \t\n\f") == "" && (!b.spaces || strings.Contains(s, "\n")) {
		return
	}
	if b.literal && strings.Contains(s, ":") {
		s, b.literals = strings.ReplaceAll(s, ":", noColon), true
	}
	b.write(Node{Text: s}, true)
}

// noColon stands for a colon that is no part of a shortcode, until emoji are in their places. clean lets no such text come in.
const noColon = "\x00:\x00"

// restoreColons changes nodes that nobody else has yet.
func restoreColons(nodes []Node) {
	for i := range nodes {
		nodes[i].Text = strings.ReplaceAll(nodes[i].Text, noColon, ":")
		restoreColons(nodes[i].Children)
	}
}

// lineBreak writes a forced line break.
func (b *builder) lineBreak() {
	if b.code != nil {
		b.code.WriteByte('\n')
		return
	}
	if b.writing() {
		b.write(Node{Kind: Break}, false)
	}
}

// picture writes a custom emoji, which in code is text.
func (b *builder) picture(n Node) {
	if b.code != nil || b.inMark(Code) {
		b.text(":" + n.Name + ":")
		return
	}
	b.write(n, false)
}

// inMark reports whether a mark of this kind is on.
func (b *builder) inMark(k Kind) bool {
	return slices.ContainsFunc(b.scopes, func(s scope) bool { return s.mark && s.node.Kind == k })
}

// writing reports whether a paragraph has begun.
func (b *builder) writing() bool { return len(b.leaf.frames) > 0 }

// textLines writes text whose line ends are line breaks.
func (b *builder) textLines(s string) {
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			b.lineBreak()
		}
		b.text(line)
	}
}

// annotate ends the base of the innermost Ruby with its annotation; what follows in it is another base.
func (b *builder) annotate(annotation string) {
	annotation = strings.Join(strings.Fields(clean(annotation)), " ")
	for i := len(b.scopes) - 1; i >= 0; i-- {
		s := &b.scopes[i]
		if !s.mark || s.node.Kind != Ruby {
			continue
		}
		for at := range b.leaf.frames {
			if b.leaf.frames[at].mark == s.id {
				b.leaf.close(at + 1)
				b.leaf.frames[at].node.Text = annotation
				b.leaf.close(at)
				break
			}
		}
		b.lastID++
		s.id = b.lastID
		return
	}
}

// write puts a node without children at the end of the leaf, in the marks that are on. Code is always the innermost mark,
// since it has only text, and only text can be in it.
func (b *builder) write(n Node, isText bool) {
	if b.full {
		return
	}
	if b.nodes+b.leaf.written > maxDraft {
		b.cut()
		return
	}
	around := b.around()
	if !b.writing() {
		block := Node{Kind: Paragraph}
		switch {
		case around.level == termLevel:
			block = Node{Kind: Term}
		case around.level == captionLevel:
			block = Node{Kind: Caption}
		case around.level > 0:
			block = Node{Kind: Heading, Level: around.level}
		}
		b.leaf.frames = append(b.leaf.frames, frame{node: block})
		b.leaf.quote = around.quote && block.Kind == Paragraph
	}
	b.enterMarks(isText)
	last := &b.leaf.frames[len(b.leaf.frames)-1].node
	last.Children = append(last.Children, n)
	b.leaf.written++
}

// enterMarks makes the open frames those of the marks that are on.
func (b *builder) enterMarks(withCode bool) {
	at, matching := 1, true
	code := -1
	enter := func(s *scope) {
		if at > maxMarks {
			return
		}
		if matching && at < len(b.leaf.frames) && b.leaf.frames[at].mark == s.id {
			at++
			return
		}
		if matching {
			b.leaf.close(at)
			matching = false
		}
		b.leaf.frames = append(b.leaf.frames, frame{mark: s.id, node: s.node})
		b.leaf.written++
		at++
	}
	for i := range b.scopes {
		switch s := &b.scopes[i]; {
		case !s.mark || s.node.Kind == Text:
		case s.node.Kind == Code:
			code = i
		default:
			enter(s)
		}
	}
	if code >= 0 && withCode {
		at = min(at, maxMarks)
		enter(&b.scopes[code])
	}
	if matching {
		b.leaf.close(at)
	}
}

// close ends frames until n are open.
func (l *leaf) close(n int) {
	for len(l.frames) > max(n, 1) {
		last := l.frames[len(l.frames)-1].node
		l.frames = l.frames[:len(l.frames)-1]
		if last.Kind == Code {
			last.Text, last.Children = textOf(last.Children), nil
		}
		parent := &l.frames[len(l.frames)-1].node
		parent.Children = append(parent.Children, last)
	}
}

// endLeaf finishes the paragraph that is being written, and drops it when it shows nothing.
func (b *builder) endLeaf() {
	if !b.writing() {
		return
	}
	b.leaf.close(1)
	n, quote := b.leaf.frames[0].node, b.leaf.quote
	b.leaf = leaf{frames: b.leaf.frames[:0]}
	n.Children = b.inline(n.Children)
	if isBlank(n.Children) {
		return
	}
	b.add(n)
	if quote && len(b.open) == 1 && b.quoteFallback < 0 {
		b.quoteFallback = len(b.open[0].Children) - 1
	}
}

// inline brings a block's text into its canonical form.
func (b *builder) inline(nodes []Node) []Node {
	collapse(nodes, b.spaces)
	nodes = b.emoji.expand(b.tidy(nodes, 0))
	if b.literals {
		restoreColons(nodes)
	}
	return nodes
}

// clean makes text valid UTF-8 without control characters; tabs and line ends stay. Characters that change the direction of
// writing stay too: whoever draws the text isolates it.
func clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	for i := range len(s) {
		if isControl(rune(s[i])) {
			return strings.Map(func(r rune) rune {
				if isControl(r) {
					return -1
				}
				return r
			}, s)
		}
	}
	return s
}

func isControl(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r == 0x7F
}
