package content

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	gfm "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
)

// ParseMarkdown reads Markdown as forums and video servers send it: CommonMark with tables, strikethrough, footnotes, Lemmy's
// spoilers, task boxes, bare addresses, mentions (@user@host) and communities (!name@host); with Options.Scripts sub and sup too. HTML in it
// goes by the rules of ParseHTML; what stands in angle brackets and is no element is text.
// Sources: https://spec.commonmark.org, https://join-lemmy.org/docs/users/02-media.html.
func ParseMarkdown(src string, o Options) Doc {
	b := newBuilder(o)
	cut := len(src) > maxMarkdown
	if cut {
		src = src[:maxMarkdown]
	}
	src = strings.ToValidUTF8(src, "\uFFFD")
	if o.Spoilers {
		src = unquoteSpoilers(src)
	}
	source := []byte(bounded(src))
	w := &markdownWalker{b: b, html: &htmlParser{b: b, source: string(source)}, source: source, lines: o.Lines}
	w.children(markdown(o, &w.footnotes).Parse(text.NewReader(source)), 0)
	w.notes()
	if cut {
		b.cut()
	}
	return b.normalise()
}

// markdown makes a parser that keeps footnotes in notes. Making one costs little beside reading a text.
func markdown(o Options, notes *footnotes) parser.Parser {
	inlines := append(parser.DefaultInlineParsers(),
		util.Prioritized(&noteMarks{footnotes: notes, left: maxOpen}, 150), // before links
		util.Prioritized(taskParser{}, 0),                                  // before links
		util.Prioritized(&strikeParser{left: maxOpen}, 500))
	if o.Spoilers {
		inlines = append(inlines, util.Prioritized(&hiddenParser{left: maxOpen}, 500))
	}
	if o.Scripts {
		inlines = append(inlines, util.Prioritized(&scriptParser{left: maxOpen}, 140))
	}
	return parser.NewParser(
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(), util.Prioritized(spoilerParser{}, 750), util.Prioritized(notes, 760))...),
		parser.WithInlineParsers(inlines...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(), util.Prioritized(extension.NewTableParagraphTransformer(), 200))...),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)), // it takes the escape off bars in code
	)
}

// bounded is Markdown that takes no longer to read than its length warrants. What people write isn't changed by it.
func bounded(src string) string {
	src = limitNesting(src)
	if strings.Count(src, "[") <= maxOpen && strings.Count(src, "|") <= maxCells {
		return src
	}
	var out strings.Builder
	brackets, cells := 0, 0
	for i := range len(src) {
		switch c := src[i]; {
		case c == '\n':
			cells = 0
		case c == '[':
			if brackets++; brackets > maxOpen {
				out.WriteByte('\\')
			}
		case c == '|':
			if cells++; cells > maxCells {
				out.WriteByte('\\')
			}
		}
		out.WriteByte(src[i])
	}
	return out.String()
}

// limitNesting removes what nests quotes and lists deeper than anybody reads: each line is matched against all of them.
func limitNesting(src string) string {
	var out strings.Builder
	for line := range strings.SplitAfterSeq(src, "\n") {
		markers, at := 0, 0
	prefix:
		for at < len(line) {
			switch c := line[at]; {
			case c == ' ' || c == '\t':
				at++
			case c == '>':
				markers++
				at++
			case strings.IndexByte("-+*", c) >= 0 && at+1 < len(line) && (line[at+1] == ' ' || line[at+1] == '\t'):
				markers++
				at++
			case c >= '0' && c <= '9':
				end := at
				for end < len(line) && line[end] >= '0' && line[end] <= '9' {
					end++
				}
				if end == len(line) || line[end] != '.' && line[end] != ')' {
					break prefix
				}
				markers++
				at = end + 1
			default:
				break prefix
			}
			if markers == maxNesting {
				out.WriteString(line[:at] + " ")
				line = strings.TrimLeft(line[at:], " \t>-+*0123456789.)")
				if line == "" {
					line = "\n"
				}
				break prefix
			}
		}
		out.WriteString(line)
	}
	return out.String()
}

