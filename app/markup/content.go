package markup

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"vitrine/feeds/address"
	"vitrine/feeds/content"
)

// Doc draws foreign text. Its own headings begin below level, where the page's headings end.
func Doc(d *Drawing, doc content.Doc, level int) []Node {
	return d.blocks(doc.Blocks, &outline{above: level})
}

// Bio draws what an author or a server says about itself.
func Bio(d *Drawing, doc content.Doc) Node {
	return El("div", At("class", "bio", "dir", "auto"), Doc(d, doc, 2)...)
}

// text is the words of a post. It is always there, though hidden where there are none: what reads the page finds it.
func (d *Drawing) text(r Row, id string, blocks []content.Node) []Node {
	p := r.Post
	level := 1
	if p.Title != "" {
		level = 2
	}
	attrs := Attrs(nil).Filled("id", partID("c", id)).When(true, "data-part", "content").Filled("lang", language(p.Language)).When(true, "dir", "auto")
	rest, tags := pile(blocks)
	height := lines(rest)
	fold := d.Actions && r.Place.Kind != Focused && height > foldAfter+foldAfter/4
	attrs = attrs.When(len(blocks) == 0, "hidden", "").When(fold && !r.Open.Whole, "class", "folded")
	o := &outline{above: level}
	if d.Actions && r.Place.Kind == Focused && height > foldAfter {
		o.id = "h" + mark(r) + "-"
	}
	d = d.noted(rest, mark(r))
	drawn := d.blocks(rest, o)
	if len(tags) > 0 {
		drawn = append(drawn, d.tags(tags))
	}
	out := []Node{El("div", attrs, drawn...)}
	if len(o.headings) >= leastHeadings {
		out = []Node{d.contents(o), out[0]}
	}
	if !fold {
		return out
	}
	words, expanded := "post.all", "false"
	if r.Open.Whole {
		words, expanded = "post.less", "true"
	}
	return append(out, d.button("b plain", "whole", At("aria-expanded", expanded), Text(d.Words.T(words))))
}

// A post is folded when it is longer than foldAfter lines, and by a quarter of that at least: a button that opens two more
// lines would be a nuisance.
const (
	foldAfter = 24
	lineWidth = 62 // characters of a line, as the measure holds them
)

// lines estimates how many lines a text takes.
func lines(blocks []content.Node) int {
	n := 0
	for _, b := range blocks {
		switch b.Kind {
		case content.Fold:
			n++
		case content.Quote, content.List, content.ListItem, content.Terms, content.Definition, content.Table, content.Cell:
			n += lines(b.Children)
		case content.Row:
			highest := 1
			for _, cell := range b.Children {
				highest = max(highest, lines(cell.Children))
			}
			n += highest
		default:
			width, breaks := extent(b)
			n += 1 + breaks + width/lineWidth
		}
	}
	return n
}

// extent counts a block's characters and forced line breaks. A character of more than two bytes is mostly as wide as two.
func extent(n content.Node) (width, breaks int) {
	if n.Kind == content.Invisible {
		return 0, 0
	}
	for _, r := range n.Text {
		switch {
		case r == '\n':
			breaks++
		case utf8.RuneLen(r) > 2:
			width += 2
		default:
			width++
		}
	}
	if n.Kind == content.Break {
		breaks++
	}
	for _, c := range n.Children {
		w, b := extent(c)
		width, breaks = width+w, breaks+b
	}
	return width, breaks
}

// outline keeps foreign headings in order below those of the page: however their levels jump, none of ours is skipped.
type outline struct {
	above    int    // level of the page's own heading
	open     []int  // levels, in the text, of the headings that the next one may stand below
	id       string // how the ids of headings begin that are listed; "" where they aren't
	headings []listed
}

func (o *outline) tag(level int) string {
	for len(o.open) > 0 && o.open[len(o.open)-1] >= level {
		o.open = o.open[:len(o.open)-1]
	}
	o.open = append(o.open, level)
	return "h" + strconv.Itoa(min(o.above+len(o.open), 6))
}

func (d *Drawing) blocks(blocks []content.Node, o *outline) []Node {
	out := make([]Node, 0, len(blocks))
	for _, b := range blocks {
		out = append(out, d.block(b, o))
	}
	return out
}

