package content

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
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

// marked is what stands between "~~" (Strike), "~" (Sub) or "^" (Sup).
type marked struct {
	ast.BaseInline
	mark Kind
}

// Kind implements ast.Node. No renderer ever sees it.
func (*marked) Kind() ast.NodeKind { return ast.KindEmphasis }

// Dump implements ast.Node.
func (m *marked) Dump(source []byte, level int) { ast.DumpHelper(m, source, level, nil, nil) }

type strikeParser struct {
	left int // how many more are looked at
}

// Trigger implements parser.InlineParser.
func (*strikeParser) Trigger() []byte { return []byte{'~'} }

// Parse implements parser.InlineParser.
func (p *strikeParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	node := parser.ScanDelimiter(line, before, 2, tildes{})
	if p.left--; p.left < 0 || node == nil || node.OriginalLength != 2 {
		return nil
	}
	node.Segment = segment.WithStop(segment.Start + 2)
	block.Advance(2)
	pc.PushDelimiter(node)
	return node
}

// tildes says what "~~" marks.
type tildes struct{}

// IsDelimiter implements parser.DelimiterProcessor.
func (tildes) IsDelimiter(b byte) bool { return b == '~' }

// CanOpenCloser implements parser.DelimiterProcessor.
func (tildes) CanOpenCloser(opener, closer *parser.Delimiter) bool { return opener.Char == closer.Char }

// OnMatch implements parser.DelimiterProcessor.
func (tildes) OnMatch(int) ast.Node { return &marked{mark: Strike} }

// scriptParser reads "~low~" and "^high^". White space in them has to be escaped, and other marks in them are characters.
// Sources: https://github.com/markdown-it/markdown-it-sub, https://github.com/markdown-it/markdown-it-sup.
type scriptParser struct {
	left int // how many more are looked at
}

// Trigger implements parser.InlineParser.
func (*scriptParser) Trigger() []byte { return []byte{'~', '^'} }

// Parse implements parser.InlineParser.
func (p *scriptParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if p.left--; p.left < 0 {
		return nil
	}
	var inside []byte
	for i := 1; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\' && i+1 < len(line) && (util.IsPunct(line[i+1]) || line[i+1] == ' '):
			i++
			inside = append(inside, line[i])
		case util.IsSpace(c):
			return nil
		case c == line[0]:
			if len(inside) == 0 {
				return nil
			}
			node := &marked{mark: Sub}
			if c == '^' {
				node.mark = Sup
			}
			said := ast.NewString(inside)
			said.SetRaw(true)
			node.AppendChild(node, said)
			block.Advance(i + 1)
			return node
		default:
			inside = append(inside, c)
		}
	}
	return nil
}

// isText reports that what looks like a tag in Markdown is none: List<String>, <name>, <?php ?>. An element is known, written in
// lower or upper case throughout, and ends somewhere when it would be lost else or follows a word at once.
func (p *htmlParser) isText(raw string, kind html.TokenType) bool {
	if kind == html.CommentToken {
		return strings.HasPrefix(raw, "<?")
	}
	if kind != html.StartTagToken && kind != html.EndTagToken && kind != html.SelfClosingTagToken {
		return false
	}
	name := strings.TrimLeft(raw, "</")
	if end := strings.IndexAny(name, " \t\n\f/>"); end >= 0 {
		name = name[:end]
	}
	lower := strings.ToLower(name)
	if lower == spoilerTag {
		return false
	}
	tag := atom.Lookup([]byte(lower))
	if tag == 0 || name != lower && name != strings.ToUpper(name) {
		return true
	}
	if kind != html.StartTagToken || endsByItself(tag) {
		return false
	}
	_, isMark := markOf(tag)
	_, isBlock := blockOf(tag, attrs{})
	at := strings.Index(p.source, raw)
	afterWord := at > 0 && isInWord(p.source[:at])
	return (afterWord || !isMark && !isBlock) && !strings.Contains(p.source[max(at, 0):], "</"+name)
}

// endsByItself reports elements that need no end tag.
// Source: https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
func endsByItself(tag atom.Atom) bool {
	switch tag {
	case atom.Area, atom.Br, atom.Col, atom.Dd, atom.Dt, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Li, atom.Link, atom.Meta, atom.Option, atom.P,
		atom.Rp, atom.Rt, atom.Source, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Track, atom.Wbr:
		return true
	}
	return false
}