// markdownWalker reports to a builder what a parser of Markdown found.
type markdownWalker struct {
	b      *builder
	html   *htmlParser
	source []byte
	lines  bool // line ends are line breaks
	linked int  // links around

	footnotes footnotes
}

// maxTree is how deep the parser's tree is walked; marks beyond it are text that nobody sees as more.
const maxTree = 200

func (w *markdownWalker) children(n ast.Node, depth int) {
	if depth > maxTree {
		return
	}
	hidden := false
	var run []byte // texts side by side are one: a parser parts them at marks that turned out to be none
	for c := n.FirstChild(); c != nil && !w.b.full; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok && !t.IsRaw() {
			run = append(run, t.Segment.Value(w.source)...)
			if next, ok := c.NextSibling().(*ast.Text); ok && !next.IsRaw() && !t.HardLineBreak() && !t.SoftLineBreak() {
				continue
			}
			w.text(string(run), true)
			w.lineEnd(t)
			run = run[:0]
			continue
		}
		if _, ok := c.(*hiddenMark); ok {
			switch {
			case hidden:
				w.b.end("hidden")
				hidden = false
			case hasHiddenMark(c.NextSibling()):
				w.b.begin("hidden", Node{Kind: Fold})
				hidden = true
			default:
				w.b.text("||")
			}
			continue
		}
		w.node(c, depth+1)
	}
}

func (w *markdownWalker) lineEnd(t *ast.Text) {
	switch {
	case t.HardLineBreak(), t.SoftLineBreak() && w.lines:
		w.b.lineBreak()
	case t.SoftLineBreak():
		w.b.text(" ")
	}
}

func (w *markdownWalker) node(n ast.Node, depth int) {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		w.within("p", Node{Kind: Paragraph}, n, depth)
	case *ast.Heading:
		w.within("h1", Node{Kind: Heading, Level: n.Level}, n, depth)
	case *ast.Blockquote:
		w.within("blockquote", Node{Kind: Quote}, n, depth)
	case *ast.List:
		list := Node{Kind: List, Ordered: n.IsOrdered()}
		if list.Ordered && n.Start != 1 && n.Start <= maxNumber {
			list.Number = &n.Start
		}
		w.within("ul", list, n, depth)
	case *ast.ListItem:
		w.within("li", Node{Kind: ListItem}, n, depth)
	case *spoiler:
		w.b.begin("details", Node{Kind: Fold})
		w.b.setTitle(n.title)
		w.children(n, depth)
		w.b.end("details")
	case *footnote: // it stands below the text
	case *ast.FencedCodeBlock:
		w.code(n.Lines(), attrs{class: "language-" + string(n.Language(w.source))}.language())
	case *ast.CodeBlock:
		w.code(n.Lines(), "")
	case *ast.ThematicBreak:
		w.b.rule()
	case *ast.HTMLBlock:
		w.rawHTML(n.Lines())
		if n.HasClosure() {
			w.tokens(string(n.ClosureLine.Value(w.source)))
		}
	case *gfm.Table:
		w.within("table", Node{Kind: Table}, n, depth)
	case *gfm.TableHeader, *gfm.TableRow:
		w.within("tr", Node{Kind: Row}, n, depth)
	case *gfm.TableCell:
		_, header := n.Parent().(*gfm.TableHeader)
		w.within("td", Node{Kind: Cell, Cell: &TableCell{Header: header, Align: alignment(n.Alignment.String())}}, n, depth)
	default:
		w.inline(n, depth)
	}
}