func (d *Drawing) block(n content.Node, o *outline) Node {
	dir := At("dir", content.Direction(n))
	switch n.Kind {
	case content.Paragraph:
		return El("p", dir, d.words(n.Children)...)
	case content.Heading:
		return o.heading(n, El(o.tag(n.Level), dir, d.words(n.Children)...))
	case content.CodeBlock:
		return codeBlock(dir, n)
	case content.Quote:
		return El("blockquote", dir, d.blocks(n.Children, o)...)
	case content.Fold:
		title := n.Name
		if title == "" {
			title = d.Words.T("post.spoiler")
		}
		return El("details", append(At("class", "fold"), dir...), append([]Node{El("summary", nil, Text(title))}, d.blocks(n.Children, o)...)...)
	case content.List:
		tag := "ul"
		if n.Ordered {
			tag = "ol"
		}
		attrs := dir.When(n.Reversed, "reversed", "").Filled("type", n.Name)
		return El(tag, numbered(attrs, "start", n.Number), d.items(n.Children, o)...)
	case content.Table:
		return d.table(n, o)
	case content.Terms:
		return El("dl", dir, d.blocks(n.Children, o)...)
	case content.Term:
		return El("dt", dir, d.words(n.Children)...)
	case content.Definition:
		return d.item("dd", n, o)
	case content.Rule:
		return El("hr", nil)
	}
	return El("p", nil, d.inlineNode(n))
}

// codeBlock names the language of code where it is known: for those who read, for highlighters and, through the styles, for those who look.
func codeBlock(dir Attrs, n content.Node) Node {
	class := ""
	if n.Name == content.Formula {
		return El("p", At("class", "formula", "dir", "ltr"), El("code", At("class", "math block"), Text(n.Text)))
	}
	if n.Name != "" {
		class = "language-" + n.Name
	}
	return El("pre", dir.Filled("title", n.Name), El("code", At().Filled("class", class), Text(n.Text)))
}

func (d *Drawing) items(items []content.Node, o *outline) []Node {
	out := make([]Node, 0, len(items))
	for _, i := range items {
		out = append(out, d.footnotes.note(i, d.item("li", i, o)))
	}
	return out
}

// item draws one of a single paragraph without the p, as people write lists.
func (d *Drawing) item(tag string, n content.Node, o *outline) Node {
	if len(n.Children) == 1 && n.Children[0].Kind == content.Paragraph {
		return El(tag, numbered(At("dir", "auto"), "value", n.Number), d.words(n.Children[0].Children)...)
	}
	return El(tag, numbered(At("dir", content.Direction(n)), "value", n.Number), d.blocks(n.Children, o)...)
}

// words draws the text of a block. The names of accounts and hashtags are isolated in it where there are other words: these alone decide
// its direction.
func (d *Drawing) words(nodes []content.Node) []Node {
	out := d.inline(nodes)
	if !content.HasWords(nodes) {
		return out
	}
	isolate(nodes, out)
	return out
}

// isolate gives the elements that were drawn of names a direction of their own.
func isolate(nodes []content.Node, drawn []Node) {
	for i, n := range nodes {
		switch {
		case n.Kind == content.Mention, n.Kind == content.Hashtag:
			drawn[i].Attrs = append(drawn[i].Attrs, At("dir", "auto")...)
		case len(n.Children) > 0 && len(drawn[i].Children) == len(n.Children):
			isolate(n.Children, drawn[i].Children)
		}
	}
}

// numbered adds a number where there is one.
func numbered(attrs Attrs, name string, n *int) Attrs {
	if n == nil {
		return attrs
	}
	return append(attrs, Attr{Name: name, Value: strconv.Itoa(*n)})
}

func (d *Drawing) inline(nodes []content.Node) []Node {
	out := make([]Node, 0, len(nodes))
	for _, n := range nodes {
		out = append(out, d.inlineNode(n))
	}
	return out
}

