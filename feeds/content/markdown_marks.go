package content

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// taskParser reads "[ ]" and "[x]" where an item of a list begins, as the boxes that ParseHTML makes of a form's.
// Source: https://github.github.com/gfm/#task-list-items-extension-
type taskParser struct{}

// Trigger implements parser.InlineParser.
func (taskParser) Trigger() []byte { return []byte{'['} }

// Parse implements parser.InlineParser.
func (taskParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	item, ok := parent.Parent().(*ast.ListItem)
	line, _ := block.PeekLine()
	if !ok || item.FirstChild() != parent || parent.HasChildren() || len(line) < 4 || line[2] != ']' || !util.IsSpace(line[3]) {
		return nil
	}
	box := "☑"
	switch line[1] {
	case ' ':
		box = "☐"
	case 'x', 'X':
	default:
		return nil
	}
	block.Advance(3)
	said := ast.NewString([]byte(box))
	said.SetRaw(true)
	return said
}

// hiddenMark is "||", of which two in one text hide what is between them.
// Source: the extra tg-spoiler of https://github.com/trentm/python-markdown2, which PieFed uses
type hiddenMark struct{ ast.BaseInline }

// Kind implements ast.Node. No renderer ever sees it.
func (*hiddenMark) Kind() ast.NodeKind { return ast.KindEmphasis }

// Dump implements ast.Node.
func (m *hiddenMark) Dump(source []byte, level int) { ast.DumpHelper(m, source, level, nil, nil) }

type hiddenParser struct {
	left int // how many more are looked at
}

// Trigger implements parser.InlineParser.
func (*hiddenParser) Trigger() []byte { return []byte{'|'} }

// Parse implements parser.InlineParser.
func (p *hiddenParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if p.left--; p.left < 0 || !bytes.HasPrefix(line, []byte("||")) {
		return nil
	}
	block.Advance(2)
	return &hiddenMark{}
}

// hasHiddenMark reports that one of the nodes from n on is another mark.
func hasHiddenMark(n ast.Node) bool {
	for ; n != nil; n = n.NextSibling() {
		if _, ok := n.(*hiddenMark); ok {
			return true
		}
	}
	return false
}

// unquoteSpoilers writes ">!text!<" as "||text||": at the beginning of a line it would be a quote else. Lines of code stay.
func unquoteSpoilers(src string) string {
	if !strings.Contains(src, "!<") {
		return src
	}
	var out strings.Builder
	code := false
	for line := range strings.SplitAfterSeq(src, "\n") {
		if trimmed := strings.TrimLeft(line, " \t>"); strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~") {
			code = !code
		}
		for !code {
			before, rest, opened := strings.Cut(line, ">!")
			inside, after, closed := strings.Cut(rest, "!<")
			if !opened || !closed || strings.TrimSpace(inside) == "" || strings.Count(before, "`")%2 == 1 {
				break
			}
			out.WriteString(before + "||" + inside + "||")
			line = after
		}
		out.WriteString(line)
	}
	return out.String()
}