func (w *markdownWalker) inline(n ast.Node, depth int) {
	switch n := n.(type) {
	case *ast.Text:
		w.text(string(n.Segment.Value(w.source)), false)
		w.lineEnd(n)
	case *ast.String:
		w.text(string(n.Value), !n.IsRaw() && !n.IsCode())
	case *ast.CodeSpan:
		w.within("code", Node{Kind: Code}, n, depth)
	case *ast.Emphasis:
		kind := Emphasis
		if n.Level > 1 {
			kind = Strong
		}
		w.within(markTag(depth), Node{Kind: kind}, n, depth)
	case *noteMark:
		w.b.begin("noteMark", Node{Kind: Sup})
		w.b.text("[" + strconv.Itoa(w.footnotes.number(n.label)) + "]")
		w.b.end("noteMark")
	case *marked:
		w.within(markTag(depth), Node{Kind: n.mark}, n, depth)
	case *ast.Link:
		w.link(string(util.UnescapePunctuations(n.Destination)), func() { w.children(n, depth) })
	case *ast.Image:
		w.picture(n, depth)
	case *ast.AutoLink:
		address := string(n.URL(w.source))
		if n.AutoLinkType == ast.AutoLinkEmail {
			address = "mailto:" + address
		}
		w.link(address, func() { w.b.text(string(n.Label(w.source))) })
	case *ast.RawHTML:
		w.rawHTML(n.Segments)
	default:
		w.children(n, depth)
	}
}

// markTag names a mark by its depth: those inside never end it.
func markTag(depth int) string { return "md" + string(rune('0'+depth%200)) }

func (w *markdownWalker) within(tag string, n Node, in ast.Node, depth int) {
	w.b.begin(tag, n)
	w.children(in, depth)
	w.b.end(tag)
}

func (w *markdownWalker) code(lines *text.Segments, language string) {
	w.b.begin("pre", Node{Kind: CodeBlock, Name: language})
	for i := range lines.Len() {
		line := lines.At(i)
		w.b.text(string(line.Value(w.source)))
	}
	w.b.end("pre")
}

func (w *markdownWalker) link(address string, label func()) {
	href, ok := SafeURL(address, w.b.options.BaseURL)
	if !ok || w.linked > 0 {
		label()
		return
	}
	w.linked++
	w.b.begin("a", Node{Kind: Link, Href: href})
	label()
	w.b.end("a")
	w.linked--
}

// picture links a picture in a text under its description: a text makes no browser load anything. Emoji of the server's, which
// Lemmy writes as pictures, are known by their shortcode.
func (w *markdownWalker) picture(n *ast.Image, depth int) {
	var label strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			label.Write(t.Segment.Value(w.source))
		}
	}
	if title, isEmoji := strings.CutPrefix(string(n.Title), "emoji "); isEmoji {
		if e, ok := w.b.emoji.find(strings.TrimSpace(title)); ok {
			w.b.picture(e)
			return
		}
	}
	address := string(util.UnescapePunctuations(n.Destination))
	name := strings.TrimSpace(label.String())
	if w.b.takePicture(attrs{src: address, alt: name}) {
		return
	}
	if name == "" {
		name = fileName(address)
	}
	w.link(address, func() { w.b.text(name) })
}

// fileName is the last part of an address' path.
func fileName(address string) string {
	address, _, _ = strings.Cut(address, "?")
	return address[strings.LastIndexByte(strings.TrimSuffix(address, "/"), '/')+1:]
}

func (w *markdownWalker) rawHTML(lines *text.Segments) {
	var raw strings.Builder
	for i := range lines.Len() {
		line := lines.At(i)
		raw.Write(line.Value(w.source))
	}
	w.tokens(raw.String())
}

// tokens hands HTML to its parser. What begins in one piece may end in a later one, with Markdown in between.
func (w *markdownWalker) tokens(raw string) {
	w.html.z = html.NewTokenizer(strings.NewReader(raw))
	for !w.b.full && w.html.next() {
	}
}

// text writes what Markdown calls text: its escapes and entities are resolved, and bare addresses and handles become links.
func (w *markdownWalker) text(s string, resolve bool) {
	if !resolve {
		w.b.text(s)
		return
	}
	s = string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations([]byte(s)))))
	if w.linked > 0 || w.b.inMark(Code) {
		w.b.text(s)
		return
	}
	w.b.named(s)
}