func (d *Drawing) inlineNode(n content.Node) Node {
	switch n.Kind {
	case content.Text:
		return Text(n.Text)
	case content.Break:
		return El("br", nil)
	case content.Code:
		if n.Name == content.Formula {
			return El("code", At("class", "math"), Text(n.Text))
		}
		return El("code", nil, Text(n.Text))
	case content.Link:
		if button, ok := d.footnotes.link(d, n); ok {
			return button
		}
		if n.Name == content.OwnPage {
			if href := d.Links.Page(n.Href); href != "" {
				return link(href, nil, d.inline(n.Children)...)
			}
		}
		return outside(n.Href, nil, d.inline(n.Children)...)
	case content.Mention:
		return d.mention(n)
	case content.Hashtag:
		return d.hashtag(n)
	case content.Emoji:
		return d.emoji(n)
	case content.Ruby:
		return El("ruby", nil, append(d.inline(n.Children), El("rp", nil, Text("(")), El("rt", nil, Text(n.Text)), El("rp", nil, Text(")")))...)
	case content.Invisible:
		return El("span", At("class", "vh"), d.within(n)...)
	case content.Ellipsis:
		return El("span", At("class", "ellipsis"), d.within(n)...)
	}
	return El(inlineTag(n.Kind), nil, d.within(n)...)
}

// within draws what a node holds, wherever its parser put it.
func (d *Drawing) within(n content.Node) []Node {
	return append([]Node{Text(n.Text)}, d.inline(n.Children)...)
}

func inlineTag(k content.Kind) string {
	switch k {
	case content.Emphasis:
		return "em"
	case content.Strong:
		return "strong"
	case content.Strike:
		return "del"
	case content.Underline:
		return "u"
	case content.Sub:
		return "sub"
	case content.Sup:
		return "sup"
	}
	return "span"
}

// mentioned is a handle behind the sign that it is written behind.
func mentioned(handle string) string {
	if strings.HasPrefix(handle, "!") {
		return address.Show(handle)
	}
	return "@" + address.Show(handle)
}

func (d *Drawing) mention(n content.Node) Node {
	if n.Name != "" {
		if href := d.Links.Handle(n.Name); href != "" {
			return link(href, At("title", mentioned(n.Name)), d.inline(n.Children)...)
		}
	}
	return outside(n.Href, nil, d.inline(n.Children)...)
}

func (d *Drawing) hashtag(n content.Node) Node {
	if href := d.Links.Tag(d.Host, n.Name); href != "" {
		return link(href, nil, d.inline(n.Children)...)
	}
	return outside(n.Href, nil, d.inline(n.Children)...)
}

// emoji is a server's own picture. Readers who want no motion, or to save data, get the still form.
func (d *Drawing) emoji(n content.Node) Node {
	src, still := SafeURL(n.Href), SafeURL(n.Static)
	switch {
	case src == "" && still == "":
		return Text(":" + n.Name + ":")
	case src == "" || still != "" && d.Settings.DataSaver:
		return emojiImage(n.Name, still)
	case still == "" || still == src:
		return emojiImage(n.Name, src)
	case strings.ContainsAny(still, ", \t\n"): // srcset is a list: such an address would be read as several
		return emojiImage(n.Name, still)
	}
	return El("picture", nil,
		El("source", At("media", "(prefers-reduced-motion: reduce)", "srcset", still)),
		emojiImage(n.Name, src))
}

func emojiImage(name, src string) Node {
	return El("img", At("class", "emoji", "src", src, "alt", ":"+name+":", "title", ":"+name+":", "width", "20", "height", "20",
		"loading", "lazy", "decoding", "async", "referrerpolicy", "no-referrer"))
}

// flat draws a text that has one line, as a profile's field: its blocks become runs of words.
func (d *Drawing) flat(doc content.Doc) []Node {
	var out []Node
	for i, b := range doc.Blocks {
		if i > 0 {
			out = append(out, Text(" "))
		}
		if b.Kind == content.CodeBlock {
			out = append(out, El("code", nil, Text(b.Text)))
			continue
		}
		if len(b.Children) > 0 && b.Children[0].Kind >= content.Paragraph {
			out = append(out, d.flat(content.Doc{Blocks: b.Children})...)
			continue
		}
		out = append(out, d.inline(b.Children)...)
	}
	return out
}
