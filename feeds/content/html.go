package content

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of what is taken from one text. What is beyond them is cut, and the cut is marked with "…".
const (
	MaxSource = 512 << 10 // bytes of HTML
	MaxNodes  = 4000      // nodes of a Doc
	MaxDepth  = 24        // nodes within each other; deeper ones become their text
)

// ParseHTML reads HTML as the fediverse sends it. It never fails: what has no place in the tree becomes its text.
func ParseHTML(src string, o Options) Doc {
	cut := len(src) > MaxSource
	if cut {
		src = strings.ToValidUTF8(src[:MaxSource], "")
	}
	p := &parser{o: o, emoji: emojiIndex(o.Emoji), fallback: -1, lines: keepsLines(src)}
	root := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	top, err := html.ParseFragment(strings.NewReader(src), root)
	if err != nil { // nested deeper than any reader's text
		return ParsePlain(stripTags(src), o)
	}
	blocks := p.blocks(top, 1, true)
	p.full = p.full || cut
	return p.normalise(blocks)
}

// keepsLines reports text whose line ends mean something: servers that rely on pre-wrap send no tag that breaks lines.
func keepsLines(src string) bool {
	lower := strings.ToLower(src)
	for _, tag := range []string{"<p", "<br", "<div", "<li", "<blockquote", "<h"} {
		if strings.Contains(lower, tag) {
			return false
		}
	}
	return true
}

func stripTags(src string) string {
	z := html.NewTokenizer(strings.NewReader(src))
	var b strings.Builder
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
		}
	}
}

// parser makes a Doc of parsed HTML. The parsers of other languages end in normalise as well.
type parser struct {
	o        Options
	emoji    map[string]Node
	lines    bool // line ends in text are breaks
	count    int
	full     bool
	fallback int // index of the paragraph that stands in for a quote, -1 for none
}

// normalise makes a Doc of blocks.
func (p *parser) normalise(blocks []Node) Doc {
	d := Doc{Blocks: blocks}
	if p.fallback >= 0 {
		at := p.fallback
		d.QuoteFallback = &at
	}
	if p.full {
		d.Blocks = append(d.Blocks, Node{Kind: Paragraph, Children: []Node{{Text: "…"}}})
	}
	return d
}

// room reports that another node may be made, and counts it.
func (p *parser) room() bool {
	if p.count >= MaxNodes-2 {
		p.full = true
		return false
	}
	p.count++
	return true
}

// flow collects the blocks of one place; inline content between blocks becomes paragraphs.
type flow struct {
	p   *parser
	top bool // the place is the Doc itself
	out []Node
	run []Node
}

// flush ends a paragraph. fallback: it stands in for a quoted post.
func (f *flow) flush(fallback bool) {
	children := tidy(f.run)
	f.run = nil
	if len(children) == 0 || !f.p.room() {
		return
	}
	if fallback && f.top && f.p.fallback < 0 {
		f.p.fallback = len(f.out)
	}
	f.out = append(f.out, Node{Kind: Paragraph, Children: children})
}

// blocks reads nodes where blocks may stand.
func (p *parser) blocks(nodes []*html.Node, depth int, top bool) []Node {
	f := &flow{p: p, top: top}
	p.fill(f, nodes, depth)
	f.flush(false)
	return f.out
}

func (p *parser) fill(f *flow, nodes []*html.Node, depth int) {
	for _, n := range nodes {
		switch {
		case p.full:
			return
		case isTransparent(n) || isQuoteInline(n):
			f.flush(false)
			p.fill(f, children(n), depth)
			f.flush(isQuoteInline(n))
		case isBlock(n):
			f.flush(false)
			f.out = append(f.out, p.block(n, depth)...)
		default:
			f.run = append(f.run, p.inline([]*html.Node{n}, depth+1, within{})...)
		}
	}
}

