package content

import (
	"bytes"
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// footnotes are the notes of a text, "[^label]: note", and the order in which the text comes to speak of them.
// Source: https://github.com/markdown-it/markdown-it-footnote
type footnotes struct {
	byLabel map[string][]ast.Node // several notes may have one label
	defined []string              // labels in the order of their notes
	order   []string              // labels in the order of their marks, which number them
}

// footnote is a note where it is defined.
type footnote struct{ ast.BaseBlock }

// Kind implements ast.Node. No renderer ever sees it.
func (*footnote) Kind() ast.NodeKind { return ast.KindBlockquote }

// Dump implements ast.Node.
func (n *footnote) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// noteMark is the place in a text that a note belongs to.
type noteMark struct {
	ast.BaseInline
	label string
}

// Kind implements ast.Node. No renderer ever sees it.
func (*noteMark) Kind() ast.NodeKind { return ast.KindEmphasis }

// Dump implements ast.Node.
func (n *noteMark) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// noteLabel reads "[^label]" at the beginning of s, and says how long it is; 0 when there is none.
func noteLabel(s []byte) (label string, length int) {
	rest, ok := bytes.CutPrefix(s, []byte("[^"))
	end := bytes.IndexAny(rest, "[] \t\n")
	if !ok || end <= 0 || rest[end] != ']' {
		return "", 0
	}
	return string(rest[:end]), end + len("[^]")
}

// Trigger implements parser.BlockParser.
func (*footnotes) Trigger() []byte { return []byte{'['} }

// Open implements parser.BlockParser.
func (f *footnotes) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 {
		return nil, parser.NoChildren
	}
	label, length := noteLabel(line[at:])
	if length == 0 || !bytes.HasPrefix(line[at+length:], []byte(":")) {
		return nil, parser.NoChildren
	}
	for depth := 0; parent != nil; parent = parent.Parent() {
		if depth++; depth > maxNesting {
			return nil, parser.NoChildren
		}
	}
	n := &footnote{}
	if f.byLabel == nil {
		f.byLabel = map[string][]ast.Node{}
	}
	f.byLabel[label] = append(f.byLabel[label], n)
	f.defined = append(f.defined, label)
	reader.Advance(at + length + len(":"))
	return n, parser.HasChildren
}

// Continue implements parser.BlockParser.
func (*footnotes) Continue(_ ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	at, padding := util.IndentPosition(line, reader.LineOffset(), 4)
	if at < 0 {
		return parser.Close
	}
	reader.AdvanceAndSetPadding(at, padding)
	return parser.Continue | parser.HasChildren
}

// Close implements parser.BlockParser.
func (*footnotes) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph implements parser.BlockParser.
func (*footnotes) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine implements parser.BlockParser.
func (*footnotes) CanAcceptIndentedLine() bool { return false }

// number is the number of a label's note, counted by first mark.
func (f *footnotes) number(label string) int {
	at := slices.Index(f.order, label)
	if at < 0 {
		at = len(f.order)
		f.order = append(f.order, label)
	}
	return at + 1
}

// noteMarks reads the marks of notes, and notes that stand in the text itself: "^[note]".
type noteMarks struct {
	*footnotes
	left int // how many more are looked at
}

// Trigger implements parser.InlineParser.
func (*noteMarks) Trigger() []byte { return []byte{'[', '^'} }

// Parse implements parser.InlineParser.
func (p *noteMarks) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if p.left--; p.left < 0 {
		return nil
	}
	label, length := noteLabel(line)
	if length == 0 && bytes.HasPrefix(line, []byte("^[")) {
		label, length = p.inPlace(line)
	}
	if p.byLabel[label] == nil || bytes.HasPrefix(line[length:], []byte("(")) {
		return nil
	}
	block.Advance(length)
	return &noteMark{label: label}
}

// inPlace keeps a note that stands in the text under a label that nothing else has.
func (p *noteMarks) inPlace(line []byte) (label string, length int) {
	depth := 0
	for i := 1; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '[':
			depth++
		case ']':
			if depth--; depth > 0 {
				continue
			}
			said := bytes.TrimSpace(line[len("^["):i])
			if len(said) == 0 {
				return "", 0
			}
			label = "[" + string(said)
			n := &footnote{}
			n.AppendChild(n, ast.NewString(said))
			if p.byLabel == nil {
				p.byLabel = map[string][]ast.Node{}
			}
			p.byLabel[label] = []ast.Node{n}
			return label, i + 1
		}
	}
	return "", 0
}

// notes writes the notes below the text, in the order of their marks; then those that no mark asks for.
func (w *markdownWalker) notes() {
	if len(w.footnotes.order)+len(w.footnotes.defined) == 0 {
		return
	}
	if len(w.b.open[0].Children) > 0 {
		w.b.rule()
	}
	w.b.begin("ol", Node{Kind: List, Ordered: true})
	for i := 0; ; i++ { // notes may have marks of further notes
		if i == len(w.footnotes.order) {
			for _, label := range w.footnotes.defined {
				w.footnotes.number(label)
			}
		}
		if i == len(w.footnotes.order) || w.b.full {
			break
		}
		w.b.begin("li", Node{Kind: ListItem})
		for _, n := range w.footnotes.byLabel[w.footnotes.order[i]] {
			w.children(n, 1)
			w.b.boundary()
		}
		w.b.end("li")
	}
	w.b.end("ol")
}
