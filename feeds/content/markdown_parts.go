package content

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// spoiler is a container that Lemmy and PieFed write as "::: spoiler Title", closed by ":::".
// Source: https://join-lemmy.org/docs/users/02-media.html
type spoiler struct {
	ast.BaseBlock
	title string
}

// Kind implements ast.Node. No renderer ever sees it.
func (*spoiler) Kind() ast.NodeKind { return ast.KindBlockquote }

// Dump implements ast.Node.
func (s *spoiler) Dump(source []byte, level int) { ast.DumpHelper(s, source, level, nil, nil) }

type spoilerParser struct{}

// Trigger implements parser.BlockParser.
func (spoilerParser) Trigger() []byte { return []byte{':'} }

// Open implements parser.BlockParser.
func (spoilerParser) Open(parent ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	rest, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte(":::"))
	if !ok {
		return nil, parser.NoChildren
	}
	rest = bytes.TrimSpace(bytes.TrimLeft(rest, ":"))
	title, ok := bytes.CutPrefix(rest, []byte("spoiler"))
	if !ok {
		return nil, parser.NoChildren
	}
	depth := 0
	for ; parent != nil; parent = parent.Parent() {
		if _, within := parent.(*spoiler); within {
			depth++
		}
	}
	if depth >= maxNesting {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	return &spoiler{title: strings.TrimSpace(string(title))}, parser.HasChildren
}

// Continue implements parser.BlockParser.
func (spoilerParser) Continue(_ ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if trimmed := bytes.TrimSpace(line); len(trimmed) >= 3 && len(bytes.Trim(trimmed, ":")) == 0 {
		reader.AdvanceToEOL()
		return parser.Close
	}
	return parser.Continue | parser.HasChildren
}

// Close implements parser.BlockParser.
func (spoilerParser) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph implements parser.BlockParser.
func (spoilerParser) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine implements parser.BlockParser.
func (spoilerParser) CanAcceptIndentedLine() bool { return false }

// tildes is what stands between "~~" (Strike), "~" (Sub) or "^" (Sup).
type tildes struct {
	ast.BaseInline
	mark Kind
}

// Kind implements ast.Node. No renderer ever sees it.
func (*tildes) Kind() ast.NodeKind { return ast.KindEmphasis }

// Dump implements ast.Node.
func (t *tildes) Dump(source []byte, level int) { ast.DumpHelper(t, source, level, nil, nil) }

type tildeParser struct {
	left int // how many more are looked at
}

// Trigger implements parser.InlineParser.
func (*tildeParser) Trigger() []byte { return []byte{'~', '^'} }

// Parse implements parser.InlineParser.
func (p *tildeParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	length := 1
	for length < len(line) && line[length] == line[0] {
		length++
	}
	d := delimited{char: line[0], length: length}
	node := parser.ScanDelimiter(line, before, 1, d)
	if p.left--; p.left < 0 || node == nil || length > 2 || line[0] == '^' && length > 1 {
		return nil
	}
	node.Segment = segment.WithStop(segment.Start + length)
	block.Advance(length)
	pc.PushDelimiter(node)
	return node
}

// delimited says what a run of one character marks: it has to end with as many as it began with.
type delimited struct {
	char   byte
	length int
}

// IsDelimiter implements parser.DelimiterProcessor.
func (d delimited) IsDelimiter(b byte) bool { return b == d.char }

// CanOpenCloser implements parser.DelimiterProcessor.
func (d delimited) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char && opener.OriginalLength == closer.OriginalLength
}

// OnMatch implements parser.DelimiterProcessor.
func (d delimited) OnMatch(consumes int) ast.Node {
	switch {
	case d.char == '^':
		return &tildes{mark: Sup}
	case consumes == 2:
		return &tildes{mark: Strike}
	}
	return &tildes{mark: Sub}
}