// block makes the block of an element, or nothing of an empty one.
func (p *parser) block(n *html.Node, depth int) []Node {
	if n.DataAtom == atom.Hr {
		return p.made(Node{Kind: Rule}, p.room())
	}
	if n.DataAtom == atom.Pre {
		code := Node{Kind: CodeBlock, Text: strings.Trim(clean(textOf(n)), "\n"), Name: codeLanguage(n)}
		return p.made(code, code.Text != "" && p.room())
	}
	if level := headingLevel(n.DataAtom); level > 0 {
		h := Node{Kind: Heading, Level: level, Children: tidy(p.inline(children(n), depth+1, within{}))}
		return p.made(h, len(h.Children) > 0 && p.room())
	}
	if depth >= MaxDepth {
		return p.paragraphOf(textOf(n))
	}
	switch n.DataAtom {
	case atom.Blockquote:
		q := Node{Kind: Quote, Children: p.blocks(children(n), depth+1, false)}
		return p.made(q, len(q.Children) > 0 && p.room())
	case atom.Ul, atom.Ol, atom.Menu:
		return p.list(n, depth)
	}
	return nil
}

func (p *parser) made(n Node, ok bool) []Node {
	if !ok {
		return nil
	}
	return []Node{n}
}

func (p *parser) paragraphOf(text string) []Node {
	line := tidy([]Node{{Text: clean(text)}})
	return p.made(Node{Kind: Paragraph, Children: line}, len(line) > 0 && p.room())
}

// list reads items; what stands between them becomes an item of its own.
func (p *parser) list(n *html.Node, depth int) []Node {
	list := Node{Kind: List, Ordered: n.DataAtom == atom.Ol}
	item := func(nodes []*html.Node) {
		blocks := p.blocks(nodes, depth+2, false)
		if len(blocks) > 0 && p.room() {
			list.Children = append(list.Children, Node{Kind: ListItem, Children: blocks})
		}
	}
	for _, c := range children(n) {
		if c.DataAtom == atom.Li {
			item(children(c))
			continue
		}
		item([]*html.Node{c})
	}
	return p.made(list, len(list.Children) > 0 && p.room())
}

func headingLevel(a atom.Atom) int {
	return slices.Index([]atom.Atom{0: 1, 1: atom.H1, 2: atom.H2, 3: atom.H3, 4: atom.H4, 5: atom.H5, 6: atom.H6}, a)
}

// codeLanguage reads the class that highlighters use: "language-go".
func codeLanguage(pre *html.Node) string {
	for _, n := range append([]*html.Node{pre}, children(pre)...) {
		for _, c := range classes(n) {
			if lang, ok := strings.CutPrefix(c, "language-"); ok && len(lang) <= 30 {
				return lang
			}
		}
	}
	return ""
}

// isTransparent reports boxes that only hold other content.
func isTransparent(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Main, atom.Aside, atom.Figure, atom.Figcaption, atom.Details, atom.Summary,
		atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption, atom.Dl, atom.Dt, atom.Dd, atom.Center, atom.Address, atom.Form, atom.Fieldset, atom.Nav, atom.Li:
		return n.Type == html.ElementNode
	}
	return false
}

func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Blockquote, atom.Pre, atom.Ul, atom.Ol, atom.Menu, atom.Hr, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return n.Type == html.ElementNode
	}
	return false
}

func isQuoteInline(n *html.Node) bool {
	return n.Type == html.ElementNode && (n.DataAtom == atom.P || n.DataAtom == atom.Span) && slices.Contains(classes(n), "quote-inline")
}

func children(n *html.Node) []*html.Node {
	var list []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		list = append(list, c)
	}
	return list
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func classes(n *html.Node) []string { return strings.Fields(attr(n, "class")) }

// isMute reports elements whose content is no text for people.
func isMute(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Iframe, atom.Object, atom.Embed, atom.Svg, atom.Math, atom.Title, atom.Head,
		atom.Textarea, atom.Select, atom.Option, atom.Canvas, atom.Audio, atom.Video, atom.Noembed, atom.Noframes, atom.Xmp, atom.Plaintext, atom.Rp:
		return true
	}
	return n.Namespace != ""
}

// textOf returns the text of an element and all below it.
func textOf(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.DataAtom == atom.Br:
			b.WriteByte('\n')
		case n.Type == html.ElementNode && isMute(n):
		case n.DataAtom == atom.Img:
			b.WriteString(attr(n, "alt"))
		default:
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
			if isTransparent(n) || isBlock(n) {
				b.WriteByte('\n')
			}
		}
	}
	walk(n)
	return b.String()
}
